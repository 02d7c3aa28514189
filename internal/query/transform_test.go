package query_test

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// stated is a shelf with a figure for each line: series, period, value,
// multiplier, and a status where it is not A.
func stated(t testing.TB, lines ...string) *shelf {
	t.Helper()
	s := newShelf(t)
	for i, text := range lines {
		cells := append(strings.Fields(text), "A")
		multiplier, err := strconv.Atoi(cells[3])
		if err != nil {
			t.Fatal(err)
		}
		o := obs.Observation{Period: period.MustParse(cells[1]), Status: cells[4], Published: time.Date(2015, 1, 1, 0, 0, i, 0, time.UTC)}
		if cells[2] == "-" {
			o.State, o.Reason, o.Status = obs.Missing, "not_available", "O"
			o.Value = figure.New(0, 0, multiplier)
		} else {
			o.Value = figure.MustParse(cells[2], multiplier)
		}
		s.put(cells[0], o)
	}
	return s
}

func transform(text string) query.Question { return query.Question{Transform: text} }

// country is a small economy: product in yuan and dollars, of a province and of
// the whole, quarters and years, people, prices.
func country(t testing.TB) *shelf {
	return stated(t,
		"gdp.cn.cny 2011 1000.0 9", "gdp.cn.cny 2012 1100.0 9 P", "gdp.cn.cny 2013 1210.0 9",
		"gdp.cn.cny 2012-Q4 300.0 9", "gdp.cn.cny 2013-Q1 240.0 9", "gdp.cn.cny 2013-Q2 280.0 9", "gdp.cn.cny 2013-Q3 310.0 9",
		"gdp.cn.cny 2013-Q4 370.0 9", "gdp.cn.cny 2013-01-01/P9M 830.0 9",
		"gdp.cn-cq.cny 2011 99.0 9", "gdp.cn-cq.cny 2012 110.0 9", "gdp.cn-cq.cny 2013 - 9", "gdp.cn-cq.cny 2013-Q4 37.0 9",
		"gdp.cn.cny.sa 2013-Q1 100.0 9", "gdp.cn.cny.sa 2013-Q2 102.0 9", "gdp.cn.cny.sa 2013-Q3 -1.0 9",
		"gdp.cn.cny.chained-2010 2011 990.0 9", "gdp.cn.cny.chained-2010 2012 1000.0 9",
		"gdp.cn.cny.real-2010 2012 1000.0 9",
		"gdp.cn.usd 2012 174.0 9", "gdp.cn.usd 2013 195.0 9",
		"fiscal-revenue.cn.cny 2011 0 9", "fiscal-revenue.cn.cny 2012 -4 9", "fiscal-revenue.cn.cny 2013 5 9",
		"fiscal-revenue.cn-cq.cny 2012 4.0 9", "fiscal-revenue.cn-cq.cny 2013 -1.0 9",
		"unemployment.cn.percent 2012 4.0 0", "unemployment.cn.percent 2013 5.0 0",
		"prices.cn.index-2010 2011 105.0 0", "prices.cn.index-2010 2012 110.00 0 E", "prices.cn.index-2010 2013 0.4 0",
		"population.cn.persons 2011 1.347 9", "population.cn.persons 2012 1.354 9", "population.cn.persons 2012-12-31 1.36 9",
		"population.cn.persons 2013-12 1.361 9",
		"exports.cn.cny 2013 22 9", "exports.cn.cny 2014 -1 9", "trade.cn.cny 2013 38.5 9",
	)
}

