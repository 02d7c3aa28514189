package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// Resolve returns the canonical code of the series that a text names, in any
// case, with underscores for hyphens and with former codes of its indicator,
// area, unit, dataset or items. Renamed says that a former code stood in it,
// so that the reader should be led to the present one; figures that stand under
// a former code alone are still found there. Otherwise whether the series
// exists is not looked at. A text that cannot be a code is unknown_code
// (kind NotFound) with the nearest visible codes.
func (s *Service) Resolve(ctx context.Context, m Moment, code string) (canonical string, renamed bool, err error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return "", false, err
	}
	key, err := series.Parse(code)
	if err != nil {
		return "", false, s.unknownSeries(ctx, m, words, code)
	}
	present := current(words, key)
	if present.Equal(key) {
		return key.Code(), false, nil
	}
	there, err := s.store.Coverage(ctx, Selection{Codes: []string{present.Code(), key.Code()}}, m.Point)
	if err != nil {
		return "", false, err
	}
	if covers(there, key.Code()) && !covers(there, present.Code()) {
		return key.Code(), false, nil
	}
	return present.Code(), true, nil
}

// current returns the key with every former code of the catalogue replaced by
// the present one.
func current(words *catalog.Catalog, key series.Key) series.Key {
	replace := func(s catalog.Section, code *string) {
		if now, ok := words.Current(s, *code); ok {
			*code = series.Fold(now)
		}
	}
	replace(catalog.Indicators, &key.Indicator)
	replace(catalog.Areas, &key.Area)
	replace(catalog.Units, &key.Unit)
	replace(catalog.Datasets, &key.Dataset)
	for i, b := range key.Breakdowns {
		item := b.Dimension + "-" + b.Item
		replace(catalog.Items, &item)
		if dimension, code, ok := strings.Cut(item, "-"); ok {
			if i == 0 {
				key.Breakdowns = slices.Clone(key.Breakdowns)
			}
			key.Breakdowns[i] = series.Breakdown{Dimension: dimension, Item: code}
		}
	}
	return key
}

// formers returns the codes that an entry had before, folded.
func formers(words *catalog.Catalog, s catalog.Section, code string) []string {
	var codes []string
	for _, former := range words.Former(s, code) {
		codes = append(codes, series.Fold(former))
	}
	return codes
}

// coverage returns every series on which something stands at the point. It is
// shared and not to be changed.
func (s *Service) coverage(ctx context.Context, at vintage.Point) ([]obs.Coverage, error) {
	if list, ok := s.lists.get(at); ok {
		return list, nil
	}
	list, err := s.store.Coverage(ctx, Selection{}, at)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b obs.Coverage) int { return cmp.Compare(a.Series.Code, b.Series.Code) })
	s.lists.put(at, list)
	return list, nil
}

// nearestCount is how many codes a refusal suggests.
const nearestCount = 3

// unknownSeries is the fault of a code that names no series for this reader.
// It suggests the nearest codes among those that are visible.
func (s *Service) unknownSeries(ctx context.Context, m Moment, words *catalog.Catalog, code string) error {
	list, err := s.coverage(ctx, m.Point)
	if err != nil {
		return err
	}
	refusal := fault.New(fault.NotFound, fault.UnknownSeries, "there is no series %q", fault.Clip(code))
	nearest := nearestSeries(words, series.Fold(fault.Clip(code)), list)
	if len(nearest) == 0 {
		return at(refusal.Expect("nothing: no series has a figure yet"), "series", code)
	}
	return at(refusal.Expect("%s", strings.Join(nearest, ", ")), "series", code)
}

// nearestSeries returns the codes that come nearest to a folded text, best
// first. The tokens for indicator, area and unit are compared by meaning: a
// token may be a name, or nearly a code. What follows them, and ties, are
// compared by edits.
func nearestSeries(words *catalog.Catalog, code string, list []obs.Coverage) []string {
	asked := strings.SplitN(code, ".", 4)
	for len(asked) < 3 {
		asked = append(asked, "")
	}
	tokens := [3]closeness{
		newCloseness(words, catalog.Indicators, asked[0]),
		newCloseness(words, catalog.Areas, asked[1]),
		newCloseness(words, catalog.Units, asked[2]),
	}
	type candidate struct {
		code        string
		away, edits int
	}
	candidates := make([]candidate, 0, len(list))
	for _, c := range list {
		key := c.Series.Key
		away := tokens[0].of(key.Indicator) + tokens[1].of(key.Area) + tokens[2].of(key.Unit)
		candidates = append(candidates, candidate{code: c.Series.Code, away: away})
	}
	slices.SortFunc(candidates, func(a, b candidate) int { return cmp.Compare(a.away, b.away) })
	candidates = candidates[:min(len(candidates), nearestCount*20)]
	for i := range candidates {
		candidates[i].edits = levenshtein.ComputeDistance(code, candidates[i].code)
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.away, b.away), cmp.Compare(a.edits, b.edits), cmp.Compare(a.code, b.code))
	})
	var nearest []string
	for _, c := range candidates[:min(len(candidates), nearestCount)] {
		nearest = append(nearest, c.code)
	}
	return nearest
}

// closeness is how far codes of one section are from a token.
type closeness struct {
	token string
	ranks map[string]int // by folded code; the nearest has 1
}

// rankedCodes is how many codes of a section are ranked by their nearness to a
// token; all others count as farther away than the last of them.
const rankedCodes = 20

func newCloseness(words *catalog.Catalog, s catalog.Section, token string) closeness {
	c := closeness{token: token, ranks: map[string]int{}}
	for i, code := range words.Nearest(s, strings.ReplaceAll(token, "-", " "), rankedCodes) {
		c.ranks[series.Fold(code)] = i + 1
	}
	for i, code := range words.Nearest(s, token, rankedCodes) {
		folded := series.Fold(code)
		if rank, ok := c.ranks[folded]; !ok || i+1 < rank {
			c.ranks[folded] = i + 1
		}
	}
	return c
}

func (c closeness) of(code string) int {
	if code == c.token {
		return 0
	}
	if rank, ok := c.ranks[code]; ok {
		return rank
	}
	return rankedCodes + 1
}

// covers reports whether a series is among those covered.
func covers(list []obs.Coverage, code string) bool {
	return slices.ContainsFunc(list, func(c obs.Coverage) bool { return c.Series.Code == code })
}
