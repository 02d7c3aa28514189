package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// ons is a table as the Office for National Statistics publishes series:
// lines about each column above the figures.
const ons = `"Title","Gross domestic product","GDP: real, SA"
"CDID","YBHA","ABMI"
"PreUnit","£","£"
"Unit","m","m"
"Release Date","22-12-2019","22-12-2019"
"Important Notes",,
"2018","5","6"
"2018 Q4","1","2"
"2018 DEC","3","4"
`

func TestHeaderRowsStateWhatIsDeclared(t *testing.T) {
	constants := map[string]string{"area": "gb", "published": "2019-12-22"}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"lines above a column of years, quarters and months", ons, ingest.Settings{Header: []string{"indicator", "ignore", "ignore", "unit", "ignore", "ignore"}, Constants: constants,
			Units: map[string]string{"m": "GBP mn"}, Indicators: map[string]string{"Gross domestic product": "gdp"}, Labels: ingest.LabelNotation{Words: map[string]string{"SA": "sa", "real": "real-2016"}}},
			[]string{"7 gdp.gb.gbp 2018 5e6 A", "7 gdp.gb.gbp.real-2016.sa 2018 6e6 A", "8 gdp.gb.gbp 2018-Q4 1e6 A", "8 gdp.gb.gbp.real-2016.sa 2018-Q4 2e6 A",
				"9 gdp.gb.gbp 2018-12 3e6 A", "9 gdp.gb.gbp.real-2016.sa 2018-12 4e6 A"}},
		{"indicators merged over years", "area,GDP,,Trade,\n,2017,2018,2017,2018\ngb,1,2,3,\nfr,5,6,7,8\n", ingest.Settings{Header: []string{"indicator", "period"}, Constants: map[string]string{"unit": "bn usd", "published": "2019-12-22"}},
			[]string{"3 gdp.gb.usd 2017 1e9 A", "3 gdp.gb.usd 2018 2e9 A", "3 trade.gb.usd 2017 3e9 A",
				"4 gdp.fr.usd 2017 5e9 A", "4 gdp.fr.usd 2018 6e9 A", "4 trade.fr.usd 2017 7e9 A", "4 trade.fr.usd 2018 8e9 A"}},
		{"years merged over quarters, below a title and above a unit", "Table 1,,,,\nindicator,2017,,2018,\n,Q1,Q2,Q1,Q2\n,,,,\n,bn usd,bn usd,bn usd,mn usd\nGDP,1,2,3,4\n",
			ingest.Settings{Header: []string{"ignore", "period", "period", "unit"}, Constants: constants},
			[]string{"6 gdp.gb.usd 2017-Q1 1e9 A", "6 gdp.gb.usd 2017-Q2 2e9 A", "6 gdp.gb.usd 2018-Q1 3e9 A", "6 gdp.gb.usd 2018-Q2 4e6 A"}},
		{"a row of names and a row of labels", "indicator,area,period,value,unit,published\n指标,地区,时期,数值,单位,发布日期\ngdp,cn,2018,1,CNY,2019-12-22\n", ingest.Settings{Header: []string{"column", "ignore"}},
			[]string{"3 gdp.cn.cny 2018 1 A"}},
		{"a row of labels above the names", "what,where,when,how much,of what,told\nindicator,area,period,value,unit,published\ngdp,cn,2018,1,CNY,2019-12-22\n", ingest.Settings{Header: []string{"ignore", "column"}},
			[]string{"3 gdp.cn.cny 2018 1 A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, test.settings, test.want)
		})
	}
}

func TestHeaderRowsThatLeaveSomethingOut(t *testing.T) {
	header := ingest.Settings{Header: []string{"indicator", "unit"}, Constants: map[string]string{"area": "gb", "published": "2019-12-22"}}
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a column without an indicator is not its neighbour's", ",GDP,\n,bn usd,mn usd\n2018,1,2\n", []string{"1 C1 C cell_empty"}},
		{"one indicator twice", ",GDP,GDP\n,bn usd,bn usd\n2018,1,2\n", []string{"1 C1 GDP bn usd csv_duplicate_header"}},
		{"a figure without a header", ",GDP,\n,bn usd,\n2018,1,2\n", []string{"3 C3 C csv_ragged"}},
		{"a unit that is none", ",GDP\n,furlongs\n2018,1\n", []string{"2 B2 furlongs unit_unrecognised"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, header)
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
	report, _ := readText(t, ons, ingest.Settings{Constants: map[string]string{"area": "gb"}})
	if len(report.Questions) != 1 || report.Questions[0].Answer != "header=indicator,ignore,ignore,unit,ignore,ignore" {
		t.Errorf("questions %+v, want one for the header", report.Questions)
	}
	for _, value := range []string{"value", "indicator,indicator", "colour"} {
		if _, err := (ingest.Settings{}).With("header", value); err == nil {
			t.Errorf("With(header, %q) = nil, want a refusal", value)
		}
	}
}
