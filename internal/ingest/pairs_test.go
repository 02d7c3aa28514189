package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

func TestLabelsBesideCodes(t *testing.T) {
	settings := with(t, [2]string{"columns.Country Code", "area"}, [2]string{"columns.Country Name", "area_label"}, [2]string{"constants.published", "2020-01-20"})
	const header = "Country Name,Country Code,indicator,indicator_label,unit,unit_label,period,value\n"
	report, statements := readText(t, header+"France,fr,gdp,GDP,EUR mn,欧元,2018,1\nHinterland,de,gdp,,EUR mn,,2018,2\n", settings)
	if diff := cmp.Diff([]string{"2 gdp.fr.eur 2018 1e6 A", "3 gdp.de.eur 2018 2e6 A"}, tellAll(statements)); diff != "" {
		t.Errorf("statements (-want +got), errors %v:\n%s", errorsOf(report), diff)
	}
	if report.WarningTotal != 1 || report.Warnings[0].Code != fault.LabelUnheld || report.Warnings[0].Cell != "A3" {
		t.Errorf("warnings %+v, want one of the label that nobody knows", report.Warnings)
	}
	report, _ = readText(t, header+"Germany,fr,gdp,Population,EUR mn,USD,2018,1\n", settings)
	if diff := cmp.Diff([]string{"2 D2 indicator_label label_code_differs", "2 A2 Country Name label_code_differs", "2 F2 unit_label label_code_differs"}, errorsOf(report)); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	rows := ingest.Settings{Header: []string{"indicator", "indicator_label"}, Constants: map[string]string{"area": "cn", "unit": "CNY", "published": "2020-01-20"}}
	wantStatements(t, ",gdp,trade\n,国内生产总值,\n2018,1,2\n", rows, []string{"3 gdp.cn.cny 2018 1 A", "3 trade.cn.cny 2018 2 A"})
	report, _ = readText(t, ",gdp,trade\n,进出口总额,国内生产总值\n2018,1,2\n", rows)
	if diff := cmp.Diff([]string{"2 B2 进出口总额 label_code_differs", "2 C2 国内生产总值 label_code_differs"}, errorsOf(report)); diff != "" {
		t.Errorf("errors of a row of labels that is shifted (-want +got):\n%s", diff)
	}
}
