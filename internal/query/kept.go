package query

import (
	"sync"

	"bellwether/internal/vintage"
)

// kept holds what was computed from the last few states. What it holds never
// changes, so it is shared.
type kept[T any] struct {
	mu      sync.Mutex
	limit   int
	entries []keptEntry[T] // the most recently used last
}

type keptEntry[T any] struct {
	at    vintage.Point
	value T
}

func newKept[T any](limit int) *kept[T] { return &kept[T]{limit: limit} }

// get returns what is kept of the point.
func (k *kept[T]) get(at vintage.Point) (T, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, e := range k.entries {
		if e.at == at {
			k.entries = append(append(k.entries[:i], k.entries[i+1:]...), e)
			return e.value, true
		}
	}
	var none T
	return none, false
}

// put keeps the value and drops the one that was not used for longest where
// there are too many.
func (k *kept[T]) put(at vintage.Point, value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := range k.entries {
		if k.entries[i].at == at {
			k.entries[i].value = value
			return
		}
	}
	if len(k.entries) == k.limit {
		k.entries = append(k.entries[:0], k.entries[1:]...)
	}
	k.entries = append(k.entries, keptEntry[T]{at, value})
}
