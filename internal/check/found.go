package check

import (
	"cmp"
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// Kind is what two or more figures were held against each other for.
type Kind string

// The kinds.
const (
	OfClaim    Kind = "claim"       // a reported growth against its levels
	OfParts    Kind = "parts_total" // the parts of an indicator against their total
	OfPeriods  Kind = "periods"     // shorter periods of a series against a longer one
	OfLabel    Kind = "label"       // one figure under two currencies
	OfDatasets Kind = "datasets"    // one figure in two datasets
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{OfClaim, OfParts, OfPeriods, OfLabel, OfDatasets} }

// The classes of what is no reported growth.
const (
	PartsTotalMismatch  Class = "parts_total_mismatch"  // the levels of the parts do not make the total
	PartsGrowthMismatch Class = "parts_growth_mismatch" // nor does the growth reported for them, although the levels do
	PeriodsMismatch     Class = "periods_mismatch"      // shorter periods do not make the longer one
	LabelSuspect        Class = "label_suspect"         // the same number stands under another currency
	DatasetsDiffer      Class = "datasets_differ"       // two datasets cannot both be right
)

// Classes lists the classes of every kind.
func Classes() []Class {
	return []Class{
		PriceBasis, ScopeOrRevision, Unexplained, NotTestable, Consistent,
		PartsTotalMismatch, PartsGrowthMismatch, PeriodsMismatch, LabelSuspect, DatasetsDiffer,
	}
}

// Contradicts reports whether figures of the class cannot all be true. A
// price basis explains what it is found for.
func (c Class) Contradicts() bool { return c != PriceBasis && c != NotTestable && c != Consistent }

// Shown reports whether the class is told where nobody asks for it by name:
// everything that does not fit, with what prices explain.
func (c Class) Shown() bool { return c != NotTestable && c != Consistent }

// Found is one thing that was found of a figure, with the numbers behind it.
// Reported is what was published and Computed what the other figures make of
// it: in percent for growth, else in the unit and at the multiplier of
// Subject. The gap is reported against computed in percent; of a reported
// growth it is the one that Finding has. Numbers that there are none of are
// nil, and so are all where a finder tells briefly.
type Found struct {
	Kind Kind
	Verdict
	Subject Statement   // the level, total, or suspect or differing figure; the claim where there is no level
	Claim   *Statement  // the growth that is tested
	Prior   *Statement  // the level a year before; nil where nothing stands
	Others  []Statement // the parts, shorter periods, or the figure that stands against it

	Reported, Computed, ComputedLow, ComputedHigh *figure.Value
	Gap, GapLow, GapHigh                          *figure.Value
	ImpliedPrior                                  *figure.Value
}

// InPercent reports whether the two numbers are growth in percent.
func (f *Found) InPercent() bool { return f.Kind == OfClaim || f.Class == PartsGrowthMismatch }

// Guess reports whether the class goes by the size of the gap alone.
func (f *Found) Guess() bool { return f.Reason == SizeOnly }

// Compare orders what was found by area, indicator, series, period and kind;
// no two are equal.
func Compare(a, b *Found) int {
	x, y := a.Subject.Series, b.Subject.Series
	return cmp.Or(
		cmp.Compare(x.Key.Area, y.Key.Area), cmp.Compare(x.Key.Indicator, y.Key.Indicator), cmp.Compare(x.Code, y.Code),
		period.Compare(a.Subject.Period, b.Subject.Period), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Class, b.Class),
		cmp.Compare(codeOf(a.Claim), codeOf(b.Claim)), cmp.Compare(a.against(), b.against()),
	)
}

func codeOf(s *Statement) string {
	if s == nil {
		return ""
	}
	return s.Series.Code
}

// against names the first figure that stands against the subject.
func (f *Found) against() string {
	if len(f.Others) == 0 {
		return ""
	}
	return f.Others[0].Series.Code
}

// measure sets the numbers of a figure that others make otherwise.
func (f *Found) measure(computed *big.Rat, span growth.Interval, decimals int) {
	subject := f.Subject.Level()
	m := subject.Value.Multiplier()
	f.Reported = given(subject.Value)
	f.Computed = given(figure.Rounded(computed, decimals, m))
	places := max(decimals+2, 4)
	f.ComputedLow, f.ComputedHigh = given(figure.Rounded(span.Low, places, m)), given(figure.Rounded(span.High, places, m))
	if span.Low.Sign() > 0 && computed.Sign() > 0 {
		f.gap(change(subject.Value.Rat(), computed), subject.Interval(), span)
	}
}

// gap sets the gap and what it lies between: a over b, less 1. The interval b
// is above 0.
func (f *Found) gap(at *big.Rat, a, b growth.Interval) {
	within := changeOf(a, b)
	f.Gap = given(growth.PercentOf(at, 2))
	f.GapLow, f.GapHigh = given(growth.PercentOf(within.Low, 4)), given(growth.PercentOf(within.High, 4))
}

func given(v figure.Value) *figure.Value { return &v }
