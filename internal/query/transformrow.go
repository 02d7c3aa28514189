package query

import (
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// behind is what is known of the figures that something is computed from.
type behind struct {
	status  string
	derived bool     // one of them is not reported
	apart   bool     // one of them follows from figures that were revised apart
	noted   []string // flags of their conversions
}

// add takes figures; nil is one that is not there.
func (b *behind) add(versions ...*obs.Version) {
	for _, v := range versions {
		if v != nil {
			b.status = obs.JoinStatus(b.status, v.Status)
			b.derived = b.derived || v.Derived != nil
			b.apart = b.apart || v.Derived != nil && slices.Contains(v.Derived.Flags, flagRevisedApart)
		}
	}
}

// mark adds the flags of what was compared with to those of a figure.
func (b *behind) mark(flags []string) []string {
	if b.derived && !slices.Contains(flags, flagDerived) {
		flags = append(flags, flagDerived)
	}
	if b.apart && !slices.Contains(flags, flagRevisedApart) {
		flags = append(flags, flagRevisedApart)
	}
	return flags
}

// note adds the flags of the conversions of what was compared with to those of
// a figure, also where nothing comes of the comparison: they may say why.
func (b *behind) note(flags []string) []string {
	for _, flag := range b.noted {
		flags = withFlag(flags, flag)
	}
	return flags
}

// outcome is what a transform makes of a row: a value, or a code.
type outcome struct {
	behind
	value   figure.Value
	code    fault.Code
	base    string // what was compared with
	crossed bool   // from above 0 to below it
}

// refused returns the outcome without a value, for the reason of a fault.
func (o outcome) refused(err error) outcome {
	o.code = fault.CodeOf(err)
	return o
}

// transformRow puts the transform of the row's figure in place of its value,
// from the exact numbers in the currency; empty is that of the series. What the
// row says of the stored figure otherwise stays.
func (a *answer) transformRow(currency string) {
	r, t := &a.row, a.transform
	result := a.transformed(r.Version, currency)
	r.Unit, r.Multiplier = t.unit(r.Unit, currency), t.multiplier(&a.meta)
	r.Base = result.base
	r.HasHalfWidth, r.HalfWidth = false, figure.Value{}
	if !t.keepsUnit() {
		r.HasOriginal, r.Original = false, figure.Value{} // an amount beside a percentage would be at no power of ten that the row says
	}
	flags := make([]string, 0, len(r.Flags)+2)
	for _, flag := range r.Flags {
		if flag != flagNil && (flag != growth.FlagSignChange || !result.crossed) {
			flags = append(flags, flag)
		}
	}
	switch {
	case !r.HasValue:
		// It has its own reason, or that of its conversion.
		r.Status = statusMissing
	case result.code != "":
		r.Status, r.Reason, r.HasValue, r.Value = statusMissing, string(result.code), false, figure.Value{}
	default:
		r.Status, r.Value = obs.JoinStatus(r.Status, result.status), result.value
		flags = result.mark(flags)
		if result.crossed {
			flags = append(flags, growth.FlagSignChange)
		}
	}
	r.BelowUnit = false
	a.split(currency)
	flags = result.note(flags)
	if currency != "" && a.meta.isMoney && !t.keepsUnit() {
		flags = append(flags, flagIn+currency)
	}
	r.Flags = flags
}

// flagIn names the currency of a transform whose unit does not, where figures
// are asked for in a currency.
const flagIn = "in:"

// keepsUnit reports whether the unit of the result is, or begins with, that of
// the figure.
func (t *transformer) keepsUnit() bool { return t.Kind == ToPer || t.Kind == ToReal }

// The units of transforms that are not percentages.
const (
	percentagePoints = "percentage-points"
	indexUnit        = "index"
)

// unit returns the unit of the result of figures in a unit.
func (t *transformer) unit(own, currency string) string {
	switch t.Kind {
	case ToReal:
		return own
	case ToPer:
		if t.meta.isMoney && currency != "" {
			return own + "/" + currency
		}
		return own + "/" + t.meta.unit
	case ToContribution:
		return percentagePoints
	case ToIndex:
		if t.Period.Frequency() == period.Annual {
			return indexUnit + "-" + t.Period.String()
		}
		return indexUnit
	}
	return percent
}

// multiplier returns the power of ten of the result before any scale: a real
// amount stands at that of its series, everything else in ones.
func (t *transformer) multiplier(m *lineMeta) int {
	if t.Kind == ToReal {
		return m.multiplier
	}
	return 0
}

// at returns the power of ten that the result is shown in.
func (t *transformer) at(m *lineMeta, scale Scale) int {
	if scale.Set && t.keepsUnit() && m.scales {
		return scale.Power
	}
	return t.multiplier(m)
}

// transformed computes the transform of one figure.
func (a *answer) transformed(v *obs.Version, currency string) outcome {
	t := a.transform
	current, err := a.levelIn(v, &a.meta, currency)
	if err != nil {
		current = growth.Level{} // the row has this reason already
	}
	switch t.Kind {
	case ToIndex:
		return a.indexed(v, current, currency)
	case ToContribution:
		return a.contributed(v, current, currency)
	case ToShare, ToPer, ToReal:
		return a.divided(v, current, currency)
	}
	return a.grown(v, current, currency)
}

// grown compares a figure with an earlier one of its series.
func (a *answer) grown(v *obs.Version, current growth.Level, currency string) outcome {
	t := a.transform
	out := outcome{}
	p, ok := t.earlier(v.Period)
	if !ok {
		return outcome{code: fault.PeriodMismatch}
	}
	out.base = p.String()
	if t.Kind == ToCAGR && p.Length() != v.Period.Length() {
		out.code = fault.PeriodMismatch // whatever stands there and however it converts
		return out
	}
	stands := a.standing(t.own, v, p)
	base, err := a.otherIn(&out.behind, stands, &a.meta, currency)
	if err != nil {
		return out.refused(err)
	}
	if stands == nil {
		base = growth.Level{Period: p, Missing: true}
	}
	result := growth.Result{}
	switch t.Kind {
	case ToYoY:
		result = growth.YoY(current, base)
	case ToPoP:
		result = growth.PoP(current, base)
	case ToSAAR:
		result = growth.SAAR(current, base).Result
	case ToCAGR:
		result = growth.CAGR(current, base).Result
	}
	out.value, out.code, out.crossed = result.Percent, result.Code, result.SignChange
	out.add(stands)
	return out
}

// earlier returns the period of the figure that one is compared with.
func (t *transformer) earlier(p period.Period) (period.Period, bool) {
	switch t.Kind {
	case ToYoY, ToContribution:
		return p.YearEarlier()
	case ToPoP, ToSAAR:
		return p.Previous()
	}
	return t.Period, true
}

// indexed puts a figure on the mean over the base period, of the parts that are
// as long as the figure's own period.
func (a *answer) indexed(v *obs.Version, current growth.Level, currency string) outcome {
	m := a.meanOver(v, currency)
	out := outcome{behind: m.behind, code: m.code, base: a.transform.Period.String()}
	out.apart = false // the parts of the base period add up to it, however they are revised
	if m.code == "" {
		out.value, out.code = growth.OnBase(current, m.value)
	}
	return out
}

// meanOver returns the mean over the base period of an index, for figures of
// that length. It is kept while a row is not told from an earlier state.
func (a *answer) meanOver(v *obs.Version, currency string) mean {
	t := a.transform
	key := meanOf{v.Period.Length(), currency}
	if m, known := t.means[key]; known && t.own.whole == nil {
		return m
	}
	var m mean
	refused := fault.Code("")
	m.value, m.code = growth.BaseMean(t.Period, key.length, func(part period.Period) growth.Level {
		stands := a.standing(t.own, v, part)
		l, err := a.otherIn(&m.behind, stands, &a.meta, currency)
		if err != nil {
			refused = fault.CodeOf(err)
			return growth.Level{}
		}
		m.add(stands)
		return l
	})
	if refused != "" && m.code != fault.PeriodMismatch {
		m.code = refused
	}
	t.means[key] = m
	return m
}

// contributed returns what a figure adds to the growth of the whole on a year
// earlier. Of the whole only its figure of that year is needed.
func (a *answer) contributed(v *obs.Version, current growth.Level, currency string) outcome {
	t := a.transform
	earlier, ok := v.Period.YearEarlier()
	if !ok {
		return outcome{code: fault.PeriodMismatch}
	}
	out := outcome{base: t.code + " " + earlier.String(), code: a.unadditive(v)}
	if out.code != "" {
		return out
	}
	own, whole := a.standing(t.own, v, earlier), a.standing(t.other, v, earlier)
	out.add(own, whole)
	base, err := a.otherIn(&out.behind, own, &a.meta, currency)
	if err != nil {
		return out.refused(err)
	}
	total, err := a.otherIn(&out.behind, whole, &t.meta, currency)
	if err != nil {
		return out.refused(err)
	}
	part, code := growth.Contributed(t.other.series.Key.Basis, total, growth.Pair{Current: current, Base: base})
	out.value, out.code = part.Points, code
	return out
}

// unadditive returns why a figure is no part of the other series, or "".
func (a *answer) unadditive(v *obs.Version) fault.Code {
	own, other := v.Series.Key, a.transform.other.series.Key
	bases := []string{orElse(own.Basis, series.Current), orElse(other.Basis, series.Current)}
	switch {
	case growth.Chained(bases[0]) || growth.Chained(bases[1]):
		return fault.NotAdditive
	case !additive(&a.meta) || !additive(&a.transform.meta):
		return fault.RateNotAdditive
	case bases[0] != bases[1]:
		return fault.PriceBasisDiffers
	}
	return ""
}

// additive reports whether figures may be parts of one another: percentages,
// rates and indices may not.
func additive(m *lineMeta) bool {
	return m.scales && m.kind != string(catalog.Rate) && m.kind != string(catalog.Index)
}

// divided divides a figure by one of the other series.
func (a *answer) divided(v *obs.Version, current growth.Level, currency string) outcome {
	t := a.transform
	stands, p := a.divisor(v)
	out := outcome{base: t.code + " " + p.String(), code: a.undivided(v)}
	out.add(stands)
	if out.code != "" {
		return out
	}
	by, err := a.otherIn(&out.behind, stands, &t.meta, currency)
	if err != nil {
		return out.refused(err)
	}
	if t.Kind == ToShare {
		out.value, out.code = growth.Share(current, by)
		return out
	}
	quotient := growth.Quotient{}
	if t.Kind == ToReal {
		quotient = growth.Deflate(current, by)
	} else {
		quotient = growth.Per(current, by)
	}
	if out.code = quotient.Code; out.code == "" {
		out.value = quotient.At(t.multiplier(&a.meta))
	}
	return out
}

// undivided returns why a figure cannot be divided by the other series at all,
// or "".
func (a *answer) undivided(v *obs.Version) fault.Code {
	switch a.transform.Kind {
	case ToShare:
		return a.unadditive(v)
	case ToReal:
		switch {
		case !a.meta.isMoney:
			return fault.NotAnAmount
		case orElse(v.Series.Key.Basis, series.Current) != series.Current:
			return fault.AlreadyReal
		}
	}
	return ""
}