func TestTransforms(t *testing.T) {
	a := ask(t, country(t))
	for _, c := range []struct {
		series, transform, period string
		cells                     string // value, unit, multiplier, decimals, status, flags, reason, base
	}{
		{"gdp.cn.cny", "yoy", "2013", "10.00,percent,0,2,P,,,2012"},
		{"gdp.cn.cny", "yoy", "2011", ",percent,0,,O,,base_missing,2010"},
		{"gdp.cn.cny", "yoy", "2013-01-01/P9M", ",percent,0,,O,,base_missing,2012-01-01/P9M"},
		{"gdp.cn-cq.cny", "yoy", "2013", ",percent,0,,O,,not_available,2012"},
		{"fiscal-revenue.cn.cny", "yoy", "2012", ",percent,0,,O,,base_zero,2011"},
		{"fiscal-revenue.cn.cny", "yoy", "2013", ",percent,0,,O,,base_negative,2012"},
		{"fiscal-revenue.cn-cq.cny", "yoy", "2013", "-125.00,percent,0,2,A,sign_change,,2012"},
		{"unemployment.cn.percent", "yoy", "2013", ",percent,0,,O,,rate_needs_points,2012"},
		{"unemployment.cn.percent", "index:2012", "2013", ",index-2012,0,,O,,rate_needs_points,2012"},
		{"gdp.cn.cny", "POP", "2013-Q1", "-20.00,percent,0,2,A,,,2012-Q4"},
		{"gdp.cn.cny", "pop", "2013", "10.00,percent,0,2,P,,,2012"},
		{"gdp.cn.cny", "pop", "2013-01-01/P9M", ",percent,0,,O,,base_missing,2012-04-01/P9M"},
		{"gdp.cn.cny.sa", "saar", "2013-Q2", "8.24,percent,0,2,A,,,2013-Q1"},
		{"gdp.cn.cny.sa", "saar", "2013-Q3", ",percent,0,,O,,nonpositive_value,2013-Q2"},
		{"gdp.cn.cny", "saar", "2013-Q2", ",percent,0,,O,,needs_seasonal_adjustment,2013-Q1"},
		{"gdp.cn.cny", "cagr:2011", "2013", "10.00,percent,0,2,A,,,2011"},
		{"gdp.cn.cny", "cagr:2011", "2013-Q1", ",percent,0,,O,,period_mismatch,2011"},
		{"gdp.cn.cny", "cagr:2013", "2011", ",percent,0,,O,,period_mismatch,2013"},
		{"gdp.cn.cny", "cagr:2010", "2013", ",percent,0,,O,,base_missing,2010"},
		{"gdp.cn.cny", "cagr:2010-Q3", "2013", ",percent,0,,O,,period_mismatch,2010-Q3"},
		{"gdp.cn.cny", "cagr:2010", "2013-Q1", ",percent,0,,O,,period_mismatch,2010"},
		{"gdp.cn.cny", "cagr:2016", "2013", ",percent,0,,O,,period_mismatch,2016"},
		{"gdp.cn.cny", "index:2013-Q1", "2013", ",index,0,,O,,period_mismatch,2013-Q1"},
		{"gdp.cn.cny", "index:2011", "2013", "121.00,index-2011,0,2,A,,,2011"},
		{"gdp.cn.cny", "index:2013", "2013-Q4", "123.33,index-2013,0,2,A,,,2013"},
		{"gdp.cn.cny", "index:2013-Q1", "2013-Q3", "129.17,index,0,2,A,,,2013-Q1"},
		{"gdp.cn.cny", "index:2012", "2013-Q4", ",index-2012,0,,O,,base_period_incomplete,2012"},
		{"gdp.cn.cny", "index:2012", "2011", "90.91,index-2012,0,2,P,,,2012"},
		{"gdp.cn-cq.cny", "share:gdp.cn.cny", "2012", "10.00,percent,0,2,P,,,gdp.cn.cny 2012"},
		{"gdp.cn-cq.cny", "share:gdp.cn.cny", "2013-Q4", "10.00,percent,0,2,A,,,gdp.cn.cny 2013-Q4"},
		{"gdp.cn.cny", "share:gdp.cn.cny", "2013", "100.00,percent,0,2,A,,,gdp.cn.cny 2013"},
		{"gdp.cn.cny", "share:GDP.cn-cq.CNY", "2013", ",percent,0,,O,,base_missing,gdp.cn-cq.cny 2013"},
		{"gdp.cn.cny", "share:gdp.cn.usd", "2013", ",percent,0,,O,,currency_differs,gdp.cn.usd 2013"},
		{"gdp.cn.cny.chained-2010", "share:gdp.cn.cny", "2012", ",percent,0,,O,,not_additive,gdp.cn.cny 2012"},
		{"gdp.cn.cny.real-2010", "share:gdp.cn.cny", "2012", ",percent,0,,O,,price_basis_differs,gdp.cn.cny 2012"},
		{"prices.cn.index-2010", "share:prices.cn.index_2010", "2012", ",percent,0,,O,,rate_not_additive,prices.cn.index-2010 2012"},
		{"gdp.cn-cq.cny", "contribution:gdp.cn.cny", "2012", "1.10,percentage-points,0,2,A,,,gdp.cn.cny 2011"},
		{"exports.cn.cny", "contribution:trade.cn.cny", "2014", "-59.74,percentage-points,0,2,A,sign_change,,trade.cn.cny 2013"},
		{"gdp.cn-cq.cny", "contribution:gdp.cn.cny", "2011", ",percentage-points,0,,O,,base_missing,gdp.cn.cny 2010"},
		{"gdp.cn.cny.chained-2010", "contribution:gdp.cn.cny.chained_2010", "2012", ",percentage-points,0,,O,,not_additive,gdp.cn.cny.chained-2010 2011"},
		{"gdp.cn.usd", "contribution:gdp.cn.cny", "2013", ",percentage-points,0,,O,,currency_differs,gdp.cn.cny 2012"},
		{"gdp.cn.cny", "per:population.cn.persons", "2011", "742.4,CNY/persons,0,1,A,,,population.cn.persons 2011"},
		{"gdp.cn.cny", "per:population.cn.persons", "2012-Q4", "221,CNY/persons,0,0,A,,,population.cn.persons 2012-12-31"},
		{"gdp.cn.cny", "per:population.cn.persons", "2013", "889.1,CNY/persons,0,1,A,,,population.cn.persons 2013-12"},
		{"gdp.cn.cny", "per:population.cn.persons", "2013-Q1", ",CNY/persons,0,,O,,base_missing,population.cn.persons 2013-Q1"},
		{"gdp.cn.cny", "real:prices.cn.index-2010", "2011", "952,CNY,9,0,A,,,prices.cn.index-2010 2011"},
		{"gdp.cn.cny", "real:prices.cn.index-2010", "2012", "1000.0,CNY,9,1,P;E,,,prices.cn.index-2010 2012"},
		{"gdp.cn.cny", "real:prices.cn.index-2010", "2013-Q1", ",CNY,9,,O,,base_missing,prices.cn.index-2010 2013-Q1"},
		{"gdp.cn.cny.real-2010", "real:prices.cn.index-2010", "2012", ",CNY,9,,O,,already_real,prices.cn.index-2010 2012"},
		{"population.cn.persons", "real:prices.cn.index-2010", "2012", ",persons,9,,O,,not_an_amount,prices.cn.index-2010 2012"},
	} {
		t.Run(c.series+" "+c.transform+" "+c.period, func(t *testing.T) {
			q := transform(c.transform)
			q.Periods = []period.Period{period.MustParse(c.period)}
			r := only(t, a.series(a.now(), c.series, q))
			got := ""
			for _, column := range []string{"value", "unit", "multiplier", "decimals", "status", "flags", "reason", "base"} {
				got += "," + r.text(column)
			}
			if got[1:] != c.cells {
				t.Errorf("%s of %s in %s is %s, want %s", c.transform, c.series, c.period, got[1:], c.cells)
			}
		})
	}
}

