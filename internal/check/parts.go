package check

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
)

// Part is a level and the growth that was reported with it.
type Part struct {
	Level growth.Level
	Claim Claim
}

// PartsFinding says whether the reported growth of a total can be true beside
// that of its parts. The implied growth is in percent with four decimals.
// Reason says why there is none.
type PartsFinding struct {
	Reason                  fault.Code
	LevelsAddUp             bool // the levels differ by no more than all half-widths together
	ImpliedLow, ImpliedHigh figure.Value
	Consistent              bool
}

// Parts tests the growth of a total against its parts. Every part implies an
// interval for its prior, and these add; the total over their sum, less 1, is
// the implied growth, and it is consistent when it meets the reported one,
// rounding included. Reasons: value_missing, currency_differs,
// growth_at_or_below_minus_100 of a part, base_nonpositive for a sum of priors
// and value_nonpositive for a total that may be 0 or less.
func Parts(parts []Part, total Part) PartsFinding {
	if code := unaddable(parts, total); code != "" {
		return PartsFinding{Reason: code}
	}
	levels, priors := sums(parts)
	whole := total.Level.Interval()
	switch {
	case priors.Low.Sign() <= 0:
		return PartsFinding{Reason: fault.BaseNonpositive}
	case whole.Low.Sign() <= 0:
		return PartsFinding{Reason: fault.ValueNonpositive}
	}
	implied := whole.Over(priors)
	one := big.NewRat(1, 1)
	return PartsFinding{
		LevelsAddUp: levels.Meets(whole),
		ImpliedLow:  growth.PercentOf(new(big.Rat).Sub(implied.Low, one), 4),
		ImpliedHigh: growth.PercentOf(new(big.Rat).Sub(implied.High, one), 4),
		Consistent:  implied.Meets(total.Claim.factor()),
	}
}

func unaddable(parts []Part, total Part) fault.Code {
	if total.Level.Missing || len(parts) == 0 {
		return fault.ValueMissing
	}
	for _, p := range parts {
		switch {
		case p.Level.Missing:
			return fault.ValueMissing
		case p.Level.Unit != total.Level.Unit:
			return fault.CurrencyDiffers
		case p.Claim.leavesNothing():
			return fault.GrowthAtOrBelowMinus100
		}
	}
	return ""
}

// sums returns the sum of the levels and that of the priors they imply.
func sums(parts []Part) (levels, priors growth.Interval) {
	levels = growth.Interval{Low: new(big.Rat), High: new(big.Rat)}
	priors = growth.Interval{Low: new(big.Rat), High: new(big.Rat)}
	for _, p := range parts {
		level, factor := p.Level.Interval(), p.Claim.factor()
		levels.Low.Add(levels.Low, level.Low)
		levels.High.Add(levels.High, level.High)
		prior := level.Over(factor)
		priors.Low.Add(priors.Low, prior.Low)
		priors.High.Add(priors.High, prior.High)
	}
	return levels, priors
}
