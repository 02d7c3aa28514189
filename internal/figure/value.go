package figure

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// The bounds of a number as it is written.
const (
	MaxDigits     = 38 // digits, before and behind the point together
	MaxDecimals   = 18 // digits behind the point
	MaxExponent   = 30 // the exponent of a number such as 1.187E+11, either way
	MaxMultiplier = 60 // the power of ten that a number is written in, either way
	MaxBytes      = 128
)

// Value is a published number: a coefficient, the decimals that it was printed
// with, and the power of ten that it is written in. It stands for
// coefficient × 10^(multiplier − decimals), give or take half a unit of its
// last printed digit. The zero value is 0 without decimals. Compare values
// with Equal or SameAs.
type Value struct {
	coefficient int64    // used while wide is nil
	wide        *big.Int // never changed; nil where the coefficient fits
	decimals    int32
	multiplier  int32
	exact       bool
}

// New returns coefficient × 10^(multiplier − decimals), printed with so many
// decimals; 1187, 1, 9 is 118.7 billion.
func New(coefficient int64, decimals, multiplier int) Value {
	return Value{coefficient: coefficient, decimals: int32(decimals), multiplier: int32(multiplier)}
}

// Decimals returns how many digits are printed behind the point. It is
// negative where the last digits before the point are not significant.
func (v Value) Decimals() int { return int(v.decimals) }

// Multiplier returns the power of ten that the text is written in.
func (v Value) Multiplier() int { return int(v.multiplier) }

// Exponent returns the power of ten of the last printed digit, counted in
// ones: multiplier − decimals. It stays when the multiplier changes.
func (v Value) Exponent() int { return int(v.multiplier - v.decimals) }

// Sign returns -1, 0 or 1.
func (v Value) Sign() int {
	switch {
	case v.wide != nil:
		return v.wide.Sign()
	case v.coefficient < 0:
		return -1
	case v.coefficient > 0:
		return 1
	}
	return 0
}

// IsZero says that the number is 0, whatever its decimals.
func (v Value) IsZero() bool { return v.Sign() == 0 }

// Scaled returns the number as coefficient × 10^exponent without allocating;
// ok is false when the coefficient does not fit.
func (v Value) Scaled() (coefficient int64, exponent int, ok bool) {
	return v.coefficient, v.Exponent(), v.wide == nil
}

// bigCoefficient returns the coefficient; the caller must not change it.
func (v Value) bigCoefficient() *big.Int {
	if v.wide != nil {
		return v.wide
	}
	return big.NewInt(v.coefficient)
}

// Rat returns the number in ones, exactly: 118.7 billion is 118700000000.
func (v Value) Rat() *big.Rat { return ratOf(v.bigCoefficient(), v.Exponent()) }

// Decimal returns the number in ones, exactly.
func (v Value) Decimal() decimal.Decimal {
	return decimal.NewFromBigInt(v.bigCoefficient(), int32(v.Exponent()))
}

// Half returns the half-width: half a unit of the last printed digit,
// ½ × 10^(multiplier − decimals), as an exact value at the same multiplier. It
// is 0 for an exact value.
func (v Value) Half() Value {
	if v.exact {
		return Value{multiplier: v.multiplier, exact: true}
	}
	return Value{coefficient: 5, decimals: v.decimals + 1, multiplier: v.multiplier, exact: true}
}

// HalfRat returns the half-width in ones, exactly.
func (v Value) HalfRat() *big.Rat { return v.Half().Rat() }

// Exact returns the same number known exactly: its half-width is 0. A zero
// that a file declares for its "nil" mark is one.
func (v Value) Exact() Value {
	v.exact = true
	return v
}

// IsExact says that the half-width is 0.
func (v Value) IsExact() bool { return v.exact }

// At returns the same number, with the same half-width, written at another
// multiplier. The decimals move with it and may become negative: 118.7
// billion in millions is 118700 with decimals -2.
func (v Value) At(multiplier int) Value {
	v.decimals += int32(multiplier) - v.multiplier
	v.multiplier = int32(multiplier)
	return v
}

// Neg returns the number with the other sign.
func (v Value) Neg() Value {
	if v.wide != nil {
		v.wide = new(big.Int).Neg(v.wide)
		return v.narrow()
	}
	if v.coefficient == minInt64 {
		v.wide = new(big.Int).Neg(big.NewInt(v.coefficient))
		v.coefficient = 0
		return v
	}
	v.coefficient = -v.coefficient
	return v
}

const minInt64 = -1 << 63

// narrow moves a wide coefficient that fits to the fast path, so that every
// number has one form.
func (v Value) narrow() Value {
	if v.wide != nil && v.wide.IsInt64() {
		v.coefficient, v.wide = v.wide.Int64(), nil
	}
	return v
}

// ratOf returns c × 10^exponent.
func ratOf(c *big.Int, exponent int) *big.Rat {
	if exponent >= 0 {
		return new(big.Rat).SetInt(new(big.Int).Mul(c, bigPow10(exponent)))
	}
	return new(big.Rat).SetFrac(c, bigPow10(-exponent))
}

func bigPow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
