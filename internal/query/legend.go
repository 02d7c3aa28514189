package query

import (
	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// Legend tells what the codes of an answer mean, as the catalogue of its state
// has them and in one language.
type Legend struct {
	words *catalog.Catalog
	lang  string
}

// NewLegend returns the legend of a catalogue in a language.
func NewLegend(words *catalog.Catalog, lang string) *Legend { return &Legend{words, lang} }

// Series describes a series.
func (l *Legend) Series(s *obs.Series) *SeriesMeta { return seriesMeta(l.words, s, l.lang) }

// SeriesOf describes the series of a code, whose multiplier is not known; it
// returns nil where the code is none.
func (l *Legend) SeriesOf(code string) *SeriesMeta {
	key, err := series.Parse(code)
	if err != nil {
		return nil
	}
	return l.Series(&obs.Series{Key: key, Code: code})
}

// Definition returns the name of an indicator, what it is defined as and by
// whom; all are empty where the catalogue does not have it any more.
func (l *Legend) Definition(indicator string) (name, definition, source string) {
	code, _ := l.words.Current(catalog.Indicators, indicator)
	found, _ := l.words.Indicator(code)
	source = found.Source
	if found.SourceURL != "" {
		source += " " + found.SourceURL
	}
	return found.Name.In(l.lang), found.Definition.In(l.lang), source
}
