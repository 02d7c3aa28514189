package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// UnitPercent is the unit of series that change in percentage points.
const UnitPercent = "percent"

// Level is a figure of one period on its way into a computation. Its zero
// value is a level that is not there.
type Level struct {
	Period    period.Period // zero: nothing stands
	Value     figure.Value
	Exact     *Exact // the number behind Value, where Value is not the number itself; nil where it is
	Unit      string // a currency or another unit; levels of different units are never compared
	Missing   bool   // it has no value
	BelowUnit bool   // it has no value and lies between 0 and half a unit of Value's last digit
	Adjusted  bool   // the series is declared seasonally adjusted
}

// Exact is a number that no decimal text says, with its half-width, both in
// ones: an amount that was converted at a rate of 111013/18000, for example.
type Exact struct{ Number, Half *big.Rat }

// Number returns the number in ones, exactly, for the caller to change.
func (l Level) Number() *big.Rat {
	if l.Exact != nil {
		return new(big.Rat).Set(l.Exact.Number)
	}
	return l.Value.Rat()
}

// sign returns -1, 0 or 1.
func (l Level) sign() int {
	if l.Exact != nil {
		return l.Exact.Number.Sign()
	}
	return l.Value.Sign()
}

// HasValue says that Value is a number to compute with.
func (l Level) HasValue() bool { return !l.Period.IsZero() && !l.Missing && !l.BelowUnit }

// Interval is a closed interval of exact numbers in ones.
type Interval struct{ Low, High *big.Rat }

// Interval returns where the true number lies: the value give or take its
// half-width, or 0 to the half-width for a level below half a unit.
func (l Level) Interval() Interval {
	half := l.Value.HalfRat()
	if l.Exact != nil {
		half = l.Exact.Half
	}
	if l.BelowUnit {
		return Interval{new(big.Rat), half}
	}
	value := l.Number()
	return Interval{new(big.Rat).Sub(value, half), new(big.Rat).Add(value, half)}
}

// Meets says whether the two closed intervals share a number.
func (i Interval) Meets(j Interval) bool {
	return i.Low.Cmp(j.High) <= 0 && j.Low.Cmp(i.High) <= 0
}

// Over returns where a number of the interval lies divided by one of the other,
// which lies above 0. Below 0 the smaller divisor gives the smaller number.
func (i Interval) Over(by Interval) Interval {
	low, high := by.High, by.Low
	if i.Low.Sign() < 0 {
		low = by.Low
	}
	if i.High.Sign() < 0 {
		high = by.High
	}
	return Interval{new(big.Rat).Quo(i.Low, low), new(big.Rat).Quo(i.High, high)}
}

// incomparable returns why two levels cannot be compared, whatever their
// periods, or "".
func incomparable(current, base Level) fault.Code {
	switch {
	case !base.HasValue():
		return fault.BaseMissing
	case !current.HasValue():
		return fault.ValueMissing
	case current.Unit != base.Unit:
		return fault.CurrencyDiffers
	}
	return ""
}

// baseCode returns why nothing can be divided by a base of this sign, or "".
func baseCode(sign int) fault.Code {
	switch sign {
	case 0:
		return fault.BaseZero
	case -1:
		return fault.BaseNegative
	}
	return ""
}
