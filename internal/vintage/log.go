package vintage

import (
	"slices"
	"time"

	"bellwether/internal/period"
)

// Key names what a version speaks of.
type Key struct {
	Series string
	Period period.Period
}

// Statement is what one import states about one key. A withdrawal has no
// value.
type Statement struct {
	Key       Key
	Value     string
	Withdrawn bool
	Release   string    // the office's name of the publication; only carried along
	Published time.Time // zero: the import's
}

// Import is one file as it is published. Two imports are the same when File,
// Profile, Dataset, Published and Embargo are; File is empty for a change that
// came without a file, which is never the same as another.
type Import struct {
	File      string // the hash of the bytes
	Profile   string
	Dataset   string
	Published time.Time // zero: unknown, the instant of recording stands in
	Embargo   time.Time // zero: none
	Recorded  time.Time
	Says      []Statement
}

// Version is one stored statement. Published is the effective instant, the
// later of publication and embargo; Assumed says that no publication was
// stated. Revisions count from 1 in the order of recording.
type Version struct {
	Key       Key
	Value     string
	Withdrawn bool
	Release   string
	Published time.Time
	Assumed   bool
	Recorded  time.Time
	Revision  int
}

// Log is everything that was ever recorded, in order, and answers by going
// through all of it. Its zero value is an empty log. Events are added in the
// order of their recording.
type Log struct {
	revisions []revision
	versions  []Version // in the order of recording
}

type revision struct {
	undoes   int // the revision that it takes back, 0 for an import
	recorded time.Time
	what     Import
}

// Import records an import and returns its revision. When the same import
// stands, nothing is recorded and the standing one is returned with noop true.
func (l *Log) Import(in Import) (revision int, noop bool) {
	if standing := l.same(in); standing > 0 {
		return standing, true
	}
	number := l.record(in.Recorded, 0, in)
	for _, s := range in.Says {
		published := s.Published
		if published.IsZero() {
			published = in.Published
		}
		l.versions = append(l.versions, Version{
			Key: s.Key, Value: s.Value, Withdrawn: s.Withdrawn, Release: s.Release,
			Published: Effective(published, in.Embargo, in.Recorded), Assumed: published.IsZero(),
			Recorded: Micros(in.Recorded), Revision: number,
		})
	}
	return number, false
}

// Undo records that a revision no longer counts and returns the revision that
// says so. It is false, and nothing is recorded, where there is no such import
// or it was undone before; an undo cannot be undone.
func (l *Log) Undo(target int, recorded time.Time) (revision int, done bool) {
	if target < 1 || target > len(l.revisions) || l.revisions[target-1].undoes != 0 {
		return 0, false
	}
	if _, gone := l.UndoneAt(target); gone {
		return 0, false
	}
	return l.record(recorded, target, Import{}), true
}

// UndoneAt returns when the recording of an undo took the revision back, and
// whether one did.
func (l *Log) UndoneAt(revision int) (time.Time, bool) {
	for _, r := range l.revisions {
		if r.undoes == revision {
			return r.recorded, true
		}
	}
	return time.Time{}, false
}

func (l *Log) record(recorded time.Time, undoes int, what Import) int {
	l.revisions = append(l.revisions, revision{undoes: undoes, recorded: Micros(recorded), what: what})
	return len(l.revisions)
}

// same returns the standing import that in repeats, or 0.
func (l *Log) same(in Import) int {
	for i, r := range l.revisions {
		if _, gone := l.UndoneAt(i + 1); !gone && r.undoes == 0 && sameFile(r.what, in) {
			return i + 1
		}
	}
	return 0
}

func sameFile(a, b Import) bool {
	return a.File != "" && a.File == b.File && a.Profile == b.Profile && a.Dataset == b.Dataset &&
		a.Published.Equal(b.Published) && a.Embargo.Equal(b.Embargo)
}

// stands says whether the version counts in what was recorded until an
// instant: no undo of its revision was recorded by then.
func (l *Log) stands(v Version, recorded time.Time) bool {
	undone, gone := l.UndoneAt(v.Revision)
	return !gone || undone.After(recorded)
}

// History returns every version of the key that stands and is visible at the
// point, in the order of their publication and then their recording.
func (l *Log) History(key Key, at Point) []Version {
	var visible []Version
	for _, v := range l.versions {
		if v.Key == key && at.Sees(v.Published, v.Recorded) && l.stands(v, at.Recorded) {
			visible = append(visible, v)
		}
	}
	slices.SortStableFunc(visible, order)
	return visible
}

// State returns the version that is in force at the point: the last one that
// stands and is visible. A withdrawn version is an answer; false means that
// there is none.
func (l *Log) State(key Key, at Point) (Version, bool) {
	visible := l.History(key, at)
	if len(visible) == 0 {
		return Version{}, false
	}
	return visible[len(visible)-1], true
}

// FirstRelease returns the first version that stands, is visible at the point
// and is no withdrawal.
func (l *Log) FirstRelease(key Key, at Point) (Version, bool) {
	for _, v := range l.History(key, at) {
		if !v.Withdrawn {
			return v, true
		}
	}
	return Version{}, false
}

// Latest returns the version in force at the instant now.
func (l *Log) Latest(key Key, now time.Time) (Version, bool) { return l.State(key, Now(now)) }

// AsOf returns, from everything recorded until now, the version that was in
// force when the office had published until an instant.
func (l *Log) AsOf(key Key, published, now time.Time) (Version, bool) {
	return l.State(key, At(published, now))
}

// RecordedView returns what this service would have answered at the instant.
func (l *Log) RecordedView(key Key, instant time.Time) (Version, bool) {
	return l.State(key, Now(instant))
}

// Keys returns every key with a version that is in force at the point, ordered
// by series, then period.
func (l *Log) Keys(at Point) []Key {
	var keys []Key
	for _, v := range l.versions {
		if _, ok := l.State(v.Key, at); ok && !slices.Contains(keys, v.Key) {
			keys = append(keys, v.Key)
		}
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

// Versions returns all versions, undone ones included, ordered by key,
// publication and recording.
func (l *Log) Versions() []Version {
	all := slices.Clone(l.versions)
	slices.SortStableFunc(all, func(a, b Version) int {
		if c := compareKeys(a.Key, b.Key); c != 0 {
			return c
		}
		return order(a, b)
	})
	return all
}
