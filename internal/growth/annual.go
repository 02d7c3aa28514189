package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

const monthsPerYear = 12

// Annualised is a growth on the period before at a yearly rate. Exact is the
// ratio, nil where there is none or it is no fraction.
type Annualised struct {
	Result
	Exact *big.Rat
}

// SAAR returns the growth on the period before, of n months, as if it went on
// for a year: r^(12/n) - 1. Only a series that is declared seasonally adjusted
// has one (needs_seasonal_adjustment). The other codes are those of PoP, and
// nonpositive_value for a current value of 0 or less.
func SAAR(current, base Level) Annualised {
	if current.HasValue() && !current.Adjusted {
		return Annualised{Result: Result{Code: fault.NeedsSeasonalAdjustment}}
	}
	months := current.Period.Length().Months
	match := months > 0 && onPrevious(current.Period, base.Period)
	if code := yearlyCode(current, base, match); code != "" {
		return Annualised{Result: Result{Code: code}}
	}
	ratio, steps := ratioOf(current, base), newPower(monthsPerYear, months)
	rate := Annualised{Result: Result{Percent: percentPower(ratio, steps)}}
	if steps.root == 1 {
		rate.Exact = ratPower(ratio, steps.over)
		rate.Exact.Sub(rate.Exact, big.NewRat(1, 1))
	}
	return rate
}

// Compound is an average yearly growth. Ratio is current / base and Years the
// time between them, both exact; they are nil where there is a code.
type Compound struct {
	Result
	Years *big.Rat
	Ratio *big.Rat
}

// CAGR returns the yearly growth that leads from the base to the current
// level: ratio^(1/years) - 1. Both periods have the same length, and the years
// are the months between their starts / 12. The codes are those of YoY, and
// nonpositive_value for a current value of 0 or less. A base whose period is
// given and does not fit is a period_mismatch also where it has no value.
func CAGR(current, base Level) Compound {
	months, whole := monthsBetween(base.Period, current.Period)
	match := whole && months > 0 && base.Period.Length() == current.Period.Length()
	if code := yearlyCode(current, base, match); code != "" {
		return Compound{Result: Result{Code: code}}
	}
	ratio := ratioOf(current, base)
	return Compound{
		Result: Result{Percent: percentPower(ratio, newPower(monthsPerYear, months))},
		Years:  big.NewRat(int64(months), monthsPerYear),
		Ratio:  ratio,
	}
}

// yearlyCode returns why there is no yearly rate, or "".
func yearlyCode(current, base Level, match bool) fault.Code {
	code := incomparable(current, base)
	switch {
	case code == fault.BaseMissing && !base.Period.IsZero() && !match:
		return fault.PeriodMismatch
	case code != "":
		return code
	case !match:
		return fault.PeriodMismatch
	case current.Unit == UnitPercent:
		return fault.RateNeedsPoints
	}
	if code := baseCode(base.sign()); code != "" {
		return code
	}
	if current.sign() <= 0 {
		return fault.NonpositiveValue
	}
	return ""
}

func ratioOf(current, base Level) *big.Rat {
	ratio := current.Number()
	return ratio.Quo(ratio, base.Number())
}

// monthsBetween returns the months from the start of one period to that of
// another. They are whole when both start on the same day of the month, or on
// the last one of months of different length, as the ends of years and halves
// that stocks are counted on.
func monthsBetween(from, to period.Period) (months int, whole bool) {
	months, _ = from.Start().MonthsUntil(to.Start())
	return months, from.Start().AddMonths(months) == to.Start() || to.Start().AddMonths(-months) == from.Start()
}
