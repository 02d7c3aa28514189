package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// rate is a fixing of yuan per dollar.
func rate(when, value string) fx.Rate {
	return fx.Rate{
		Feed: "frb-h10", Base: "USD", Quote: "CNY", Kind: fx.Fixing, Period: period.MustParse(when),
		Value: figure.MustParse(value, 0), Source: "H.10",
	}
}

func (f *fixture) rates(at vintage.Point) []string {
	f.Helper()
	list, err := f.Rates(context.Background(), at)
	if err != nil {
		f.Fatalf("Rates: %v", err)
	}
	texts := []string{}
	for _, r := range list {
		texts = append(texts, r.Period.String()+" "+r.Value.Text()+" "+r.Source)
	}
	return texts
}

func TestRatesRepeatOnlyWhatDiffers(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		first := f.publishRates(rate("2013-01-03", "6.2000"), rate("2013-01-02", "6.1"))
		if first.Rows != 2 {
			t.Errorf("the first file stores %d rates, want 2", first.Rows)
		}
		before := f.now()
		f.clock.Set(day(2))
		second := f.publishRates(rate("2013-01-02", "6.1"), rate("2013-01-03", "6.2"), rate("2013-01-04", "6.3"))
		if second.Rows != 2 { // 6.2 is less precise than 6.2000, which is another statement
			t.Errorf("the second file stores %d rates, want 2", second.Rows)
		}
		want := []string{"2013-01-02 6.1 H.10", "2013-01-03 6.2 H.10", "2013-01-04 6.3 H.10"}
		if got := f.rates(f.now()); !slices.Equal(got, want) {
			t.Errorf("Rates = %q, want %q", got, want)
		}
		want = []string{"2013-01-02 6.1 H.10", "2013-01-03 6.2000 H.10"}
		if got := f.rates(before); !slices.Equal(got, want) {
			t.Errorf("Rates before = %q, want %q", got, want)
		}
		if _, err := f.Undo(t.Context(), second.ID, "clerk", ""); err != nil {
			t.Fatalf("Undo: %v", err)
		}
		if got := f.rates(f.now()); !slices.Equal(got, want) {
			t.Errorf("Rates after an undo = %q, want %q", got, want)
		}
		f.checkSound()
	})
}

func TestRatesOfOneFileCountInItsOrder(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		late, early := rate("2013-01-02", "6.1"), rate("2013-01-02", "6.0")
		late.PublishedAt, early.PublishedAt = day(1).Add(-time.Hour), day(1).Add(-2*time.Hour)
		again := late
		again.PublishedAt = late.PublishedAt.Add(time.Minute)
		if got := f.publishRates(late, early, again).Rows; got != 2 {
			t.Errorf("stored %d rates, want 2", got)
		}
		want := []string{"2013-01-02 6.1 H.10"}
		if got := f.rates(f.now()); !slices.Equal(got, want) {
			t.Errorf("Rates = %q, want %q", got, want)
		}
		want = []string{"2013-01-02 6.0 H.10"}
		if got := f.rates(vintage.At(early.PublishedAt, f.now().Recorded)); !slices.Equal(got, want) {
			t.Errorf("Rates as of the early one = %q, want %q", got, want)
		}
		f.checkSound()
	})
}

// checkSound verifies the database.
func (f *fixture) checkSound() {
	f.Helper()
	findings, err := f.Verify(context.Background(), func(int, int) {})
	if err != nil || len(findings) > 0 {
		f.Errorf("Verify = %v, %v, want nothing", findings, err)
	}
}
