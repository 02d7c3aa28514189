package data_test

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/biter777/countries"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
)

func Example() {
	c, err := catalog.Read(data.Catalog())
	if err != nil {
		panic(err)
	}
	mark, _ := c.Unit("DEM")
	fmt.Println(mark.Name.In("en"), mark.Successor.Rate, "per", mark.Successor.Unit, "from", mark.Successor.From)
	// Output: German Mark 1.95583 per EUR from 1999-01-01
}

func embedded(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Read(data.Catalog())
	if err != nil {
		for _, item := range fault.From(err).Items {
			t.Errorf("%+v", item)
		}
		t.Fatal(err)
	}
	return c
}

func TestEveryCountryOfISO3166HasBothNamesAndAllCodes(t *testing.T) {
	c := embedded(t)
	known := 0
	for _, area := range c.Areas() {
		if area.Kind != catalog.Country {
			continue
		}
		known++
		if area.Name.En == "" || area.Name.Zh == "" {
			t.Errorf("Area(%q).Name = %+v, want English and Chinese", area.Code, area.Name)
		}
		country := countries.ByName(strings.ToUpper(area.Code))
		alpha3, numeric := area.Codes["iso3166-1-alpha3"], area.Codes["iso3166-1-numeric"]
		if alpha3 != country.Alpha3() || numeric != fmt.Sprintf("%03d", int(country)) {
			t.Errorf("Area(%q).Codes = %v, want %s and %03d", area.Code, area.Codes, country.Alpha3(), int(country))
		}
		for _, text := range []string{area.Code, alpha3, numeric, area.Name.En, area.Name.Zh} {
			if got, err := c.Match(catalog.Areas, text); err != nil || got != area.Code {
				t.Errorf("Match(area, %q) = %q, %v, want %q", text, got, err, area.Code)
			}
		}
	}
	if known != 249 {
		t.Errorf("%d countries, want the 249 of ISO 3166-1", known)
	}
}

// TestAreasBesideISO3166 asks for what international tables have rows of and
// ISO 3166 does not, by the code and by the name of such a row.
func TestAreasBesideISO3166(t *testing.T) {
	c := embedded(t)
	for label, want := range map[string]string{"XKX": "xk", "Kosovo": "xk", "CHI": "wb-chi", "Channel Islands": "wb-chi", "WLD": "wb-wld", "World": "wb-wld",
		"EUU": "wb-euu", "East Asia & Pacific (excluding high income)": "wb-eap", "St. Kitts and Nevis": "kn", "St. Vincent and the Grenadines": "vc"} {
		if got, err := c.Match(catalog.Areas, label); err != nil || got != want {
			t.Errorf("Match(area, %q) = %q, %v, want %q", label, got, err, want)
		}
	}
}

func TestEveryCurrencyHasBothNames(t *testing.T) {
	c := embedded(t)
	current, retired := 0, 0
	for _, unit := range c.Units() {
		if unit.Kind != catalog.Currency {
			continue
		}
		if unit.Name.En == "" || unit.Name.Zh == "" {
			t.Errorf("Unit(%q).Name = %+v, want English and Chinese", unit.Code, unit.Name)
		}
		if unit.To == "" {
			current++
		} else {
			retired++
		}
	}
	if current != 176 || retired != 59 {
		t.Errorf("%d current and %d retired currencies, want 176 and 59", current, retired)
	}
	for code, digits := range map[string]int{"CNY": 2, "JPY": 0, "BHD": 3, "CLF": 4, "IQD": 3, "RSD": 2, "XCG": 2} {
		if unit, ok := c.Unit(code); !ok || unit.Digits == nil || *unit.Digits != digits {
			t.Errorf("Unit(%q).Digits = %v, %v, want %d", code, unit.Digits, ok, digits)
		}
	}
}

