package store_test

import (
	"slices"
	"testing"
	"time"

	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

func (f *fixture) ratesMark(at vintage.Point) query.RatesMark {
	f.Helper()
	mark, err := f.RatesMark(f.TB.Context(), at)
	if err != nil {
		f.Fatalf("RatesMark: %v", err)
	}
	return mark
}

func TestFiguresLeaveTheMarkOfRates(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		if got := f.ratesMark(f.now()); got != (query.RatesMark{}) {
			t.Errorf("RatesMark without rates = %v, want the zero mark", got)
		}
		f.publishRates(rate("2013-01-02", "6.1"))
		before := f.ratesMark(f.now())
		f.clock.Set(day(2))
		f.publish(time.Time{}, entry("gdp.cn.cny", "2012", "1.0"))
		f.publishRates(rate("2013-01-02", "6.1")) // says nothing new
		if got := f.ratesMark(f.now()); got != before {
			t.Errorf("RatesMark after figures = %v, want %v as before", got, before)
		}
	})
}

// TestOneMarkMeansOneSetOfRates compares every pair of points, before and after
// everything that can happen to rates.
func TestOneMarkMeansOneSetOfRates(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		old := rate("2013-01-02", "6.1")
		old.PublishedAt = day(1).Add(-48 * time.Hour)
		points := []vintage.Point{f.now()}
		f.publishRates(old)
		points = append(points, f.now())
		f.clock.Set(day(2))
		second := f.publishRates(rate("2013-01-02", "6.2"), rate("2013-01-03", "6.3"))
		points = append(points, f.now())
		f.clock.Set(day(3))
		if _, err := f.Undo(t.Context(), second.ID, "clerk", ""); err != nil {
			t.Fatalf("Undo: %v", err)
		}
		points = append(points, f.now())
		f.clock.Set(day(4))
		f.publishRates(rate("2013-01-03", "6.4"))
		now := f.now()
		points = append(points, now)
		for _, published := range []time.Time{old.PublishedAt.Add(-time.Hour), old.PublishedAt, day(1), day(2), day(3)} {
			points = append(points, vintage.At(published, now.Recorded), vintage.At(published, day(3)))
		}
		sets := map[query.RatesMark][]string{}
		for _, at := range points {
			mark, got := f.ratesMark(at), f.rates(at)
			if want, known := sets[mark]; known && !slices.Equal(got, want) {
				t.Errorf("Rates at %v = %q, want %q as at the other points of %v", at, got, want, mark)
			}
			sets[mark] = got
		}
		if len(sets) < 5 {
			t.Errorf("%d marks, want at least 5: %v", len(sets), sets)
		}
		f.checkSound()
	})
}
