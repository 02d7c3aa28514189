package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

func TestReadAcross(t *testing.T) {
	wide := ingest.Settings{Layout: ingest.Wide, Constants: map[string]string{"published": "2014-02-22"}}
	two := wide
	two.HeaderRows, two.Constants = 2, map[string]string{"area": "cn", "published": "2014-02-22"}
	down := ingest.Settings{Layout: ingest.IndicatorsAcross, UnitsRow: true, Constants: map[string]string{"area": "cn", "published": "2014-02-22"}}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"periods across, with a section's title and a blank cell", "indicator,area,unit,2012,2013 Q3\nNational accounts,,,,\ngdp,cn,bn yuan,51.9,\ntrade,cn,bn usd,…,4\n", wide,
			[]string{"3 gdp.cn.cny 2012 51.9e9 A", "4 trade.cn.usd 2012 none (not_available) O", "4 trade.cn.usd 2013-Q3 4e9 A"}},
		{"two header rows, the year merged", "indicator,unit,2012,,2013,\n,,Q1,9M,Q1,9M\ngdp,bn yuan,1,3,2,5\n", two,
			[]string{"3 gdp.cn.cny 2012-Q1 1e9 A", "3 gdp.cn.cny 2012-01-01/P9M 3e9 A", "3 gdp.cn.cny 2013-Q1 2e9 A", "3 gdp.cn.cny 2013-01-01/P9M 5e9 A"}},
		{"indicators across with a row of units", "period,gdp,trade\n,亿元,亿美元\n2013年1-9月,1187,202.23\n", down,
			[]string{"3 gdp.cn.cny 2013-01-01/P9M 1187e8 A", "3 trade.cn.usd 2013-01-01/P9M 202.23e8 A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, test.settings, test.want)
		})
	}
}

func TestReadAcrossReportsACellOnce(t *testing.T) {
	settings := ingest.Settings{Layout: ingest.Wide, Constants: map[string]string{"published": "2014-02-22"}}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"a label of many values", "indicator,area,unit,2012,2013\ngpd,cn,bn yuan,1,2\ngpd,cn,bn yuan,1,x\n", settings,
			[]string{"2 A2 indicator unknown_code", "3 A3 indicator unknown_code", "3 E3 2013 number_malformed"}},
		{"a period above", "indicator,area,unit,2012,2013.1\ngdp,cn,bn yuan,1,2\n", settings, []string{"1 E1 2013.1 period_decimal"}},
		{"one period twice", "indicator,area,unit,2012,2012年\ngdp,cn,bn yuan,1,2\n", settings, []string{"1 E1 2012年 csv_duplicate_header"}},
		{"an indicator above many rows", "year,gpd,gdp\n2012,1,2\n2013,1,2\n", ingest.Settings{Layout: ingest.IndicatorsAcross, Constants: map[string]string{"area": "cn", "unit": "亿元"}},
			[]string{"1 B1 gpd unknown_code"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, test.settings)
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadWarnsOfTotalsThatAreOff(t *testing.T) {
	settings := ingest.Settings{TotalLabels: []string{"China"}, Constants: map[string]string{"published": "2014-02-22"}}
	const header = "indicator,area,period,value,unit\ngdp,fr,2012,50.1,bn yuan\ngdp,de,2012,80.4,bn yuan\n"
	for value, want := range map[string]fault.Code{"130.6": "", "130.7": fault.TotalMismatch} {
		report, statements := readText(t, header+"gdp,China,2012,"+value+",bn yuan\n", settings)
		var got fault.Code
		if len(report.Warnings) > 0 {
			got = report.Warnings[0].Code
		}
		if got != want || len(statements) != 3 || !statements[2].Total {
			t.Errorf("a total of %s: warning %q and %d statements, want %q and 3", value, got, len(statements), want)
		}
	}
}
