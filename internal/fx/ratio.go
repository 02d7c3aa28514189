package fx

import (
	"math/big"
	"math/bits"

	"bellwether/internal/figure"
)

// ratio is an exact number above zero, in lowest terms: num/den where both
// fit. Otherwise wide holds it, and num/den comes near it from below: den is a
// power of two and num the whole part of wide × den; both are 0 where num would
// be 0 or not fit.
type ratio struct {
	num, den uint64
	wide     *big.Rat
}

// newRatio returns num/den for parts above zero.
func newRatio(num, den uint64) ratio {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	return ratio{num: num / a, den: den / a}
}

// ratioOf returns r, which is above zero and is not changed afterwards.
func ratioOf(r *big.Rat) ratio {
	if r.Num().IsUint64() && r.Denom().IsUint64() {
		return ratio{num: r.Num().Uint64(), den: r.Denom().Uint64()}
	}
	num, den := approximate(r)
	return ratio{num: num, den: den, wide: r}
}

// approximate returns the first bits of r, at most 63, over a power of two.
func approximate(r *big.Rat) (num, den uint64) {
	shift := min(62-(r.Num().BitLen()-r.Denom().BitLen()), 63)
	if shift < 0 {
		return 0, 0
	}
	scaled := new(big.Int).Lsh(r.Num(), uint(shift))
	num = scaled.Quo(scaled, r.Denom()).Uint64()
	if num == 0 {
		return 0, 0
	}
	return num, 1 << shift
}

// rat returns the exact number, which the caller does not change.
func (r ratio) rat() *big.Rat {
	if r.wide != nil {
		return r.wide
	}
	return new(big.Rat).SetFrac(new(big.Int).SetUint64(r.num), new(big.Int).SetUint64(r.den))
}

// inverse returns 1/r.
func (r ratio) inverse() ratio {
	if r.wide == nil {
		return ratio{num: r.den, den: r.num}
	}
	return ratioOf(new(big.Rat).Inv(r.wide))
}

// times returns r × s.
func (r ratio) times(s ratio) ratio {
	if r.wide == nil && s.wide == nil {
		numHigh, num := bits.Mul64(r.num, s.num)
		denHigh, den := bits.Mul64(r.den, s.den)
		if numHigh == 0 && denHigh == 0 {
			return newRatio(num, den)
		}
	}
	return ratioOf(new(big.Rat).Mul(r.rat(), s.rat()))
}

// magnitude returns the greatest k with 10^k <= r.
func (r ratio) magnitude() int {
	if r.den != 0 {
		k := magnitude(r.num, r.den)
		if r.wide == nil || magnitude(r.num+1, r.den) == k {
			return k
		}
	}
	// A bit is 0.30103 digits, which gives k to within two.
	k := (r.wide.Num().BitLen() - r.wide.Denom().BitLen()) * 30103 / 100000
	for r.wide.Cmp(tenTo(k)) < 0 {
		k--
	}
	for r.wide.Cmp(tenTo(k+1)) >= 0 {
		k++
	}
	return k
}

func magnitude(num, den uint64) int {
	k := 0
	for whole := num / den; whole >= 10; whole /= 10 {
		k++
	}
	for num < den {
		k--
		shifted, fits := timesTen(num, -k)
		if !fits || shifted >= den {
			break
		}
	}
	return k
}

// text writes r with so many decimals, rounded half away from zero.
func (r ratio) text(decimals int) string {
	if scaled, ok := r.scale(1, decimals); ok {
		return figure.New(scaled, decimals, 0).Text()
	}
	return figure.RoundHalfAway(r.rat(), decimals)
}

// tenTo returns 10^k for k of either sign.
func tenTo(k int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(k, -k))), nil))
	if k < 0 {
		return p.Inv(p)
	}
	return p
}

// scale multiplies a whole number by r × 10^shift and rounds half away from
// zero, in 128 bits. It does not allocate; ok is false where the numbers do
// not fit or r is known too roughly to round by.
func (r ratio) scale(coefficient int64, shift int) (scaled int64, ok bool) {
	n, den := absolute(coefficient), r.den
	if shift >= 0 {
		n, ok = timesTen(n, shift)
	} else {
		den, ok = timesTen(den, -shift)
	}
	if !ok || den == 0 {
		return 0, false
	}
	high, low := bits.Mul64(n, r.num)
	if high >= den {
		return 0, false
	}
	quotient, rest := bits.Div64(high, low, den)
	if quotient >= 1<<62 || r.wide != nil && !certain(r.num, quotient, rest, den) {
		return 0, false
	}
	if rest >= den-rest {
		quotient++
	}
	if coefficient < 0 {
		return -int64(quotient), true
	}
	return int64(quotient), true
}

// certain says that a wide ratio, of which num is known, rounds as quotient +
// rest/den does. With num of b+1 bits it is greater by less than one part in
// 2^b, the quotient of l bits therefore by less than 2^(l-b), which is den over
// 2^(b-l-1) in the difference between rest and den-rest.
func certain(num, quotient, rest, den uint64) bool {
	spare := bits.Len64(num) - 1 - bits.Len64(quotient+1) - 1
	distance := max(rest, den-rest) - min(rest, den-rest)
	return spare > 0 && distance > den>>spare+1
}

func absolute(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

var tens = [...]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// timesTen returns n × 10^power, and whether that fits.
func timesTen(n uint64, power int) (uint64, bool) {
	if power >= len(tens) {
		return 0, n == 0
	}
	high, low := bits.Mul64(n, tens[power])
	return low, high == 0
}