func TestRetiredCurrenciesKeepTheirEnactedRates(t *testing.T) {
	c := embedded(t)
	for _, want := range []struct {
		code, rate, successor string
		from, to              catalog.Day
	}{
		{"ATS", "13.7603", "EUR", "1999-01-01", "2001-12-31"},
		{"BEF", "40.3399", "EUR", "1999-01-01", "2001-12-31"},
		{"DEM", "1.95583", "EUR", "1999-01-01", "2001-12-31"},
		{"ESP", "166.386", "EUR", "1999-01-01", "2001-12-31"},
		{"FIM", "5.94573", "EUR", "1999-01-01", "2001-12-31"},
		{"FRF", "6.55957", "EUR", "1999-01-01", "2001-12-31"},
		{"IEP", "0.787564", "EUR", "1999-01-01", "2001-12-31"},
		{"ITL", "1936.27", "EUR", "1999-01-01", "2001-12-31"},
		{"LUF", "40.3399", "EUR", "1999-01-01", "2001-12-31"},
		{"NLG", "2.20371", "EUR", "1999-01-01", "2001-12-31"},
		{"PTE", "200.482", "EUR", "1999-01-01", "2001-12-31"},
		{"GRD", "340.750", "EUR", "2001-01-01", "2001-12-31"},
		{"SIT", "239.640", "EUR", "2007-01-01", "2006-12-31"},
		{"CYP", "0.585274", "EUR", "2008-01-01", "2007-12-31"},
		{"MTL", "0.429300", "EUR", "2008-01-01", "2007-12-31"},
		{"SKK", "30.1260", "EUR", "2009-01-01", "2008-12-31"},
		{"EEK", "15.6466", "EUR", "2011-01-01", "2010-12-31"},
		{"LVL", "0.702804", "EUR", "2014-01-01", "2013-12-31"},
		{"LTL", "3.45280", "EUR", "2015-01-01", "2014-12-31"},
		{"HRK", "7.53450", "EUR", "2023-01-01", "2022-12-31"},
		{"BGN", "1.95583", "EUR", "2026-01-01", "2025-12-31"},
		{"TRL", "1000000", "TRY", "2005-01-01", "2005-12-31"},
		{"ZMK", "1000", "ZMW", "2013-01-01", "2013-01-01"},
		{"VEB", "1000", "VEF", "2008-01-01", "2008-06-30"},
		{"VEF", "100000", "VES", "2018-08-20", "2018-08-20"},
	} {
		unit, ok := c.Unit(want.code)
		if !ok || unit.Successor == nil {
			t.Errorf("Unit(%q) = %+v, %v, want a retired currency", want.code, unit, ok)
			continue
		}
		got := *unit.Successor
		if got.Rate != want.rate || got.Unit != want.successor || got.From != want.from || unit.To != want.to || got.Source == "" {
			t.Errorf("Unit(%q): %+v until %s, want %+v", want.code, got, unit.To, want)
		}
	}
	if unit, _ := c.Unit("RUB"); unit.To != "" || unit.Successor != nil {
		t.Errorf("Unit(RUB) = %+v, want one in use", unit)
	}
}

func TestIndicators(t *testing.T) {
	c := embedded(t)
	kinds := map[string]catalog.Kind{
		"gdp": catalog.Flow, "industrial-output": catalog.Flow, "fixed-investment": catalog.Flow,
		"fiscal-revenue": catalog.Flow, "trade": catalog.Flow, "exports": catalog.Flow, "imports": catalog.Flow,
		"population": catalog.Stock, "industrial-value-added": catalog.Flow,
		"primary-value-added": catalog.Flow, "secondary-value-added": catalog.Flow, "tertiary-value-added": catalog.Flow,
		"agriculture-value-added": catalog.Flow, "nonfarm-employment": catalog.Stock,
	}
	if got := len(c.Indicators()); got != len(kinds) {
		t.Errorf("%d indicators, want %d", got, len(kinds))
	}
	for code, kind := range kinds {
		i, ok := c.Indicator(code)
		if !ok || i.Kind != kind {
			t.Errorf("Indicator(%q) = %q, %v, want %q", code, i.Kind, ok, kind)
		}
		if i.Name.Zh == "" || i.Definition.En == "" || i.Definition.Zh == "" || i.Source == "" || len(i.Aliases) == 0 {
			t.Errorf("Indicator(%q) = %+v, want names, aliases, definitions and a source", code, i)
		}
	}
	if trade, _ := c.Indicator("trade"); !slices.Equal(trade.Parts, []string{"exports", "imports"}) {
		t.Errorf("Indicator(trade).Parts = %v, want exports and imports", trade.Parts)
	}
}

func TestLiangjiangIsNoDivisionAndOverlapsThreeDistricts(t *testing.T) {
	c := embedded(t)
	area, ok := c.Area("cn-cq-lj")
	var overlaps []string
	for _, relation := range area.Relations {
		if relation.Kind == catalog.Overlaps {
			overlaps = append(overlaps, relation.Area)
		}
	}
	if want := []string{"cn-cq-jiangbei", "cn-cq-yubei", "cn-cq-beibei"}; !ok || area.Kind != catalog.NewArea || !slices.Equal(overlaps, want) {
		t.Errorf("Area(cn-cq-lj) = %+v, want a new area that overlaps %v", area, want)
	}
	if area.Codes["gbt2260"] != "" || area.Note.IsZero() {
		t.Errorf("Area(cn-cq-lj) has codes %v and note %+v, want no GB/T 2260 code and a note", area.Codes, area.Note)
	}
	if chongqing, _ := c.Area("cn-cq"); chongqing.Codes["gbt2260"] != "500000" {
		t.Errorf("Area(cn-cq).Codes = %v, want GB/T 2260 500000", chongqing.Codes)
	}
}

