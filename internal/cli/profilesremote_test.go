package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProfilesOfAServiceElsewhere keeps a profile over HTTP and imports with
// it, by its name and from its file.
func TestProfilesOfAServiceElsewhere(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "figures.db"))
	t.Setenv("BELLWETHER_KEY", "")
	profile, first, second := filepath.Join(dir, "bureau.yaml"), filepath.Join(dir, "first.csv"), filepath.Join(dir, "second.csv")
	for path, text := range map[string]string{
		profile: "# of the bureau\ndelimiter: ;\n",
		first:   "indicator;area;period;value;unit;multiplier;published\ngdp;cn-cq-lj;2013;190;CNY;9;2014-01-31\n",
		second:  "indicator;area;period;value;unit;multiplier;published\ngdp;cn-cq-lj;2014;201;CNY;9;2015-01-31\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, key, _ := run("keys", "create", "--role", "editor", "--name", "desk")
	server := elsewhere(t)
	for _, c := range []struct {
		args []string
		exit int
		want string // of what is printed
	}{
		{[]string{"profiles", "put", "bureau", profile}, 1, "key_missing"},
		{[]string{"profiles", "put", "bureau", profile}, 0, "profile bureau@1 is kept"},
		{[]string{"profiles", "put", "bureau", profile}, 0, "has this text already"},
		{[]string{"profiles"}, 0, "desk"},
		{[]string{"profiles", "show", "bureau"}, 0, "# of the bureau\ndelimiter: ;\n"},
		{[]string{"profiles", "show", "bureau@1", "--json"}, 0, `"delimiter": ";"`},
		{[]string{"profiles", "show", "bureau@2"}, 1, "unknown_profile"},
		{[]string{"import", first, "--publish", "now", "--profile", "burea"}, 1, "unknown_profile"},
		{[]string{"import", first, "--publish", "now", "--profile", "bureau"}, 0, "profile: bureau@1"},
		{[]string{"import", second, "--publish", "now", "--profile", profile}, 0, "profile: bureau.yaml"},
		{[]string{"profiles", "retire", "bureau"}, 0, "profile bureau is retired"},
		{[]string{"profiles", "retire", "bureau"}, 1, "unknown_profile"},
		{[]string{"profiles"}, 0, "no profiles"},
	} {
		exit, out, said := run(append(c.args, "--server", server)...)
		if exit != c.exit || !strings.Contains(out+said, c.want) {
			t.Errorf("%q: exit %d, %q, %q, want %d and %q", c.args, exit, out, said, c.exit, c.want)
		}
		t.Setenv("BELLWETHER_KEY", strings.TrimSpace(key))
	}
}
