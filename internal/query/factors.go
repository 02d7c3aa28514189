package query

import (
	"sync"

	"bellwether/internal/fx"
)

// found is a factor, or the code why there is none, with the words and the text
// that answers tell of it. It is shared and never changes.
type found struct {
	factor *fx.Factor
	err    error
	method string
	text   *Written
}

func newFound(factor *fx.Factor, err error) *found {
	f := &found{factor: factor, err: err}
	if err == nil {
		f.method, f.text = factor.Disclosure().MethodWord(), &Written{}
	}
	return f
}

// size is about how many bytes it takes.
func (f *found) size() int {
	if f.err != nil {
		return refusalSize
	}
	return f.factor.Size()
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

// How many bytes the factors of one set of rates take at most, about, and what
// a refusal counts for.
const (
	factorsSize = 16 << 20
	refusalSize = 1 << 9
)

// factors are those that were found last. There are two generations: when the
// young one has grown to half of the limit it becomes the old one, and what was
// the old one goes. What is used stays, because it is young again.
type factors struct {
	mu         sync.Mutex
	limit      int
	young, old map[fx.Key]*found
	size       int // of the young
}

func newFactors(limit int) *factors {
	return &factors{limit: limit, young: map[fx.Key]*found{}}
}

// get returns what was found for the key, nil where nothing is known.
func (f *factors) get(of fx.Key) *found {
	f.mu.Lock()
	defer f.mu.Unlock()
	if known := f.young[of]; known != nil {
		return known
	}
	known := f.old[of]
	if known != nil {
		f.add(of, known)
	}
	return known
}

// put keeps what was found, unless somebody did so before, and returns what is
// kept.
func (f *factors) put(of fx.Key, one *found) *found {
	f.mu.Lock()
	defer f.mu.Unlock()
	if known := f.young[of]; known != nil {
		return known
	}
	f.add(of, one)
	return one
}

func (f *factors) add(of fx.Key, one *found) {
	size := one.size()
	if f.size+size > f.limit/2 && len(f.young) > 0 {
		f.old, f.young, f.size = f.young, map[fx.Key]*found{}, 0
	}
	f.young[of] = one
	f.size += size
}
