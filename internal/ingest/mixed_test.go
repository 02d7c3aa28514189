package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// TestGrowthAloneIsInPercent states growth in the ways that offices do.
func TestGrowthAloneIsInPercent(t *testing.T) {
	for _, text := range []string{
		"indicator,area,period,value,unit,measure\nindustrial-value-added,cn,2013,9.7,percent,yoy\ngdp,cn,2013,7.7,%,yoy\n",
		"indicator,area,period,unit,growth_reported,growth_comparison\nindustrial-value-added,cn,2013,percent,9.7,yoy\ngdp,cn,2013,,7.7,yoy\n",
		"indicator,area,period,value,unit,growth_reported,growth_comparison\npopulation,cn,2013,136072,万人,0.5,yoy\n",
		"series,period,value\ngdp.cn.percent.yoy.real,2013,7.7\n",
	} {
		report, _ := readText(t, text, ingest.Settings{Constants: map[string]string{"published": "2014-02-22"}})
		if report.Verdict != ingest.Accept || len(report.Warnings) > 0 {
			t.Errorf("verdict %s %+v, warnings %+v of\n%s", report.Verdict, report.Errors, report.Warnings, text)
		}
	}
}

func TestUnitsAreMixedOnlyWhereNumbersStand(t *testing.T) {
	for _, test := range []struct {
		name, rows string
		want       []string
	}{
		{"two multipliers", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,1,million yuan,\n", []string{"mixed_multiplier"}},
		{"less than half a unit", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,below_unit,million yuan,\n", []string{"mixed_multiplier"}},
		{"two currencies", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,1,bn USD,\n", []string{"mixed_currency"}},
		{"a share for a product", "gdp,cn,2012,1,percent,\ngdp,cn,2013,2,percent,\n", []string{"unit_unexpected"}},
		{"dollars for people", "population,cn,2012,1,bn USD,\n", []string{"unit_unexpected"}},
		{"people for dollars", "gdp,cn,2012,1,persons,\npopulation,cn,2013,1,persons,\n", []string{"unit_unexpected"}},
		{"an index of a product", "gdp,cn,2012,101.2,index-2010,\n", nil},
		{"percent without a number", "gdp,cn,2012,…,percent,\n", nil},
		{"a missing value", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,n/a,CNY,\n", nil},
		{"an empty value", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,,CNY,O\n", nil},
		{"a missing value first", "gdp,cn,2012,…,CNY,\ngdp,cn,2013,1,bn yuan,\ngdp,cn,2014,…,bn USD,\n", nil},
		{"a withdrawal", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,,CNY,withdrawn\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, "indicator,area,period,value,unit,status\n"+test.rows, ingest.Settings{Constants: map[string]string{"published": "2014-02-22"}})
			var got []string
			for _, w := range report.Warnings {
				got = append(got, string(w.Code))
			}
			if diff := cmp.Diff(test.want, got); diff != "" || report.Verdict != ingest.Accept {
				t.Errorf("verdict %s, warnings of\n%s (-want +got):\n%s", report.Verdict, test.rows, diff)
			}
		})
	}
}

// TestMixedUnitsAreToldAsAClerkNeedsThem names the column, the units with their
// rows, and what to write where one is a slip.
func TestMixedUnitsAreToldAsAClerkNeedsThem(t *testing.T) {
	const rows = "gdp,cn,2010,1,bn USD\ngdp,cn,2011,1,bn yuan\ngdp,cn,2012,1,bn yuan\ngdp,cn,2013,1,million yuan\n"
	report, _ := readText(t, "indicator,area,period,value,unit\n"+rows, ingest.Settings{Constants: map[string]string{"published": "2014-02-22"}})
	var got []string
	for _, w := range report.Warnings {
		got = append(got, string(w.Code)+" in column "+w.Column+": "+w.Expected)
	}
	const remedy = `; if that is a slip, the unit of the wrong rows as in the others, and nothing if all are right`
	want := []string{
		`mixed_currency in column unit: one way for gdp, which is stated in CNY in 3 rows from line 3 ("bn yuan") and in USD in 1 row from line 2 ("bn USD")` + remedy,
		`mixed_multiplier in column unit: one way for gdp, which is stated in units of 10^9 in 3 rows from line 2 ("bn USD") and in units of 10^6 in 1 row from line 5 ("million yuan")` + remedy,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}
