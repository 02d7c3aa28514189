package query

import (
	"fmt"
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// mostNamed is how many of the series, codes or periods that stand in the way
// of a table are named.
const mostNamed = 5

// checkAsked refuses what is certain before anything is read: several versions
// of a figure, and several values of the third axis.
func (b *tableBuilder) checkAsked() error {
	q := &b.question
	if q.Vintage == AllVintages {
		return conflict("vintage", string(q.Vintage), "layout", "wide")
	}
	third := b.layout.Third()
	if third == ByPeriod {
		if len(q.Periods) > 1 {
			return b.severalOf(third, texts(q.Periods))
		}
		return nil
	}
	if asked := b.asked(third); len(asked) > 1 {
		return b.severalOf(third, asked)
	}
	return nil
}

// checkThird refuses several values of the third axis.
func (b *tableBuilder) checkThird() error {
	third := b.layout.Third()
	if third == ByPeriod {
		if all := b.periods(); len(all) > 1 {
			return b.severalOf(third, texts(all))
		}
		return nil
	}
	if all := b.stored(third); len(all) > 1 {
		return b.severalOf(third, all)
	}
	return nil
}

// severalOf refuses several values of the third axis and says how to ask.
func (b *tableBuilder) severalOf(third Axis, codes []string) error {
	expected := fmt.Sprintf("one %s, such as %s=%s, or rows or columns=%s", third, third, codes[0], third)
	if third == ByPeriod {
		expected = fmt.Sprintf("one period, such as period=%s or latest=1, or rows or columns=period", codes[len(codes)-1])
	}
	return fault.New(fault.Invalid, fault.ThirdDimension, "a table of %s by %s is of one %s, and there are %d: %s",
		b.layout.Rows, b.layout.Columns, third, len(codes), named(codes)).
		Expect("%s", expected).
		With(fault.Item{Code: fault.ThirdDimension, Parameter: string(third), Value: fault.Clip(strings.Join(codes, ",")), Expected: expected})
}

// checkCompeting refuses several series of one indicator and area, also where
// they have no period in common: they are not one line.
func (b *tableBuilder) checkCompeting() error {
	type place struct{ indicator, area, currency string }
	all := map[place][]*shownSeries{}
	var order []place
	for _, s := range b.sink.shown {
		p := place{s.indicator, s.area, s.currency}
		if all[p] == nil {
			order = append(order, p)
		}
		all[p] = append(all[p], s)
	}
	for _, p := range order {
		if len(all[p]) > 1 {
			return b.competing(all[p])
		}
	}
	return nil
}

func (b *tableBuilder) competing(list []*shownSeries) error {
	parameter, value, expected := b.chooser(list)
	return fault.New(fault.Invalid, fault.CompetingSeries, "%d series stand for %s in %s: %s",
		len(list), list[0].indicator, list[0].area, named(strings.Split(codesOf(list), ","))).
		Expect("%s", expected).
		With(fault.Item{Code: fault.CompetingSeries, Parameter: parameter, Value: fault.Clip(value), Expected: expected})
}

// choosers are the parameters that choose among series of one indicator and
// area; never changed.
var choosers = []struct {
	parameter string
	of        func(series.Key) string
}{
	{"unit", series.Key.UnitCode},
	{"measure", func(k series.Key) string { return string(k.Measure) }},
	{"scenario", func(k series.Key) string { return k.Scenario }},
	{"dataset", func(k series.Key) string { return k.Dataset }},
}

// chooser returns a parameter that tells the series apart, the values that they
// have of it, and how to ask. Where none does, or series were named, series
// does.
func (b *tableBuilder) chooser(list []*shownSeries) (parameter, value, expected string) {
	for _, d := range choosers {
		var values []string
		for _, s := range list {
			values = append(values, d.of(s.key))
		}
		slices.Sort(values)
		if values = slices.Compact(values); len(values) > 1 && len(b.question.Series) == 0 {
			return d.parameter, strings.Join(values, ","), d.parameter + "=" + strings.Join(values, " or "+d.parameter+"=")
		}
	}
	return "series", codesOf(list), "one series of each indicator and area, such as series=" + list[0].code
}

func codesOf(list []*shownSeries) string {
	codes := make([]string, len(list))
	for i, s := range list {
		codes[i] = s.code
	}
	return strings.Join(codes, ",")
}

func mixedUnits(axis Axis, code string, one, other *shownSeries) error {
	expected := fmt.Sprintf("unit=%s or unit=%s, or currency= to convert both", one.unit, other.unit)
	return fault.New(fault.Invalid, fault.MixedUnits, "the figures of %s %s are in several units: %s is in %s, %s in %s",
		axis, code, one.code, one.unit, other.code, other.unit).
		Expect("%s", expected).
		With(fault.Item{Code: fault.MixedUnits, Parameter: "unit", Value: one.unit + "," + other.unit, Expected: expected})
}

// checkPeriods refuses periods that are no one line: they share days, or are
// of several lengths. Those from 1 January share days by their nature, and are
// one line where they were asked for.
func (b *tableBuilder) checkPeriods() error {
	if strings.EqualFold(b.question.Accumulation, YTD) {
		return nil
	}
	all := b.periods()
	var pairs []string
	for i := 1; i < len(all); i++ {
		if all[i-1].Overlaps(all[i]) {
			pairs = append(pairs, all[i-1].String()+" and "+all[i].String())
		}
	}
	if len(pairs) > 0 {
		return b.noLine(all, "periods of the table overlap: "+named(pairs))
	}
	for i := 1; i < len(all); i++ {
		if all[i-1].Length() != all[i].Length() {
			return b.noLine(all, fmt.Sprintf("periods of the table are of several lengths, such as %s and %s", all[i-1], all[i]))
		}
	}
	return nil
}

// noLine says which frequencies the periods have and how to ask for one.
func (b *tableBuilder) noLine(all []period.Period, detail string) error {
	var ways []string
	for _, f := range []period.Frequency{period.Annual, period.HalfYear, period.Quarter, period.Month, period.Day} {
		if slices.ContainsFunc(all, func(p period.Period) bool { return p.Frequency() == f }) {
			ways = append(ways, "frequency="+string(f))
		}
	}
	if slices.ContainsFunc(all, func(p period.Period) bool { return cumulative(p, "") }) {
		ways = append(ways, "accumulation=ytd")
	}
	ways = append(ways, "period= with periods of one length")
	expected := "one frequency and accumulation: " + strings.Join(ways, ", ")
	value := b.question.Frequency
	return fault.New(fault.Invalid, fault.OverlappingPeriods, "%s", detail).
		Expect("%s", expected).
		With(fault.Item{Code: fault.OverlappingPeriods, Parameter: "frequency", Value: value, Expected: expected})
}

// checkSize refuses more cells than the layout allows.
func (b *tableBuilder) checkSize(rows, columns int) error {
	cells := max(rows*columns, b.sink.crowded)
	if b.layout.Cells == 0 || cells <= b.layout.Cells {
		return nil
	}
	return fault.New(fault.TooLarge, fault.AnswerTooLarge, "the table has %d cells and one answer has at most %d: %d rows by %d columns",
		cells, b.layout.Cells, rows, columns).
		Expect("fewer rows or columns, or layout=long")
}

// named lists some of many.
func named(list []string) string {
	if len(list) <= mostNamed {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:mostNamed], ", ") + ", …"
}

func texts(periods []period.Period) []string {
	list := make([]string, len(periods))
	for i, p := range periods {
		list[i] = p.String()
	}
	return list
}
