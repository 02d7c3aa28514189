package query_test

import (
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// TestFiguresOnTheWrongSideOfARedenomination converts lira whose code is of
// another time: refused by name, with what to ask instead, in both languages.
func TestFiguresOnTheWrongSideOfARedenomination(t *testing.T) {
	s := newShelf(t)
	for _, code := range []string{"gdp.tr.try", "gdp.tr.trl"} {
		for _, p := range []string{"2000", "2004", "2004-07-01/P12M", "2010"} {
			s.put(code, obs.Observation{Period: period.MustParse(p), Value: figure.MustParse("600.0", 9), Published: beijing("2016-01-20")})
		}
	}
	for _, r := range []struct{ quote, period, rate string }{
		{"TRL", "2000", "625218"}, {"TRL", "2004", "1425537"}, {"TRY", "2004", "1.425537"}, {"TRY", "2010", "1.502849"},
	} {
		s.rates = append(s.rates, fx.Rate{Feed: "worldbank", Base: "USD", Quote: r.quote, Kind: fx.Mean, Period: period.MustParse(r.period),
			Value: figure.MustParse(r.rate, 0), PublishedAt: beijing("2015-01-10")})
	}
	a := ask(t, s)
	for _, c := range []struct{ name, series, period, lang, value, message string }{
		{"the new code before it", "gdp.tr.try", "2000", "", "",
			"2000 in TRY is refused: 1 TRY is 1000000 TRL since 2005-01-01, before which there was no TRY, and no rate of TRY stands for it; ask for TRL, or take in rates of TRY that are restated"},
		{"in Chinese", "gdp.tr.try", "2000", "zh", "",
			"2000 的 TRY 数据不予折算：自 2005-01-01 起 1000000 TRL 合 1 TRY，此前尚无 TRY，也没有该时期的 TRY 汇率；请改用 TRL，或导入经追溯调整的 TRY 汇率"},
		{"restated, with restated rates", "gdp.tr.try", "2004", "", "420.89", ""},
		{"the old code in its time", "gdp.tr.trl", "2000", "", "0.000960", ""},
		{"the old code after its last day", "gdp.tr.trl", "2010", "", "",
			"2010 in TRL is refused: 1 TRY is 1000000 TRL since 2005-01-01, TRL was no longer in use, and no rate of it stands for the period; ask for TRY"},
		{"across", "gdp.tr.try", "2004-07-01/P12M", "", "",
			"2004-07-01/P12M in TRY is refused: since 2005-01-01, within the period, 1 TRY is 1000000 TRL, and no rate of TRY stands for all of it; ask for the periods before and from 2005-01-01 on apart"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := period.MustParse(c.period)
			view := query.View{Currencies: []string{"USD"}, Lang: c.lang}
			got := a.series(a.now(), c.series, query.Question{Range: query.Range{Periods: []period.Period{p}}, View: view})
			reason := ""
			if c.message != "" {
				reason = string(fault.Redenominated)
			}
			row := only(t, got)
			if row.text("value") != c.value || row.text("reason") != reason {
				t.Errorf("value %q, reason %q, want %q, %q", row.text("value"), row.text("reason"), c.value, reason)
			}
			x, err := a.Explain(t.Context(), a.now(), c.series, p, view)
			if err != nil {
				t.Fatal(err)
			}
			for where, said := range map[string][]query.Warning{"rows": got.Warnings, "one number": x.Warnings} {
				message := ""
				for _, w := range said {
					if w.Code == string(fault.Redenominated) {
						message = w.Message
					}
				}
				if message != c.message {
					t.Errorf("%s say %q, want %q", where, message, c.message)
				}
			}
		})
	}
	for _, c := range []struct{ from, to, period string }{{"TRY", "USD", "2000"}, {"USD", "TRL", "2010"}, {"TRL", "TRL", "2010"}} {
		_, err := a.Convert(t.Context(), a.now(), query.ConvertAsk{Amount: "1", From: c.from, To: c.to, Period: period.MustParse(c.period)})
		if fault.CodeOf(err) != fault.Redenominated || fault.KindOf(err) != fault.Refused || fault.From(err).Expected == "" {
			t.Errorf("convert %s to %s of %s = %v, want %s", c.from, c.to, c.period, err, fault.Redenominated)
		}
	}
}
