package ingest_test

import (
	"slices"
	"testing"

	"bellwether/internal/ingest"
)

// TestOnlyATemplateMayBeUnfilled reads rows without a value: in a template they
// state nothing, in any other file that the figure is not known.
func TestOnlyATemplateMayBeUnfilled(t *testing.T) {
	const rows = "gdp,cn,2013,,CNY,,2014-01-20"
	for _, test := range []struct {
		name, text string
		want       int
		code       string
	}{
		{"a template", "indicator,area,period,value,unit,note,published,previous_period,previous_value\n" + rows + ",2012,1\ngdp,cn,2014,7,CNY,,2015-01-20,2013,\n", 1, ""},
		{"a row with its status", "indicator,area,period,value,unit,status,published,previous_period,previous_value\ngdp,cn,2013,,CNY,O,2014-01-20,2012,1\n", 1, ""},
		{"a row with a growth alone", "indicator,area,period,value,unit,growth_reported,published,previous_period,previous_value,previous_growth\ngdp,cn,2013,,CNY,7.7,2014-01-20,2012,1,7.8\n", 1, ""},
		{"nothing filled in", "indicator,area,period,value,unit,note,published,Previous Period,Previous Value\n" + rows + ",2012,1\n", 0, "csv_no_rows"},
		{"no template: one of the columns alone", "indicator,area,period,value,unit,note,published,previous_value\n" + rows + ",1\n", 1, ""},
		{"no template", "indicator,area,period,value,unit,note,published\n" + rows + "\n", 1, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, statements := readText(t, test.text, ingest.Settings{})
			code := ""
			if len(report.Errors) > 0 {
				code = string(report.Errors[0].Code)
			}
			if len(statements) != test.want || code != test.code || len(report.Questions) > 0 {
				t.Errorf("%d statements, errors %v, questions %v, want %d and %q", len(statements), errorsOf(report), report.Questions, test.want, test.code)
			}
			if slices.ContainsFunc(report.Understood.Columns, func(c ingest.Column) bool { return c.Header == "previous_value" }) {
				t.Errorf("columns %v: what stands is read", report.Understood.Columns)
			}
		})
	}
}
