package ingest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

func TestDatesStandForWhatIsDeclared(t *testing.T) {
	const header = "indicator,area,period,value,unit,published\n"
	row := func(period string) string { return "gdp,cn," + period + ",1,CNY,2019-12-30\n" }
	for _, test := range []struct {
		name, stands, text string
		want               []string
	}{
		{"months", "month", header + row("2019-01-01") + row("2019-02-28") + row("2018"), []string{"2 gdp.cn.cny 2019-01 1 A", "3 gdp.cn.cny 2019-02 1 A", "4 gdp.cn.cny 2018 1 A"}},
		{"quarters", "quarter", header + row("2019-04-01") + row("2019-09-30"), []string{"2 gdp.cn.cny 2019-Q2 1 A", "3 gdp.cn.cny 2019-Q3 1 A"}},
		{"years", "year", header + row("2019-01-01"), []string{"2 gdp.cn.cny 2019 1 A"}},
		{"days", "day", header + row("2019-01-01"), []string{"2 gdp.cn.cny 2019-01-01 1 A"}},
		{"not declared, and some other day", "", header + row("2019-01-01") + row("2019-01-02"), []string{"2 gdp.cn.cny 2019-01-01 1 A", "3 gdp.cn.cny 2019-01-02 1 A"}},
		{"an export", "", "series,period,value,published\ngdp.cn.cny,2019-01-01,1,2019-12-30\n", []string{"2 gdp.cn.cny 2019-01-01 1 A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, ingest.Settings{Period: ingest.PeriodNotation{DateStandsFor: test.stands}}, test.want)
		})
	}
	wantStatements(t, "DATE,GDP\n2019-01-01,1\n2019-04-01,2\n", ingest.Settings{Layout: ingest.IndicatorsAcross, Columns: map[string]string{"DATE": "period"},
		Constants: map[string]string{"area": "us", "unit": "bn usd", "published": "2019-12-30"}, Period: ingest.PeriodNotation{DateStandsFor: "quarter"}},
		[]string{"2 gdp.us.usd 2019-Q1 1e9 A", "3 gdp.us.usd 2019-Q2 2e9 A"})
	wantStatements(t, "indicator,2019-01-01,2019-02-01\ngdp,1,2\n", ingest.Settings{Layout: ingest.Wide,
		Constants: map[string]string{"area": "us", "unit": "bn usd", "published": "2019-12-30"}, Period: ingest.PeriodNotation{DateStandsFor: "month"}},
		[]string{"2 gdp.us.usd 2019-01 1e9 A", "2 gdp.us.usd 2019-02 2e9 A"})
	report, _ := readText(t, header+row("2019-01-15"), ingest.Settings{Period: ingest.PeriodNotation{DateStandsFor: "month"}})
	if diff := cmp.Diff([]string{"2 C2 period date_inside_period"}, errorsOf(report)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
}

func TestFirstDaysAreAskedAbout(t *testing.T) {
	const header = "indicator,area,period,value,unit,published\n"
	for text, want := range map[string]string{
		"2019-01-01 2019-02-01": "month", "2019-01-01 2019-04-01 2018": "quarter", "2019-01-01 2018-01-01": "year", "2019-01-02 2019-02-01": "", "2019": "",
	} {
		file := header
		for _, period := range strings.Fields(text) {
			file += "gdp,cn," + period + ",1,CNY,2019-12-30\n"
		}
		report, _ := readText(t, file, ingest.Settings{})
		got := ""
		if len(report.Questions) > 0 {
			got = report.Questions[0].Answer
		}
		if want != "" {
			want = "period.date_stands_for=" + want
		}
		if got != want {
			t.Errorf("answer for %s = %q, want %q", text, got, want)
		}
	}
}
