package query

import (
	"cmp"
	"context"
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// TemplateAsk asks what is to be filled in for a period of an area.
type TemplateAsk struct {
	Area       string
	Period     period.Period
	Indicators []string // none: all
	Dataset    string   // empty: main
	Lang       string   // en or zh, for labels
}

// Template is a row for each series of an area that was reported for the same
// months of an earlier year, by code. The growth that was reported beside a
// level stands in the row of the level; further ones have rows of their own.
type Template struct {
	Period period.Period
	Rows   []TemplateRow
}

// TemplateRow is one figure to fill in.
type TemplateRow struct {
	Key        series.Key // with the codes of today
	Label      string     // the indicator's name
	Unit       string     // as it is shown
	Multiplier int        // of the earlier figure
	Comparison string     // of the growth that is reported beside the level; empty without one
	Basis      string     // of that growth; empty where it is unstated
	Previous   *obs.Version
	Growth     *obs.Version // reported beside Previous; nil without one
}

// Template returns what is to be filled in. A series that was reported for the
// same months of any earlier year is among them, with the newest such figure.
// The fault is template_empty of kind NotFound where there is none, and those of
// a filter.
func (s *Service) Template(ctx context.Context, m Moment, ask TemplateAsk) (*Template, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	f := Filter{Areas: []string{ask.Area}, Indicators: ask.Indicators, Measures: []string{All}}
	if ask.Dataset != "" {
		f.Datasets = []string{ask.Dataset}
	}
	sel, err := s.selection(ctx, m, words, f)
	if err != nil {
		return nil, err
	}
	sel.Whole = false
	var found []obs.Version
	err = s.store.Scan(ctx, sel, m.Point, func(v *obs.Version) error {
		if v.Withdrawn || !yearsBefore(v.Period, ask.Period) {
			return nil
		}
		if n := len(found); n > 0 && found[n-1].Series.Code == v.Series.Code {
			found = found[:n-1] // the order is by end, so this one is newer
		}
		kept, of := *v, *v.Series
		kept.Series = &of
		found = append(found, kept)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, fault.TemplateEmpty, "nothing of %s was reported for the same months of a year before %s", fault.Clip(ask.Area), ask.Period).
			Expect("a period of which an earlier year has figures, such as a quarter, or year-to-date months")
	}
	t := templateOf(found, words, ask.Lang)
	t.Period = ask.Period
	return t, nil
}

// yearsBefore reports whether a period is the same months of an earlier year.
func yearsBefore(p, of period.Period) bool {
	from, _, _ := p.Start().YMD()
	to, _, _ := of.Start().YMD()
	if from >= to {
		return false
	}
	earlier, ok := of.Shift(12 * (from - to))
	return ok && earlier == p
}

// templateOf makes a row of each level with a growth that was reported beside
// it, and of every growth that is left.
func templateOf(found []obs.Version, words *catalog.Catalog, lang string) *Template {
	var t Template
	beside := map[string]bool{} // the codes of growths that stand beside a level
	for i := range found {
		key := &found[i].Series.Key
		if key.IsClaim() {
			continue
		}
		row := templateRow(&found[i], words, lang)
		if claim := claimBeside(found, key, beside); claim != nil {
			beside[claim.Series.Code] = true
			row.Comparison, row.Basis, row.Growth = string(claim.Series.Key.Measure), claim.Series.Key.Basis, claim
			if claim.Period != row.Previous.Period {
				row.Growth = nil
			}
			if row.Basis == series.Unstated {
				row.Basis = ""
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for i := range found {
		if found[i].Series.Key.IsClaim() && !beside[found[i].Series.Code] {
			t.Rows = append(t.Rows, templateRow(&found[i], words, lang))
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b TemplateRow) int {
		return cmp.Compare(a.Previous.Series.Code, b.Previous.Series.Code)
	})
	return &t
}

func templateRow(v *obs.Version, words *catalog.Catalog, lang string) TemplateRow {
	row := TemplateRow{Key: v.Series.Key, Unit: v.Series.Key.UnitCode(), Multiplier: v.Value.Multiplier(), Previous: v}
	if now, _, err := words.Resolve(row.Key); err == nil {
		row.Key = now
	}
	if unit, known := unitOf(words, row.Key.Unit); known {
		row.Unit = unit.Code
	}
	if v.Value.Multiplier() == 0 && v.State != obs.Present && !row.Key.IsClaim() {
		row.Multiplier = v.Series.Multiplier
	}
	row.Label = words.Name(catalog.Indicators, row.Key.Indicator, lang)
	return row
}

// claimBeside returns the growth that stands beside a level in a row: of those
// that no other level has, yoy before others, then the newest, then nominal, real
// and unstated.
func claimBeside(found []obs.Version, level *series.Key, taken map[string]bool) *obs.Version {
	var best *obs.Version
	for i := range found {
		c := &found[i]
		key := c.Series.Key
		if !key.IsClaim() || taken[c.Series.Code] || key.Unit != level.Unit || key.Family() != level.Family() {
			continue
		}
		if best == nil || compareClaims(c, best) < 0 {
			best = c
		}
	}
	return best
}

func compareClaims(a, b *obs.Version) int {
	x, y := a.Series.Key, b.Series.Key
	measures := []series.Measure{series.YoY, series.PoP, series.SAAR}
	bases := []string{series.Nominal, series.Real, series.Unstated}
	return cmp.Or(
		cmp.Compare(slices.Index(measures, x.Measure), slices.Index(measures, y.Measure)),
		period.Compare(b.Period, a.Period),
		cmp.Compare(slices.Index(bases, x.Basis), slices.Index(bases, y.Basis)),
	)
}
