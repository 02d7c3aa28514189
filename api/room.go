package api

import (
	"bytes"
	"sync"
)

// rooms are buffers that answers of rows are encoded in, each used again and
// again: an answer that is kept has the memory of its own bytes only.
type rooms struct{ pool sync.Pool }

// largestRoom is how many bytes a buffer may have that is kept for later.
const largestRoom = 4 << 20

// take returns an empty buffer.
func (r *rooms) take() *bytes.Buffer {
	if room, ok := r.pool.Get().(*bytes.Buffer); ok {
		return room
	}
	return new(bytes.Buffer)
}

// giveBack keeps the buffer for another answer. Nobody uses its bytes any more.
func (r *rooms) giveBack(room *bytes.Buffer) {
	if room.Cap() > largestRoom {
		return
	}
	room.Reset()
	r.pool.Put(room)
}