// TestATransformKeepsTheStoredGrowth looks at what a transform leaves alone.
func TestATransformKeepsTheStoredGrowth(t *testing.T) {
	a := ask(t, sampleShelf(t))
	q := transform("index:2012-01-01/P9M")
	q.Range = nineMonths()
	want(t, only(t, a.series(a.now(), "gdp.cn-cq-lj.cny", q)), map[string]string{
		"value": "104.03", "unit": "index", "base": "2012-01-01/P9M", "flags": "contradicted;guess",
		"growth_reported": "16.2", "growth_computed": "4.03", "growth_base": "2012-01-01/P9M", "growth_check": "scope_or_revision",
	})
}

func TestOnlyLevelsAreTransformed(t *testing.T) {
	s := country(t)
	s.put("gdp.cn.cny.yoy", obs.Observation{Period: period.MustParse("2013"), Value: figure.MustParse("7.7", 0), Published: s.now()})
	a := ask(t, s)
	series := func(code, text string) error {
		return a.Series(context.Background(), a.now(), code, transform(text), encode.NewCSV(&bytes.Buffer{}, encode.Options{}))
	}
	across := func(measure, text string) error {
		q := transform(text)
		q.Measures = []string{measure}
		return a.Observations(context.Background(), a.now(), q, encode.NewCSV(&bytes.Buffer{}, encode.Options{}))
	}
	for _, c := range []struct {
		name     string
		err      error
		kind     fault.Kind
		code     fault.Code
		expected string
	}{
		{"a claim", series("gdp.cn.cny.yoy", "yoy"), fault.Invalid, fault.InvalidParameter, "levels"},
		{"claims", across("yoy", "yoy"), fault.Invalid, fault.ParameterConflict, "one of the two"},
		{"claims among others", across("all", "pop"), fault.Invalid, fault.ParameterConflict, "one of the two"},
		{"of a claim", series("gdp.cn.cny", "share:gdp.cn.cny.yoy"), fault.Invalid, fault.InvalidParameter, "levels"},
		{"by an amount", series("gdp.cn.cny", "real:gdp.cn.usd"), fault.Invalid, fault.InvalidParameter, "index-2010"},
		{"of an unknown series", series("gdp.cn.cny", "share:gdp.cm.cny"), fault.NotFound, fault.UnknownCode, "gdp.cn.cny"},
		{"of no series", series("gdp.cn.cny", "share:gdp"), fault.NotFound, fault.UnknownCode, "gdp.cn"},
		{"of an unknown series across", across("level", "per:gdp.cm.cny"), fault.NotFound, fault.UnknownCode, "gdp.cn.cny"},
		{"unknown", series("gdp.cn.cny", "chare:gdp.cn.cny"), fault.Invalid, fault.InvalidParameter, "perhaps share:<series>; one of yoy, pop"},
		{"without what it needs", series("gdp.cn.cny", "index"), fault.Invalid, fault.InvalidParameter, "index:<period>, such as index:2012"},
		{"with what means nothing", series("gdp.cn.cny", "yoy:2012"), fault.Invalid, fault.InvalidParameter, "yoy with nothing behind it"},
		{"since no period", series("gdp.cn.cny", "cagr:2013.1"), fault.Invalid, fault.PeriodDecimal, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := fault.From(c.err)
			if f == nil || f.Kind != c.kind || f.Code != c.code || !strings.Contains(f.Expected, c.expected) {
				t.Fatalf("refused with %v (expected %q), want %s and %q", c.err, fault.From(c.err).Expected, c.code, c.expected)
			}
			if len(f.Items) == 0 || f.Items[0].Parameter != "transform" {
				t.Errorf("the fault names %+v, want the parameter transform", f.Items)
			}
		})
	}
}

