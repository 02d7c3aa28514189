package growth

import (
	"math/big"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// Index is a series with its base period at 100. Values are exact, in the order
// of the levels, nil for a level without a value. Code says why there is none.
type Index struct {
	Code   fault.Code
	Base   *big.Rat   // the mean over the base period, in ones
	Values []*big.Rat // level / Base × 100
}

// Rebase divides every level by the mean of those in the base period and
// multiplies by 100. The levels are of one length (period_mismatch) and unit
// (currency_differs), and those in the base period cover it without a gap or
// an overlap (base_period_incomplete). A mean of 0 or less is base_zero or
// base_negative.
func Rebase(levels []Level, base period.Period) Index {
	inside, code := basePeriods(levels, base)
	if code != "" {
		return Index{Code: code}
	}
	mean := new(big.Rat)
	for _, l := range inside {
		mean.Add(mean, l.Value.Rat())
	}
	mean.Quo(mean, big.NewRat(int64(len(inside)), 1))
	if code := baseCode(mean.Sign()); code != "" {
		return Index{Code: code}
	}
	index := Index{Base: mean}
	for _, l := range levels {
		var value *big.Rat
		if l.HasValue() {
			value = new(big.Rat).Quo(l.Value.Rat(), mean)
			value.Mul(value, big.NewRat(100, 1))
		}
		index.Values = append(index.Values, value)
	}
	return index
}

// basePeriods returns the levels in the base period, which they tile.
func basePeriods(levels []Level, base period.Period) ([]Level, fault.Code) {
	var inside []Level
	for _, l := range levels {
		switch {
		case l.Period.Length() != levels[0].Period.Length():
			return nil, fault.PeriodMismatch
		case l.Unit != levels[0].Unit:
			return nil, fault.CurrencyDiffers
		case l.HasValue() && base.Contains(l.Period):
			inside = append(inside, l)
		}
	}
	slices.SortFunc(inside, func(a, b Level) int { return period.Compare(a.Period, b.Period) })
	next := base.Start()
	for _, l := range inside {
		if l.Period.Start() != next {
			return nil, fault.BasePeriodIncomplete
		}
		next = l.Period.End()
	}
	if next != base.End() || len(inside) == 0 {
		return nil, fault.BasePeriodIncomplete
	}
	return inside, ""
}
