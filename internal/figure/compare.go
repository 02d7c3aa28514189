package figure

import (
	"cmp"
	"math/big"
	"math/bits"
)

// Cmp compares two numbers in ones, whatever their decimals and multipliers:
// -1 when v is smaller, 0 when they are equal, 1 when v is larger.
func (v Value) Cmp(w Value) int {
	if v.wide != nil || w.wide != nil {
		return v.cmpWide(w)
	}
	if sv, sw := v.Sign(), w.Sign(); sv != sw || sv == 0 {
		return cmp.Compare(sv, sw)
	}
	shift := v.Exponent() - w.Exponent()
	switch {
	case shift == 0:
		return cmp.Compare(v.coefficient, w.coefficient)
	case shift > 19 || shift < -19:
		return v.cmpWide(w)
	case shift > 0:
		return v.Sign() * cmpScaled(magnitude(v.coefficient), pow10(shift), magnitude(w.coefficient))
	}
	return -v.Sign() * cmpScaled(magnitude(w.coefficient), pow10(-shift), magnitude(v.coefficient))
}

// cmpScaled compares a × factor with b in 128 bits.
func cmpScaled(a, factor, b uint64) int {
	high, low := bits.Mul64(a, factor)
	if high > 0 {
		return 1
	}
	return cmp.Compare(low, b)
}

func (v Value) cmpWide(w Value) int {
	shift := v.Exponent() - w.Exponent()
	a, b := v.bigCoefficient(), w.bigCoefficient()
	if shift > 0 {
		a = new(big.Int).Mul(a, bigPow10(shift))
	} else {
		b = new(big.Int).Mul(b, bigPow10(-shift))
	}
	return a.Cmp(b)
}

// Equal says that two numbers are the same in ones. 118.7 billion equals
// 118700 million and 118.70 billion.
func (v Value) Equal(w Value) bool { return v.Cmp(w) == 0 }

// SameAs says that two numbers are equal and equally precise: the same in ones
// with the same half-width. 118.7 is not the same as 118.70.
func (v Value) SameAs(w Value) bool {
	return v.exact == w.exact && (v.exact || v.Exponent() == w.Exponent()) && v.Equal(w)
}

// magnitude is the absolute value; it holds for the smallest int64 as well.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// pow10 returns 10^n for n in 0 to 19.
func pow10(n int) uint64 {
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}
