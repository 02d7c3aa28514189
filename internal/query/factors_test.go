package query

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// to is the way of a pair without rates.
func to(i int) fx.Way { return fx.Way{From: fmt.Sprint(i), To: "USD", Method: fx.ByAverage} }

var year = period.MustParse("2013")

func TestFactorsTakeNoMoreThanTheirLimit(t *testing.T) {
	const room = 100
	f := newFactors(room * (waySize + refusalSize))
	for i := range 10_000 {
		f.way(to(i)).put(year, newFound(nil, errNoFactor))
		if n := len(f.young) + len(f.old); n > room {
			t.Fatalf("%d factors are kept where there is room for %d", n, room)
		}
	}
	if f.way(to(9_999)).get(year) == nil {
		t.Error("the factor that was found last is not known")
	}
	if f.way(to(0)).get(year) != nil {
		t.Error("the factor that was found first is still known")
	}
}

// TestOneWayTakesNoMoreThanTheLimit asks for a pair on every day of 27 years,
// while an answer goes on to use what it took at first.
func TestOneWayTakesNoMoreThanTheLimit(t *testing.T) {
	const room = 100
	f := newFactors(room * refusalSize)
	held, last := f.way(to(1)), period.Period{}
	for i := range 10_000 {
		first := period.MustParseDate("1999-01-04").AddDays(i)
		last, _ = period.Between(first, first.AddDays(1))
		held.put(last, newFound(nil, errNoFactor))
		f.way(to(-i)).put(year, newFound(nil, errNoFactor))
		kept := 0
		for _, generation := range []map[fx.Way]*way{f.young, f.old} {
			for _, w := range generation {
				kept += len(w.by)
			}
		}
		if kept > room {
			t.Fatalf("%d factors are kept after %d days, where there is room for %d", kept, i, room)
		}
	}
	if held.get(last) == nil || f.way(to(1)) != held {
		t.Error("the factor that was found last is not known")
	}
}

func TestAFactorInUseStaysKnown(t *testing.T) {
	f := newFactors(100 * (waySize + refusalSize))
	used := f.way(to(-1)).put(year, newFound(nil, errNoFactor))
	for i := range 10_000 {
		if i%40 == 0 && f.way(to(-1)).get(year) != used {
			t.Fatalf("the factor in use is not known after %d others", i)
		}
		f.way(to(i)).put(year, newFound(nil, errNoFactor))
	}
}

func TestWhatIsFoundTwiceAtOnceIsKeptOnce(t *testing.T) {
	w := newFactors(100 * refusalSize).way(to(1))
	first, second := newFound(nil, errNoFactor), newFound(nil, errNoFactor)
	if got := w.put(year, first); got != first {
		t.Errorf("put = %p, want %p", got, first)
	}
	if got := w.put(year, second); got != first {
		t.Errorf("put again = %p, want %p as before", got, first)
	}
}

// TestWhatAnAnswerHoldsOfAWayStays finds factors of days in any order: those
// that are there stand in the order of their days, each once, and who asked
// before goes on to see what was there then.
func TestWhatAnAnswerHoldsOfAWayStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newFactors(1 << 30).way(to(1))
		kept := map[period.Period]*found{}
		var held, then []dated
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, 40), 1, 60).Draw(t, "months") {
			p, one := monthOf(i), newFound(nil, errNoFactor)
			if got := w.put(p, one); kept[p] == nil {
				kept[p] = got
			}
			for p, want := range kept {
				if got := w.get(p); got != want {
					t.Fatalf("%s has %p, want %p as it was found first", p, got, want)
				}
			}
			if now := w.all(); len(now) != len(kept) || !slices.IsSortedFunc(now, func(a, b dated) int { return period.Compare(a.period, b.period) }) {
				t.Fatalf("%v is kept of %d periods, want each once and in order", now, len(kept))
			}
			if !slices.Equal(held, then) {
				t.Fatalf("what was held is %v now, want %v as it was", held, then)
			}
			held = w.all()
			then = slices.Clone(held)
		}
	})
}

func TestATextIsMadeOnce(t *testing.T) {
	var w Written
	made := 0
	write := func() []byte { made++; return []byte("6.06") }
	for range 3 {
		if got := string(w.Text(write)); got != "6.06" || made != 1 {
			t.Errorf("Text = %q, made %d times, want 6.06, made once", got, made)
		}
	}
}

func TestRatesOfManyMomentsAreKeptUpToALimit(t *testing.T) {
	books := newKept[int, *book](keptBooks)
	for i := range 1_000 {
		books.put(i, &book{factors: newFactors(factorsSize)})
	}
	if n := len(books.entries); n > keptBooks {
		t.Errorf("the rates of %d moments are kept, want at most %d", n, keptBooks)
	}
	if _, known := books.get(999); !known {
		t.Error("the rates that were asked for last are not known")
	}
}

var errNoFactor = fmt.Errorf("no rate")
