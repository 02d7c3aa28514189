package cli_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRatesFetchAtAServiceElsewhere lets a service take the file of a feed from
// the address that it knows.
func TestRatesFetchAtAServiceElsewhere(t *testing.T) {
	text, changed := "Date,USD,\n2020-12-31,1.2271,\n", time.Now().Add(-24*time.Hour)
	publisher := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "hist.csv", changed, strings.NewReader(text))
	}))
	t.Cleanup(publisher.Close)
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(t.TempDir(), "figures.db"))
	t.Setenv("BELLWETHER_RATES_ADDRESS", "ecb="+publisher.URL)
	t.Setenv("BELLWETHER_KEY", "")
	_, key, said := run("keys", "create", "--name", "clerk", "--role", "editor")
	if key == "" {
		t.Fatalf("no key: %s", said)
	}
	address := elsewhere(t)
	fetch := func(wantExit int, want string, args ...string) {
		t.Helper()
		exit, _, said := run(append([]string{"rates", "fetch", "ecb", "--server", address}, args...)...)
		if exit != wantExit || !strings.Contains(said, want) {
			t.Errorf("rates fetch %v: exit %d, %s; want %d and %q", args, exit, said, wantExit, want)
		}
	}
	fetch(1, "key_missing", "--publish", "now")
	t.Setenv("BELLWETHER_KEY", strings.TrimSpace(key))
	fetch(4, "difference: 1 new")
	fetch(0, "published as revision", "--publish", "now")
	fetch(0, "nothing new", "--publish", "now")
	fetch(2, "--url", "--url", publisher.URL)
	text, changed = "Date,USD,\n2021-01-05,12.271,\n", time.Now().Add(time.Minute)
	fetch(3, "rate_power_of_ten", "--publish", "now")
	fetch(0, "published as revision", "--publish", "now", "--confirm", "rate_power_of_ten:USD/2021-01-05")
}
