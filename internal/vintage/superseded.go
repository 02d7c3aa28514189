package vintage

import (
	"cmp"
	"strings"
	"time"

	"bellwether/internal/period"
)

// Forever is the end of a version that nothing has superseded, later than
// every instant. It is never changed.
var Forever = time.UnixMicro(1 << 62).UTC()

// Superseded returns, for each version of one key in the order of publication
// and recording, the instant until which it is in force, in what is recorded
// today: the publication of the next version that stands, Forever where there
// is none, and its own publication (never) for a version that undone names or
// that another replaces at the same instant.
func Superseded(versions []Version, undone func(revision int) bool) []time.Time {
	until := make([]time.Time, len(versions))
	next := Forever
	for i := len(versions) - 1; i >= 0; i-- {
		v := versions[i]
		if undone(v.Revision) {
			until[i] = v.Published
			continue
		}
		until[i] = next
		next = v.Published
	}
	return until
}

// order sorts versions of one key: the last one is in force.
func order(a, b Version) int {
	return cmp.Or(a.Published.Compare(b.Published), a.Recorded.Compare(b.Recorded), cmp.Compare(a.Revision, b.Revision))
}

func compareKeys(a, b Key) int {
	return cmp.Or(strings.Compare(a.Series, b.Series), period.Compare(a.Period, b.Period))
}
