package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// Quotient is one level divided by another one, exactly and in ones. Half is
// half of the interval in which the quotient of the two true numbers lies.
// Both are nil where there is a Code.
type Quotient struct {
	Code  fault.Code
	Exact *big.Rat
	Half  *big.Rat
}

// Per divides a level by another one, such as a product by the population. The
// caller chooses a divisor of the fitting period. The codes are base_missing,
// value_missing, base_zero, base_negative, and base_nonpositive for a divisor
// that may be 0 or less within its rounding, so that the quotient has no bound.
func Per(current, divisor Level) Quotient {
	switch {
	case !divisor.HasValue():
		return Quotient{Code: fault.BaseMissing}
	case !current.HasValue():
		return Quotient{Code: fault.ValueMissing}
	}
	if code := baseCode(divisor.sign()); code != "" {
		return Quotient{Code: code}
	}
	by := divisor.Interval()
	if by.Low.Sign() <= 0 {
		return Quotient{Code: fault.BaseNonpositive}
	}
	within := current.Interval().Over(by)
	half := within.High.Sub(within.High, within.Low)
	return Quotient{Exact: ratioOf(current, divisor), Half: half.Quo(half, big.NewRat(2, 1))}
}

// Deflate returns a level at the prices of the deflator's base period:
// level / (deflator / 100), where the deflator is a price index of the same
// period (System of National Accounts 2008, chapter 15). The codes are those of
// Per, and period_mismatch.
func Deflate(current, deflator Level) Quotient {
	if current.HasValue() && deflator.HasValue() && current.Period != deflator.Period {
		return Quotient{Code: fault.PeriodMismatch}
	}
	q := Per(current, deflator)
	if q.Code == "" {
		hundred := big.NewRat(100, 1)
		q.Exact.Mul(q.Exact, hundred)
		q.Half.Mul(q.Half, hundred)
	}
	return q
}

// exactDecimals is how many decimals a quotient shows that is known exactly: 0
// divided by anything.
const exactDecimals = 2

// At returns the quotient at a multiplier with as many decimals as it carries:
// the smallest number d, at most 18, for which half a unit of the last digit is
// no more than its half-width. It is negative where digits before the point are
// not known.
func (q Quotient) At(multiplier int) figure.Value {
	decimals := exactDecimals
	if q.Half.Sign() > 0 {
		decimals = min(multiplier-magnitude(new(big.Rat).Add(q.Half, q.Half)), figure.MaxDecimals)
	}
	return figure.Rounded(q.Exact, decimals, multiplier)
}

// magnitude returns the greatest k with 10^k <= r, for r above 0.
func magnitude(r *big.Rat) int {
	// A bit is 0.30103 digits, which gives k to within two.
	k := (r.Num().BitLen() - r.Denom().BitLen()) * 30103 / 100000
	for r.Cmp(tenTo(k)) < 0 {
		k--
	}
	for r.Cmp(tenTo(k+1)) >= 0 {
		k++
	}
	return k
}

func tenTo(k int) *big.Rat { return figure.New(1, 0, k).Rat() }

// Share returns a part as a percentage of the whole of the same period, with
// two decimals. The codes are base_missing, value_missing, currency_differs,
// period_mismatch, base_zero, base_negative, and rate_not_additive for series
// in percent. Whether the whole is the sum of such parts is for the caller to
// know: see Chained.
func Share(part, whole Level) (figure.Value, fault.Code) {
	code := incomparable(part, whole)
	switch {
	case code != "":
		return figure.Value{}, code
	case part.Period != whole.Period:
		return figure.Value{}, fault.PeriodMismatch
	case part.Unit == UnitPercent:
		return figure.Value{}, fault.RateNotAdditive
	}
	if code := baseCode(whole.sign()); code != "" {
		return figure.Value{}, code
	}
	return percent(ratioOf(part, whole)), ""
}
