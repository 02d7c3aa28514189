package query

import (
	"context"
	"slices"

	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// readAbsent finds the series that stand behind what was asked for by code and
// has no row in the range: their rows and columns keep series and unit, so that
// a table has the same headings whatever the range. Of several in one place
// none is chosen.
func (b *tableBuilder) readAbsent(ctx context.Context, s *Service, m Moment) error {
	if b.sink.crowded > 0 || !b.lacking(ByIndicator) && !b.lacking(ByArea) && !b.mixed() {
		return nil
	}
	sel, err := s.selection(ctx, m, b.words, b.question.Filter)
	if err != nil {
		return err
	}
	all, err := s.coverage(ctx, m.Point)
	if err != nil {
		return err
	}
	places := map[[2]string][]*obs.Series{}
	var order [][2]string
	for i := range all {
		one := newShown(b.words, all[i].Series, "")
		place := [2]string{one.indicator, one.area}
		if !sel.Holds(all[i].Series.Code, &all[i].Series.Key) || !b.wants(one) {
			continue
		}
		if places[place] == nil {
			order = append(order, place)
		}
		places[place] = append(places[place], all[i].Series)
	}
	for _, place := range order {
		if len(places[place]) == 1 {
			b.addAbsent(places[place][0])
		}
	}
	return nil
}

// mixed reports whether neither rows nor columns are periods.
func (b *tableBuilder) mixed() bool { return b.layout.Third() == ByPeriod }

// lacking reports whether something was asked for on an axis that no figure
// stands for.
func (b *tableBuilder) lacking(axis Axis) bool {
	shown := b.stored(axis)
	return slices.ContainsFunc(b.asked(axis), func(code string) bool { return !slices.Contains(shown, code) })
}

// wants reports whether a series belongs to the table and gave it no row.
func (b *tableBuilder) wants(one *shownSeries) bool {
	if !slices.Contains(b.codes(ByIndicator), one.indicator) || !slices.Contains(b.codes(ByArea), one.area) {
		return false
	}
	return !slices.ContainsFunc(b.sink.shown, func(s *shownSeries) bool { return s.indicator == one.indicator && s.area == one.area })
}

// addAbsent adds a series without rows in every currency that is asked for.
func (b *tableBuilder) addAbsent(s *obs.Series) {
	meta := metaOf(b.words, s)
	t := b.transformed()
	for _, currency := range b.currencies() {
		one := newShown(b.words, s, currency)
		one.unit, one.multiplier = meta.unit, meta.at(b.question.Scale)
		if currency != "" && convertible(&meta) {
			one.unit = currency
		}
		if t != nil {
			one.unit, one.multiplier = t.unit(one.unit, currency), t.at(&meta, b.question.Scale)
		}
		b.absent = append(b.absent, one)
	}
}

// convertible reports whether the figures of a series can be converted at all.
func convertible(m *lineMeta) bool {
	_, err := fx.MethodFor(m.kind)
	return m.isMoney && err == nil
}

// transformed returns what the answer computed, as far as units go; nil for
// nothing.
func (b *tableBuilder) transformed() *transformer {
	parsed, err := ParseTransform(b.sink.head.Transform)
	if err != nil {
		return nil
	}
	t := &transformer{Transform: parsed}
	if key, err := series.Parse(parsed.Series); err == nil {
		t.meta = metaOf(b.words, &obs.Series{Key: key, Code: parsed.Series})
	}
	return t
}
