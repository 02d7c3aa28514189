package api

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/query"
)

// example is the figure that the commands of the front page ask for, and the
// currency that it can be converted into; empty where there is none.
type example struct{ code, period, currency string }

// example picks a figure that is here: the product of the area with the most
// figures before that of others, then anything in a currency, and of those one
// that can be converted.
func (a *API) example(ctx context.Context, m query.Moment, rows map[string]latestRow, shown []query.SeriesInfo) (example, error) {
	figures := map[string]int{}
	for _, s := range shown {
		figures[s.Area]++
	}
	candidates := slices.DeleteFunc(slices.Clone(shown), func(s query.SeriesInfo) bool { return rows[s.Code].value == "" })
	rank := func(s query.SeriesInfo) int {
		if s.Indicator == "gdp" {
			return figures[s.Area] + len(shown)
		}
		return figures[s.Area]
	}
	slices.SortStableFunc(candidates, func(a, b query.SeriesInfo) int { return rank(b) - rank(a) })
	if len(candidates) == 0 {
		return example{}, nil
	}
	for _, s := range candidates[:min(len(candidates), mostExamples)] {
		found := example{code: s.Code, period: rows[s.Code].period, currency: "USD"}
		if s.Unit == found.currency {
			found.currency = "EUR"
		}
		if ok, err := a.converts(ctx, m, found); ok || err != nil {
			return found, err
		}
	}
	return example{code: candidates[0].Code, period: rows[candidates[0].Code].period}, nil
}

// mostExamples is how many figures are tried.
const mostExamples = 5

// converts reports whether the newest figure of the example has a value in its
// currency.
func (a *API) converts(ctx context.Context, m query.Moment, e example) (bool, error) {
	found := &latest{lang: "en", zone: time.UTC, rows: map[string]latestRow{}}
	ask := query.Question{Range: query.Range{Latest: 1}, View: query.View{Currencies: []string{e.currency}}}
	err := a.query.Series(ctx, m, e.code, ask, found)
	if err != nil {
		return false, err
	}
	row := found.rows[e.code]
	return row.value != "" && row.unit == e.currency, nil
}
