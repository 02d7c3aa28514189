package query

import (
	"math/big"
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// divisor returns what a figure is divided by, and its period: the figure of the
// same period. Where a figure is to be had per unit of a stock and the stock has
// none of that period, it is the one that stands for the period's last day: of
// several that end with it the shortest, a day before a month before a year.
func (a *answer) divisor(v *obs.Version) (*obs.Version, period.Period) {
	t := a.transform
	same := a.standing(t.other, v, v.Period)
	if t.Kind != ToPer || t.meta.kind != string(catalog.Stock) || same != nil && hasValue(same) {
		return same, v.Period
	}
	for i := len(t.other.force) - 1; i >= 0; i-- {
		p := t.other.force[i].Period
		if p.End() != v.Period.End() {
			continue
		}
		if stands := a.standing(t.other, v, p); stands != nil && hasValue(stands) {
			return stands, p
		}
	}
	return same, v.Period
}

// standing returns the version of a period that a row is compared with: the one
// in force, and for a row of an earlier version the one in force when that was
// published. Nil where none is.
func (a *answer) standing(l *line, v *obs.Version, p period.Period) *obs.Version {
	if !a.question.Vintage.Past() {
		stands := l.at(p)
		if stands == nil && l.reported != nil {
			return l.reported.at(p)
		}
		return stands
	}
	if l.whole != nil {
		l = l.whole
	}
	stands, _ := l.known(p, a.toldAt(v))
	return stands
}

// levelIn returns the exact level of a version in a currency: of an amount the
// stored number times the exact rate of its period. An empty currency is that
// of the series. A nil version is a level that is not there.
func (a *answer) levelIn(v *obs.Version, m *lineMeta, currency string) (growth.Level, error) {
	l, converts := plainLevel(v, m, currency)
	if !converts {
		return l, nil
	}
	factor, err := a.money.operand(v, m, currency)
	if err != nil {
		return l, err
	}
	return converted(l, factor, currency), nil
}

// otherIn is levelIn of a figure that the row's own is compared with. What is to
// be known of its conversion goes to what is known of the figures behind the row.
func (a *answer) otherIn(b *behind, v *obs.Version, m *lineMeta, currency string) (growth.Level, error) {
	l, converts := plainLevel(v, m, currency)
	if !converts {
		return l, nil
	}
	factor, err := a.money.operand(v, m, currency)
	if err != nil {
		b.noted = a.noticed(b.noted, v, m, currency, "")
		return l, err
	}
	d := factor.Disclosure()
	if slices.Contains(d.Flags, fx.PreEuroFixedRate) {
		b.noted = withFlag(b.noted, fx.PreEuroFixedRate)
	}
	b.noted = a.noticed(b.noted, v, m, currency, d.MethodWord())
	return converted(l, factor, currency), nil
}

// converts says whether figures of a series are other numbers in a currency.
func converts(m *lineMeta, currency string) bool {
	return currency != "" && currency != m.unit && m.isMoney
}

// plainLevel returns the level of a version in its own unit, and whether it is
// another number in the currency.
func plainLevel(v *obs.Version, m *lineMeta, currency string) (growth.Level, bool) {
	if v == nil {
		return growth.Level{}, false
	}
	l := levelOf(v)
	l.Unit = series.Fold(m.unit)
	return l, converts(m, currency) && l.HasValue()
}

// converted returns a level at the exact rate of a factor.
func converted(l growth.Level, factor *fx.Factor, currency string) growth.Level {
	within := l.Interval()
	half := within.High.Sub(within.High, within.Low)
	half.Mul(half.Quo(half, big.NewRat(2, 1)), factor.Exact())
	number := l.Number()
	l.Exact = &growth.Exact{Number: number.Mul(number, factor.Exact()), Half: half}
	l.Unit = series.Fold(currency)
	return l
}

// operand finds the rate of a figure that a converted one is compared with, and
// discloses it.
func (m *money) operand(v *obs.Version, l *lineMeta, to string) (*fx.Factor, error) {
	method, err := m.methodFor(l)
	if err != nil {
		return nil, err
	}
	used := m.exchange(l.unit, to, method).at(m.book, v.Period)
	if used.rate.err == nil {
		m.disclose(used)
	}
	return used.rate.factor, used.rate.err
}