// sampleRows reads a file of the sample as maps from header to cell.
func sampleRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := data.Sample().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	table, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []map[string]string
	for _, record := range table[1:] {
		row := map[string]string{}
		for i, header := range table[0] {
			row[header] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func sampleNames(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(data.Sample(), "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "rates.csv" })
}

func TestSampleHoldsEveryRowOnce(t *testing.T) {
	var local, national, targets int
	seen := map[string]bool{}
	for _, name := range sampleNames(t) {
		for _, row := range sampleRows(t, name) {
			switch {
			case row["scenario"] == "target":
				targets++
			case row["area"] == "cn":
				national++
			default:
				local++
			}
			if row["published"]+".csv" != name || row["source"] == "" {
				t.Errorf("%s holds %v, want rows published that day with a source", name, row)
			}
			key := strings.Join([]string{row["indicator"], row["area"], row["period"], row["unit"], row["scenario"], name}, " ")
			if seen[key] {
				t.Errorf("%s stands twice", key)
			}
			seen[key] = true
		}
	}
	if local != 23 || national != 41 || targets != 3 {
		t.Errorf("%d local, %d national figures and %d targets, want 23, 41 and 3", local, national, targets)
	}
	if got := len(sampleNames(t)); got != 38 {
		t.Errorf("%d days of publication, want 38", got)
	}
	if got := len(sampleRows(t, "rates.csv")); got != 37 {
		t.Errorf("%d rates, want 37", got)
	}
}

func TestSampleKeepsRowsAsTheyWereCollected(t *testing.T) {
	for _, want := range []struct {
		file                                            string
		indicator, area, period, unit, value, published string
		more                                            map[string]string
	}{
		{"2014-02-22.csv", "gdp", "cn-cq-lj", "2013-01-01/P9M", "CNY", "118.7", "2014-02-22", map[string]string{"growth_reported": "16.2", "multiplier": "9"}},
		{"2014-02-22.csv", "trade", "cn-cq-lj", "2013-01-01/P9M", "CNY", "20.2", "2014-02-22", map[string]string{"growth_reported": "20"}},
		{"2014-02-22.csv", "population", "cn-cq-lj", "2020-12-31", "persons", "5", "2014-02-22", map[string]string{"scenario": "target", "multiplier": "6"}},
		{"2013-11-04.csv", "exports", "cn-cq-lj", "2013-01-01/P9M", "USD", "13.320", "2013-11-04", map[string]string{"growth_basis": "nominal"}},
		{"2012-07-30.csv", "trade", "cn-cq-lj", "2012-H1", "USD", "9.133", "2012-07-30", map[string]string{"growth_text": "2.6 times more"}},
		{"2013-03-01.csv", "gdp", "cn-cq", "2012", "CNY", "11459.00", "2013-03-01", map[string]string{"growth_basis": "real", "multiplier": "8"}},
		{"2014-12-19.csv", "gdp", "cn", "2013", "CNY", "588019", "2014-12-19", nil},
		{"2014-04-16.csv", "industrial-value-added", "cn", "2014-Q1", "", "", "2014-04-16", map[string]string{"growth_reported": "8.7", "growth_basis": "real"}},
	} {
		found := slices.ContainsFunc(sampleRows(t, want.file), func(row map[string]string) bool {
			same := row["indicator"] == want.indicator && row["area"] == want.area && row["period"] == want.period &&
				row["unit"] == want.unit && row["value"] == want.value && row["published"] == want.published
			for header, cell := range want.more {
				same = same && row[header] == cell
			}
			return same
		})
		if !found {
			t.Errorf("%s has no row %+v", want.file, want)
		}
	}
	first := sampleRows(t, "rates.csv")[0]
	if first["period"] != "2012-01" || first["rate"] != "6.3172" || first["base"] != "USD" || first["quote"] != "CNY" || first["kind"] != "average" {
		t.Errorf("rates.csv begins with %v", first)
	}
}

func TestEverythingInTheSampleIsCatalogued(t *testing.T) {
	c := embedded(t)
	for _, name := range sampleNames(t) {
		for _, row := range sampleRows(t, name) {
			for section, header := range map[catalog.Section]string{
				catalog.Indicators: "indicator", catalog.Areas: "area", catalog.Units: "unit",
			} {
				if cell := row[header]; cell != "" {
					if got, err := c.Match(section, cell); err != nil || got != cell {
						t.Errorf("%s: Match(%s, %q) = %q, %v, want itself", name, section, cell, got, err)
					}
				}
			}
		}
	}
}
