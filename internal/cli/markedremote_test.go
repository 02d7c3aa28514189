package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAServiceElsewhereGivesAFileBackMarked imports a file with an error over
// HTTP and takes it back with the error.
func TestAServiceElsewhereGivesAFileBackMarked(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "figures.db"))
	file, marked := filepath.Join(dir, "slip.csv"), filepath.Join(dir, "marked.csv")
	if err := os.WriteFile(file, []byte("indicator,area,period,value,unit,published\ngdp,cn,Sep-13,1,CNY,2014-01-20\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, key, _ := run("keys", "create", "--role", "editor", "--name", "desk")
	t.Setenv("BELLWETHER_KEY", strings.TrimSpace(key))
	server := elsewhere(t)
	if exit, _, said := run("import", file, "--server", server, "--marked", marked); exit != 3 || !strings.Contains(said, "period_day_or_year") {
		t.Errorf("import --marked: exit %d, %q, want 3 and the error", exit, said)
	}
	text, err := os.ReadFile(marked)
	if err != nil || !strings.Contains(string(text), ",⟦Sep-13⟧,1,CNY") {
		t.Errorf("marked: %v, %q", err, text)
	}
	if exit, _, said := run("import", file, "--server", server, "--publish", "now", "--marked", marked); exit != 2 || !strings.Contains(said, "leave out --publish") {
		t.Errorf("import --publish --marked: exit %d, %q, want 2", exit, said)
	}
}
