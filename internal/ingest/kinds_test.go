package ingest_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"bellwether/internal/ingest"
)

// kinds are small files as offices publish them, what a clerk has to say of
// each beyond confirming what is found out, and the first thing read so. The
// names are those of the table in docs/import.md.
var kinds = []struct {
	name    string
	file    func(t *testing.T) string
	answers []string
	first   string
}{
	{"tidy, UTF-8, commas", plainText("indicator,area,period,value,unit\nGDP,Liangjiang New Area,2012,147.6,bn yuan\n"), nil,
		"gdp.cn-cq-lj.cny 2012 147.6e9"},
	{"tidy, semicolons and decimal commas, a title", plainText("Main indicators\nindicator;area;period;value;unit\nGDP;Liangjiang New Area;2012;147,62;bn yuan\n"), nil,
		"gdp.cn-cq-lj.cny 2012 147.62e9"},
	{"quarters across, single and cumulative rows, units in the labels, GB18030, footnotes", func(t *testing.T) string {
		return gb18030(t, "数据库：季度数据\n时间：最近3季度\n指标,2013年第三季度,2013年第二季度,2013年第一季度\n国内生产总值当季值(亿元),152905.3,143967.0,129747.0\n国内生产总值累计值(亿元),426619.3,273714.0,129747.0\n"+
			"第一产业增加值当季值(亿元),16826.2,11194.6,7169.6\n第一产业增加值累计值(亿元),35190.4,18364.2,7169.6\n注：初步数,,,\n")
	}, []string{"constants.area=cn"}, "gdp.cn.cny 2013-Q3 152905.3e8"},
	{"the World Bank's years across, codes beside names, four lines above", plainText("\ufeff\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n" +
		"\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2011\",\"2012\",\"2013\",\n" +
		"\"China\",\"CHN\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"7551500124203.36\",\"8532185381680.59\",\"9.57040624e+12\",\n" +
		"\"World\",\"WLD\",\"GDP (current US$)\",\"NY.GDP.MKTP.CD\",\"\",\"75500000000000\",\"\",\n"),
		[]string{"constants.unit=USD", "indicators.GDP (current US$)=gdp"}, "gdp.cn.usd 2011 7551500124203.36e0"},
	{"FRED: a date and one series", plainText("DATE,PAYEMS\n1939-01-01,29923\n1939-02-01,30100\n"),
		[]string{"constants.unit=thousand persons", "constants.area=us", "indicators.PAYEMS=nonfarm-employment"}, "nonfarm-employment.us.persons 1939-01 29923e3"},
	{"ONS: a block of lines above years, quarters and months", plainText("Title,\"Gross domestic product: CP\"\nCDID,ABMI\nPreUnit,£\nUnit,m\nRelease Date,30-09-2024\n1997,1340\n1997 Q1,330\n1997 JAN,110\n"),
		[]string{"constants.unit=GBP mn", "header=indicator,ignore,ignore,ignore,ignore", "constants.area=gb", "indicators.Gross domestic product: CP=gdp"}, "gdp.gb.gbp 1997 1340e6"},
	{"SDMX-CSV", plainText("DATAFLOW,FREQ,REF_AREA,INDICATOR,UNIT_MEASURE,UNIT_MULT,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nX:Y(1.0),A,DE,GDP,EUR,6,2013,2811350.0,A\n"), nil,
		"gdp.de.eur 2013 2811350.0e6"},
}

func plainText(text string) func(*testing.T) string { return func(*testing.T) string { return text } }

// TestEveryKindOfFileIsReadByDetectionAndFewAnswers confirms what is found out
// of each kind of file and gives the answers that only a clerk has, and holds
// the table of docs/import.md to both numbers.
func TestEveryKindOfFileIsReadByDetectionAndFewAnswers(t *testing.T) {
	paper, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		t.Run(kind.name, func(t *testing.T) {
			d, confirmed, said := clerk(t, kind.file(t), kind.answers)
			if d.Report.Verdict != ingest.Accept {
				t.Fatalf("after %d answers: questions %+v, errors %+v, proposed %+v", said, d.Report.Questions, d.Report.Errors, d.Report.Proposed)
			}
			if f := d.Report.Understood.First[0]; fmt.Sprintf("%s %s %se%d", f.Series, f.Period, f.Value, f.Multiplier) != kind.first {
				t.Errorf("the first figure is %+v, want %s", f, kind.first)
			}
			if row := fmt.Sprintf("| %s | %d | %d |", kind.name, confirmed, said); !strings.Contains(string(paper), row) {
				t.Errorf("docs/import.md does not have the row %s", row)
			}
		})
	}
}

// clerk reads a file as somebody does who confirms what is found out and gives
// the answers in turn, each only once nothing else is found out.
func clerk(t *testing.T, text string, answers []string) (d *ingest.Detected, confirmed, said int) {
	t.Helper()
	each(t, func(t *testing.T, on *desk) {
		request, err := ingest.Request{File: fileOf("file.csv", text), By: "clerk"}, error(nil)
		confirmed, said = 0, 0
		for {
			if d, err = on.Detect(t.Context(), request); err != nil {
				t.Fatal(err)
			}
			confirmed += len(d.Taken)
			if d.Report.Verdict == ingest.Accept || said == len(answers) {
				break
			}
			key, value, _ := strings.Cut(answers[said], "=")
			if request.Settings, err = d.Settings.With(key, value); err != nil {
				t.Fatal(err)
			}
			said++
		}
	})
	return d, confirmed, said
}
