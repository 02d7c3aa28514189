package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"bellwether/internal/feed"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// publishers are the feeds whose files this service takes in tests: one at an
// address of the machine that nobody answers at.
func publishers(t testing.TB) []fx.Feed {
	t.Helper()
	return []fx.Feed{{Code: "ecb", Zone: "Europe/Berlin", Hour: "16:00", Base: "EUR", Fetch: "http://127.0.0.1:1/hist.csv"}, {Code: "frb-h10"}}
}

// publisher is the house of a feed with a file of its own.
type publisher struct {
	*httptest.Server
	text    string
	changed time.Time
}

func newPublisher(t *testing.T, text string) *publisher {
	p := &publisher{text: text, changed: start.Add(-time.Hour)}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "hist.csv", p.changed, strings.NewReader(p.text))
	}))
	t.Cleanup(p.Close)
	return p
}

// taking lets the service take the file of ecb from the publisher, by schedule
// every day.
func (s *service) taking(p *publisher) {
	list := publishers(s)
	s.API.feed = feed.New(s.store, ingest.New(s.store, s.clock.Now, ingest.Limits{}, list...), feed.Config{
		Feeds: list, Addresses: map[string]string{"ecb": p.URL}, Clock: s.clock.Now,
		Plans: []feed.Plan{{Feed: "ecb", Every: 24 * time.Hour}},
	})
}

type fetchedAnswer struct {
	Outcome, Import, Revision string
	New                       int
	Report                    *struct{ Verdict string }
}

// TestEditorsTakeRatesFromTheirPublisher takes a file, takes it again while it
// does not change, reads a newer one only, and sees how the takings stand.
func TestEditorsTakeRatesFromTheirPublisher(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		p := newPublisher(t, "Date,USD,\n2015-12-31,1.0887,\n")
		s.taking(p)
		take := func(query string, status int) (got fetchedAnswer) {
			t.Helper()
			s.as(obs.Editor, http.MethodPost, "/v1/rates/fetch/ecb"+query, "").want(status).json(&got)
			return got
		}
		if got := s.fetchStanding(); got.Outcome != nil || got.Next == nil || !got.Next.Equal(start) || *got.Every != "24h0m0s" {
			t.Errorf("before any taking: %+v, want one that is due at %s", got, start)
		}
		first := take("?publish=now&message=by+hand", http.StatusCreated)
		if first.Outcome != "imported" || first.New != 1 || first.Import == "" || first.Revision == "" || first.Report == nil {
			t.Errorf("the first taking: %+v, want one new rate, published", first)
		}
		s.get("/v1/convert?amount=1&from=EUR&to=USD&period=2015-12-31&fx=spot").want(200)
		if again := take("?publish=now", http.StatusOK); again.Outcome != "unchanged" || again.New != 0 || again.Import != "" || again.Report != nil {
			t.Errorf("the same again: %+v, want that nothing changed", again)
		}
		if got := s.fetchStanding(); *got.Outcome != "unchanged" || *got.By != "the editor" || !got.Next.Equal(start.Add(24*time.Hour)) {
			t.Errorf("after two takings: %+v", got)
		}
		p.text, p.changed = "Date,USD,\n2016-01-04,1.0898,\n2015-12-31,1.0887,\n", start.Add(time.Hour)
		if read := take("", http.StatusOK); read.Outcome != "read" || read.Import != "" || read.Report == nil || read.Report.Verdict != ingest.Accept {
			t.Errorf("only read: %+v, want a report and no import", read)
		}
		if second := take("?publish=now", http.StatusCreated); second.New != 1 {
			t.Errorf("the newer file: %+v, want one new rate", second)
		}
		p.text, p.changed = "Date,USD,\n2016-01-05,10.898,\n", start.Add(2*time.Hour)
		s.as(obs.Editor, http.MethodPost, "/v1/rates/fetch/ecb?publish=now", "").problem(422, "import_refused")
		if got := s.fetchStanding(); *got.Outcome != "failed" || got.Detail == nil {
			t.Errorf("after a refusal: %+v, want that it failed and why", got)
		}
		take("?publish=now&confirm=rate_power_of_ten:USD", http.StatusCreated)
		s.as(obs.Editor, http.MethodPost, "/v1/rates/fetch/nope?publish=now", "").problem(404, "unknown_feed")
		s.as(obs.Editor, http.MethodPost, "/v1/rates/fetch/ecb?publish=soon", "").problem(400, "invalid_parameter")
		if n, err := s.audited("import.publish"); err != nil || n != 3 {
			t.Errorf("%d publications in the audit, %v, want 3", n, err)
		}
	})
}

// fetchStanding returns how the taking of the one feed with an address stands.
func (s *service) fetchStanding() fetchedStanding {
	s.Helper()
	var page struct{ Feeds []fetchedStanding }
	s.as(obs.Editor, http.MethodGet, "/v1/rates/fetch", "").want(200).json(&page)
	if len(page.Feeds) != 1 || page.Feeds[0].Feed != "ecb" {
		s.Fatalf("feeds %+v, want ecb alone", page.Feeds)
	}
	return page.Feeds[0]
}

type fetchedStanding struct {
	Feed                       string
	Outcome, By, Every, Detail *string
	New                        int
	At, Answered, Next         *time.Time
}
