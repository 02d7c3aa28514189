package term

import (
	"testing"
	"time"
)

func TestAPaceSaysHowFastItGoesAndHowLongItTakes(t *testing.T) {
	for _, c := range []struct {
		name        string
		done, total int64
		took        time.Duration
		unit        perSecond
		want        string
	}{
		{"rows", 80_000, 400_000, 2 * time.Second, perSecondRows, ", 40000 rows/s, 8s left"},
		{"more than a minute", 1_000, 200_000, time.Second, perSecondRows, ", 1000 rows/s, 3m19s left"},
		{"a part of a second is one", 350_000, 400_000, 7 * time.Second, perSecondRows, ", 50000 rows/s, 1s left"},
		{"bytes", 26_600_000, 106_400_000, 2 * time.Second, perSecondBytes, ", 13.3 MB/s, 6s left"},
		{"nobody knows the total", 3_000, 0, time.Second, perSecondRows, ", 3000 rows/s"},
		{"too slow to tell", 1, 100, 5 * time.Second, perSecondRows, ", 0 rows/s"},
		{"too early to tell", 1_000, 2_000, 900 * time.Millisecond, perSecondRows, ""},
		{"nothing done", 0, 2_000, 3 * time.Second, perSecondRows, ""},
		{"all done", 2_000, 2_000, 3 * time.Second, perSecondRows, ""},
	} {
		if got := pace(c.done, c.total, c.took, c.unit); got != c.want {
			t.Errorf("%s: pace(%d, %d, %s) = %q, want %q", c.name, c.done, c.total, c.took, got, c.want)
		}
	}
}
