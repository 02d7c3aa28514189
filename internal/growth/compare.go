package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// FlagSignChange marks a growth from above 0 to below it: it is computed, and
// below -100 %.
const FlagSignChange = "sign_change"

// Result is a computed growth: Percent with two decimals, or the Code why
// there is none.
type Result struct {
	Percent    figure.Value
	Code       fault.Code
	SignChange bool
}

// YoY returns the growth on the same period of the year before: of the same
// length, starting twelve months earlier. Year-to-date against year-to-date is
// one; nine months against a year are not.
//
// The codes of this and the other comparisons are base_missing, value_missing,
// currency_differs, period_mismatch, rate_needs_points for a series in
// percent, base_zero and base_negative.
func YoY(current, base Level) Result {
	return compare(current, base, onYear(current.Period, base.Period))
}

// PoP returns the growth on the period before: of the same length, ending
// where the current one starts: a quarter on a quarter, a month on a month.
// March against January and February together is a period_mismatch.
func PoP(current, base Level) Result {
	return compare(current, base, onPrevious(current.Period, base.Period))
}

func compare(current, base Level, match bool) Result {
	code := incomparable(current, base)
	switch {
	case code != "":
		return Result{Code: code}
	case !match:
		return Result{Code: fault.PeriodMismatch}
	case current.Unit == UnitPercent:
		return Result{Code: fault.RateNeedsPoints}
	}
	change, code := percentChange(current, base)
	return Result{Percent: change, Code: code, SignChange: code == "" && current.sign() < 0}
}

// percentChange is PercentChange of the exact numbers.
func percentChange(current, base Level) (figure.Value, fault.Code) {
	if current.Exact == nil && base.Exact == nil {
		return PercentChange(current.Value, base.Value)
	}
	if code := baseCode(base.sign()); code != "" {
		return figure.Value{}, code
	}
	return percent(changeOf(current, base)), ""
}

// changeOf returns current / base - 1, exactly.
func changeOf(current, base Level) *big.Rat {
	ratio := ratioOf(current, base)
	return ratio.Sub(ratio, big.NewRat(1, 1))
}

// Points returns by how many percentage points a series in percent changed on
// the year or on the period before, exactly, with the decimals of the more
// precise of the two. The codes are base_missing, value_missing,
// currency_differs and period_mismatch.
func Points(current, base Level) (figure.Value, fault.Code) {
	if code := incomparable(current, base); code != "" {
		return figure.Value{}, code
	}
	if !onYear(current.Period, base.Period) && !onPrevious(current.Period, base.Period) {
		return figure.Value{}, fault.PeriodMismatch
	}
	return Difference(current.Value, base.Value), ""
}

func onYear(current, base period.Period) bool {
	earlier, ok := current.YearEarlier()
	return ok && earlier == base
}

func onPrevious(current, base period.Period) bool {
	previous, ok := current.Previous()
	return ok && previous == base
}
