package ingest

import (
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/sheet"
)

// labelled is what a person says that labels of the file mean, by folded
// label: codes of the catalogue, units as they are written elsewhere, or
// ignore.
type labelled map[catalog.Section]map[string]string

func (s Settings) labelled() labelled {
	all := labelled{}
	for section, entries := range map[catalog.Section]map[string]string{
		catalog.Indicators: s.Indicators, catalog.Areas: s.Areas, catalog.Units: s.Units,
	} {
		folded := make(map[string]string, len(entries))
		for label, text := range entries {
			folded[catalog.Fold(label)] = text
		}
		all[section] = folded
	}
	return all
}

// said returns what a label means by a setting, else the label itself.
func (l labelled) said(s catalog.Section, label string) (text string, ok bool) {
	entries := l[s]
	if len(entries) == 0 {
		return label, false
	}
	text, ok = entries[catalog.Fold(label)]
	if !ok {
		return label, false
	}
	return text, true
}

// parseUnit reads the text of a unit's cell.
func (r *reader) parseUnit(text string) (figure.Unit, error) {
	said, _ := r.labelled.said(catalog.Units, text)
	name, power, ok := strings.Cut(said, " 10^")
	if !ok || power == "" {
		return r.units.Parse(said)
	}
	multiplier, err := wholeNumber([]byte(power), fault.MultiplierInvalid, figure.MaxExponent)
	if err != nil {
		return figure.Unit{}, err
	}
	unit, err := r.units.Parse(name)
	if err != nil {
		return unit, err
	}
	return unit.At(*multiplier)
}

// leaves reports whether a setting leaves out the rows of a label, and counts
// the row.
func (r *reader) leaves(row *sheet.Row, p *plan, id *identity) bool {
	if !id.left {
		return false
	}
	if r.warnings != nil {
		r.left.add(row)
	}
	return true
}

// noteLeft says how many rows were left out because of settings.
func (r *reader) noteLeft(report *Report) {
	if r.left.rows > 0 {
		report.Notes = append(report.Notes, "rows left out because settings say so: "+strconv.Itoa(r.left.rows))
	}
}
