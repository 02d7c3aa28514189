package check

import (
	"math"
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
)

// amount is a whole number: exact, and cheap while it fits.
type amount struct {
	n    int64
	wide *big.Int // never changed; nil where n holds the number
}

// mostPlain is how large a number may be and still be added without looking.
const mostPlain = math.MaxInt64 / 4

func (a amount) plus(b amount) amount {
	if a.wide == nil && b.wide == nil && a.small() && b.small() {
		return amount{n: a.n + b.n}
	}
	return amount{wide: new(big.Int).Add(a.big(), b.big())}
}

func (a amount) small() bool { return a.n <= mostPlain && a.n >= -mostPlain }

func (a amount) big() *big.Int {
	if a.wide != nil {
		return a.wide
	}
	return big.NewInt(a.n)
}

func (a amount) cmp(b amount) int {
	switch {
	case a.wide != nil || b.wide != nil:
		return a.big().Cmp(b.big())
	case a.n < b.n:
		return -1
	case a.n > b.n:
		return 1
	}
	return 0
}

// stretch is where a number lies, both ends included, in halves of a unit that
// several numbers share.
type stretch struct{ low, high amount }

func (s stretch) plus(t stretch) stretch { return stretch{s.low.plus(t.low), s.high.plus(t.high)} }

func (s stretch) meets(t stretch) bool { return s.low.cmp(t.high) <= 0 && t.low.cmp(s.high) <= 0 }

// stretchOf returns where the number of a bounded statement lies in halves of
// ten to the unit, which is no more than the power of its last digit.
func stretchOf(s *Statement, unit int) stretch {
	v := s.Value
	width := int64(1)
	if s.State == obs.Nil || v.IsExact() {
		width = 0
	}
	coefficient, exponent, ok := v.Scaled()
	low, high := 2*coefficient-width, 2*coefficient+width
	if s.State == obs.BelowUnit {
		low, high = 0, 1
	}
	if ok && coefficient < mostPlain && coefficient > -mostPlain {
		if factor, fits := figure.ScaleUp(1, exponent-unit); fits && factor < mostPlain {
			if l, h, fits := times(low, high, int64(factor)); fits {
				return stretch{amount{n: l}, amount{n: h}}
			}
		}
	}
	span := s.Level().Interval()
	return stretch{halves(span.Low, unit), halves(span.High, unit)}
}

// times multiplies both ends; fits is false where they become too large.
func times(low, high, factor int64) (l, h int64, fits bool) {
	limit := mostPlain / factor
	if low > limit || low < -limit || high > limit || high < -limit {
		return 0, 0, false
	}
	return low * factor, high * factor, true
}

// halves returns a number as a whole number of halves of ten to the unit.
func halves(r *big.Rat, unit int) amount {
	return amount{wide: new(big.Int).Set(new(big.Rat).Mul(r, figure.New(2, unit, 0).Rat()).Num())}
}

// finest is the power of ten of the finest last digit.
func finest(list []Statement) int {
	least := 0
	for i := range list {
		if e := list[i].Value.Exponent(); i == 0 || e < least {
			least = e
		}
	}
	return least
}
