package query

import (
	"bellwether/internal/catalog"
	"bellwether/internal/diff"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// percent is the unit that reported growth is answered in.
const percent = "percent"

// lineMeta is what the rows of one series share.
type lineMeta struct {
	unit       string // of the stored figures, as it is shown
	multiplier int    // before any scale
	kind       string
	isMoney    bool
	scales     bool // whether a scale applies
	nature     diff.Nature
}

// metaOf returns what the rows of a series share. Reported growth is a rate in
// percent whatever its level is.
func metaOf(words *catalog.Catalog, s *obs.Series) lineMeta {
	if s.Key.IsClaim() {
		return lineMeta{unit: percent, kind: string(catalog.Rate), nature: diff.Percentage}
	}
	m := lineMeta{unit: s.Key.UnitCode(), multiplier: s.Multiplier, kind: kindOf(words, &s.Key)}
	unit, known := unitOf(words, s.Key.Unit)
	if known {
		m.unit = unit.Code
	}
	m.isMoney = unit.Kind == catalog.Currency
	m.scales = unit.Kind != catalog.Percent && unit.Kind != catalog.Indexed
	if unit.Kind == catalog.Percent {
		m.nature = diff.Percentage
	}
	return m
}

// kindOf returns the kind of the indicator, and flow when the catalogue does
// not have it any more.
func kindOf(words *catalog.Catalog, key *series.Key) string {
	if key.IsClaim() {
		return string(catalog.Rate)
	}
	code, _ := words.Current(catalog.Indicators, key.Indicator)
	if indicator, ok := words.Indicator(code); ok {
		return string(indicator.Kind)
	}
	return string(catalog.Flow)
}

// unitOf returns the unit of a code or a former one.
func unitOf(words *catalog.Catalog, code string) (catalog.Unit, bool) {
	code, _ = words.Current(catalog.Units, code)
	return words.Unit(code)
}

// at returns the multiplier that rows are shown at.
func (m *lineMeta) at(scale Scale) int {
	if scale.Set && m.scales {
		return scale.Power
	}
	return m.multiplier
}

// seriesMeta returns what stands before the rows of one series.
func seriesMeta(words *catalog.Catalog, s *obs.Series, lang string) *SeriesMeta {
	m := metaOf(words, s)
	return &SeriesMeta{Series: s, Title: words.Title(s.Key, lang), Unit: m.unit, Multiplier: m.multiplier, Kind: m.kind, nature: m.nature}
}
