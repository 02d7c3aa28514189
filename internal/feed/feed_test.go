package feed_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/feed"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/testdb"
)

func ExamplePlan_Due() {
	plan := feed.Plan{Feed: "ecb", Every: 24 * time.Hour}
	noon := time.Date(2020, 12, 31, 12, 0, 0, 0, time.UTC)
	fmt.Println(plan.Due(obs.FetchLog{Answered: noon}))
	fmt.Println(plan.Due(obs.FetchLog{Answered: noon.Add(-time.Hour), Tried: noon, Tries: 3}))
	// Output:
	// 2021-01-01 12:00:00 +0000 UTC
	// 2020-12-31 12:20:00 +0000 UTC
}

func TestPausesGrowUpToThePlan(t *testing.T) {
	plan, noon := feed.Plan{Every: time.Hour}, time.Date(2020, 12, 31, 12, 0, 0, 0, time.UTC)
	for tries, want := range map[int]time.Duration{1: 5 * time.Minute, 2: 10 * time.Minute, 4: 40 * time.Minute, 5: time.Hour, 500: time.Hour} {
		if got := plan.Due(obs.FetchLog{Tried: noon, Tries: tries}).Sub(noon); got != want {
			t.Errorf("the pause after %d tries is %s, want %s", tries, got, want)
		}
	}
}

// office is a service whose clock stands unless it waits.
type office struct {
	testing.TB
	*app.App
	mu    sync.Mutex
	now   time.Time
	looks int // how often a schedule may wait before it is stopped
	log   bytes.Buffer
	asked []string // If-None-Match of what the publisher was asked, and what it did
	gives http.HandlerFunc
	url   string
	feeds *feed.Service
}

func (o *office) Now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// wait lets the clock go on.
func (o *office) wait(ctx context.Context, d time.Duration) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.looks--; o.looks < 0 {
		return context.Canceled
	}
	o.now = o.now.Add(d)
	return ctx.Err()
}

func (o *office) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.log.Write(p)
}

func each(t *testing.T, run func(*testing.T, *office)) {
	for _, engine := range testdb.Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			o := &office{TB: t, now: time.Now().Add(time.Hour).UTC().Truncate(time.Second), gives: file("2020-12-31,1.2271", `"one"`)}
			publisher := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				o.mu.Lock()
				o.asked = append(o.asked, r.Header.Get("If-None-Match"))
				gives := o.gives
				o.mu.Unlock()
				gives(w, r)
			}))
			t.Cleanup(publisher.Close)
			o.url = publisher.URL
			config, _, err := app.Load(app.Inputs{Environ: []string{"BELLWETHER_DATABASE=" + testdb.Blank(t, engine).DSN}})
			if err != nil {
				t.Fatal(err)
			}
			if o.App, err = app.Create(t.Context(), config, app.Tools{Log: slog.New(slog.NewTextHandler(o, nil)), Clock: o.Now}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { o.App.Close() })
			o.feeds = o.node()
			run(t, o)
		})
	}
}

// node is one more service over the same database.
func (o *office) node() *feed.Service {
	known, err := app.Feeds()
	if err != nil {
		o.Fatal(err)
	}
	return feed.New(o.Store, o.Ingest, feed.Config{
		Feeds: known, Addresses: map[string]string{"ecb": o.url}, Plans: []feed.Plan{{Feed: "ecb", Every: 24 * time.Hour}},
		Log: slog.New(slog.NewTextHandler(o, nil)), Clock: o.Now, Wait: o.wait,
	})
}

// file answers with a file of fixings and its mark.
func file(row, tag string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "hist.csv", time.Time{}, strings.NewReader("Date,USD,\n"+row+",\n"))
	}
}

func (o *office) fetch() (*feed.Result, error) {
	return o.feeds.Fetch(context.Background(), feed.Request{Feed: "ecb", Import: ingest.Request{By: "desk", Publish: ingest.Publish{Now: true}}})
}

func (o *office) rates() int {
	o.Helper()
	list, err := o.Store.Imports(context.Background(), 100, "")
	if err != nil {
		o.Fatal(err)
	}
	return len(list)
}

func TestAFileIsTakenOnceUntilItsRatesAreUndone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		first, err := o.fetch()
		if err != nil || first.Import == nil || first.Import.Revision == nil {
			t.Fatalf("Fetch = %+v, %v, want a revision", first, err)
		}
		if again, err := o.fetch(); err != nil || again.Import != nil {
			t.Errorf("Fetch of the same = %+v, %v, want nothing new", again, err)
		}
		if _, err := o.Store.Undo(t.Context(), first.Import.Revision.ID, "desk", ""); err != nil {
			t.Fatal(err)
		}
		if after, err := o.fetch(); err != nil || after.Import == nil || after.Import.NoOp {
			t.Errorf("Fetch after an undo = %+v, %v, want it imported", after, err)
		}
		if got := strings.Join(o.asked, "|"); got != `|"one"|` {
			t.Errorf("the publisher was asked with %s, want no mark after the undo", got)
		}
	})
}

