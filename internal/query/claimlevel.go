package query

import (
	"bellwether/internal/check"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// levels returns the lines of the levels that differ from a level in their
// price basis only.
func (f *family) levels(level *line, into []*line) []*line {
	for i := range f.lines {
		key := &f.lines[i].series.Key
		if !key.IsClaim() && key.Unit == level.series.Key.Unit && key.Basis != level.series.Key.Basis {
			into = append(into, &f.lines[i])
		}
	}
	return into
}

// seen returns what a line says of a period beside a version: what is in force,
// or beside a version of the past what was when that was published.
func (a *answer) seen(l *line, p period.Period, v *obs.Version) *obs.Version {
	if !a.question.Vintage.Past() {
		return l.at(p)
	}
	other, _ := l.known(p, a.toldAt(v))
	return other
}

// shownClaim returns the claim that a level shows: of those that speak of it
// the one that was published last; of several at that instant the nominal one,
// then the real one, then the one that does not say. Nil when nothing is
// claimed.
func (a *answer) shownClaim(v *obs.Version) *obs.Version {
	var best *obs.Version
	for _, l := range a.claims {
		if claim := a.seen(l, v.Period, v); a.speaksOf(claim, v) {
			best = betterClaim(best, claim)
		}
	}
	return best
}

// speaksOf reports whether a claim speaks of a level.
func (a *answer) speaksOf(claim, v *obs.Version) bool {
	return claim != nil && check.SpeaksOf(claim.Series.Key.Basis, v.Series.Key.Basis, a.current(v))
}

// current says whether the family has a level at current prices beside one at
// others.
func (a *answer) current(v *obs.Version) check.Standing {
	for _, l := range a.levels {
		if l.series.Key.Basis == series.Current && bounded(a.seen(l, v.Period, v)) {
			return check.Stands
		}
	}
	return check.Nowhere
}

// bounded reports whether a version says where its number lies.
func bounded(v *obs.Version) bool {
	return v != nil && (hasValue(v) || !v.Withdrawn && v.State == obs.BelowUnit)
}

// settled returns what a test of a claim against a level says beside the other
// levels that the claim speaks of.
func (a *answer) settled(verdict check.Verdict, v, claim *obs.Version) check.Verdict {
	if verdict.Contradicted() && a.borneOut(v, claim) {
		return verdict.BorneOut(v.Series.Key.Basis)
	}
	return verdict
}

// borneOut reports whether a claim agrees with another level than v, at
// constant prices, that it speaks of.
func (a *answer) borneOut(v, claim *obs.Version) bool {
	earlier, ok := v.Period.YearEarlier()
	current := a.current(v)
	if v.Series.Key.Basis == series.Current {
		current = check.Stands
	}
	for _, l := range a.levels {
		basis := l.series.Key.Basis
		if !ok || basis == series.Current || !check.SpeaksOf(claim.Series.Key.Basis, basis, current) {
			continue
		}
		other := a.seen(l, v.Period, v)
		if other == nil {
			continue
		}
		c := claimCase(other, a.seen(l, earlier, v), claim, nil)
		if check.Judge(&c).Class == check.Consistent {
			return true
		}
	}
	return false
}
