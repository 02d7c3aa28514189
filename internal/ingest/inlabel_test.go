package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// quarterly is how a table of single quarters and of the year to date is read.
func quarterly() ingest.Settings {
	return ingest.Settings{Layout: ingest.Wide, Constants: map[string]string{"area": "cn", "published": "2020-01-20"},
		Labels: ingest.LabelNotation{Unit: "brackets", Words: map[string]string{"当季值": "single", "累计值": "ytd"}}}
}

func TestLabelsStateUnitsAndPartsOfTheYear(t *testing.T) {
	comma := quarterly()
	comma.Labels = ingest.LabelNotation{Unit: "comma", Words: map[string]string{"real": "real-2015", "yoy": "yoy", "sa": "sa"}}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"single quarters and the year to date", "指标,2019年第二季度,2019年第一季度\n国内生产总值当季值(亿元),237500.0,213433.0\n国内生产总值累计值（亿元）,450933.0,213433.0\n", quarterly(),
			[]string{"2 gdp.cn.cny 2019-Q2 237500.0e8 A", "2 gdp.cn.cny 2019-Q1 213433.0e8 A", "3 gdp.cn.cny 2019-H1 450933.0e8 A"}},
		{"months", "指标,2019年3月,2019年2月\n固定资产投资累计值(亿元),3,2\n", quarterly(),
			[]string{"2 fixed-investment.cn.cny 2019-Q1 3e8 A", "2 fixed-investment.cn.cny 2019-01-01/P2M 2e8 A"}},
		{"a comma, and words of bases and adjustments", "indicator,2018,2019\n\"Real GDP, SA, CNY bn\",1,2\n\"GDP, bn yuan\",3,4\n\"GDP yoy, percent\",,5\n", comma,
			[]string{"2 gdp.cn.cny.real-2015.sa 2018 1e9 A", "2 gdp.cn.cny.real-2015.sa 2019 2e9 A", "3 gdp.cn.cny 2018 3e9 A", "3 gdp.cn.cny 2019 4e9 A", "4 gdp.cn.percent.yoy 2019 5 A"}},
		{"indicators across", "时期,国内生产总值(亿元),进出口总额（亿美元）\n2019年,9,4\n", ingest.Settings{Layout: ingest.IndicatorsAcross, Constants: quarterly().Constants, Labels: ingest.LabelNotation{Unit: "brackets"}},
			[]string{"2 gdp.cn.cny 2019 9e8 A", "2 trade.cn.usd 2019 4e8 A"}},
		{"a tidy table", "indicator,period,value\nGDP ytd (bn yuan),2019-Q3,7\n", ingest.Settings{Constants: quarterly().Constants, Labels: ingest.LabelNotation{Unit: "brackets", Words: map[string]string{"ytd": "ytd"}}},
			[]string{"2 gdp.cn.cny 2019-01-01/P9M 7e9 A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wantStatements(t, test.text, test.settings, test.want)
		})
	}
}

func TestLabelsThatContradict(t *testing.T) {
	units := quarterly()
	units.LabelColumns = []string{"指标", "单位"}
	for _, test := range []struct {
		name, text string
		settings   ingest.Settings
		want       []string
	}{
		{"a first quarter that is two figures", "指标,2019年第一季度\n国内生产总值当季值(亿元),213433.0\n国内生产总值累计值(亿元),213433.1\n", quarterly(), []string{"3 csv_duplicate_conflict"}},
		{"a unit in the label and another beside it", "指标,单位,2019年\n国内生产总值(亿元),万元,1\n", units, []string{"2 B2 单位 label_unit_twice"}},
		{"no such unit", "指标,2019年\n国内生产总值(亿元元),1\n", quarterly(), []string{"2 A2 指标 unit_unrecognised"}},
		{"no unit", "指标,2019年\n国内生产总值,1\n", quarterly(), []string{"2 unit unit_empty"}},
		{"two words of one kind", "指标,2019年第一季度\n国内生产总值当季值累计值(亿元),1\n", quarterly(), []string{"2 A2 指标 label_word_twice"}},
		{"a single period that is none", "指标,2019年1-9月\n国内生产总值当季值(亿元),1\n", quarterly(), []string{"1 B1 2019-01-01/P9M label_period_broken"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, test.text, test.settings)
			if diff := cmp.Diff(test.want, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLabelsAreAskedAbout(t *testing.T) {
	const text = "指标,2019年第一季度\n国内生产总值当季值(亿元),213433.0\n国内生产总值累计值(亿元),213433.0\n"
	s := ingest.Settings{Layout: ingest.Wide, Constants: quarterly().Constants}
	report, _ := readText(t, text, s)
	var answers []string
	for _, q := range report.Questions {
		answers = append(answers, q.Answer)
	}
	if diff := cmp.Diff([]string{"labels.words.当季值=single", "labels.words.累计值=ytd", "labels.unit=brackets"}, answers); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	report, statements := readText(t, text, quarterly())
	if len(statements) != 1 || report.WarningTotal != 1 || report.Warnings[0].Code != fault.DuplicateIdentical {
		t.Errorf("%d statements and warnings %v, want one figure and the other left out", len(statements), report.Warnings)
	}
}
