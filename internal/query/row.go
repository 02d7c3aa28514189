package query

import (
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/check"
	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
)

// The flags of a row that are not of its growth, and the reasons that are told
// where the stored figure has none.
const (
	flagNil         = "nil"
	flagSuspect     = "label_suspect:"
	reasonWithdrawn = "withdrawn"
	reasonBelowUnit = "below_unit"
	reasonWords     = "words"
	statusMissing   = "O"
)

// prepare looks up what the rows of a series share: which of them are shown,
// who speaks of the same figure, and what is to be said of the growth claimed
// for each.
func (a *answer) prepare(f *family, l *line) {
	a.meta = metaOf(a.words, &l.series)
	a.claims, a.levels, a.siblings = a.claims[:0], a.levels[:0], a.siblings[:0]
	if !l.series.Key.IsClaim() {
		a.claims = f.claims(l, a.claims)
		a.levels = f.levels(l, a.levels)
		a.siblings = f.siblings(l, a.siblings)
	}
	a.retell(l)
	a.shown = a.question.shown(l, a.shown)
	a.judge(l)
}

// judge looks up what the growth of every row on the page is told from, and
// tests the claim that is shown.
func (a *answer) judge(l *line) {
	a.told = slices.Grow(a.told[:0], len(a.shown))
	for i, position := range a.shown {
		var t told
		if !l.series.Key.IsClaim() && a.onPage(i) {
			a.tellAt(position)
			t = a.tellGrowth(l, &l.force[position])
		}
		a.told = append(a.told, t)
	}
}

func (a *answer) tellGrowth(l *line, v *obs.Version) told {
	if l.whole != nil {
		return a.tellThen(l, v)
	}
	t := told{claim: a.shownClaim(v)}
	if earlier, ok := v.Period.YearEarlier(); ok {
		t.earlier, t.base = earlier, l.at(earlier)
	}
	if testable(t.claim) {
		c := claimCase(v, t.base, t.claim, l.of(t.earlier))
		t.verdict = a.settled(check.Judge(&c), v, t.claim)
	}
	return t
}

// rowsEach is how many rows one figure has: one for each currency.
func (a *answer) rowsEach() int {
	if a.money == nil {
		return 1
	}
	return len(a.money.currencies)
}

// onPage reports whether a row of the i-th shown figure of the series is on
// the page.
func (a *answer) onPage(i int) bool {
	first := a.index + i*a.rowsEach()
	return first+a.rowsEach() > a.offset && (a.question.Limit == 0 || first < a.offset+a.question.Limit)
}

// tell hands over the rows of a series that are on the page and counts all.
func (a *answer) tell(l *line) error {
	// Who asks for figures from 1 January on knows that each holds the one before.
	a.overlaps = a.overlaps || a.question.Accumulation != YTD && overlap(l, a.shown)
	start, each := a.index, a.rowsEach()
	if a.money != nil {
		a.money.figures = len(a.shown)
		a.money.shown = slices.Grow(a.money.shown, len(a.shown)*each)
	}
	a.transform.use(l)
	for i, position := range a.shown {
		if !a.onPage(i) {
			continue
		}
		a.tellAt(position)
		a.fill(l, &l.force[position], &a.told[i])
		a.row.told = a.toldAt(&l.force[position])
		if err := a.hand(start+i*each, &l.force[position]); err != nil {
			return err
		}
	}
	a.index = start + len(a.shown)*each
	return nil
}

// hand gives the sink the row as it is filled, or its form in each currency.
func (a *answer) hand(index int, v *obs.Version) error {
	if a.money == nil {
		if a.transform != nil {
			a.transformRow("")
		}
		a.scale()
		return a.sink.Row(&a.row)
	}
	if len(a.money.currencies) == 1 {
		return a.handIn(index, v, a.money.currencies[0])
	}
	filled := a.row
	for i, currency := range a.money.currencies {
		a.row = filled
		if err := a.handIn(index+i, v, currency); err != nil {
			return err
		}
	}
	return nil
}

// handIn gives the sink the row, as it is filled, in a currency.
func (a *answer) handIn(index int, v *obs.Version, currency string) error {
	if index < a.offset || a.question.Limit > 0 && index >= a.offset+a.question.Limit {
		return nil
	}
	a.row.Currency = currency
	if currency != a.meta.unit {
		a.money.convert(&a.row, &a.meta, currency)
	}
	if a.transform != nil {
		a.transformRow(currency)
	}
	a.row.Flags = a.noticed(a.row.Flags, v, &a.meta, currency, a.row.Method)
	a.scale()
	return a.sink.Row(&a.row)
}

// scale shifts the value, and the one that it was converted from, to the power
// of ten that they are shown in, exactly.
func (a *answer) scale() {
	a.row.Multiplier = a.meta.at(a.question.Scale)
	if a.transform != nil {
		a.row.Multiplier = a.transform.at(&a.meta, a.question.Scale)
	}
	a.row.Value = a.row.Value.At(a.row.Multiplier)
	a.row.Original = a.row.Original.At(a.row.Multiplier)
	if a.row.HasHalfWidth {
		a.row.HalfWidth = a.row.HalfWidth.At(a.row.Multiplier)
	}
}

