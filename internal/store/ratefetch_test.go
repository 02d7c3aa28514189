package store_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"bellwether/internal/obs"
)

var ecb = obs.FetchKey{Feed: "ecb", Address: "https://example.org/hist.zip"}

// take begins and ends a taking.
func (f *fixture) take(key obs.FetchKey, end obs.FetchEnd) {
	f.Helper()
	begun, err := f.BeginFetch(context.Background(), key, "schedule", f.fetched(key).N)
	if err != nil || begun == 0 {
		f.Fatalf("BeginFetch = %d, %v", begun, err)
	}
	if err := f.EndFetch(context.Background(), key, begun, end); err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) fetched(key obs.FetchKey) obs.FetchLog {
	f.Helper()
	log, err := f.FetchLog(context.Background(), key)
	if err != nil {
		f.Fatal(err)
	}
	return log
}

func TestTakingsAreRemembered(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if log := f.fetched(ecb); log != (obs.FetchLog{}) {
			t.Errorf("FetchLog of nothing = %+v", log)
		}
		f.clock.Set(day(2))
		f.take(ecb, obs.FetchEnd{What: obs.FetchImported, ETag: `"one"`, Modified: "Wed, 01 Jan 2014 15:00:00 GMT", New: 41})
		want := obs.FetchLog{N: 2, At: day(2), By: "schedule", Answered: day(2), ETag: `"one"`, Modified: "Wed, 01 Jan 2014 15:00:00 GMT",
			Last: obs.FetchEnd{What: obs.FetchImported, New: 41}}
		if log := f.fetched(ecb); log != want {
			t.Errorf("FetchLog = %+v, want %+v", log, want)
		}
		for n := 3; n <= 4; n++ {
			f.clock.Set(day(n))
			f.take(ecb, obs.FetchEnd{What: obs.FetchFailed, Detail: "it answers 500"})
		}
		want.N, want.At, want.Tried, want.Tries, want.Last = 6, day(4), day(4), 2, obs.FetchEnd{What: obs.FetchFailed, Detail: "it answers 500"}
		if log := f.fetched(ecb); log != want {
			t.Errorf("FetchLog after failures = %+v, want %+v", log, want)
		}
		mirror := obs.FetchKey{Feed: "ecb", Address: "https://example.net/hist.zip"}
		if log := f.fetched(mirror); log != (obs.FetchLog{}) {
			t.Errorf("FetchLog of another address = %+v, want nothing", log)
		}
	})
}

// TestTheMarkGoesWithTheRates undoes rates: the same file is then to be taken
// again, also where that happens while it is taken.
func TestTheMarkGoesWithTheRates(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		marked := obs.FetchEnd{What: obs.FetchUnchanged, ETag: `"one"`}
		first := f.publishRates(rate("2013-01-02", "6.2"))
		f.take(ecb, marked)
		second := f.publishRates(rate("2013-01-03", "6.3"))
		if log := f.fetched(ecb); log.ETag != marked.ETag {
			t.Errorf("the mark is %q, want it kept when rates come", log.ETag)
		}
		f.undoRevision(first)
		if log := f.fetched(ecb); log.ETag != "" || log.Answered.IsZero() {
			t.Errorf("FetchLog = %+v, want no mark after an undo", log)
		}
		begun, err := f.BeginFetch(t.Context(), ecb, "schedule", f.fetched(ecb).N)
		if err != nil {
			t.Fatal(err)
		}
		f.undoRevision(second)
		if err := f.EndFetch(t.Context(), ecb, begun, marked); err != nil {
			t.Fatal(err)
		}
		if log := f.fetched(ecb); log.ETag != "" {
			t.Errorf("the mark is %q, want none of a taking that an undo came into", log.ETag)
		}
		f.take(ecb, marked)
		if log := f.fetched(ecb); log.ETag != marked.ETag {
			t.Errorf("the mark is %q, want it after the next taking", log.ETag)
		}
	})
}

func TestOneBeginsATaking(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		var wait sync.WaitGroup
		begun := make([]int, 8)
		for i := range begun {
			wait.Go(func() {
				n, err := f.BeginFetch(t.Context(), ecb, "schedule", 0)
				if err != nil {
					t.Error(err)
				}
				begun[i] = n
			})
		}
		wait.Wait()
		total := 0
		for _, n := range begun {
			total += n
		}
		if total != 1 {
			t.Errorf("BeginFetch = %v, want one 1", begun)
		}
		if _, err := f.db.Raw(t).Exec(`DELETE FROM rate_fetch`); err == nil || !strings.Contains(err.Error(), "rate_fetch") {
			t.Errorf("DELETE = %v, want it refused", err)
		}
	})
}

func (f *fixture) undoRevision(r obs.Revision) {
	f.Helper()
	if _, err := f.Undo(context.Background(), r.ID, "desk", ""); err != nil {
		f.Fatal(err)
	}
}
