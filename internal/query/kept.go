package query

import "sync"

// kept holds what was computed from the last few states, each known by its
// key. What it holds never changes, so it is shared.
type kept[K comparable, T any] struct {
	mu      sync.Mutex
	limit   int
	entries []keptEntry[K, T] // the most recently used last
}

type keptEntry[K comparable, T any] struct {
	of    K
	value T
}

func newKept[K comparable, T any](limit int) *kept[K, T] { return &kept[K, T]{limit: limit} }

// get returns what is kept of the key.
func (k *kept[K, T]) get(of K) (T, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, e := range k.entries {
		if e.of == of {
			k.entries = append(append(k.entries[:i], k.entries[i+1:]...), e)
			return e.value, true
		}
	}
	var none T
	return none, false
}

// put keeps the value and drops the one that was not used for longest where
// there are too many.
func (k *kept[K, T]) put(of K, value T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := range k.entries {
		if k.entries[i].of == of {
			k.entries[i].value = value
			return
		}
	}
	if len(k.entries) == k.limit {
		k.entries = append(k.entries[:0], k.entries[1:]...)
	}
	k.entries = append(k.entries, keptEntry[K, T]{of, value})
}
