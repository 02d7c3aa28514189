package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

func TestUnitsAreMixedOnlyWhereNumbersStand(t *testing.T) {
	for _, test := range []struct {
		name, rows string
		want       []string
	}{
		{"two multipliers", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,1,million yuan,\n", []string{"mixed_multiplier"}},
		{"less than half a unit", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,below_unit,million yuan,\n", []string{"mixed_multiplier"}},
		{"two currencies", "gdp,cn,2012,1,bn yuan,\ngdp,cn,2013,1,bn USD,\n", []string{"mixed_currency"}},
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
