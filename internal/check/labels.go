package check

import (
	"math/big"

	"bellwether/internal/fx"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// labels looks for one figure under two currencies: levels that differ in
// their currency only, meet as bare numbers and do not meet when converted at
// the average of their period. Without a rate nothing is said.
func (f *Finder) labels(fam *family) {
	for i := range fam.lines {
		for j := i + 1; j < len(fam.lines); j++ {
			a, b := &fam.lines[i], &fam.lines[j]
			if a.series.Key.IsClaim() || b.series.Key.IsClaim() || a.series.Key.Basis != b.series.Key.Basis {
				continue
			}
			from, to := f.rules.currency(a.series.Key.Unit), f.rules.currency(b.series.Key.Unit)
			if from == "" || to == "" || from == to {
				continue
			}
			f.twoLabels(a, b, from, to)
		}
	}
}

func (f *Finder) twoLabels(a, b *line, from, to string) {
	for i := range a.force {
		first := &a.force[i]
		second := b.at(first.Period)
		if !first.HasNumber() || !second.HasNumber() || !first.Level().Interval().Meets(second.Level().Interval()) {
			continue
		}
		average := f.average(from, to, first.Period)
		suspicion := fx.Suspect(
			fx.Level{Value: first.Level().Value, Currency: from, PublishedAt: first.Published},
			fx.Level{Value: second.Level().Value, Currency: to, PublishedAt: second.Published}, average)
		if suspicion.First {
			f.tellSuspect(first, second, new(big.Rat).Inv(average.Exact()))
		}
		if suspicion.Second {
			f.tellSuspect(second, first, average.Exact())
		}
	}
}

// average returns the average factor of a period, nil where there is none.
func (f *Finder) average(from, to string, p period.Period) *fx.Factor {
	if f.rates == nil {
		return nil
	}
	factor, err := f.rates.Factor(fx.Ask{From: from, To: to, Period: p, Method: fx.ByAverage})
	if err != nil {
		return nil
	}
	return factor
}

// tellSuspect tells of a figure whose label is suspect, beside the other one in
// its currency.
func (f *Finder) tellSuspect(suspect, other *Statement, rate *big.Rat) {
	found := Found{Kind: OfLabel, Verdict: Verdict{Class: LabelSuspect}, Subject: *suspect, Others: []Statement{*other}}
	if f.brief {
		f.tell(&found)
		return
	}
	span := other.Level().Interval()
	span = growth.Interval{Low: span.Low.Mul(span.Low, rate), High: span.High.Mul(span.High, rate)}
	converted := other.Value.Rat()
	found.measure(converted.Mul(converted, rate), span, max(suspect.Value.Decimals(), 2))
	f.tell(&found)
}
