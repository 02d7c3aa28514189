package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

func TestLabelsThatAPersonNames(t *testing.T) {
	var s ingest.Settings
	for _, pair := range [][2]string{
		{"areas.Mainland  CHINA", "cn"}, {"areas.World", "ignore"}, {"indicators.Gross dom. prod.", "gdp"}, {"indicators.Discrepancy", "ignore"},
		{"units.£m", "GBP mn"}, {"units.millions of national money", "CNY mn"}, {"labels.unit", "comma"}, {"constants.published", "2020-01-20"},
	} {
		var err error
		if s, err = s.With(pair[0], pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	const header = "indicator,area,period,value,unit\n"
	wantStatements(t, header+"gross dom. prod.,mainland china,2019,1,Millions of national money\n\"Discrepancy, £m\",cn,2019,x,\nGDP,World,2019,x,\n\"Gross dom. prod., £m\",gb,2019,2,\n", s,
		[]string{"2 gdp.cn.cny 2019 1e6 A", "5 gdp.gb.gbp 2019 2e6 A"})
	report, _ := readText(t, header+"Discrepancy,cn,2019,x,\nGDP,cn,2019,1,CNY\n", s)
	if diff := cmp.Diff([]string{"rows left out because settings say so: 1"}, report.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if s, err := s.With("areas.Here", "nowhere-at-all"); err != nil {
		t.Error(err)
	} else if report, _ := readText(t, header+"GDP,here,2019,1,CNY\n", s); len(report.Errors) != 1 || report.Errors[0].Cell != "B2" || report.Errors[0].Value != "nowhere-at-all" {
		t.Errorf("errors %+v, want one at B2 that names what the setting says", report.Errors)
	}
}
