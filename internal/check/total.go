package check

import (
	"maps"
	"math/big"
	"slices"

	"bellwether/internal/growth"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// keepForParts keeps a line of an indicator that has parts or is one.
func (f *Finder) keepForParts(l *line) {
	key := l.series.Key
	indicator := f.rules.indicator(key.Indicator)
	if !f.rules.concerned[indicator] || !addsUp(&key) {
		return
	}
	f.kept[partOf(key, indicator)] = &line{series: l.series, force: slices.Clone(l.force)}
}

// addsUp reports whether the figures of a series add up at all: adjusted ones
// are adjusted one by one, and chain-linked volumes are not additive.
func addsUp(key *series.Key) bool {
	return key.Adjustment == series.None && !isChained(key.Basis)
}

func isChained(basis string) bool { return len(basis) > 8 && basis[:8] == "chained-" }

// partOf is the code of a series with its indicator exchanged.
func partOf(key series.Key, indicator string) string {
	key.Indicator = indicator
	return key.Code()
}

// totals holds the parts of indicators against their totals: the same area,
// unit, period, basis, dataset, scenario and breakdowns.
func (f *Finder) totals() {
	for _, code := range slices.Sorted(maps.Keys(f.kept)) {
		total := f.kept[code]
		key := total.series.Key
		names := f.rules.parts[f.rules.indicator(key.Indicator)]
		if len(names) == 0 || key.IsClaim() {
			continue
		}
		parts := f.partsOf(key, names)
		if parts == nil {
			continue
		}
		for i := range total.force {
			if f.total(parts, &total.force[i]) {
				f.totalGrowth(names, parts, &total.force[i])
			}
		}
	}
}

// partsOf returns the lines of all parts, nil where one is not there.
func (f *Finder) partsOf(key series.Key, names []string) []*line {
	var parts []*line
	for _, name := range names {
		l := f.kept[partOf(key, f.rules.indicator(name))]
		if l == nil {
			return nil
		}
		parts = append(parts, l)
	}
	return parts
}

// total holds the levels of the parts against that of their total and tells
// when they do not meet. It reports whether they do.
func (f *Finder) total(parts []*line, total *Statement) bool {
	members := membersAt(parts, total.Period)
	if !total.bounded() || members == nil {
		return false
	}
	if addTo(members, total) {
		return true
	}
	found := Found{Kind: OfParts, Verdict: Verdict{Class: PartsTotalMismatch}, Subject: *total, Others: members}
	f.measureSum(&found)
	f.tell(&found)
	return false
}

// membersAt returns what every part states of a period, nil where one states
// no number.
func membersAt(parts []*line, p period.Period) []Statement {
	var members []Statement
	for _, l := range parts {
		s := l.at(p)
		if !s.bounded() {
			return nil
		}
		members = append(members, *s)
	}
	return members
}

// totalGrowth holds the growth reported for a total against that of its parts,
// basis by basis.
func (f *Finder) totalGrowth(names []string, parts []*line, total *Statement) {
	for _, basis := range []string{series.Nominal, series.Real, series.Unstated} {
		whole := f.claimed(total, f.rules.indicator(total.Series.Key.Indicator), basis)
		if whole == nil || !SpeaksOf(basis, total.Series.Key.Basis, f.current(total)) {
			continue
		}
		pairs := make([]Part, 0, len(parts))
		for i, l := range parts {
			level := l.at(total.Period)
			if claim := f.claimed(total, f.rules.indicator(names[i]), basis); claim != nil {
				pairs = append(pairs, Part{Level: level.Level(), Claim: claim.Claim()})
			}
		}
		if len(pairs) == len(parts) {
			f.tellGrowth(parts, pairs, total, whole)
		}
	}
}

// current says whether the total stands at current prices.
func (f *Finder) current(total *Statement) Standing {
	key := total.Series.Key
	key.Basis = series.Current
	if l := f.kept[partOf(key, f.rules.indicator(key.Indicator))]; l != nil && l.at(total.Period).bounded() {
		return Stands
	}
	return Nowhere
}

// claimed returns the growth on a year earlier that is reported for the period
// of a total, of the total itself or of a part.
func (f *Finder) claimed(total *Statement, indicator, basis string) *Statement {
	l := f.kept[partOf(total.Series.Key.Claim(series.YoY, basis), indicator)]
	if l == nil {
		return nil
	}
	if claim := l.at(total.Period); claim.bounded() {
		return claim
	}
	return nil
}

func (f *Finder) tellGrowth(parts []*line, pairs []Part, total, claim *Statement) {
	whole := Part{Level: total.Level(), Claim: claim.Claim()}
	if surely(pairs, whole) {
		return
	}
	tested := Parts(pairs, whole)
	if tested.Reason != "" || tested.Consistent {
		return
	}
	found := Found{Kind: OfParts, Verdict: Verdict{Class: PartsGrowthMismatch}, Subject: *total, Claim: claim, Others: membersAt(parts, total.Period)}
	if claim.HasNumber() {
		found.Reported = given(whole.Claim.Value)
	}
	if f.brief {
		f.tell(&found)
		return
	}
	found.ComputedLow, found.ComputedHigh = &tested.ImpliedLow, &tested.ImpliedHigh
	prior := new(big.Rat)
	for _, p := range pairs {
		prior.Add(prior, new(big.Rat).Quo(p.Level.Value.Rat(), p.Claim.point()))
	}
	if prior.Sign() > 0 {
		implied := new(big.Rat).Quo(whole.Level.Value.Rat(), prior)
		found.Computed = given(growth.PercentOf(new(big.Rat).Sub(implied, big.NewRat(1, 1)), 2))
		_, priors := sums(pairs)
		found.gap(change(implied, whole.Claim.point()), whole.Level.Interval().Over(priors), whole.Claim.factor())
	}
	f.tell(&found)
}

// addTo reports whether figures can add up to another.
func addTo(members []Statement, total *Statement) bool {
	unit := min(finest(members), total.Value.Exponent())
	var sum stretch
	for i := range members {
		sum = sum.plus(stretchOf(&members[i], unit))
	}
	return sum.meets(stretchOf(total, unit))
}

// measureSum sets the numbers of a figure that the others do not add up to.
func (f *Finder) measureSum(found *Found) {
	if f.brief {
		return
	}
	value, span := new(big.Rat), growth.Interval{Low: new(big.Rat), High: new(big.Rat)}
	for i := range found.Others {
		level := found.Others[i].Level()
		one := level.Interval()
		span.Low.Add(span.Low, one.Low)
		span.High.Add(span.High, one.High)
		if !level.BelowUnit {
			value.Add(value, level.Value.Rat())
		}
	}
	found.measure(value, span, max(found.Subject.Value.Multiplier()-finest(found.Others), 0))
}
