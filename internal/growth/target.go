package growth

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// TargetStatus says how a target stands.
type TargetStatus string

// The statuses. There is none where the figure has no period, or one that
// cannot be compared with the target's.
const (
	TargetOpen   TargetStatus = "open"
	TargetMet    TargetStatus = "met"
	TargetMissed TargetStatus = "missed" // its period has come and it is not met
)

// Progress is how far a figure is on its way to a target. What follows a Code
// is not there; percentages have two decimals.
//
//	value_missing, target_nonpositive, period_length_mismatch    nothing
//	period_unstated                                              Attainment
//	target_met, target_period_reached, base_zero, base_negative,
//	period_mismatch                                              and Status, Gap
//	no code                                                      all
//
// base_zero and base_negative speak of the figure here, from which the
// required growth would start.
type Progress struct {
	Code          fault.Code
	HasAttainment bool
	Attainment    figure.Value // current / target
	Status        TargetStatus
	Gap           figure.Value // target - current, exact, at the target's multiplier
	Years         *big.Rat     // from the start of the figure's period to that of the target's
	RequiredTotal figure.Value // target / current - 1
	RequiredCAGR  figure.Value // (target / current)^(1/years) - 1
	Road          *Road        // nil where no base was given
}

// Road compares the yearly growth since a base with the one that leads from it
// to the target. Code says why there is none, in the words of Progress.
type Road struct {
	Code     fault.Code
	Actual   figure.Value // (current / base)^(1/years so far) - 1
	Required figure.Value // (target / base)^(1/all years) - 1
	OnTrack  bool         // Actual >= Required before rounding; <= where the target is to be fallen to
}

// Reach measures a figure, and with a base the road to it, against a target.
// Only whole periods of equal length are compared: nine months are never
// scaled to a year. Figures of another unit than the target's are refused with
// currency_differs.
//
// A target below the base that the road starts from is to be fallen to, as of
// emissions or a deficit: it is met by a figure at or below it, and on track
// where the figure fell at least as fast. Every other target is to be risen to.
func Reach(target, current Level, base *Level) (Progress, error) {
	if current.Unit != target.Unit || base != nil && base.Unit != target.Unit {
		return Progress{}, fault.New(fault.Invalid, fault.CurrencyDiffers, "a target and a figure of different units cannot be compared")
	}
	if code := unreachable(target, current); code != "" {
		return Progress{Code: code}, nil
	}
	p := Progress{HasAttainment: true, Attainment: percent(ratioOf(current, target))}
	if current.Period.IsZero() || target.Period.IsZero() {
		p.Code = fault.PeriodUnstated
		return p, nil
	}
	p.Gap = Difference(target.Value, current.Value)
	if p.Status, p.Code = standing(target, current, falling(target, current, base)); p.Code != "" {
		return p, nil
	}
	months, whole := monthsBetween(current.Period, target.Period)
	if !whole {
		p.Code = fault.PeriodMismatch
		return p, nil
	}
	p.Years = big.NewRat(int64(months), monthsPerYear)
	p.RequiredTotal = percent(Change(target.Value, current.Value))
	p.RequiredCAGR = percentPower(ratioOf(target, current), newPower(monthsPerYear, months))
	if base != nil {
		p.Road = road(target, current, *base)
	}
	return p, nil
}

// unreachable returns why there is not even an attainment, or "".
func unreachable(target, current Level) fault.Code {
	switch {
	case target.Missing || target.BelowUnit || current.Missing || current.BelowUnit:
		return fault.ValueMissing
	case target.Value.Sign() <= 0:
		return fault.TargetNonpositive
	case current.Period.IsZero() || target.Period.IsZero():
		return ""
	case current.Period.Length() != target.Period.Length():
		return fault.PeriodLengthMismatch
	}
	return ""
}

// standing returns the status, and why no growth is required or can be, or "".
func standing(target, current Level, falls bool) (TargetStatus, fault.Code) {
	ahead := current.Value.Cmp(target.Value)
	switch {
	case ahead == 0 || falls == (ahead < 0):
		return TargetMet, fault.TargetMet
	case current.Period.Start() >= target.Period.Start():
		return TargetMissed, fault.TargetPeriodReached
	}
	return TargetOpen, baseCode(current.Value.Sign())
}

// falling says whether a target lies below the base, an earlier figure of the
// same length.
func falling(target, current Level, base *Level) bool {
	return base != nil && base.HasValue() && base.Period.Length() == target.Period.Length() &&
		base.Period.Start() < current.Period.Start() && base.Value.Cmp(target.Value) > 0
}

func road(target, current, base Level) *Road {
	soFar, okSoFar := monthsBetween(base.Period, current.Period)
	all, okAll := monthsBetween(base.Period, target.Period)
	switch {
	case !base.HasValue():
		return &Road{Code: fault.BaseMissing}
	case base.Period.Length() != target.Period.Length():
		return &Road{Code: fault.PeriodLengthMismatch}
	case base.Period.Start() >= current.Period.Start():
		return &Road{Code: fault.BaseNotEarlier}
	case !okSoFar || !okAll || soFar < 1:
		return &Road{Code: fault.PeriodMismatch}
	}
	if code := baseCode(base.Value.Sign()); code != "" {
		return &Road{Code: code}
	}
	grown, needed := ratioOf(current, base), ratioOf(target, base)
	// grown^(1/soFar) >= needed^(1/all), with integer powers on both sides.
	steps := newPower(all, soFar)
	ahead := ratPower(grown, steps.over).Cmp(ratPower(needed, steps.root))
	return &Road{
		Actual:   percentPower(grown, newPower(monthsPerYear, soFar)),
		Required: percentPower(needed, newPower(monthsPerYear, all)),
		OnTrack:  ahead == 0 || falling(target, current, &base) == (ahead < 0),
	}
}
