package vintage

import (
	"time"
)

// Point is a place on both time lines, in UTC microseconds: what was published
// until Published and recorded until Recorded, both inclusive. Published is
// never later than Recorded. Points are the same when == says so; make them
// with At.
type Point struct {
	Published time.Time
	Recorded  time.Time
}

// At returns the point with both instants cut to microseconds, and published
// cut to recorded where it is later: what would be visible after the last
// recording that counts is not known at it.
func At(published, recorded time.Time) Point {
	p := Point{Micros(published), Micros(recorded)}
	if p.Published.After(p.Recorded) {
		p.Published = p.Recorded
	}
	return p
}

// Now returns the point of everything that is visible at an instant.
func Now(instant time.Time) Point { return At(instant, instant) }

// Sees says whether a version that was published and recorded at these
// instants is visible at the point.
func (p Point) Sees(published, recorded time.Time) bool {
	return !published.After(p.Published) && !recorded.After(p.Recorded)
}

// Micros returns the instant in UTC, cut down to the microsecond.
func Micros(instant time.Time) time.Time { return time.UnixMicro(instant.UnixMicro()).UTC() }

// Effective returns the instant from which a version is public: the later of
// its publication (its recording, where the publication is the zero time) and
// its embargo (none, where that is the zero time).
func Effective(published, embargo, recorded time.Time) time.Time {
	effective := published
	if effective.IsZero() {
		effective = recorded
	}
	if embargo.After(effective) {
		effective = embargo
	}
	return Micros(effective)
}