// counted counts what is asked of a store.
type counted struct {
	*shelf
	scans int
}

func (c *counted) Scan(ctx context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	c.scans++
	return c.shelf.Scan(ctx, sel, at, each)
}

func (c *counted) Versions(ctx context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	c.scans++
	return c.shelf.Versions(ctx, sel, at, each)
}

func TestATransformIsReadInOneStatement(t *testing.T) {
	s := &counted{shelf: country(t)}
	a := ask(t, s)
	for text, across := range map[string]int{"yoy": 1, "index:2012": 1, "share:gdp.cn.cny": 2, "contribution:gdp.cn.cny": 2, "per:population.cn.persons": 2} {
		m := a.now()
		s.scans = 0
		a.series(m, "gdp.cn-cq.cny", transform(text))
		if s.scans != 1 {
			t.Errorf("%s of one series took %d scans, want 1", text, s.scans)
		}
		s.scans = 0
		a.observations(m, transform(text))
		if s.scans != across {
			t.Errorf("%s across series took %d scans, want %d", text, s.scans, across)
		}
	}
}

// TestATransformAcrossCurrencies takes a share of a whole that is stated in
// another currency, once both are converted into one.
func TestATransformAcrossCurrencies(t *testing.T) {
	s := country(t)
	s.rates = sampleShelf(t).rates
	a := ask(t, s)
	q := transform("share:gdp.cn.usd")
	q.Periods = []period.Period{period.MustParse("2012")}
	q.Currencies = []string{"USD", "CNY"}
	p := a.series(a.now(), "gdp.cn-cq.cny", q)
	if len(p.Observations) != 2 {
		t.Fatalf("%d rows, want one in each currency", len(p.Observations))
	}
	// 110 billion yuan at the mean of the months of 2012 are 10.02 % of 174
	// billion dollars, in either currency.
	rate := factors(p.Conversion)["2012CNYUSDperiod_average"]
	share := rounded(rate.Mul(rate, figure.MustParse("11000", 0).Rat()).Quo(rate, figure.MustParse("174", 0).Rat()), 2)
	for i, flags := range []string{"in:USD", "in:CNY"} {
		r := p.Observations[i]
		want(t, r, map[string]string{"unit": "percent", "flags": flags, "base": "gdp.cn.usd 2012", "reason": ""})
		if decimal(r, "value").Cmp(share) != 0 {
			t.Errorf("the share is %s, want %s", r.text("value"), share.FloatString(2))
		}
	}
	if got := fmt.Sprint(p.Observations[0].text("original_value"), p.Observations[0].text("original_unit")); got != "CNY" {
		t.Errorf("the original is %s, want no amount beside a percentage", got)
	}
}

