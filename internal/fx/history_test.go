package fx_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

func embedded(t *testing.T) (fx.History, fx.Currencies, *catalog.Catalog) {
	t.Helper()
	var files []catalog.File
	for _, f := range data.Catalog() {
		files = append(files, catalog.File{Name: f.Name, Body: f.Body})
	}
	words, err := catalog.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	known, err := fx.CurrenciesOf(words.Units())
	if err != nil {
		t.Fatal(err)
	}
	h, err := fx.ReadHistory(data.AreaCurrencies())
	if err != nil {
		t.Fatal(err)
	}
	return h, known, words
}

func TestAreaUsesCurrencyInPeriod(t *testing.T) {
	h, known, _ := embedded(t)
	for _, c := range []struct {
		area, currency, period string
		want                   fx.Agreement
		own, factor            string
	}{
		{"at", "EUR", "1998", fx.Restated, "ATS", "13.7603"},
		{"at", "ATS", "1998", fx.Own, "ATS", ""},
		{"at", "EUR", "1999", fx.Own, "EUR", ""},
		{"at", "ATS", "2001", fx.Own, "EUR", ""},
		{"at", "ATS", "2003", fx.Ended, "EUR", ""},
		{"at", "EUR", "1998-07-01/P1Y", fx.Own, "EUR", ""},
		{"at", "USD", "1998", fx.Foreign, "ATS", ""},
		{"gr", "EUR", "2000", fx.Restated, "GRD", "340.750"},
		{"hr", "EUR", "2022", fx.Restated, "HRK", "7.53450"},
		{"bg", "EUR", "2025", fx.Restated, "BGN", "1.95583"},
		{"tr", "TRY", "2004", fx.Restated, "TRL", "1000000"},
		{"tr", "TRL", "2005", fx.Own, "TRY", ""},
		{"zm", "ZMW", "2012", fx.Restated, "ZMK", "1000"},
		{"ve", "VES", "2017", fx.Restated, "VEF", "100000"},
		{"ve", "VES", "2007", fx.Restated, "VEB", "100000000"},
		{"sv", "USD", "1999", fx.Restated, "SVC", "8.75"},
		{"cn", "CNY", "2013-01-01/P9M", fx.Own, "CNY", ""},
		{"xx", "CNY", "2013", fx.Unknown, "", ""},
	} {
		got, own := h.Agree(c.area, c.currency, period.MustParse(c.period))
		if got != c.want || own.Currency != c.own {
			t.Errorf("Agree(%s, %s, %s) = %v of %q, want %v of %q", c.area, c.currency, c.period, got, own.Currency, c.want, c.own)
		}
		factor, found := own.FactorTo(c.currency, known)
		if got == fx.Restated && (!found || factor != c.factor) {
			t.Errorf("FactorTo(%s) of %s = %q, %v, want %q", c.currency, own.Currency, factor, found, c.factor)
		}
	}
}

// TestSpellsHoldWhatIsInOrder takes the spell of one period of an area and holds
// against it what the history says of another: in it there is nothing to warn
// of, and of what is in use throughout, or never, there is a spell.
func TestSpellsHoldWhatIsInOrder(t *testing.T) {
	h, _, _ := embedded(t)
	rapid.Check(t, func(t *rapid.T) {
		area := rapid.SampledFrom([]string{"at", "cn", "hr", "tr", "ve", "sv", "zm", "xx"}).Draw(t, "area")
		currency := rapid.SampledFrom([]string{"EUR", "ATS", "CNY", "HRK", "TRL", "TRY", "VEF", "VES", "SVC", "USD", "ZMK"}).Draw(t, "currency")
		months := rapid.Custom(func(t *rapid.T) period.Period {
			first := period.MustParseDate("1990-01-01").AddMonths(rapid.IntRange(0, 420).Draw(t, "month"))
			p, err := period.Between(first, first.AddMonths(rapid.IntRange(1, 24).Draw(t, "months")))
			if err != nil {
				t.Fatal(err)
			}
			return p
		})
		of, p := months.Draw(t, "spell of"), months.Draw(t, "period")
		spell := h.Spell(area, currency, of)
		got, _ := h.Agree(area, currency, p)
		if spell.Holds(area, currency, p) && (got == fx.Restated || got == fx.Ended) {
			t.Fatalf("the spell of %s of %s in %s holds %s, which is %v", of, currency, area, p, got)
		}
		if spell.Holds(area, currency+"X", p) || spell.Holds(area+"x", currency, p) || new(fx.Spell).Holds(area, currency, p) {
			t.Fatalf("a spell holds %s of another area or currency", p)
		}
		if at, _ := h.Agree(area, currency, of); at == fx.Foreign && !spell.Holds(area, currency, of) {
			t.Fatalf("%s is never the currency of %s, and %s is in no spell", currency, area, of)
		}
	})
}

func TestAreaCurrenciesAreThoseOfTheCatalogue(t *testing.T) {
	h, known, words := embedded(t)
	for _, area := range words.Areas() {
		for _, row := range h.Of(area.Code) {
			if _, ok := known.Lookup(row.Currency); !ok {
				t.Errorf("%s used %s, which the catalogue does not know", area.Code, row.Currency)
			}
			if row.Source == "" || !row.Open && row.To < row.From {
				t.Errorf("%s %s from %s to %s by %q: want a source and an order", row.Area, row.Currency, row.From, row.To, row.Source)
			}
		}
		if area.Kind == "country" && area.Code != "aq" && len(h.Of(area.Code)) == 0 {
			t.Errorf("no currency of %s is known", area.Code)
		}
	}
}

func TestHistoryOfCurrenciesIsReadStrictly(t *testing.T) {
	const header = "area,currency,from,to,factor_to_next,source\n"
	for _, c := range []struct{ name, text, want string }{
		{"another header", "area,currency\n", "columns"},
		{"no day", header + "at,ATS,1998-02-30,,,law\n", "line 2"},
		{"no last day", header + "at,ATS,1998-01-01,soon,,law\n", "line 2"},
		{"a factor of zero", header + "at,ATS,1998-01-01,,0,law\n", "line 2"},
	} {
		if _, err := fx.ReadHistory([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: ReadHistory(%q) = %v, want an error with %q", c.name, c.text, err, c.want)
		}
	}
}
