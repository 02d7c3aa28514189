package query_test

import (
	"slices"
	"testing"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// TestTablesWarnOfWhatTheyShow converts tables whose older figures need a
// warning: it stands with them, in their cells too, and leaves with them.
func TestTablesWarnOfWhatTheyShow(t *testing.T) {
	s := newShelf(t)
	for _, year := range []string{"1995", "2001", "2013", "2014"} {
		s.put("gdp.de.dem", obs.Observation{Period: period.MustParse(year), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
		s.put("exports.cn.cny", obs.Observation{Period: period.MustParse(year), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
	}
	for feed, year := range map[string]string{"ecb": "2013", "frb-h10": "2014"} {
		s.rates = append(s.rates, fx.Rate{Feed: feed, Base: "EUR", Quote: "CNY", Kind: fx.Mean, Period: period.MustParse(year),
			Value: figure.MustParse("6", 0), PublishedAt: beijing("2015-01-10")})
	}
	a := ask(t, s)
	exports, gdp := []string{"exports.cn.cny"}, []string{"gdp.de.dem"}
	for _, c := range []struct {
		name   string
		series []string
		r      query.Range
		codes  []string
		shown  int
	}{
		{"two feeds", exports, query.Range{Periods: periodsOfText("2013", "2014")}, []string{"several_feeds"}, 2},
		{"the newest is of one", exports, query.Range{Latest: 1}, nil, 1},
		{"the newest two", exports, query.Range{Latest: 2}, []string{"several_feeds"}, 2},
		{"the newest of those asked for", exports, query.Range{Periods: periodsOfText("2013", "2014"), Latest: 1}, nil, 1},
		{"one before the euro", gdp, query.Range{}, []string{"pre_euro_fixed_rate"}, 4},
		{"the newest is not", gdp, query.Range{Latest: 3}, nil, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := query.Question{Filter: query.Filter{Series: c.series}, Range: c.r, View: query.View{Currencies: []string{"EUR"}}}
			got := a.table(q, query.Layout{Columns: query.ByArea})
			var codes []string
			for _, w := range got.Tail.Warnings {
				codes = append(codes, w.Code)
			}
			if len(got.Rows) != c.shown || !slices.Equal(codes, c.codes) {
				t.Errorf("%d rows, warnings %v, want %d, %v in\n%s", len(got.Rows), codes, c.shown, c.codes, drawn(got))
			}
			for _, d := range got.Tail.Conversion.Rows {
				if !slices.ContainsFunc(got.Rows, func(h query.Heading) bool { return h.Period == d.Period }) {
					t.Errorf("the conversion of %s is told, which is not shown", d.Period)
				}
			}
		})
	}
}
