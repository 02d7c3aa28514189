package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// TestOneMistakeInManyRowsIsOneGroup reads a file whose unit needs a currency
// in every row, with other mistakes among them.
func TestOneMistakeInManyRowsIsOneGroup(t *testing.T) {
	var b strings.Builder
	b.WriteString("indicator,area,period,value,unit\n")
	for i := range 812 {
		unit, period := "亿$", fmt.Sprintf("%d-%02d", 1948+i/12, 1+i%12)
		if i == 400 {
			period = "Sep-13"
		}
		if i == 500 {
			unit = "m"
		}
		fmt.Fprintf(&b, "gdp,cn,%s,118.7,%s\n", period, unit)
	}
	report, _ := readText(t, b.String(), ingest.Settings{})
	var got []string
	for _, g := range report.ErrorGroups {
		got = append(got, fmt.Sprintf("%s %s %s %d %v", g.Column, g.Value, g.Code, g.Count, g.Lines))
	}
	want := []string{
		"unit 亿$ unit_currency_undeclared 811 [{2 501} {503 813}]",
		"period Sep-13 period_day_or_year 1 [{402 402}]",
		"unit m unit_ambiguous 1 [{502 502}]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}
