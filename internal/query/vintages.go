package query

import (
	"slices"
	"time"

	"bellwether/internal/check"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// Vintages says which versions of a figure are rows: the one in force, the one
// that was released first, or every one.
//
// A row of a version that is not in force any more is told as it was when that
// version was published: the level that its growth is computed from, the growth
// that was claimed for it, what contradicts the claim and which other levels it
// is compared with are those in force at its instant of publication, among what
// is visible in the state. Only the rates of a conversion are those of the
// state.
type Vintages string

// The vintages. The zero value is that of the latest.
const (
	LatestVintage Vintages = "latest" // the version in force
	FirstVintage  Vintages = "first"  // the first version that stands and is no withdrawal
	AllVintages   Vintages = "all"    // every version that stands, by publication, then recording
)

// Past reports whether rows may be versions that are not in force any more.
func (v Vintages) Past() bool { return v == FirstVintage || v == AllVintages }

// checkVintage refuses a vintage that there is none of; the zero value becomes
// that of the latest.
func (q *Question) checkVintage() error {
	switch q.Vintage {
	case "":
		q.Vintage = LatestVintage
	case LatestVintage, FirstVintage, AllVintages:
	default:
		return invalid("vintage", string(q.Vintage), "latest, first or all")
	}
	return nil
}

// released returns the line of the versions that the vintage asks for: the
// given one, whose versions are in force, or one that knows it as its whole and
// is valid until the next call.
func (a *answer) released(l *line) *line {
	if !a.question.Vintage.Past() {
		return l
	}
	r := &a.releases
	r.series, r.selected, r.whole, r.force = l.series, l.selected, l, r.force[:0]
	l.figures(func(earlier []obs.Version, force *obs.Version) {
		if a.question.Vintage == AllVintages {
			r.force = append(append(r.force, earlier...), *force)
		} else if first := firstRelease(earlier, force); first != nil {
			r.force = append(r.force, *first)
		}
	})
	return r
}

// figures calls each with the versions of every period, in order: those that
// came before the one in force, by publication, then recording, and that one.
func (l *line) figures(each func(earlier []obs.Version, force *obs.Version)) {
	next := 0
	for i := range l.force {
		first := next
		for next < len(l.earlier) && l.earlier[next].Period == l.force[i].Period {
			next++
		}
		each(l.earlier[first:next], &l.force[i])
	}
}

// firstRelease returns the first version of a figure that is no withdrawal, nil
// where every one is.
func firstRelease(earlier []obs.Version, force *obs.Version) *obs.Version {
	if i := slices.IndexFunc(earlier, func(v obs.Version) bool { return !v.Withdrawn }); i >= 0 {
		return &earlier[i]
	}
	if force.Withdrawn {
		return nil
	}
	return force
}

// known returns the version of a period that was in force at an instant of
// publication, nil where none was, and the versions that came before it.
func (l *line) known(p period.Period, at time.Time) (force *obs.Version, earlier []obs.Version) {
	newest := l.at(p)
	if newest == nil {
		return nil, nil
	}
	before := l.of(p)
	if !newest.Published.After(at) {
		return newest, before
	}
	n := len(before)
	for n > 0 && before[n-1].Published.After(at) {
		n--
	}
	if n == 0 {
		return nil, nil
	}
	return &before[n-1], before[:n-1]
}

// tellThen is tellGrowth for a version as it was when it was published.
func (a *answer) tellThen(l *line, v *obs.Version) told {
	t := told{claim: a.shownClaim(v)}
	var others []obs.Version
	if earlier, ok := v.Period.YearEarlier(); ok {
		t.earlier = earlier
		t.base, others = l.whole.known(earlier, a.toldAt(v))
	}
	if testable(t.claim) {
		c := claimCase(v, t.base, t.claim, others)
		t.verdict = a.settled(check.Judge(&c), v, t.claim)
	}
	return t
}

// beside is seen for the period of the version.
func (a *answer) beside(l *line, v *obs.Version) *obs.Version { return a.seen(l, v.Period, v) }