func TestScaledTransforms(t *testing.T) {
	a := ask(t, country(t))
	for _, c := range []struct{ transform, value, multiplier string }{
		{"real:prices.cn.index-2010", "952000", "6"},
		{"per:population.cn.persons", "0.0007424", "6"},
		{"index:2011", "100.00", "0"},
		{"share:gdp.cn.cny", "100.00", "0"},
	} {
		q := transform(c.transform)
		q.Periods, q.Scale = []period.Period{period.MustParse("2011")}, query.Scale{Power: 6, Set: true}
		want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{"value": c.value, "multiplier": c.multiplier})
	}
}

// TestATransformOfAVersionLooksAtItsTime revises a base after the figure that
// is compared with it.
func TestATransformOfAVersionLooksAtItsTime(t *testing.T) {
	a := ask(t, stated(t, "gdp.cn.cny 2012 100 9", "gdp.cn.cny 2013 110 9", "gdp.cn.cny 2012 50 9", "gdp.cn.cny 2013 120 9"))
	q := transform("yoy")
	q.Periods = []period.Period{period.MustParse("2013")}
	for vintages, values := range map[query.Vintages]string{query.FirstVintage: " 10.00", query.AllVintages: " 10.00 140.00", "": " 140.00"} {
		q.Vintage = vintages
		got := ""
		for _, r := range a.series(a.now(), "gdp.cn.cny", q).Observations {
			got += " " + r.text("value")
		}
		if got != values {
			t.Errorf("yoy of vintage=%s is%s, want%s", vintages, got, values)
		}
	}
}

