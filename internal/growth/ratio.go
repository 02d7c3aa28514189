package growth

import (
	"math"
	"math/big"
	"math/bits"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// Change returns current / base - 1, exactly: 0.125 for a growth of 12.5 %.
// The base must not be 0.
func Change(current, base figure.Value) *big.Rat {
	change := current.Rat()
	change.Quo(change, base.Rat())
	return change.Sub(change, big.NewRat(1, 1))
}

// Difference returns a - b exactly, at the multiplier of a, with the decimals of
// the finer one.
func Difference(a, b figure.Value) figure.Value {
	decimals := a.Multiplier() - min(a.Exponent(), b.Exponent())
	return figure.Rounded(new(big.Rat).Sub(a.Rat(), b.Rat()), decimals, a.Multiplier())
}

// PercentChange returns 100 × (current / base - 1) to two decimals, half away
// from zero, or the code base_zero or base_negative. It does not allocate
// where 64-bit coefficients and a 128-bit product suffice.
func PercentChange(current, base figure.Value) (figure.Value, fault.Code) {
	if code := baseCode(base.Sign()); code != "" {
		return figure.Value{}, code
	}
	if hundredths, ok := hundredths(current, base); ok {
		return figure.New(hundredths, 2, 0), ""
	}
	return percent(Change(current, base)), ""
}

// percent rounds a ratio to a percentage of two decimals.
func percent(ratio *big.Rat) figure.Value { return PercentOf(ratio, 2) }

// PercentOf returns a ratio as a percentage of so many decimals, half away from
// zero: 0.125 is 12.5.
func PercentOf(ratio *big.Rat, decimals int) figure.Value {
	return figure.Rounded(new(big.Rat).Mul(ratio, big.NewRat(100, 1)), decimals, 0)
}

// hundredths returns the growth in hundredths of a percent; ok is false where
// the numbers are too large for it. The base is above 0.
func hundredths(current, base figure.Value) (n int64, ok bool) {
	c, cExponent, cFits := current.Scaled()
	b, bExponent, bFits := base.Scaled()
	if !cFits || !bFits || c == math.MinInt64 {
		return 0, false
	}
	size, negative := uint64(max(c, -c)), c < 0
	divisor := uint64(b)
	if cExponent >= bExponent {
		size, ok = figure.ScaleUp(size, cExponent-bExponent)
	} else {
		divisor, ok = figure.ScaleUp(divisor, bExponent-cExponent)
	}
	if !ok || size > math.MaxInt64 || divisor > math.MaxInt64 {
		return 0, false
	}
	difference, falls := distance(size, divisor, negative)
	high, low := bits.Mul64(difference, 10_000)
	if high >= divisor {
		return 0, false
	}
	quotient, rest := bits.Div64(high, low, divisor)
	if rest >= divisor-rest {
		quotient++
	}
	if quotient > math.MaxInt64 {
		return 0, false
	}
	if falls {
		return -int64(quotient), true
	}
	return int64(quotient), true
}

// distance returns |±size - base| and whether the first is the smaller one.
func distance(size, base uint64, negative bool) (difference uint64, falls bool) {
	switch {
	case negative:
		return size + base, true
	case size < base:
		return base - size, true
	}
	return size - base, false
}
