package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/series"
)

// All lifts the default of a dimension.
const All = "all"

// Holds reports whether the selection names the series. Relatives and periods
// are not looked at.
func (sel *Selection) Holds(code string, key *series.Key) bool {
	if len(sel.Codes) > 0 {
		return slices.Contains(sel.Codes, code)
	}
	return among(sel.Indicators, key.Indicator) && among(sel.Areas, key.Area) && among(sel.Units, key.Unit) &&
		among(sel.Measures, string(key.Measure)) && among(sel.Scenarios, key.Scenario) &&
		among(sel.Datasets, key.Dataset) && (!sel.Whole || len(key.Breakdowns) == 0)
}

func among(list []string, text string) bool { return len(list) == 0 || slices.Contains(list, text) }

// levels reports whether the selection may hold levels, which are shown with
// the growth that is claimed for them.
func (sel *Selection) levels() bool {
	if len(sel.Codes) == 0 {
		return among(sel.Measures, string(series.Level))
	}
	return slices.ContainsFunc(sel.Codes, func(code string) bool {
		key, err := series.Parse(code)
		return err == nil && !key.IsClaim()
	})
}

// selection turns a filter into what the store selects by. A code that is
// unknown at the moment is refused with the nearest ones (unknown_code, kind
// NotFound), as are a measure or scenario that there is none of
// (invalid_parameter) and series beside another dimension (parameter_conflict).
func (s *Service) selection(ctx context.Context, m Moment, words *catalog.Catalog, f Filter) (Selection, error) {
	if len(f.Series) > 0 {
		return s.selectCodes(ctx, m, words, f)
	}
	var sel Selection
	var err error
	for _, d := range []struct {
		parameter string
		section   catalog.Section
		asked     []string
		into      *[]string
		otherwise string // where nothing is asked; empty: everything
	}{
		{"indicator", catalog.Indicators, f.Indicators, &sel.Indicators, ""},
		{"area", catalog.Areas, f.Areas, &sel.Areas, ""},
		{"unit", catalog.Units, f.Units, &sel.Units, ""},
		{"dataset", catalog.Datasets, f.Datasets, &sel.Datasets, series.Main},
	} {
		if *d.into, err = codes(words, d.section, d.parameter, d.asked, d.otherwise); err != nil {
			return sel, err
		}
	}
	sel.Measures, err = choice("measure", f.Measures, string(series.Level), []string{
		string(series.Level), string(series.YoY), string(series.PoP), string(series.SAAR)})
	if err != nil {
		return sel, err
	}
	sel.Scenarios, err = choice("scenario", f.Scenarios, series.Actual, []string{series.Actual, series.Target, series.Forecast})
	// Breakdowns cannot be asked for one by one yet: all three lifted lift
	// them too, so that everything is everything.
	sel.Whole = len(sel.Measures) > 0 || len(sel.Scenarios) > 0 || len(sel.Datasets) > 0
	return sel, err
}

// selectCodes selects series by their codes, each of which must be there.
func (s *Service) selectCodes(ctx context.Context, m Moment, words *catalog.Catalog, f Filter) (Selection, error) {
	for _, d := range []struct {
		name  string
		asked []string
	}{
		{"indicator", f.Indicators}, {"area", f.Areas}, {"unit", f.Units},
		{"measure", f.Measures}, {"scenario", f.Scenarios}, {"dataset", f.Datasets},
	} {
		if len(d.asked) > 0 {
			return Selection{}, conflict("series", strings.Join(f.Series, ","), d.name, strings.Join(d.asked, ","))
		}
	}
	var sel Selection
	for _, code := range f.Series {
		canonical, _, err := s.Resolve(ctx, m, code)
		if err != nil {
			return sel, err
		}
		if !slices.Contains(sel.Codes, canonical) {
			sel.Codes = append(sel.Codes, canonical)
		}
	}
	there, err := s.store.Coverage(ctx, Selection{Codes: sel.Codes}, m.Point)
	if err != nil {
		return sel, err
	}
	for i, code := range sel.Codes {
		if !covers(there, code) {
			return sel, s.unknownSeries(ctx, m, words, f.Series[min(i, len(f.Series)-1)])
		}
	}
	return sel, nil
}

// meant returns the code of the entry that a text means: one that has or had it
// as its code, else the one that goes by it. Faults are those of Match.
func meant(words *catalog.Catalog, section catalog.Section, text string) (string, error) {
	if code, ok := words.Current(section, text); ok {
		return code, nil
	}
	return words.Match(section, text)
}

// codes returns the catalogue's codes for those asked, folded, with those that
// the entries had before, and nil for everything.
func codes(words *catalog.Catalog, section catalog.Section, parameter string, asked []string, otherwise string) ([]string, error) {
	if len(asked) == 0 && otherwise != "" {
		return []string{otherwise}, nil
	}
	var found []string
	for _, text := range asked {
		if strings.EqualFold(text, All) {
			return nil, nil
		}
		code, err := meant(words, section, text)
		if err != nil {
			return nil, at(err, parameter, text)
		}
		found = append(append(found, series.Fold(code)), formers(words, section, code)...)
	}
	return found, nil
}

// choice returns the words asked, folded, and nil for everything.
func choice(parameter string, asked []string, otherwise string, known []string) ([]string, error) {
	if len(asked) == 0 {
		return []string{otherwise}, nil
	}
	var found []string
	for _, text := range asked {
		word := series.Fold(text)
		switch {
		case word == All:
			return nil, nil
		case !slices.Contains(known, word):
			return nil, invalid(parameter, text, strings.Join(known, ", ")+" or all")
		}
		found = append(found, word)
	}
	return found, nil
}
