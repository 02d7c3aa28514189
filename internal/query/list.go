package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// SeriesInfo is a series as lists have it.
type SeriesInfo struct {
	Code       string            `json:"code"`
	Title      string            `json:"title"`
	Indicator  string            `json:"indicator"`
	Area       string            `json:"area"`
	Unit       string            `json:"unit"` // as answered: percent for reported growth
	Multiplier int               `json:"multiplier"`
	Kind       string            `json:"kind"`
	Measure    string            `json:"measure"`
	PriceBasis string            `json:"price_basis"`
	Adjustment string            `json:"adjustment"`
	Scenario   string            `json:"scenario"`
	Dataset    string            `json:"dataset"`
	Breakdowns map[string]string `json:"breakdowns,omitempty"`
	Coverage   []Span            `json:"coverage"`
	Latest     *Observation      `json:"latest,omitempty"`
}

// Span is what stands of one frequency and accumulation, from First to Last.
type Span struct {
	Frequency    Text   `json:"frequency"` // A, S, Q, M or D; null for other periods
	Accumulation string `json:"accumulation"`
	First        string `json:"first"`
	Last         string `json:"last"`
	Count        int    `json:"count"`
}

func newSeriesInfo(words *catalog.Catalog, c *obs.Coverage, lang string) SeriesInfo {
	key := c.Series.Key
	meta := seriesMeta(words, c.Series, lang)
	info := SeriesInfo{
		Code: c.Series.Code, Title: meta.Title, Indicator: key.Indicator, Area: key.Area, Unit: meta.Unit,
		Multiplier: meta.Multiplier, Kind: meta.Kind, Measure: string(key.Measure), PriceBasis: key.Basis,
		Adjustment: key.Adjustment, Scenario: key.Scenario, Dataset: key.Dataset, Coverage: []Span{},
	}
	for _, b := range key.Breakdowns {
		if info.Breakdowns == nil {
			info.Breakdowns = map[string]string{}
		}
		info.Breakdowns[b.Dimension] = b.Item
	}
	for _, s := range c.Spans {
		accumulation := Single
		if s.Accumulated {
			accumulation = YTD
		}
		info.Coverage = append(info.Coverage, Span{
			Frequency: Text(s.Frequency), Accumulation: accumulation, First: s.First.String(), Last: s.Last.String(), Count: s.Count,
		})
	}
	return info
}

// List returns the series that the filter holds and on which something stands,
// ordered by code. Its text is words, each of which must stand in the code, in
// a title of either language, or in what indicator and area are called.
func (s *Service) List(ctx context.Context, m Moment, f Filter, lang string) ([]SeriesInfo, error) {
	words, held, err := s.held(ctx, m, f)
	if err != nil {
		return nil, err
	}
	terms := newTerms(words, f.Text)
	list := []SeriesInfo{}
	for _, c := range held {
		if terms.in(words, c.Series) {
			list = append(list, newSeriesInfo(words, c, lang))
		}
	}
	return list, nil
}

// held returns the series that the filter holds, whatever its text, and on
// which something stands, ordered by code, with the catalogue that names them.
func (s *Service) held(ctx context.Context, m Moment, f Filter) (*catalog.Catalog, []*obs.Coverage, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, nil, err
	}
	sel, err := s.selection(ctx, m, words, f)
	if err != nil {
		return nil, nil, err
	}
	all, err := s.coverage(ctx, m.Point)
	if err != nil {
		return nil, nil, err
	}
	var held []*obs.Coverage
	for i := range all {
		if c := &all[i]; sel.Holds(c.Series.Code, &c.Series.Key) {
			held = append(held, c)
		}
	}
	return words, held, nil
}

// One returns one series with its latest observation: of those that end last
// the longest. The code is in any form that Resolve takes; the fault is
// unknown_code (kind NotFound).
func (s *Service) One(ctx context.Context, m Moment, code, lang string) (*SeriesInfo, error) {
	canonical, _, err := s.Resolve(ctx, m, code)
	if err != nil {
		return nil, err
	}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	there, err := s.store.Coverage(ctx, Selection{Codes: []string{canonical}}, m.Point)
	if err != nil {
		return nil, err
	}
	if len(there) == 0 {
		return nil, s.unknownSeries(ctx, m, words, code)
	}
	info := newSeriesInfo(words, &there[0], lang)
	_, zone, err := s.Office(ctx)
	if err != nil {
		return nil, err
	}
	found := &collector{zone: zone, lang: lang}
	if err := s.Series(ctx, m, canonical, Question{Range: Range{Latest: 1}}, found); err != nil {
		return nil, err
	}
	if len(found.rows) > 0 {
		info.Latest = &found.rows[0]
	}
	return &info, nil
}

// terms are the words of a search, each with the entries of the catalogue that
// answer to it.
type terms []term

type term struct {
	text              string
	indicators, areas []string
}

func newTerms(words *catalog.Catalog, text string) terms {
	var list terms
	for _, word := range strings.Fields(catalog.Fold(text)) {
		list = append(list, newTerm(words, word))
	}
	return list
}

func newTerm(words *catalog.Catalog, text string) term {
	return term{text, words.Search(catalog.Indicators, text), words.Search(catalog.Areas, text)}
}

// names reports whether the indicator or the area of a series is among those of
// the term.
func (t *term) names(s *obs.Series) bool {
	return slices.Contains(t.indicators, s.Key.Indicator) || slices.Contains(t.areas, s.Key.Area)
}

// in reports whether every word is found in the series.
func (t terms) in(words *catalog.Catalog, s *obs.Series) bool {
	if len(t) == 0 {
		return true
	}
	text := catalog.Fold(s.Code + " " + s.Key.UnitCode() + " " + words.Title(s.Key, "en") + " " + words.Title(s.Key, "zh"))
	for _, one := range t {
		if !strings.Contains(text, one.text) && !strings.Contains(text, series.Fold(one.text)) && !one.names(s) {
			return false
		}
	}
	return true
}
