package query

import (
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

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
			Series: other.series.Code, Title: e.words.Title(other.series.Key, e.view.Lang), Differs: differs(&e.key, &other.series.Key),
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
	if e.book == nil || !twoCurrencies || v.Derived != nil || !hasValue(v) || !hasValue(w) || key.Basis != l.series.Key.Basis || key.Scenario != l.series.Key.Scenario {
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
