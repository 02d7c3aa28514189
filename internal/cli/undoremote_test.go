package cli_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bellwether/internal/app"
	"bellwether/internal/cli"
)

// run types one command and returns its exit code and what it printed.
func run(args ...string) (exit int, out, said string) {
	var stdout, stderr bytes.Buffer
	exit = cli.Main(args, cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return exit, stdout.String(), stderr.String()
}

// elsewhere is the address of a service over the database that the environment
// names.
func elsewhere(t *testing.T) string {
	t.Helper()
	config, _, err := app.Load(app.Inputs{Environ: os.Environ()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), config, app.Tools{Log: slog.New(slog.DiscardHandler), Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := a.Handler(context.Background(), app.Guarded)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		a.Close()
	})
	return server.URL
}

// TestUndoAtAServiceElsewhere takes a revision back over HTTP: it looks, is
// refused without a key, and does it with one.
func TestUndoAtAServiceElsewhere(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(dir, "figures.db"))
	t.Setenv("BELLWETHER_KEY", "")
	file := filepath.Join(dir, "figures.csv")
	if err := os.WriteFile(file, []byte("indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq-lj,2013,190,CNY,9,2014-01-31\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, said := run("import", file, "--publish", "now")
	found := regexp.MustCompile(`revision ([0-9a-f]{12})`).FindStringSubmatch(said)
	_, key, _ := run("keys", "create", "--role", "editor", "--name", "desk")
	if found == nil || key == "" {
		t.Fatalf("import says %q, keys create prints %q", said, key)
	}
	revision, server := found[1], elsewhere(t)
	if exit, _, said := run("undo", revision, "--yes", "--server", server); exit != 1 || !strings.Contains(said, "key_missing") {
		t.Errorf("without a key: exit %d, %q", exit, said)
	}
	t.Setenv("BELLWETHER_KEY", strings.TrimSpace(key))
	if exit, _, said := run("undo", revision, "--server", server); exit != 4 || !strings.Contains(said, "1 vanish") || !strings.Contains(said, "nothing was undone") {
		t.Errorf("with nobody to ask: exit %d, %q", exit, said)
	}
	exit, out, said := run("undo", revision, "--yes", "--message", "wrong", "--json", "--server", server)
	if exit != 0 || !strings.Contains(out, `"message": "wrong"`) || !strings.Contains(said, "revision "+revision+" is undone by revision") {
		t.Errorf("with a key: exit %d, %q, %q", exit, out, said)
	}
	if exit, _, said := run("undo", revision, "--yes", "--server", server); exit != 3 || !strings.Contains(said, "already_undone") {
		t.Errorf("once more: exit %d, %q", exit, said)
	}
}
