package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

func with(t *testing.T, pairs ...[2]string) ingest.Settings {
	t.Helper()
	var s ingest.Settings
	for _, pair := range pairs {
		var err error
		if s, err = s.With(pair[0], pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestStatusesBesideTheirValues(t *testing.T) {
	published := [2]string{"constants.published", "2020-01-20"}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"our own table of periods down", "period,label,start,end,gdp [CNY 10^9],gdp status,population [persons],population status,trade,trade status\n" +
			"2013-01-01/P9M,Jan–Sep 2013,2013-01-01,2013-09-30,118.7,A;contradicted;guess,,N;below_unit,,O;no_observation\n2013,2013,2013-01-01,2013-12-31,,O;not_available,5,P;E,,\n",
			with(t, published, [2]string{"layout", "indicators_across"}, [2]string{"status_columns", "status"}, [2]string{"columns.label", "ignore"}, [2]string{"columns.start", "ignore"},
				[2]string{"columns.end", "ignore"}, [2]string{"labels.unit", "brackets"}, [2]string{"constants.area", "cn-cq-lj"}),
			[]string{"2 gdp.cn-cq-lj.cny 2013-01-01/P9M 118.7e9 A", "2 population.cn-cq-lj.persons 2013-01-01/P9M below half of 0 N",
				"3 gdp.cn-cq-lj.cny 2013 none (not_available) O", "3 population.cn-cq-lj.persons 2013 5 P;E"}},
		{"our own table of periods across", "area,label,series,unit,multiplier,2013,2013 status,2014,2014 status\ncn,China,gdp.cn.cny,CNY,8,588019,A,,O;blank\nfr,'=France,,,,,O;no_observation,,O;no_observation\n",
			with(t, published, [2]string{"layout", "wide"}, [2]string{"status_columns", "status"}, [2]string{"columns.label", "ignore"}),
			[]string{"2 gdp.cn.cny 2013 588019e8 A", "2 gdp.cn.cny 2014 none (blank) O"}},
		{"flags of another office", "area,2018,Flag,2019,Flag\nfr,1,p,2,\nde,3,x,,\n",
			with(t, published, [2]string{"layout", "wide"}, [2]string{"status_columns", "flag"}, [2]string{"constants.indicator", "gdp"}, [2]string{"constants.unit", "bn usd"},
				[2]string{"number.marks.p", "provisional"}, [2]string{"number.marks.x", "discontinued"}),
			[]string{"2 gdp.fr.usd 2018 1e9 P", "2 gdp.fr.usd 2019 2e9 A", "3 gdp.de.usd 2018 3e9 A"}},
		{"a row of statuses below each row of values", "Libellé;idBank;2018;2019\nGDP;001;1;2\nCodes;001;A;P\nPopulation;002;3;\nTrade;003;5;6\nCodes;;A;O\n",
			with(t, published, [2]string{"layout", "wide"}, [2]string{"delimiter", ";"}, [2]string{"status_rows.Libellé", "Codes"}, [2]string{"columns.Libellé", "indicator"}, [2]string{"columns.idBank", "ignore"},
				[2]string{"constants.area", "fr"}, [2]string{"constants.unit", "persons"}, [2]string{"number.missing.6", "not_available"}),
			[]string{"2 gdp.fr.persons 2018 1 A", "2 gdp.fr.persons 2019 2 P", "4 population.fr.persons 2018 3 A", "5 trade.fr.persons 2018 5 A", "5 trade.fr.persons 2019 none (not_available) O"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, test.settings, test.want)
		})
	}
}

func TestStatusesThatGoAstray(t *testing.T) {
	rows := with(t, [2]string{"layout", "wide"}, [2]string{"status_rows.indicator", "Codes"}, [2]string{"constants.area", "fr"}, [2]string{"constants.unit", "persons"}, [2]string{"columns.id", "note"}, [2]string{"constants.published", "2020-01-20"})
	columns := with(t, [2]string{"layout", "wide"}, [2]string{"status_columns", "status"}, [2]string{"constants.area", "fr"}, [2]string{"constants.unit", "persons"}, [2]string{"constants.published", "2020-01-20"})
	const header = "indicator,id,2018,2019\n"
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"a row of statuses below nothing", header + "Codes,1,A,A\ngdp,1,1,2\n", rows, []string{"2 A2 A status_row_alone"}},
		{"two rows of statuses", header + "gdp,1,1,2\nCodes,1,A,A\nCodes,1,A,A\n", rows, []string{"4 A4 A status_row_alone"}},
		{"the statuses of another row", header + "gdp,1,1,2\nCodes,2,A,A\n", rows, []string{"3 B3 B status_row_alone"}},
		{"a letter that is none", header + "gdp,1,1,2\nCodes,1,A,Z\n", rows, []string{"3 D3 2019 status_unknown"}},
		{"a status that contradicts", header + "gdp,1,1,2\nCodes,1,A,O\n", rows, []string{"3 D3 2019 status_contradicts"}},
		{"a status of another column", "indicator,2018,2019 status\ngdp,1,A\n", columns, []string{"1 C1 2019 status period_unrecognised"}},
		{"a flag that nothing declares", "indicator,2018,2018 status\ngdp,1,p zz\n", columns, []string{"2 C2 2018 status status_unknown"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, test.settings)
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}
