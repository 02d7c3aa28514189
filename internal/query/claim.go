package query

import (
	"slices"

	"bellwether/internal/check"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// hasValue reports whether a version states a number.
func hasValue(v *obs.Version) bool {
	return !v.Withdrawn && (v.State == obs.Present || v.State == obs.Nil)
}

// claims reports whether a version of a claim series says something of the
// growth, in a number or in words.
func claims(v *obs.Version) bool {
	return hasValue(v) || !v.Withdrawn && (v.State == obs.BelowUnit || v.State == obs.InWords)
}

// levelOf returns a version as computations take it, a derived one with its own
// half-width; nil is a level that is not there.
func levelOf(v *obs.Version) growth.Level {
	l := numberOf(v)
	if l.HasValue() && v.Derived != nil {
		l.Exact = &growth.Exact{Number: v.Value.Rat(), Half: v.Derived.HalfWidth.Rat()}
	}
	return l
}

// numberOf is levelOf where half-widths do not count.
func numberOf(v *obs.Version) growth.Level {
	if v == nil {
		return growth.Level{}
	}
	key := &v.Series.Key
	return check.InState(growth.Level{Period: v.Period, Value: v.Value, Unit: key.Unit, Adjusted: key.IsAdjusted()}, v.State, v.Withdrawn)
}

// betterClaim returns which of two claims is shown; nil is none.
func betterClaim(best, v *obs.Version) *obs.Version {
	if v == nil || !claims(v) {
		return best
	}
	if best == nil || v.Published.After(best.Published) ||
		v.Published.Equal(best.Published) && basisRank(v) < basisRank(best) {
		return v
	}
	return best
}

func basisRank(v *obs.Version) int {
	switch v.Series.Key.Basis {
	case series.Nominal:
		return 0
	case series.Real:
		return 1
	}
	return 2
}

// claimCase returns the test of a claim that states a number: the level v, the
// one a year earlier (nil when nothing stands) and the earlier versions of the
// latter.
func claimCase(v, prior, claim *obs.Version, others []obs.Version) check.Case {
	stated := check.Stated(claim)
	c := check.Case{
		Value: levelOf(v), Prior: levelOf(prior),
		Basis: check.BasisOf(v.Series.Key.Basis), Claim: stated.Claim(),
	}
	for i := range others {
		c.Others = append(c.Others, levelOf(&others[i]))
	}
	return c
}

// testable reports whether a claim is a number that can be tested.
func testable(claim *obs.Version) bool { return claim != nil && claim.State != obs.InWords }

// of returns the earlier versions of a period.
func (l *line) of(p period.Period) []obs.Version {
	from, there := slices.BinarySearchFunc(l.earlier, p, func(v obs.Version, p period.Period) int {
		return period.Compare(v.Period, p)
	})
	to := from
	for there && to < len(l.earlier) && l.earlier[to].Period == p {
		to++
	}
	return l.earlier[from:to]
}
