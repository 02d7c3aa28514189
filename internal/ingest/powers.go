package ingest

import (
	"math/big"
	"strings"

	"bellwether/internal/figure"
)

// maxAligned is a bound under which four times a number is an int64.
const maxAligned = 1 << 61

// maxPower is the largest power of ten that is looked for.
const maxPower = 12

// powerBetween returns the power of ten, other than 0, by which two numbers of
// one sign differ: their ratio lies between two thirds and three halves of it.
// It is 0 where they do not differ so, and where one is 0.
func powerBetween(v, w figure.Value) int {
	if v.Sign()*w.Sign() <= 0 || nearlyAlike(v, w) {
		return 0
	}
	if a, b, aligned := alignedPair(v, w); aligned {
		if power, known := powerOfPair(a, b); known {
			return power
		}
	}
	ratio := new(big.Rat).Quo(v.Rat(), w.Rat())
	sign := 1
	if ratio.Cmp(big.NewRat(1, 1)) < 0 {
		ratio.Inv(ratio)
		sign = -1
	}
	ten := big.NewRat(10, 1)
	for power := 1; power <= maxPower; power++ {
		ratio.Quo(ratio, ten)
		if ratio.Cmp(big.NewRat(2, 3)) < 0 {
			return 0
		}
		if ratio.Cmp(big.NewRat(3, 2)) <= 0 {
			return sign * power
		}
	}
	return 0
}

// powerOfPair is powerBetween of two numbers above 0 that are aligned, where
// the arithmetic of 64 bits reaches.
func powerOfPair(a, b int64) (power int, known bool) {
	sign := 1
	if a < b {
		a, b, sign = b, a, -1
	}
	for power = 1; power <= maxPower && b < maxAligned/10; power++ {
		b *= 10
		if 3*a < 2*b {
			return 0, true
		}
		if 2*a <= 3*b {
			return sign * power, true
		}
	}
	return 0, power > maxPower
}

// apartByMuch reports whether the greatest number of some is so far from the
// least that two of them may differ by a power of ten or in sign.
func apartByMuch(least, greatest figure.Value) bool {
	if least.Sign() != greatest.Sign() {
		return true
	}
	return !least.IsZero() && !nearlyAlike(least, greatest) && farther(least, greatest)
}

// farther reports whether of two numbers of one sign one is six times the other
// or more.
func farther(v, w figure.Value) bool {
	ratio := new(big.Rat).Quo(v.Rat(), w.Rat())
	if ratio.Cmp(big.NewRat(1, 1)) < 0 {
		ratio.Inv(ratio)
	}
	return ratio.Cmp(big.NewRat(6, 1)) >= 0
}

// nearlyAlike reports at once, where it can, that of two numbers neither is more
// than four times the other.
func nearlyAlike(v, w figure.Value) bool {
	a, b, aligned := alignedPair(v, w)
	return aligned && a <= 4*b && b <= 4*a
}

// alignedPair returns two absolute numbers as multiples of one power of ten,
// where both are below 2^61 of it.
func alignedPair(v, w figure.Value) (a, b int64, aligned bool) {
	a, i, small := v.Scaled()
	b, k, fits := w.Scaled()
	a, b = max(a, -a), max(b, -b)
	for ; i > k && a < maxAligned/10; i-- {
		a *= 10
	}
	for ; k > i && b < maxAligned/10; k-- {
		b *= 10
	}
	return a, b, small && fits && i == k && a >= 0 && b >= 0 && a < maxAligned && b < maxAligned
}

// turned reports whether two numbers have different signs and are as large as
// each other give or take a quarter.
func turned(v, w figure.Value) bool {
	if v.Sign()*w.Sign() >= 0 {
		return false
	}
	ratio := new(big.Rat).Quo(v.Rat(), w.Rat())
	ratio.Abs(ratio)
	return ratio.Cmp(big.NewRat(4, 5)) >= 0 && ratio.Cmp(big.NewRat(5, 4)) <= 0
}

// below reports whether a number is less than another by more than what both
// may be off.
func below(v, w figure.Value) bool {
	gap := new(big.Rat).Sub(w.Rat(), v.Rat())
	return gap.Cmp(new(big.Rat).Add(v.HalfRat(), w.HalfRat())) > 0
}

// figureOne writes a power of ten.
func figureOne(power int) string { return "1" + strings.Repeat("0", power) }
