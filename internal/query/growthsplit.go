package query

import (
	"math/big"

	"bellwether/internal/growth"
	"bellwether/internal/obs"
)

// splits reports whether the transform compares two figures of one series, so
// that its growth in a foreign currency has two parts.
func (t Transform) splits() bool { return t.Kind == ToYoY || t.Kind == ToPoP }

// split says of the growth in a currency how much of it is growth at home, and
// how much the change of the exact rate between the two periods: 1 + value =
// (1 + home) × (1 + rate), of exact ratios of which each is rounded once. It
// leaves a row without growth, and one of no amount, as it is.
func (a *answer) split(currency string) {
	r, t := &a.row, a.transform
	if currency == "" || !t.splits() || !r.HasValue || !a.meta.isMoney {
		return
	}
	p, ok := t.earlier(r.Version.Period)
	if !ok {
		return
	}
	base := a.standing(t.own, r.Version, p)
	home := growth.Change(r.Version.Value, base.Value)
	now, err := a.rateInto(r.Version, currency)
	if err != nil {
		return
	}
	then, err := a.rateInto(base, currency)
	if err != nil {
		return
	}
	rate := new(big.Rat).Quo(now, then)
	r.HasSplit = true
	r.Home = growth.PercentOf(home, 2)
	r.OfRate = growth.PercentOf(rate.Sub(rate, big.NewRat(1, 1)), 2)
}

// rateInto returns the exact rate by which a figure of the series is converted.
func (a *answer) rateInto(v *obs.Version, currency string) (*big.Rat, error) {
	if currency == a.meta.unit {
		return big.NewRat(1, 1), nil
	}
	factor, err := a.money.operand(v, &a.meta, currency)
	if err != nil {
		return nil, err
	}
	return factor.Exact(), nil
}
