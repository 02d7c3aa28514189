package cli_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bellwether/internal/testdb"
)

// TestRatesFetch takes the file of a feed from a publisher of its own: once,
// not again while it does not change, and again when it did.
func TestRatesFetch(t *testing.T) {
	for _, engine := range testdb.Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			t.Setenv("BELLWETHER_DATABASE", testdb.Blank(t, engine).DSN)
			text, changed := "Date,USD,\n2020-12-31,1.2271,\n", time.Now().Add(-24*time.Hour)
			publisher := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				http.ServeContent(w, r, "hist.csv", changed, strings.NewReader(text))
			}))
			t.Cleanup(publisher.Close)
			fetch := func(wantExit int, want string, args ...string) {
				t.Helper()
				exit, _, said := run(append([]string{"rates", "fetch", "ecb", "--url", publisher.URL}, args...)...)
				if exit != wantExit || !strings.Contains(said, want) {
					t.Errorf("rates fetch %v: exit %d, %s; want %d and %q", args, exit, said, wantExit, want)
				}
			}
			fetch(0, "difference: 1 new", "--publish", "now")
			fetch(0, "nothing new", "--publish", "now")
			text, changed = "Date,USD,\n2021-01-04,1.2296,\n2020-12-31,1.2271,\n", time.Now()
			fetch(4, "difference: 1 new, 0 revised, 1 unchanged")
			fetch(0, "published as revision", "--publish", "now")
			text, changed = "Date,USD,\n2021-01-05,12.271,\n", time.Now().Add(time.Minute)
			fetch(3, "rate_power_of_ten", "--publish", "now")
			fetch(0, "published as revision", "--publish", "now", "--confirm", "rate_power_of_ten:USD/2021-01-05")
			publisher.Close()
			fetch(1, "fetch_failed", "--publish", "now")
		})
	}
}

func TestRatesFetchKnowsItsFeeds(t *testing.T) {
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+t.TempDir()+"/figures.db")
	for feed, want := range map[string]string{"nope": "unknown_feed", "frb-h10": "no address is known"} {
		if exit, _, said := run("rates", "fetch", feed, "--publish", "now"); exit == 0 || !strings.Contains(said, want) {
			t.Errorf("rates fetch %s: exit %d, %s; want %q", feed, exit, said, want)
		}
	}
}
