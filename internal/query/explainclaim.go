package query

import (
	"bellwether/internal/check"
	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// claimInfos returns every growth that was reported for a level, whatever its
// comparison and basis; none for a claim itself.
func (e *explainer) claimInfos(l *line, v *obs.Version) []ClaimInfo {
	list := []ClaimInfo{}
	if e.key.IsClaim() {
		return list
	}
	shown := e.told[0].claim
	for i := range e.family.lines {
		other := &e.family.lines[i]
		claim := other.at(e.period)
		if claim == nil || !other.series.Key.IsClaim() || other.series.Key.Unit != l.series.Key.Unit {
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

// elsewhere returns what other series say of the same indicator, area and
// period.
func (e *explainer) elsewhere(l *line, v *obs.Version) []Elsewhere {
	list := []Elsewhere{}
	for i := range e.others.lines {
		other := &e.others.lines[i]
		w := other.at(e.period)
		if w == nil || !other.selected || other.series.Key.IsClaim() && !e.key.IsClaim() && e.sameBut(&other.series.Key) {
			continue
		}
		meta := metaOf(e.words, &other.series)
		figure := newRowless(w)
		found := Elsewhere{
			Series: other.series.Code, Title: Title(e.words, other.series.Key, e.view.Lang), Differs: differs(&e.key, &other.series.Key),
			Value: figure.Value, Unit: meta.unit, Multiplier: meta.multiplier, Status: figure.Status, Reason: figure.Reason,
			PublishedAt: instant(w.Published),
		}
		if hasValue(w) {
			found.Value = Number(w.Value.At(meta.multiplier).Text())
		}
		e.compareMoney(&found, l, v, w, &meta)
		list = append(list, found)
	}
	return list
}

// sameBut reports whether a claim is one of the level that is explained, which
// stands among the claims already.
func (e *explainer) sameBut(key *series.Key) bool {
	return key.Family() == e.key.Family() && key.Unit == e.key.Unit
}

// compareMoney adds what two statements of one figure in two currencies imply.
func (e *explainer) compareMoney(found *Elsewhere, l *line, v, w *obs.Version, meta *lineMeta) {
	key := &w.Series.Key
	twoCurrencies := e.meta.isMoney && meta.isMoney && meta.unit != e.meta.unit
	if e.book == nil || !twoCurrencies || !hasValue(v) || !hasValue(w) || key.Basis != l.series.Key.Basis || key.Scenario != l.series.Key.Scenario {
		return
	}
	found.LabelSuspect = suspectLabel(e.book, v, e.meta.unit, w, meta.unit).Verdict == fx.LabelSuspect
	implied, err := fx.Implied(fx.Level{Value: v.Value, Currency: e.meta.unit}, fx.Level{Value: w.Value, Currency: meta.unit})
	if err != nil {
		return
	}
	found.ImpliedRate = &ImpliedRate{
		Quotation: implied.Quotation(), Low: Number(figure.RoundHalfAway(implied.Low, 5)), High: Number(figure.RoundHalfAway(implied.High, 5)),
	}
	if average, err := e.book.Average(implied.Base, implied.Quote, "", e.period); err == nil {
		found.ImpliedRate.Observed = Number(figure.RoundHalfAway(average.Rate, 8))
		found.ImpliedRate.Contains = implied.Contains(average.Rate)
	}
}

// differs names what of two identities is not the same.
func differs(a, b *series.Key) []string {
	list := []string{}
	for _, part := range []struct {
		name string
		same bool
	}{
		{OtherUnit, a.Unit == b.Unit}, {OtherMeasure, a.Measure == b.Measure}, {OtherBasis, a.Basis == b.Basis},
		{OtherAdjustment, a.Adjustment == b.Adjustment}, {OtherScenario, a.Scenario == b.Scenario}, {OtherDataset, a.Dataset == b.Dataset},
	} {
		if !part.same {
			list = append(list, part.name)
		}
	}
	return list
}
