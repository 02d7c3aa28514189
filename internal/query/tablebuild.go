package query

import (
	"context"
	"maps"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// Table lays the observations that the question asks for out as a table: the
// rows that Observations gives, each in its cell. Latest counts the newest ends
// of the whole table; Limit and Cursor are not looked at.
//
// Beside the faults of Observations there are parameter_conflict for all
// versions of a figure; third_dimension, competing_series and mixed_units (kind Invalid)
// where no cell is one figure in a known unit; overlapping_periods (Invalid)
// where the periods are of no one frequency and accumulation, unless those from
// 1 January were asked for; and answer_too_large (TooLarge) for a table of more
// cells than the layout allows.
func (s *Service) Table(ctx context.Context, m Moment, q Question, l Layout) (*Table, error) {
	l, err := l.normal()
	if err != nil {
		return nil, err
	}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	b := &tableBuilder{words: words, question: q, layout: l, sink: newTableSink(words, q.Latest, l.Cells)}
	if err := b.checkAsked(); err != nil {
		return nil, err
	}
	q.Latest, q.Limit, q.Cursor = 0, 0, ""
	if err := s.Observations(ctx, m, q, b.sink); err != nil {
		return nil, err
	}
	if b.sink.latest > 0 && (b.sink.crowded > 0 || b.sink.cut && b.sink.tail.speaks()) {
		b.sink = b.sink.again()
		b.sink.narrow(&q.Range)
		if err := s.Observations(ctx, m, q, b.sink); err != nil {
			return nil, err
		}
	}
	if err := b.readAbsent(ctx, s, m); err != nil {
		return nil, err
	}
	return b.build()
}

// tableBuilder makes a table of what its sink gathered.
type tableBuilder struct {
	words    *catalog.Catalog
	question Question
	layout   Layout
	sink     *tableSink
	absent   []*shownSeries // those that have no row and would be the only ones in their place
	units    map[entry]unitOfEntry
}

// entry is a row or column: a code, and the currency on the axis of units.
type entry struct{ code, currency string }

// unitOfEntry is the unit of a row or column.
type unitOfEntry struct {
	unit       string
	multiplier int
}

func (b *tableBuilder) build() (*Table, error) {
	if err := b.checkThird(); err != nil {
		return nil, err
	}
	if err := b.checkCompeting(); err != nil {
		return nil, err
	}
	if err := b.readUnits(); err != nil {
		return nil, err
	}
	rows, columns := b.headings(b.layout.Rows), b.headings(b.layout.Columns)
	if err := b.checkPeriods(); err != nil {
		return nil, err
	}
	if err := b.checkSize(len(rows), len(columns)); err != nil {
		return nil, err
	}
	t := NewTable(b.layout, rows, columns)
	t.Head, t.Tail, t.Fixed = b.sink.head, b.sink.tail, b.fixed()
	b.place(t)
	t.Tail.Total = len(t.Rows)
	return t, nil
}

// of returns what a cell of a series has on an axis.
func (s *shownSeries) of(axis Axis, p period.Period) string {
	switch axis {
	case ByIndicator:
		return s.indicator
	case ByArea:
		return s.area
	}
	return p.String()
}

// codes returns the codes on an axis of indicators or areas, in the order of
// the table.
func (b *tableBuilder) codes(axis Axis) []string {
	if asked := b.asked(axis); asked != nil {
		return asked
	}
	return b.stored(axis)
}

// stored returns the codes that figures have on such an axis, in order.
func (b *tableBuilder) stored(axis Axis) []string {
	var list []string
	for _, s := range b.sink.shown {
		list = append(list, s.of(axis, period.Period{}))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// periods returns the periods of the table by their end, then longest first:
// those that were asked for one by one, else those of the figures.
func (b *tableBuilder) periods() []period.Period {
	list := slices.Collect(maps.Keys(b.sink.periods))
	if b.question.Latest == 0 {
		list = append(list, b.question.Periods...)
	}
	slices.SortFunc(list, period.Compare)
	return slices.Compact(list)
}

// asked returns the codes that the question names on an axis, in its order,
// nil where it names none.
func (b *tableBuilder) asked(axis Axis) []string {
	section, named := catalog.Indicators, b.question.Indicators
	if axis == ByArea {
		section, named = catalog.Areas, b.question.Areas
	}
	var list []string
	add := func(text string) {
		if code, err := meant(b.words, section, text); err == nil && !slices.Contains(list, series.Fold(code)) {
			list = append(list, series.Fold(code))
		}
	}
	for _, text := range named {
		if strings.EqualFold(text, All) {
			return nil
		}
		add(text)
	}
	for _, text := range b.question.Series {
		key, err := series.Parse(text)
		if err != nil {
			return nil
		}
		if axis == ByArea {
			add(key.Area)
		} else {
			add(key.Indicator)
		}
	}
	return list
}

// fixed is the one value of the third axis.
func (b *tableBuilder) fixed() Heading {
	third := b.layout.Third()
	if third == ByPeriod {
		for _, p := range b.periods() {
			return b.heading(third, p.String(), p)
		}
		return Heading{}
	}
	for _, code := range b.codes(third) {
		return b.heading(third, code, period.Period{})
	}
	return Heading{}
}

// headings are the rows or the columns of the table.
func (b *tableBuilder) headings(axis Axis) []Heading {
	if axis == ByPeriod {
		list := []Heading{}
		for _, p := range b.periods() {
			list = append(list, b.heading(axis, p.String(), p))
		}
		return list
	}
	list := []Heading{}
	for _, code := range b.codes(axis) {
		h := b.heading(axis, code, period.Period{})
		h.Series = b.seriesOf(axis, code)
		if b.layout.unitAxis() != axis {
			list = append(list, h)
			continue
		}
		for _, h.Currency = range b.currencies() {
			unit := b.units[entry{code, h.Currency}]
			h.Unit, h.Multiplier = unit.unit, unit.multiplier
			list = append(list, h)
		}
	}
	return list
}

// currencies are those that are asked for, in their order; an empty one where
// none is.
func (b *tableBuilder) currencies() []string {
	if asked := b.sink.head.View.Currencies; len(asked) > 0 {
		return asked
	}
	return []string{""}
}

// entryOf returns the row or column that a cell of a series stands in.
func (b *tableBuilder) entryOf(s *shownSeries, axis Axis, p period.Period) entry {
	if b.layout.unitAxis() == axis {
		return entry{s.of(axis, p), s.currency}
	}
	return entry{code: s.of(axis, p)}
}

func (b *tableBuilder) heading(axis Axis, code string, p period.Period) Heading {
	lang := b.question.Lang
	switch axis {
	case ByIndicator:
		return Heading{Code: code, Label: b.words.Name(catalog.Indicators, code, lang)}
	case ByArea:
		return Heading{Code: code, Label: b.words.Name(catalog.Areas, code, lang)}
	}
	return Heading{Code: code, Label: p.Label(lang), Period: p}
}

// seriesOf returns the one series of a row or column, empty for several. Where
// no figure stands it is the one that would have them.
func (b *tableBuilder) seriesOf(axis Axis, code string) string {
	for _, list := range [...][]*shownSeries{b.sink.shown, b.absent} {
		found := ""
		for _, s := range list {
			if s.of(axis, period.Period{}) != code || s.code == found {
				continue
			}
			if found != "" {
				return ""
			}
			found = s.code
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// place puts every cell where it belongs.
func (b *tableBuilder) place(t *Table) {
	rows, columns := positions(t.Rows), positions(t.Columns)
	unitAxis := b.layout.unitAxis()
	for _, s := range b.sink.shown {
		multiplier := b.units[b.entryOf(s, unitAxis, period.Period{})].multiplier
		for i := range s.cells {
			c, p := &s.cells[i], s.periods[i]
			c.Value, c.HalfWidth = c.Value.At(multiplier), c.HalfWidth.At(multiplier)
			t.Set(rows[b.entryOf(s, b.layout.Rows, p)], columns[b.entryOf(s, b.layout.Columns, p)], c)
		}
	}
}

func positions(headings []Heading) map[entry]int {
	at := make(map[entry]int, len(headings))
	for i, h := range headings {
		at[entry{h.Code, h.Currency}] = i
	}
	return at
}

// readUnits finds the unit of every row or column that has one. Figures of one
// unit at several powers of ten are brought to the smallest of them, at which
// whole numbers stay whole.
func (b *tableBuilder) readUnits() error {
	axis := b.layout.unitAxis()
	b.units = map[entry]unitOfEntry{}
	first := map[entry]*shownSeries{}
	for _, s := range b.sink.shown {
		at := b.entryOf(s, axis, period.Period{})
		other, there := first[at]
		if !there {
			first[at], b.units[at] = s, unitOfEntry{s.unit, s.multiplier}
			continue
		}
		if other.unit != s.unit {
			return mixedUnits(axis, at.code, other, s)
		}
		b.units[at] = unitOfEntry{s.unit, min(b.units[at].multiplier, s.multiplier)}
	}
	for _, s := range b.absent {
		at := b.entryOf(s, axis, period.Period{})
		unit, there := b.units[at]
		switch {
		case first[at] != nil:
		case !there:
			b.units[at] = unitOfEntry{s.unit, s.multiplier}
		case unit.unit != s.unit:
			b.units[at] = unitOfEntry{} // nothing stands that could say which
		default:
			b.units[at] = unitOfEntry{s.unit, min(unit.multiplier, s.multiplier)}
		}
	}
	return nil
}
