package check

import (
	"math/bits"

	"bellwether/internal/figure"
)

// surely reports whether the growth of a total is consistent beside that of its
// parts, by integers that are rounded against it: true is certain, and false
// leaves the question open. Every level lies above 0. With the levels as
// halves of one unit and growth factors f in halves of 10^-d percent, of which
// whole is 100 percent, a part implies a prior of level × whole / f.
func surely(parts []Part, total Part) bool {
	decimals, unit := total.Claim.Value.Decimals(), total.Level.Value.Exponent()
	for i := range parts {
		decimals = max(decimals, parts[i].Claim.Value.Decimals())
		unit = min(unit, parts[i].Level.Value.Exponent())
	}
	whole, ok := figure.ScaleUp(200, decimals)
	if !ok || decimals < 0 || whole > mostPlain {
		return false
	}
	var low, high uint64 // of the priors' sum, and within it
	for i := range parts {
		level, factor, ok := plain(&parts[i], unit, decimals, whole)
		if !ok {
			return false
		}
		least, okLeast := share(level.low, whole, factor.high)
		most, okMost := share(level.high, whole, factor.low)
		if !okLeast || !okMost {
			return false
		}
		low, high = low+least+1, high+most
	}
	level, factor, ok := plain(&total, unit, decimals, whole)
	return ok && low > 0 && high < mostPlain && atMost(level.low, whole, high, factor.high) && atMost(low, factor.low, level.high, whole)
}

// plainEnds are two ends above 0.
type plainEnds struct{ low, high uint64 }

// plain returns a level in halves of ten to the unit and its growth factor in
// halves of so many decimals of a percent; ok is false where they are no plain
// numbers above 0.
func plain(p *Part, unit, decimals int, whole uint64) (level, factor plainEnds, ok bool) {
	if p.Level.Exact != nil || p.Level.BelowUnit || p.Claim.BelowUnit {
		return level, factor, false
	}
	l, okLevel := doubled(p.Level.Value)
	g, okGrowth := doubled(p.Claim.Value)
	if !okLevel || !okGrowth || l.low <= 0 {
		return level, factor, false
	}
	unitScale, okUnit := figure.ScaleUp(1, l.exponent-unit)
	growthScale, okScale := figure.ScaleUp(1, g.exponent+decimals)
	if !okUnit || !okScale || unitScale > mostPlain || growthScale > mostPlain {
		return level, factor, false
	}
	lowLevel, highLevel, okLevel := times(l.low, l.high, int64(unitScale))
	lowGrowth, highGrowth, okGrowth := times(g.low, g.high, int64(growthScale))
	if !okLevel || !okGrowth || int64(whole)+lowGrowth <= 0 {
		return level, factor, false
	}
	return plainEnds{uint64(lowLevel), uint64(highLevel)}, plainEnds{uint64(int64(whole) + lowGrowth), uint64(int64(whole) + highGrowth)}, true
}

// share returns a × b / c, rounded down; ok is false where it is too large.
func share(a, b, c uint64) (n uint64, ok bool) {
	high, low := bits.Mul64(a, b)
	if high >= c {
		return 0, false
	}
	n, _ = bits.Div64(high, low, c)
	return n, n < mostPlain/16
}
