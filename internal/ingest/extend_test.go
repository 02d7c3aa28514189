package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// eurostat is how Eurostat's tables by tabs are read.
func eurostat(t *testing.T) ingest.Settings {
	t.Helper()
	var s ingest.Settings
	for _, pair := range [][2]string{
		{"layout", "wide"}, {"delimiter", "tab"}, {`split_column.freq,unit,na_item,geo\TIME_PERIOD`, ","}, {"columns.geo", "area"}, {"columns.na_item", "indicator"}, {"columns.freq", "ignore"},
		{"units.CP_MEUR", "EUR mn"}, {"indicators.B1GQ", "gdp"}, {"number.marks.p", "provisional"}, {"number.marks.b", "break"}, {"number.marks.c", "confidential"}, {"number.missing.:", "not_available"},
		{"constants.published", "2020-01-20"},
	} {
		var err error
		if s, err = s.With(pair[0], pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestCellsThatHoldSeveralTexts(t *testing.T) {
	const header = "freq,unit,na_item,geo\\TIME_PERIOD\t2017 \t2018 \t2019 \n"
	wantStatements(t, header+"A,CP_MEUR,B1GQ,DE\t1.0 \t2.5 p\t: \nA,CP_MEUR,B1GQ,FR\t3.0 bp\t: c\t4 b\n", eurostat(t), []string{
		"2 gdp.de.eur 2017 1.0e6 A", "2 gdp.de.eur 2018 2.5e6 P", "2 gdp.de.eur 2019 none (not_available) O",
		"3 gdp.fr.eur 2017 3.0e6 P;B", "3 gdp.fr.eur 2018 none (not_available) O", "3 gdp.fr.eur 2019 4e6 B"})
	_, statements := readText(t, header+"A,CP_MEUR,B1GQ,DE\t1.0 \t2.5 p\t: \n", eurostat(t))
	if o := statements[1].Origin; o.Column != 3 || o.Cell != "2.5 p" {
		t.Errorf("origin = %+v, want column 3 as it stands", o)
	}
	for _, test := range []struct {
		row  string
		want []string
	}{
		{"A,CP_MEUR,B1GQ\t1\t2\t3\n", []string{"2 A2 A csv_ragged"}},
		{"A,CP_MEUR,B1GQ,DE,FR\t1\t2\t3\n", []string{"2 A2 A csv_ragged"}},
		{"A,CP_MEUR,GNP,DE\t1\t2\t3\n", []string{"2 A2 na_item unknown_code"}},
		{"A,CP_MEUR,B1GQ,DE\t1 x\t2\t3\n", []string{"2 B2 2017 number_undeclared_mark"}},
	} {
		report, _ := readText(t, header+test.row, eurostat(t))
		if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
			t.Errorf("errors of %q (-want +got):\n%s", test.row, diff)
		}
	}
}
