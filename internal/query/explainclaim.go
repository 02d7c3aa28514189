package query

import (
	"bellwether/internal/check"
	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// claimInfos returns every growth that may have been reported for a level,
// whatever its comparison; none for a claim itself.
func (e *explainer) claimInfos(l *line, v *obs.Version) []ClaimInfo {
	list := []ClaimInfo{}
	if e.key.IsClaim() {
		return list
	}
	shown := e.told[0].claim
	for i := range e.family.lines {
		other := &e.family.lines[i]
		claim := other.at(e.period)
		if claim == nil || !other.series.Key.IsClaim() || other.series.Key.Unit != l.series.Key.Unit || !e.speaksOf(claim, v) {
			continue
		}
		figure := newRowless(claim)
		info := ClaimInfo{
			Series: other.series.Code, Comparison: string(other.series.Key.Measure), Basis: other.series.Key.Basis,
			Shown: claim == shown, Value: figure.Value, Text: Text(claim.Text), Reason: figure.Reason,
			Indexed: claim.Indexed, Origin: newOrigin(claim),
		}
		if other.series.Key.Measure == series.YoY && claims(claim) && testable(claim) {
			info.Check = e.tested(l, v, claim)
		}
		list = append(list, info)
	}
	return list
}

// tested returns the test of a claim with every figure.
func (e *explainer) tested(l *line, v, claim *obs.Version) *Tested {
	earlier, prior := e.told[0].earlier, e.told[0].base
	c := claimCase(v, prior, claim, l.of(earlier))
	f := check.Explain(&c)
	f.Verdict = e.settled(f.Verdict, v, claim)
	t := &Tested{Class: f.Class, Reason: Text(f.Reason), Hints: append([]string{}, f.Hints...), Guess: f.Reason == check.SizeOnly}
	if !earlier.IsZero() {
		t.Prior = newPrior(earlier, prior, e.meta.multiplier)
	}
	if f.Class == check.NotTestable {
		return t
	}
	text := func(v figure.Value) Number { return Number(v.Text()) }
	t.Computed, t.ComputedLow, t.ComputedHigh = text(f.Computed), text(f.ComputedLow), text(f.ComputedHigh)
	t.Gap, t.GapLow, t.GapHigh = text(f.Gap), text(f.GapLow), text(f.GapHigh)
	t.ImpliedPrior = text(f.ImpliedPrior.At(e.meta.multiplier))
	return t
}

// rowless is what a version says, without a row.
type rowless struct {
	Value          Number
	Status, Reason Text
}

// newRowless returns a version at its own multiplier, which for a claim is 0.
func newRowless(v *obs.Version) rowless {
	status, reason := answered(diff.Of(&v.Observation))
	r := rowless{Status: Text(status), Reason: Text(reason)}
	if hasValue(v) {
		r.Value = Number(v.Value.Text())
	}
	return r
}
