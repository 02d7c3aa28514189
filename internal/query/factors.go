package query

import (
	"slices"
	"sync"

	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// found is a factor, or the code why there is none, with the words and the texts
// that answers tell of it. It is shared and never changes.
type found struct {
	factor *fx.Factor
	err    error
	method string
	text   *Written // of its disclosure
	cells  *Written // of what a row says of it
}

func newFound(factor *fx.Factor, err error) *found {
	f := &found{factor: factor, err: err}
	if err == nil {
		f.method, f.text, f.cells = factor.Disclosure().MethodWord(), &Written{}, &Written{}
	}
	return f
}

// size is about how many bytes it takes.
func (f *found) size() int {
	if f.err != nil {
		return refusalSize
	}
	return f.factor.Size() + cellsSize
}

// Written keeps the one text that all answers have of something, which whoever
// writes it first makes. The zero Written keeps nothing yet.
type Written struct {
	once sync.Once
	text []byte
}

// Text returns what make returned when it was first asked, or, where there is no Written,
// what it returns now. It may not be changed.
func (w *Written) Text(make func() []byte) []byte {
	if w == nil {
		return make()
	}
	w.once.Do(func() { w.text = make() })
	return w.text
}

// How many bytes the factors of one set of rates take at most, about, those
// of rates that askers declare, and what a refusal, a way without factors and
// the cells of a row count for.
const (
	factorsSize  = 16 << 20
	declaredSize = 2 << 20
	refusalSize  = 1 << 9
	waySize      = 1 << 9
	cellsSize    = 1 << 8
)

// factors are those that were found last, way by way. There are two
// generations of ways: when the young one has grown to half of the limit it
// becomes the old one, and what was the old one goes. A way that is used stays,
// because it is young again; one that has grown to half of the limit by itself
// begins anew.
type factors struct {
	mu         sync.Mutex
	limit      int
	young, old map[fx.Way]*way
	size       int // of the young
}

// way is the factors of one way, refusals too, by their periods. It may be
// used as long as an answer lasts, whatever becomes of its generation.
type way struct {
	kept *factors
	of   fx.Way
	size int // as kept counts it

	mu sync.RWMutex
	by []dated // in the order of their periods; what stands in it never changes
}

// dated is what was found for a period.
type dated struct {
	period period.Period
	*found
}

func newFactors(limit int) *factors {
	return &factors{limit: limit, young: map[fx.Way]*way{}}
}

// way returns the factors of a way.
func (f *factors) way(of fx.Way) *way {
	f.mu.Lock()
	defer f.mu.Unlock()
	if w := f.young[of]; w != nil {
		return w
	}
	w := f.old[of]
	if w == nil {
		w = &way{kept: f, of: of, size: waySize}
	}
	f.take(w)
	f.add(w)
	return w
}

// get returns what was found for the period, nil where nothing is known.
func (w *way) get(p period.Period) *found {
	list := w.all()
	if i, known := search(list, p); known {
		return list[i].found
	}
	return nil
}

// all returns what was found until now, in the order of the periods. It stays
// as it is, whatever is found later, and may not be changed.
func (w *way) all() []dated {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.by
}

// search returns where a period stands, or belongs.
func search(list []dated, p period.Period) (at int, known bool) {
	return slices.BinarySearchFunc(list, p, func(d dated, p period.Period) int { return period.Compare(d.period, p) })
}

// put keeps what was found, unless somebody did so before, and returns what is
// kept.
func (w *way) put(p period.Period, one *found) *found {
	f := w.kept
	f.mu.Lock()
	defer f.mu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	i, known := search(w.by, p)
	if known {
		return w.by[i].found
	}
	size := one.size()
	f.take(w)
	if w.size+size > f.limit/2 {
		w.by, w.size, i = nil, waySize, 0
	}
	w.by = with(w.by, i, dated{p, one})
	w.size += size
	f.add(w)
	return one
}

// with returns the list with one more at i. Who holds the list sees nothing of
// it: behind the last it is appended, else the list is copied.
func with(list []dated, i int, one dated) []dated {
	if i == len(list) {
		return append(list, one)
	}
	return append(append(append(make([]dated, 0, len(list)+1), list[:i]...), one), list[i:]...)
}

// take takes the way out of its generation, where it is still in one.
func (f *factors) take(w *way) {
	switch w {
	case f.young[w.of]:
		delete(f.young, w.of)
		f.size -= w.size
	case f.old[w.of]:
		delete(f.old, w.of)
	}
}

// add makes the way one of the young, unless another has come in its place.
func (f *factors) add(w *way) {
	if f.young[w.of] != nil {
		return
	}
	if f.size+w.size > f.limit/2 && len(f.young) > 0 {
		f.old, f.young, f.size = f.young, map[fx.Way]*way{}, 0
	}
	f.young[w.of] = w
	f.size += w.size
}
