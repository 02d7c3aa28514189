package query_test

import (
	"testing"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// TestWarningsOfRates asks for figures whose rates a reader should know of.
func TestWarningsOfRates(t *testing.T) {
	s := newShelf(t)
	for _, year := range []string{"1995", "2013", "2014"} {
		s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse(year), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
		s.put("gdp.de.dem", obs.Observation{Period: period.MustParse(year), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
	}
	for feed, year := range map[string]string{"ecb": "2013", "frb-h10": "2014"} {
		s.rates = append(s.rates, fx.Rate{Feed: feed, Base: "USD", Quote: "CNY", Kind: fx.Mean, Period: period.MustParse(year),
			Value: figure.MustParse("6", 0), PublishedAt: beijing("2015-01-10")})
	}
	a := ask(t, s)
	for _, c := range []struct {
		name, series, currency, source, lang string
		codes                                []string
		message                              string
	}{
		{name: "two feeds", series: "gdp.cn.cny", currency: "USD", codes: []string{"several_feeds"},
			message: "the rates are of several feeds, ecb, frb-h10, which need not agree; fx_source takes those of one"},
		{name: "one feed", series: "gdp.cn.cny", currency: "USD", source: "ecb"},
		{name: "before the euro", series: "gdp.de.dem", currency: "EUR", codes: []string{fx.PreEuroFixedRate},
			message: "1995 (DEM/EUR) is from before the euro and restated at the rate that was fixed later: it compares over time within one country and not between countries"},
		{name: "in Chinese", series: "gdp.de.dem", currency: "EUR", lang: "zh", codes: []string{fx.PreEuroFixedRate},
			message: "1995（DEM/EUR）早于欧元启用，按后来固定的汇率折算：可在一国之内作时间比较，不宜作国际比较"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := query.Question{View: query.View{Currencies: []string{c.currency}, FXSource: c.source, Lang: c.lang}}
			got := a.series(a.now(), c.series, q).Warnings
			if len(got) != len(c.codes) || len(got) > 0 && (got[0].Code != c.codes[0] || got[0].Message != c.message) {
				t.Errorf("warnings %+v, want %v: %s", got, c.codes, c.message)
			}
		})
	}
}
