package query

import (
	"slices"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// retell adds to the versions of a line the same once more for each instant at
// which something that they are told beside changed while they were in force:
// a base was revised, a claim was made or taken back. A triangle needs it, since
// its cells are told as of its publications; what was never revised is told once.
func (a *answer) retell(l *line) {
	a.tellings = a.tellings[:0]
	if !a.question.retold || l.whole == nil {
		return
	}
	var versions []obs.Version
	for i := range l.force {
		v := &l.force[i]
		versions, a.tellings = append(versions, *v), append(a.tellings, v.Published)
		for _, at := range a.changesBeside(l.whole, v) {
			replaced := i+1 < len(l.force) && l.force[i+1].Period == v.Period && !at.Before(l.force[i+1].Published)
			if at.After(v.Published) && !replaced {
				versions, a.tellings = append(versions, *v), append(a.tellings, at)
			}
		}
	}
	l.force = versions
}

// tellAt makes the i-th version of a line the one that is told, at the instant
// that is meant for it; without one it is told as it was when it was published.
func (a *answer) tellAt(i int) {
	a.telling = time.Time{}
	if i < len(a.tellings) {
		a.telling = a.tellings[i]
	}
}

// toldAt returns the instant of publication that a version is told at.
func (a *answer) toldAt(v *obs.Version) time.Time {
	if a.telling.IsZero() {
		return v.Published
	}
	return a.telling
}

// changesBeside returns, in order, when anything that a version is told beside
// was published: the level a year earlier, the claims and the other levels of
// its period, and what its transform compares with.
func (a *answer) changesBeside(whole *line, v *obs.Version) []time.Time {
	var all []time.Time
	earlier, hasEarlier := v.Period.YearEarlier()
	add := func(l *line, periods ...period.Period) {
		for _, p := range periods {
			all = l.published(p, all)
		}
		if hasEarlier {
			all = l.published(earlier, all)
		}
	}
	add(whole)
	for _, beside := range [...][]*line{a.claims, a.levels, a.siblings} {
		for _, l := range beside {
			add(l, v.Period)
		}
	}
	if t := a.transform; t != nil {
		if p, ok := t.earlier(v.Period); ok {
			add(whole, p)
		}
		if t.Kind == ToIndex {
			add(whole, whole.within(t.Period)...)
		}
		if t.other != nil {
			add(t.other, v.Period)
			add(t.other, t.other.ending(v.Period)...)
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// published appends when the versions of a period were published.
func (l *line) published(p period.Period, into []time.Time) []time.Time {
	force := l.at(p)
	if force == nil {
		return into
	}
	for _, v := range l.of(p) {
		into = append(into, v.Published)
	}
	return append(into, force.Published)
}

// within returns the periods of the line that lie in one.
func (l *line) within(p period.Period) []period.Period {
	return l.periods(func(of period.Period) bool { return of.Start() >= p.Start() && of.End() <= p.End() })
}

// ending returns the periods of the line that end with the same day as one.
func (l *line) ending(p period.Period) []period.Period {
	return l.periods(func(of period.Period) bool { return of.End() == p.End() })
}

func (l *line) periods(wanted func(period.Period) bool) []period.Period {
	var found []period.Period
	for i := range l.force {
		if p := l.force[i].Period; wanted(p) {
			found = append(found, p)
		}
	}
	return found
}
