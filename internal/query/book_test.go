package query_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
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

// TestWhatIsKeptOfRatesIsWhatConvertsThem asks for conversions as of more days
// than rates are kept of, and holds how much memory each rate takes in them.
func TestWhatIsKeptOfRatesIsWhatConvertsThem(t *testing.T) {
	const currencies, days, states, most = 40, 1000, 8, 64
	s := newShelf(t)
	s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse("2009"), Value: figure.MustParse("1", 9), Published: beijing("2012-10-01")})
	for c := range currencies {
		day := period.MustParse("2010-01-01")
		for d := range days {
			s.rates = append(s.rates, fx.Rate{
				Feed: "ecb", Base: "EUR", Quote: fmt.Sprintf("X%c%c", 'A'+c/26, 'A'+c%26), Kind: fx.Fixing, Period: day,
				Value: figure.New(int64(10_000+d), 4, 0), PublishedAt: beijing(day.String()), Source: "ECB",
			})
			day, _ = day.Next()
		}
	}
	service := query.New(s, clock)
	before := live()
	for i := range states {
		m, err := service.At(context.Background(), query.When{AsOf: fmt.Sprintf("2012-09-%02d", 10+i)})
		if err != nil {
			t.Fatal(err)
		}
		feeds, err := service.Feeds(context.Background(), m)
		if err != nil || len(feeds) != 1 || feeds[0].Count < (days-20)*currencies || len(feeds[0].Pairs) != currencies {
			t.Fatalf("Feeds = %+v, %v", feeds, err)
			t.Fatal(err)
		}
	}
	held := live() - before
	if each := held / (states * currencies * days); each > most {
		t.Errorf("each of %d rates takes %d bytes in each of %d states, want at most %d", currencies*days, each, states, most)
	}
	runtime.KeepAlive(service)
}

// live is how many bytes are in use once everything else is swept.
func live() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestRatesAreListedFromOneReading lists the rates of one state twice, and of
// another one.
func TestRatesAreListedFromOneReading(t *testing.T) {
	store := &counting{shelf: sampleShelf(t)}
	s := query.New(store, clock)
	list := func(asOf string) int {
		m, err := s.At(context.Background(), query.When{AsOf: asOf})
		if err != nil {
			t.Fatal(err)
		}
		all, err := s.Rates(context.Background(), m, query.RatesFilter{}, "en")
		if err != nil {
			t.Fatal(err)
		}
		return len(all.Rates)
	}
	now := list("")
	first := store.reads
	if list("") != now || store.reads != first {
		t.Errorf("the same rates were read %d times, then %d", first, store.reads)
	}
	if then := list("2013-02-01"); then == 0 || then >= now {
		t.Errorf("%d rates as of 2013-02-01 and %d now", then, now)
	}
}