// TestAScheduleGoesOn lets a publisher fail and come back.
func TestAScheduleGoesOn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		began := o.Now()
		o.gives = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }
		o.looks = 1
		o.feeds.Run(t.Context())
		if took := o.Now().Sub(began); len(o.asked) != 1 || took > 10*time.Second {
			t.Errorf("it asked %d times in %s, want once, soon", len(o.asked), took)
		}
		o.gives = file("2020-12-31,1.2271", `"one"`)
		o.now, o.looks = o.now.Add(time.Hour), 1
		o.feeds.Run(t.Context())
		o.gives = file("2021-01-04,1.2296", `"two"`)
		o.looks = 2
		o.feeds.Run(t.Context())
		if len(o.asked) != 3 || o.rates() != 2 {
			t.Errorf("it asked %d times and %d imports are there, want 3 and 2", len(o.asked), o.rates())
		}
		for _, want := range []string{"level=WARN msg=\"rates were not fetched\" feed=ecb code=fetch_failed", "outcome=imported new=1"} {
			if !strings.Contains(o.log.String(), want) {
				t.Errorf("the log has no %s:\n%s", want, o.log.String())
			}
		}
		told := metrics(t, o.feeds)
		for _, want := range []string{"bellwether_rates_fetches_total failed 1", "bellwether_rates_fetches_total imported 2", "bellwether_rates_fetched_new_total 2"} {
			if !strings.Contains(told, want) {
				t.Errorf("metrics are\n%swant %s", told, want)
			}
		}
	})
}

// metrics writes down every counter with its outcome.
func metrics(t *testing.T, s *feed.Service) string {
	registry := prometheus.NewRegistry()
	registry.MustRegister(s.Metrics()...)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, family := range families {
		for _, m := range family.Metric {
			b.WriteString(family.GetName())
			for _, label := range m.Label {
				if label.GetName() == "outcome" {
					b.WriteString(" " + label.GetValue())
				}
			}
			fmt.Fprintf(&b, " %v\n", m.GetCounter().GetValue())
		}
	}
	return b.String()
}

// TestOneOfManyNodesTakesAFile runs two nodes, also after they were started
// anew.
func TestOneOfManyNodesTakesAFile(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 3 {
			for _, node := range []*feed.Service{o.node(), o.node()} {
				o.looks = 1
				node.Run(t.Context())
			}
		}
		if len(o.asked) != 1 {
			t.Errorf("the publisher was asked %d times, want once", len(o.asked))
		}
	})
}

// TestAStopLeavesNothing ends a service while a file comes, and asks for the
// same file meanwhile.
func TestAStopLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx, stop := context.WithCancel(t.Context())
		o.gives = func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, "Date,USD,\n2020-12-31,")
			w.(http.Flusher).Flush()
			if _, err := o.fetch(); fault.CodeOf(err) != fault.FetchUnderWay {
				t.Errorf("Fetch meanwhile = %v, want %s", err, fault.FetchUnderWay)
			}
			stop()
			<-r.Context().Done()
		}
		o.looks = 1
		o.feeds.Run(ctx)
		log, err := o.Store.FetchLog(t.Context(), obs.FetchKey{Feed: "ecb", Address: o.url})
		if err != nil || log.Last.What != obs.FetchFailed || o.rates() != 0 {
			t.Errorf("the log ends with %+v, %v, and %d imports are there; want a failure and none", log.Last, err, o.rates())
		}
	})
}

// TestWhatIsNoFileIsNotRemembered hands out what is refused by the import.
func TestWhatIsNoFileIsNotRemembered(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for body, code := range map[string]fault.Code{"nothing of the kind": fault.ImportRefused, "<html>moved": fault.FetchFailed} {
			o.gives = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/csv")
				w.Header().Set("ETag", `"bad"`)
				io.WriteString(w, body)
			}
			if _, err := o.fetch(); err == nil {
				t.Errorf("Fetch of %q = nil, want %s", body, code)
			}
		}
		o.gives = file("2020-12-31,1.2271", `"bad"`)
		if got, err := o.fetch(); err != nil || got.Import == nil {
			t.Errorf("Fetch = %+v, %v, want it imported", got, err)
		}
	})
}
