package ingest

import (
	"math/big"
	"math/bits"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// band is how far two rates may lie from each other: as far as the larger is
// at most num/den times the smaller.
type band struct{ num, den uint64 }

// The bands. Rates of neighbouring days of a market lie within a few percent;
// averages of months and of years move more, and those of longer periods are
// held against each other only where one is more than twice the other. A rate
// that is stated anew is the same number within a quarter.
var (
	dayBand   = band{5, 4}
	monthBand = band{3, 2}
	yearBand  = band{2, 1}
	sameBand  = band{5, 4} // of one period, and of what fits after a change of its direction or its point
	flipFrom  = band{11, 10}
	flipTo    = band{41, 40}
)

// bandOf returns how far the rates of two neighbouring periods may lie apart.
func bandOf(p period.Period) band {
	switch days := int(p.End() - p.Start()); {
	case days <= 7:
		return dayBand
	case days <= 92:
		return monthBand
	}
	return yearBand
}

// holds reports whether two values above zero lie within the band.
func (b band) holds(v, w figure.Value) bool {
	x, y, ok := aligned(v, w)
	if !ok {
		return b.holdsExactly(v.Rat(), w.Rat())
	}
	return !over(x, b.den, y, b.num) && !over(y, b.den, x, b.num)
}

// over reports whether x × m is more than y × n, whatever their size.
func over(x, m, y, n uint64) bool {
	high, low := bits.Mul64(x, m)
	high2, low2 := bits.Mul64(y, n)
	return high > high2 || high == high2 && low > low2
}

// aligned returns two values above zero as whole numbers of one power of ten,
// where they are that small.
func aligned(v, w figure.Value) (x, y uint64, ok bool) {
	a, m, ok := v.Scaled()
	b, n, also := w.Scaled()
	if !ok || !also || a <= 0 || b <= 0 {
		return 0, 0, false
	}
	x, y = uint64(a), uint64(b)
	if m > n {
		x, ok = figure.ScaleUp(x, m-n)
	} else {
		y, ok = figure.ScaleUp(y, n-m)
	}
	return x, y, ok
}

func (b band) holdsExactly(v, w *big.Rat) bool {
	num, den := new(big.Rat).SetInt64(int64(b.num)), new(big.Rat).SetInt64(int64(b.den))
	less := func(x, y *big.Rat) bool {
		return new(big.Rat).Mul(x, den).Cmp(new(big.Rat).Mul(y, num)) <= 0
	}
	return less(v, w) && less(w, v)
}

// maxShift is how far a point is moved when it is looked for.
const maxShift = 18

// suspect says what is the matter with a rate beside the one that it is held
// against: nothing (empty), that it fits the other way round, that it fits when
// its point is moved, or that it is far off. A rate of a day that is more than
// a tenth off and whose reciprocal is not more than a fortieth off is taken for
// flipped as well, so that a pair near parity is found.
func suspect(v, near figure.Value, b band) fault.Code {
	if b.holds(v, near) {
		if b == dayBand && !flipFrom.holds(v, near) && flipTo.holdsExactly(new(big.Rat).Inv(v.Rat()), near.Rat()) {
			return fault.RateFlipped
		}
		return ""
	}
	if sameBand.holdsExactly(new(big.Rat).Inv(v.Rat()), near.Rat()) {
		return fault.RateFlipped
	}
	if shifted(v.Rat(), near.Rat()) {
		return fault.RatePowerOfTen
	}
	return fault.RateOutlier
}

// shifted reports whether v fits near when its point is moved.
func shifted(v, near *big.Rat) bool {
	ten := big.NewRat(10, 1)
	up, down := new(big.Rat).Set(v), new(big.Rat).Set(v)
	for range maxShift {
		up.Mul(up, ten)
		down.Quo(down, ten)
		if sameBand.holdsExactly(up, near) || sameBand.holdsExactly(down, near) {
			return true
		}
	}
	return false
}
