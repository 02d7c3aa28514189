package accumulate

import (
	"math"
	"math/big"

	"bellwether/internal/figure"
)

// part is a figure that is added, or taken away where minus is set.
type part struct {
	value figure.Value
	minus bool
}

// total returns the sum of the parts at the multiplier of the first, with the
// decimals of the finest, and its half-width, which is the sum of theirs. Both
// are exact; half a unit of the finest part needs one decimal more than the
// unit.
func total(parts []part) (value, half figure.Value) {
	multiplier, finest := parts[0].value.Multiplier(), parts[0].value.Exponent()
	for _, p := range parts[1:] {
		finest = min(finest, p.value.Exponent())
	}
	decimals := multiplier - finest
	if sum, halves, ok := small(parts, finest); ok {
		return figure.New(sum, decimals, multiplier), figure.New(halves, decimals+1, multiplier).Exact()
	}
	sum, halves := new(big.Rat), new(big.Rat)
	for _, p := range parts {
		if p.minus {
			sum.Sub(sum, p.value.Rat())
		} else {
			sum.Add(sum, p.value.Rat())
		}
		halves.Add(halves, p.value.HalfRat())
	}
	return figure.Rounded(sum, decimals, multiplier), figure.Rounded(halves, decimals+1, multiplier).Exact()
}

// small adds the parts in units of ten to the exponent, and their half-widths in
// tenths of that unit; ok is false where 64 bits do not hold a number on the
// way.
func small(parts []part, exponent int) (sum, halves int64, ok bool) {
	const most = math.MaxInt64 / 2
	for _, p := range parts {
		c, e, fits := p.value.Scaled()
		if !fits || c == math.MinInt64 {
			return 0, 0, false
		}
		scaled, fits := figure.ScaleUp(uint64(max(c, -c)), e-exponent)
		if !fits || scaled > most {
			return 0, 0, false
		}
		if (c < 0) == p.minus {
			sum += int64(scaled)
		} else {
			sum -= int64(scaled)
		}
		if sum > most || sum < -most {
			return 0, 0, false
		}
		if p.value.IsExact() {
			continue
		}
		wide, fits := figure.ScaleUp(5, e-exponent)
		if !fits || wide > most-uint64(halves) {
			return 0, 0, false
		}
		halves += int64(wide)
	}
	return sum, halves, true
}
