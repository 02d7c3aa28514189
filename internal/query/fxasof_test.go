package query_test

import (
	"context"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// corrected is a yearly figure of one currency, whose average came a month
// after it and from a better feed a year later.
func corrected(t testing.TB) *shelf {
	s := newShelf(t)
	year := period.MustParse("2013")
	s.put("gdp.cn.cny", obs.Observation{Period: year, Value: figure.MustParse("600.0", 9), Published: beijing("2014-01-20")})
	s.put("gdp.cn.cny", obs.Observation{Period: year, Value: figure.MustParse("606.0", 9), Published: beijing("2016-01-20")})
	for _, r := range []fx.Rate{
		{Feed: "frb-h10", Value: figure.MustParse("6.00", 0), PublishedAt: beijing("2014-02-20")},
		{Feed: "ecb", Value: figure.MustParse("6.06", 0), PublishedAt: beijing("2015-02-20")},
	} {
		r.Base, r.Quote, r.Kind, r.Period = "USD", "CNY", fx.Mean, year
		s.rates = append(s.rates, r)
	}
	return s
}

// TestRatesOfAnotherMoment takes figures of one moment by rates of another.
func TestRatesOfAnotherMoment(t *testing.T) {
	a := ask(t, corrected(t))
	for _, c := range []struct {
		name          string
		when          query.When
		rates         string
		value, fxBy   string
		original, why string
	}{
		{name: "of one moment", value: "100.00", fxBy: "ecb", original: "606.0"},
		{name: "earlier than the figure", rates: "2014-12-31", value: "101.00", fxBy: "frb-h10", original: "606.0"},
		{name: "before any rate", rates: "2014-02-01", why: "rate_missing", original: "606.0"},
		{name: "a figure without a rate yet", when: query.When{AsOf: "2014-01-31"}, why: "rate_missing", original: "600.0"},
		{name: "later than the figure", when: query.When{AsOf: "2014-01-31"}, rates: "2015-12-31T00:00:00Z", value: "99.01", fxBy: "ecb", original: "600.0"},
		{name: "behind what the state knew", when: query.When{Recorded: "2014-12-31"}, rates: "2025-12-31", why: "rate_missing", original: "600.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := query.Question{View: query.View{Currencies: []string{"USD"}, FXAsOf: c.rates}}
			m := a.at(c.when)
			cells := map[string]string{"value": c.value, "fx_source": c.fxBy, "original_value": c.original, "reason": c.why}
			want(t, only(t, a.series(m, "gdp.cn.cny", q)), cells)
			want(t, only(t, a.observations(m, q)), cells)
			want(t, only(t, a.series(a.at(query.When{State: m.Token}), "gdp.cn.cny", q)), cells)
			x, err := a.Explain(context.Background(), m, "gdp.cn.cny", period.MustParse("2013"), q.View)
			if err != nil || len(x.Converted) != 1 || string(x.Converted[0].Value) != c.value {
				t.Errorf("explained as %+v, %v; want %s", x, err, c.value)
			}
		})
	}
}

// TestRatesOfAnotherMomentOfOneAmount converts without any figure.
func TestRatesOfAnotherMomentOfOneAmount(t *testing.T) {
	a := ask(t, corrected(t))
	amount := query.ConvertAsk{Amount: "606", From: "CNY", To: "USD", Period: period.MustParse("2013"), FXAsOf: "2014-12-31"}
	c, err := a.Convert(context.Background(), a.now(), amount)
	if err != nil || c.Value != "101.00" || c.FXSource != "frb-h10" {
		t.Errorf("Convert = %+v, %v; want 101.00 by frb-h10", c, err)
	}
}

func TestRatesOfAMomentThatIsRefused(t *testing.T) {
	a := ask(t, corrected(t))
	for _, c := range []struct {
		name      string
		view      query.View
		code      fault.Code
		parameter string
	}{
		{"to come", query.View{Currencies: []string{"USD"}, FXAsOf: "2026-06-30"}, fault.AsOfInFuture, "fx_as_of"},
		{"no date", query.View{Currencies: []string{"USD"}, FXAsOf: "soon"}, fault.InstantUnrecognised, "fx_as_of"},
		{"without a currency", query.View{FXAsOf: "2014-12-31"}, fault.ParameterConflict, "fx_as_of"},
		{"beside a declared rate", query.View{Currencies: []string{"USD"}, FX: "fixed:6", FXAsOf: "2014-12-31"}, fault.ParameterConflict, "fx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := a.Series(context.Background(), a.now(), "gdp.cn.cny", query.Question{View: c.view}, nothing{})
			if items := fault.From(err).Items; fault.CodeOf(err) != c.code || len(items) == 0 || items[0].Parameter != c.parameter {
				t.Errorf("Series = %v with %+v, want %s of %s", err, items, c.code, c.parameter)
			}
		})
	}
}