// TestTransformsOfDerivedFigures asks for quarters of a series that is published
// from January on: each goes in as it follows, and a base that is not among the
// rows counts too.
func TestTransformsOfDerivedFigures(t *testing.T) {
	s := stated(t,
		"gdp.cn.cny 2012-Q1 100.0 9", "gdp.cn.cny 2012-H1 210.0 9", "gdp.cn.cny 2012-01-01/P9M 330.0 9 P", "gdp.cn.cny 2012 460.0 9",
		"gdp.cn.cny 2013-Q1 110.0 9", "gdp.cn.cny 2013-H1 230.0 9", "gdp.cn.cny 2013-01-01/P9M 363.0 9",
		"gdp.cn-cq.cny 2013-H1 23.00 9", "gdp.cn-cq.cny 2013-01-01/P9M 36.30 9",
		"gdp.cn-cq.cny 2012-H1 21.00 9", "gdp.cn-cq.cny 2012-01-01/P9M 33.00 9",
		"population.cn.persons 2013-09-30 1.361 9")
	a := ask(t, s)
	for _, c := range []struct {
		series, transform string
		want              map[string]string
	}{
		{"gdp.cn.cny", "yoy", map[string]string{"value": "10.83", "base": "2012-Q3", "status": "P", "flags": "derived", "half_width": ""}},
		{"gdp.cn.cny", "pop", map[string]string{"value": "10.83", "base": "2013-Q2", "derivation": "2013-01-01/P9M - 2013-H1"}},
		{"gdp.cn.cny", "index:2012", map[string]string{"value": "115.65", "base": "2012"}},
		{"gdp.cn.cny", "cagr:2012-Q3", map[string]string{"value": "10.83", "base": "2012-Q3"}},
		{"gdp.cn-cq.cny", "share:gdp.cn.cny", map[string]string{"value": "10.00", "base": "gdp.cn.cny 2013-Q3"}},
		{"gdp.cn-cq.cny", "contribution:gdp.cn.cny", map[string]string{"value": "1.08", "base": "gdp.cn.cny 2012-Q3"}},
		// 133 give or take 0.1 billion over 1.361 give or take 0.0005 billion.
		{"gdp.cn.cny", "per:population.cn.persons", map[string]string{"value": "97.7", "base": "population.cn.persons 2013-09-30"}},
		{"gdp.cn.cny", "cagr:2012", map[string]string{"value": "", "reason": "period_mismatch"}},
	} {
		q := transform(c.transform)
		q.Frequency, q.Periods = "Q", []period.Period{period.MustParse("2013-Q3")}
		t.Run(c.series+" "+c.transform, func(t *testing.T) {
			want(t, only(t, a.series(a.now(), c.series, q)), c.want)
			q.Series = []string{c.series}
			want(t, only(t, a.observations(a.now(), q)), c.want)
		})
	}
}

// TestATransformTellsOfItsBase compares a reported figure with one that follows
// from figures that were revised apart.
func TestATransformTellsOfItsBase(t *testing.T) {
	a := ask(t, stated(t, "gdp.cn.cny 2012-Q1 20.0 9", "gdp.cn.cny 2012-H1 50.0 9", "gdp.cn.cny 2012-Q1 25.0 9", "gdp.cn.cny 2013-Q2 30.0 9"))
	q := transform("yoy")
	q.Frequency, q.Periods = "Q", []period.Period{period.MustParse("2013-Q2")}
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{
		"value": "20.00", "base": "2012-Q2", "derivation": "", "flags": "derived;revised_apart"})
}

// TestGrowthInACurrencyHasTwoParts compares two years by two rates: at home a
// twentieth more, the rate a fifth less.
func TestGrowthInACurrencyHasTwoParts(t *testing.T) {
	s := newShelf(t)
	for year, value := range map[string]string{"2012": "100.0", "2013": "105.0"} {
		s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse(year), Value: figure.MustParse(value, 9), Published: beijing("2014-01-20")})
	}
	for year, rate := range map[string]string{"2012": "5", "2013": "6.25"} {
		s.rates = append(s.rates, fx.Rate{Feed: "ecb", Base: "USD", Quote: "CNY", Kind: fx.Mean, Period: period.MustParse(year),
			Value: figure.MustParse(rate, 0), PublishedAt: beijing("2014-01-10")})
	}
	a := ask(t, s)
	q := query.Question{Transform: "yoy", View: query.View{Currencies: []string{"USD", "CNY"}}, Range: query.Range{Periods: []period.Period{period.MustParse("2013")}}}
	rows := a.series(a.now(), "gdp.cn.cny", q).Observations
	if len(rows) != 2 {
		t.Fatalf("%d rows, want one in each currency", len(rows))
	}
	want(t, rows[0], map[string]string{"value": "-16.00", "growth_home": "5.00", "growth_fx": "-20.00", "flags": "in:USD", "base": "2012"})
	want(t, rows[1], map[string]string{"value": "5.00", "growth_home": "5.00", "growth_fx": "0.00", "flags": "in:CNY"})
	q.Currencies = nil
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{"value": "5.00", "growth_home": "", "growth_fx": ""})
	q.Transform, q.Currencies = "", []string{"USD"}
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", q)), map[string]string{"value": "16.80", "growth_home": "", "growth_fx": ""})
}
