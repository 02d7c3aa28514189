package query_test

import (
	"slices"
	"strings"
	"testing"

	"bellwether/data"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// restatedShelf holds products of Austria in euro and in schillings and one of
// a year from July, with the rates of the euro.
func restatedShelf(t *testing.T) asker {
	s := newShelf(t)
	for code, periods := range map[string][]string{
		"gdp.at.eur": {"1998", "1999"}, "gdp.at.ats": {"1998", "2005"}, "gdp.cn.usd": {"1999"}, "gdp.cn.cny": {"2013-07-01/P1Y"},
	} {
		for _, p := range periods {
			s.put(code, obs.Observation{Period: period.MustParse(p), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
		}
	}
	for p, quotes := range map[string][]string{"1998": {"ATS"}, "1999": {"CNY", "EUR"}, "2013-07-01/P1Y": {"CNY"}} {
		for _, quote := range quotes {
			base := "USD"
			if quote == "EUR" {
				base, quote = "EUR", "USD"
			}
			s.rates = append(s.rates, fx.Rate{Feed: "ecb", Base: base, Quote: quote, Kind: fx.Mean, Period: period.MustParse(p),
				Value: figure.MustParse("6", 0), PublishedAt: beijing("2015-01-10")})
		}
	}
	h, err := fx.ReadHistory(data.AreaCurrencies())
	if err != nil {
		t.Fatal(err)
	}
	a := ask(t, s)
	a.WithAreas(h)
	return a
}

// TestFiguresNotOfTheCurrencyOfTheirTime converts what an office restated, and
// asks on the paths of rows and of one number.
func TestFiguresNotOfTheCurrencyOfTheirTime(t *testing.T) {
	a := restatedShelf(t)
	for _, c := range []struct{ name, series, period, currency, lang, code, message string }{
		{"restated in euro", "gdp.at.eur", "1998", "USD", "", "restated_currency",
			"1998 of Austria is stated in EUR, which it had not taken up then: it used ATS, and rates of that time are those of ATS (13.7603 ATS are 1 EUR)"},
		{"in Chinese", "gdp.at.eur", "1998", "USD", "zh", "restated_currency",
			"奥地利 1998 的数据以 EUR 表示，但当时尚未采用该货币，而是使用 ATS，当时的汇率也是 ATS 的（法定 13.7603 ATS 合 1 EUR）"},
		{"since the euro", "gdp.at.eur", "1999", "USD", "", "", ""},
		{"in the currency of its time", "gdp.at.ats", "1998", "USD", "", "", ""},
		{"after its currency", "gdp.at.ats", "2005", "USD", "", "area_currency_differs",
			"2005 of Austria is stated in ATS, which it had given up by then: it used EUR, and rates of that time are those of EUR (13.7603 ATS are 1 EUR)"},
		{"restated at the fixed rate", "gdp.at.ats", "1998", "EUR", "", "pre_euro_fixed_rate", ""},
		{"dollars of another country", "gdp.cn.usd", "1999", "CNY", "", "", ""},
		{"a year from July", "gdp.cn.cny", "2013-07-01/P1Y", "USD", "", "fiscal_year_rates",
			"2013-07-01/P12M is no calendar year: only rates of its own months convert it, and the average rate of a calendar year gives another number"},
		{"no conversion", "gdp.at.eur", "1998", "EUR", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := period.MustParse(c.period)
			view := query.View{Currencies: []string{c.currency}, Lang: c.lang}
			got := a.series(a.now(), c.series, query.Question{Range: query.Range{Periods: []period.Period{p}}, View: view})
			wantWarning(t, "rows", got.Warnings, c.code, c.message)
			if flags := only(t, got).text("flags"); !slices.Contains(strings.Split(flags, ";"), c.code) && c.code != "" {
				t.Errorf("flags of the row %q, want %s", flags, c.code)
			}
			x, err := a.Explain(t.Context(), a.now(), c.series, p, view)
			if err != nil {
				t.Fatal(err)
			}
			wantWarning(t, "one number", x.Warnings, c.code, c.message)
		})
	}
}

func wantWarning(t *testing.T, where string, got []query.Warning, code, message string) {
	t.Helper()
	if code == "" && len(got) > 0 || code != "" && (len(got) != 1 || got[0].Code != code || message != "" && got[0].Message != message) {
		t.Errorf("%s: warnings %+v, want %s: %s", where, got, code, message)
	}
}

// TestOneAmountOfAnAreaIsHeldAgainstItsCurrency asks for one amount.
func TestOneAmountOfAnAreaIsHeldAgainstItsCurrency(t *testing.T) {
	a := restatedShelf(t)
	for _, c := range []struct{ area, code string }{{"at", "restated_currency"}, {"Austria", "restated_currency"}, {"", ""}, {"us", ""}} {
		done, err := a.Convert(t.Context(), a.now(), query.ConvertAsk{
			Amount: "1", From: "EUR", To: "USD", Period: period.MustParse("1998"), FX: "fixed:1.1", Area: c.area,
		})
		if err != nil {
			t.Fatal(err)
		}
		wantWarning(t, "area "+c.area, done.Warnings, c.code, "")
	}
}
