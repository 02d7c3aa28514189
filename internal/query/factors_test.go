package query

import (
	"fmt"
	"testing"

	"bellwether/internal/fx"
)

// refused is what is known of a pair without rates.
func refused(i int) fx.Key { return fx.Key{From: fmt.Sprint(i), To: "USD", Method: fx.ByAverage} }

func TestFactorsTakeNoMoreThanTheirLimit(t *testing.T) {
	f := newFactors(100 * refusalSize)
	for i := range 10_000 {
		f.put(refused(i), newFound(nil, errNoFactor))
		if n := len(f.young) + len(f.old); n > 100 {
			t.Fatalf("%d factors are kept where there is room for 100", n)
		}
	}
	if f.get(refused(9_999)) == nil {
		t.Error("the factor that was found last is not known")
	}
	if f.get(refused(0)) != nil {
		t.Error("the factor that was found first is still known")
	}
}

func TestAFactorInUseStaysKnown(t *testing.T) {
	f := newFactors(100 * refusalSize)
	used := f.put(refused(-1), newFound(nil, errNoFactor))
	for i := range 10_000 {
		if i%40 == 0 && f.get(refused(-1)) != used {
			t.Fatalf("the factor in use is not known after %d others", i)
		}
		f.put(refused(i), newFound(nil, errNoFactor))
	}
}

func TestWhatIsFoundTwiceAtOnceIsKeptOnce(t *testing.T) {
	f := newFactors(100 * refusalSize)
	first, second := newFound(nil, errNoFactor), newFound(nil, errNoFactor)
	if got := f.put(refused(1), first); got != first {
		t.Errorf("put = %p, want %p", got, first)
	}
	if got := f.put(refused(1), second); got != first {
		t.Errorf("put again = %p, want %p as before", got, first)
	}
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
