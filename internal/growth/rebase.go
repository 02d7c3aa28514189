package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// BaseMean returns the mean, in ones, over all parts of one length that a base
// period consists of: of quarters the four of a year. At gives the level of a
// part, the zero Level where nothing stands. A base period that is no whole
// number of such parts, as a quarter of years, is period_mismatch whatever
// stands; a part without a value is base_period_incomplete, and a mean of 0 or
// less base_zero or base_negative.
func BaseMean(base period.Period, length period.Length, at func(period.Period) Level) (*big.Rat, fault.Code) {
	if !consists(base, length) {
		return nil, fault.PeriodMismatch
	}
	sum, parts := new(big.Rat), int64(0)
	for start := base.Start(); start != base.End(); parts++ {
		part, err := period.Between(start, start.AddMonths(length.Months).AddDays(length.Days))
		if err != nil || !base.Contains(part) {
			return nil, fault.PeriodMismatch
		}
		l := at(part)
		if !l.HasValue() {
			return nil, fault.BasePeriodIncomplete
		}
		sum.Add(sum, l.Number())
		start = part.End()
	}
	if parts == 0 {
		return nil, fault.BasePeriodIncomplete
	}
	if code := baseCode(sum.Sign()); code != "" {
		return nil, code
	}
	return sum.Quo(sum, big.NewRat(parts, 1)), ""
}

// consists says whether a period is a whole number of parts of a length.
func consists(p period.Period, length period.Length) bool {
	if length.Months > 0 {
		whole := p.Length()
		return whole.Months > 0 && whole.Months%length.Months == 0
	}
	return length.Days > 0 && int(p.End()-p.Start())%length.Days == 0
}

// OnBase returns a level as an index with two decimals where the mean over its
// base period, above 0, is 100. The codes are value_missing, and
// rate_needs_points for a series in percent, which changes in points.
func OnBase(current Level, mean *big.Rat) (figure.Value, fault.Code) {
	switch {
	case !current.HasValue():
		return figure.Value{}, fault.ValueMissing
	case current.Unit == UnitPercent:
		return figure.Value{}, fault.RateNeedsPoints
	}
	index := current.Number()
	return percent(index.Quo(index, mean)), ""
}
