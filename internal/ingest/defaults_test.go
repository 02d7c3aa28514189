package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// TestDefaultsAreThoseThatARowUsed names what was taken for granted only where
// some row needed it, with the number of rows and not of figures.
func TestDefaultsAreThoseThatARowUsed(t *testing.T) {
	const header = "indicator,area,period,value,unit,growth_reported,growth_comparison,published\n"
	across := ingest.Settings{Layout: ingest.Wide, Constants: map[string]string{"area": "cn"}}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []ingest.Default
	}{
		{name: "everything is stated", text: header + "gdp,cn,2012,1,bn yuan,2,yoy,2014-01-20\ntrade,cn,2013,1,USD,2,yoy,2014-01-20\n", want: []ingest.Default{}},
		{name: "a plain sign in some rows", text: header + "gdp,cn,2012,1,亿元,,,2014-01-20\ngdp,cn,2013,1,元,2,,2014-01-20\ngdp,cn,2014,1,CNY,,,2014-01-20\n",
			want: []ingest.Default{{Name: "currency", Value: "CNY", Rows: 2}, {Name: "growth_comparison", Value: "yoy", Rows: 1}}},
		{name: "a plain sign and a currency that is declared", text: header + "gdp,cn,2012,1,亿元,,,2014-01-20\n", settings: ingest.Settings{Currency: "CNY"}, want: []ingest.Default{}},
		{name: "rows of several figures", text: "indicator,unit,2012,2013\ngdp,亿元,1,2\ntrade,bn usd,1,2\n", settings: across,
			want: []ingest.Default{{Name: "currency", Value: "CNY", Rows: 1}, {Name: "published_at", Value: "the instant of recording", Rows: 2}}},
		{name: "rates", text: "feed,base,quote,kind,period,rate,published\npboc,USD,元,average,2012-01,6.3,2012-02-01\npboc,USD,CNY,average,2012-02,6.3,2012-03-01\n",
			want: []ingest.Default{{Name: "currency", Value: "CNY", Rows: 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, test.settings)
			if report.Verdict != ingest.Accept {
				t.Fatalf("errors %v, questions %v", errorsOf(report), needsOf(report))
			}
			if diff := cmp.Diff(test.want, report.Understood.Defaults); diff != "" {
				t.Errorf("defaults (-want +got):\n%s", diff)
			}
		})
	}
}