// overlap reports whether two of the shown periods share a day. Periods are
// ordered by their end, so that it is enough to look at neighbours.
func overlap(l *line, shown []int) bool {
	for i := 1; i < len(shown); i++ {
		before, p := l.force[shown[i-1]].Period, l.force[shown[i]].Period
		if before != p && before.Overlaps(p) {
			return true
		}
	}
	return false
}

// fill makes the row of a version, at the multiplier of its series.
func (a *answer) fill(l *line, v *obs.Version, t *told) {
	flags := a.row.Flags[:0]
	a.row = Row{Version: v, Unit: a.meta.unit, Multiplier: a.meta.multiplier}
	r := &a.row
	r.Status, r.Reason = answered(diff.Of(&v.Observation))
	switch {
	case v.Withdrawn:
	case v.State == obs.Present:
		r.HasValue, r.Value = true, v.Value.At(a.meta.multiplier)
	case v.State == obs.Nil:
		r.HasValue, r.Value = true, v.Value.Exact().At(a.meta.multiplier)
		flags = append(flags, flagNil)
	case v.State == obs.BelowUnit:
		r.BelowUnit, r.Value = true, v.Value.At(a.meta.multiplier)
	}
	if v.Derived != nil {
		flags = a.fillDerived(flags, v.Derived)
	}
	if l.series.Key.IsClaim() {
		r.GrowthText = v.Text
		r.Flags = flags
		return
	}
	flags = a.suspicions(flags, v)
	a.fillClaim(t)
	flags = append(flags, t.verdict.Flags()...)
	r.Flags = a.fillComputed(flags, t, v)
	r.GrowthWhy = joinWhy(r.GrowthWhy, t.verdict)
}

// answered returns the status of a figure and the reason why it is no number. Words and what was taken back are no values, whatever is stored of
// them: the status of a missing value goes with them.
func answered(f diff.Figure) (status, reason string) {
	switch {
	case f.Withdrawn:
		return statusMissing, reasonWithdrawn
	case f.State == obs.InWords:
		return statusMissing, orElse(f.Reason, reasonWords)
	case f.State == obs.BelowUnit:
		return f.Status, orElse(f.Reason, reasonBelowUnit)
	}
	return f.Status, f.Reason
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// fillClaim sets what the office reported and whether it can be true.
func (a *answer) fillClaim(t *told) {
	if t.claim == nil {
		return
	}
	r := &a.row
	r.Comparison, r.Basis = string(t.claim.Series.Key.Measure), t.claim.Series.Key.Basis
	r.GrowthText = t.claim.Text
	r.Check = string(t.verdict.Class)
	if hasValue(t.claim) {
		r.HasReported, r.Reported = true, t.claim.Value.At(0)
	}
}

// fillComputed sets the growth that follows from the levels, or why there is
// none, and adds its flags.
func (a *answer) fillComputed(flags []string, t *told, v *obs.Version) []string {
	r := &a.row
	result := growth.YoY(numberOf(v), numberOf(t.base))
	r.GrowthWhy = string(result.Code)
	switch result.Code {
	case "":
		r.HasComputed, r.Computed, r.GrowthBase = true, result.Percent, t.earlier
	case fault.BaseZero, fault.BaseNegative:
		r.GrowthBase = t.earlier
	}
	if result.SignChange {
		flags = append(flags, growth.FlagSignChange)
	}
	return flags
}

// joinWhy joins why a growth is not computed with the reason and the hints of
// a check; the same word is said once.
func joinWhy(computed string, v check.Verdict) string {
	why := v.Why()
	switch {
	case computed == "" || computed == why:
		return why
	case why == "":
		return computed
	}
	return computed + ";" + why
}

// suspicions adds a flag for each level in another currency that the figure
// equals as a bare number and not when converted.
func (a *answer) suspicions(flags []string, v *obs.Version) []string {
	if a.book == nil || !a.meta.isMoney || !hasValue(v) || v.Derived != nil {
		return flags
	}
	for _, sibling := range a.siblings {
		other := a.beside(sibling, v)
		if other == nil || !hasValue(other) || !a.suspect(v, other) {
			continue
		}
		flags = append(flags, flagSuspect+sibling.series.Code)
		a.suspects = append(a.suspects, Suspect{sibling.series.Code, v.Period})
	}
	return flags
}

// suspect reports whether the label of v looks wrong beside other.
func (a *answer) suspect(v, other *obs.Version) bool {
	unit, known := unitOf(a.words, other.Series.Key.Unit)
	if !known || unit.Kind != catalog.Currency {
		return false
	}
	return suspectLabel(a.book, v, a.meta.unit, other, unit.Code).First
}

// suspectLabel compares two levels in two currencies by the average rate of
// their period.
func suspectLabel(b *book, v *obs.Version, unit string, other *obs.Version, otherUnit string) fx.Suspicion {
	factor, err := b.factor(fx.Ask{From: unit, To: otherUnit, Period: v.Period, Method: fx.ByAverage})
	if err != nil {
		return fx.Suspicion{}
	}
	return fx.Suspect(
		fx.Level{Value: v.Value, Currency: unit, PublishedAt: v.Published},
		fx.Level{Value: other.Value, Currency: otherUnit, PublishedAt: other.Published}, factor)
}
