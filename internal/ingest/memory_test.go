package ingest_test

import (
	"runtime"
	"testing"

	"bellwether/internal/ingest"
)

// TestMemoryDoesNotGrowWithTheFile reads a file and one of ten times its rows.
// The heap is looked at in the middle of the second reading, when everything
// that the first one keeps is there.
func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const rows = 20_000
	held := func(rows int) uint64 {
		file, labels := bigFile(t, rows), words(t)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		n := 0
		report, err := ingest.Read(t.Context(), file, ingest.Reading{Labels: labels, Moment: ingest.Moment{Now: now, Zone: shanghai(t)}}, func(ingest.Statement) error {
			if n++; n == rows/2 {
				runtime.GC()
				runtime.ReadMemStats(&after)
			}
			return nil
		})
		if err != nil || report.Verdict != ingest.Accept || n != rows {
			t.Fatalf("Read of %d rows: %d statements, %v, %+v", rows, n, err, report.Errors)
		}
		return after.HeapAlloc - min(before.HeapAlloc, after.HeapAlloc)
	}
	few, many := held(rows), held(10*rows)
	if many > few+4<<20 {
		t.Errorf("%d rows hold %d KiB, %d rows %d KiB; want no more than 4 MiB above", rows, few>>10, 10*rows, many>>10)
	}
	t.Logf("%d rows hold %d KiB, %d rows %d KiB", rows, few>>10, 10*rows, many>>10)
}
