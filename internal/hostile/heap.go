package hostile

import (
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// MaxHeap is how many bytes more may live on the heap while one of the files is
// read, whatever its size.
const MaxHeap = 24 << 20

// Heap calls work and returns by how many bytes the heap grew at most while it
// ran, looked at every few milliseconds with a collector that hardly waits.
func Heap(work func()) (grown uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	before := held()
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		tick := time.NewTicker(3 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				if now := held(); now > before {
					grown = max(grown, now-before)
				}
			}
		}
	})
	work()
	close(stop)
	watch.Wait()
	return grown
}

func held() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
