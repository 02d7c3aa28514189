package query_test

import (
	"context"
	"testing"

	"bellwether/internal/fx"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// counting counts how often rates are read.
type counting struct {
	*shelf
	reads int
}

func (c *counting) Rates(ctx context.Context, at vintage.Point) ([]fx.Rate, error) {
	c.reads++
	return c.shelf.Rates(ctx, at)
}

func TestRatesAreReadOnceForStatesThatDifferInFigures(t *testing.T) {
	store := &counting{shelf: sampleShelf(t)}
	s := query.New(store, clock)
	q := query.Question{Filter: everything(), View: query.View{Currencies: []string{"USD"}}}
	for _, asOf := range []string{"", "2013-09-10", "2013-09-11", ""} {
		rowsOf(t, s, asOf, q)
	}
	first := store.reads
	rowsOf(t, s, "2013-09-12", q)
	if store.reads != first || first > 2 {
		t.Errorf("rates were read %d times and then %d, want each set of them once", first, store.reads)
	}
}
