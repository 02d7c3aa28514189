package ingest

import (
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// holdLabels holds the labels that stand beside codes against the catalogue:
// the code counts, and a label that means something else is refused. A label
// that the catalogue does not have is warned of, as nothing speaks against it.
func (r *reader) holdLabels(id *identity, row *sheet.Row, p *plan) {
	for _, pair := range []struct {
		label   meaning
		section catalog.Section
		code    string
	}{
		{indicatorLabelColumn, catalog.Indicators, id.key.Indicator},
		{areaLabelColumn, catalog.Areas, id.key.Area},
		{unitLabelColumn, catalog.Units, id.key.Unit},
	} {
		text := string(p.cell(row, pair.label))
		if text == "" || pair.code == "" {
			continue
		}
		found, known := r.meantBy(pair.section, text)
		switch {
		case !known:
			id.unheld = append(id.unheld, renamed{pair.label, text, pair.code})
		case found != pair.code:
			id.problems = append(id.problems, problem{meaning: pair.label, code: fault.LabelCodeDiffers, value: fault.Clip(text),
				expected: "a label of " + pair.code + "; this one means " + found})
		}
	}
}

// meantBy returns the code that a label means.
func (r *reader) meantBy(s catalog.Section, text string) (code string, known bool) {
	if s == catalog.Units {
		unit, err := r.parseUnit(text)
		return series.Fold(unit.Code), err == nil
	}
	said, _ := r.labelled.said(s, text)
	code, err := r.labels.Match(s, said)
	return series.Fold(code), err == nil
}
