package check

import (
	"math"
	"math/bits"

	"bellwether/internal/figure"
)

// ends are twice the two ends of an interval in units of ten to the exponent,
// so that half-widths are whole numbers.
type ends struct {
	low, high int64
	exponent  int
}

// doubled returns the ends of a printed value; ok is false where they do not
// fit.
func doubled(v figure.Value) (e ends, ok bool) {
	coefficient, exponent, ok := v.Scaled()
	if !ok || coefficient > math.MaxInt64/4 || coefficient < -math.MaxInt64/4 {
		return ends{}, false
	}
	width := int64(1)
	if v.IsExact() {
		width = 0
	}
	return ends{2*coefficient - width, 2*coefficient + width, exponent}, true
}

// fits says whether the gap of a testable case meets a band, from low - 100 to
// high - 100 percent, by integers: 100 and 100 ask whether the case is
// consistent. ok is false where they are too large or a level is more than its
// digits, and the question stays open. With every number as twice its units,
// and the growth in units of 10^-d,
//
//	v-h <= (p+h)(1+g+)  is  v × 200 × 10^d × 10^(ev-ep)  <=  p × (200 × 10^d + g)
//
// and likewise for the other ends. All factors are above 0.
func fits(c *Case, low, high uint64) (meets, ok bool) {
	if c.Value.Exact != nil || c.Prior.Exact != nil {
		return false, false
	}
	value, okValue := doubled(c.Value.Value)
	prior, okPrior := doubled(c.Prior.Value)
	claim, okClaim := doubled(c.Claim.Value)
	if !okValue || !okPrior || !okClaim || claim.exponent > 0 {
		return false, false
	}
	if c.Claim.BelowUnit {
		claim.low, claim.high = 0, 1
	}
	hundred, okHundred := figure.ScaleUp(200, -claim.exponent)
	if !okHundred || hundred > math.MaxInt64/4 {
		return false, false
	}
	factorLow, factorHigh := uint64(int64(hundred)+claim.low), uint64(int64(hundred)+claim.high)
	valueFactor, okShift := figure.ScaleUp(hundred, max(value.exponent-prior.exponent, 0))
	priorLow, okLow := figure.ScaleUp(uint64(prior.low), max(prior.exponent-value.exponent, 0))
	priorHigh, okHigh := figure.ScaleUp(uint64(prior.high), max(prior.exponent-value.exponent, 0))
	if !okShift || !okLow || !okHigh || max(valueFactor, factorHigh) > math.MaxUint64/200 {
		return false, false
	}
	return atMost(uint64(value.low), valueFactor*100, priorHigh, factorHigh*high) &&
		atMost(priorLow, factorLow*low, uint64(value.high), valueFactor*100), true
}

// atMost says whether a × b <= c × d, in 128 bits.
func atMost(a, b, c, d uint64) bool {
	high, low := bits.Mul64(a, b)
	otherHigh, otherLow := bits.Mul64(c, d)
	return high < otherHigh || high == otherHigh && low <= otherLow
}
