package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

func TestSDMX(t *testing.T) {
	settings := with(t, [2]string{"columns.NA_ITEM", "indicator"}, [2]string{"indicators.B1GQ", "gdp"}, [2]string{"constants.published", "2020-01-20"})
	const header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,NA_ITEM,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS\n"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"version 2.0", header + "dataflow,ESTAT:NA(1.0),I,A,DE,B1GQ,2018,1.5,P,F,EUR,6,1\ndataflow,ESTAT:NA(1.0),R,Q,DE,B1GQ,2018-Q1,2.0,A,,EUR,9,\ndataflow,ESTAT:NA(1.0),D,M,DE,B1GQ,2018-01,,,,EUR,9,\n",
			[]string{"2 gdp.de.eur 2018 1.5e6 P", "3 gdp.de.eur 2018-Q1 2.0e9 A", "4 gdp.de.eur 2018-01 none (withdrawn) O"}},
		{"version 1.0 with names", "DATAFLOW,FREQ: Frequency,REF_AREA: Reference area,NA_ITEM: Item,UNIT_MEASURE: Unit,UNIT_MULT: Unit multiplier,TIME_PERIOD: Time,OBS_VALUE,OBS_STATUS: Status\n" +
			"ESTAT:NA(1.0),S: Half-yearly,DE: Germany,B1GQ: GDP,EUR: Euro,6: Millions,2018-S1,3,E: Estimated\n", []string{"2 gdp.de.eur 2018-H1 3e6 E"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, settings, test.want)
		})
	}
	const row = "dataflow,X,"
	for _, test := range []struct {
		name, row string
		want      []string
	}{
		{"a frequency of another period", row + "I,M,DE,B1GQ,2018,1,A,F,EUR,6,\n", []string{"2 D2 FREQ frequency_differs"}},
		{"no frequency that is known", row + "I,X,DE,B1GQ,2018-01-01/P9M,1,A,F,EUR,6,\n", []string{"2 D2 FREQ frequency_differs"}},
		{"not free", row + "I,A,DE,B1GQ,2018,1,A,C,EUR,6,\n", []string{"2 J2 CONF_STATUS confidential_undeclared"}},
		{"withdrawn with a value", row + "D,A,DE,B1GQ,2018,1,A,F,EUR,6,\n", []string{"2 H2 OBS_VALUE status_contradicts"}},
		{"an action that is none", row + "X,A,DE,B1GQ,2018,1,A,F,EUR,6,\n", []string{"2 C2 ACTION word_unknown"}},
		{"withdrawn without a period", row + "D,A,DE,B1GQ,,,,,EUR,6,\n", []string{"2 G2 TIME_PERIOD period_empty"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, header+test.row, settings)
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
	report, _ := readText(t, header+row+"I,A,DE,B1GQ,2018,1,A,F,EUR,6,\n", ingest.Settings{})
	if diff := cmp.Diff([]string{"1 F1 NA_ITEM column_unmapped"}, errorsOf(report)); diff != "" || report.Verdict != ingest.NeedsProfile {
		t.Errorf("verdict %s, errors (-want +got):\n%s", report.Verdict, diff)
	}
	report, _ = readText(t, "STRUCTURE,ACTION,REF_AREA,INDICATOR,PARTNER,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\ndataflow,D,CN,exports,,2018,,USD\n", settings)
	if diff := cmp.Diff([]string{"2 E2 PARTNER cell_empty"}, errorsOf(report)); diff != "" {
		t.Errorf("errors of a withdrawal of every partner (-want +got):\n%s", diff)
	}
	free, err := settings.With("conf_status", "C,N")
	if err != nil {
		t.Fatal(err)
	}
	wantStatements(t, header+row+"I,A,DE,B1GQ,2018,1,A,N,EUR,6,\n", free, []string{"2 gdp.de.eur 2018 1e6 A"})
}
