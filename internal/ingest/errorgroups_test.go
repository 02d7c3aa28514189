package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/fault"
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

// TestACurrencyThatIsNoneIsRefused keeps a slip of the pen from making series
// in a currency that does not exist.
func TestACurrencyThatIsNoneIsRefused(t *testing.T) {
	for currency, want := range map[string]fault.Code{"CNY": "", "cny": "", "dollars": fault.SettingInvalid, "persons": fault.SettingInvalid} {
		_, err := ingest.Read(t.Context(), fileOf("file.csv", "indicator,area,period,value,unit\ngdp,cn,2013,1,亿元\n"),
			ingest.Reading{Settings: ingest.Settings{Currency: currency}, Labels: words(t), Moment: ingest.Moment{Now: now, Zone: shanghai(t)}},
			func(ingest.Statement) error { return nil })
		if fault.CodeOf(err) != want {
			t.Errorf("Read with currency %q = %v, want code %q", currency, err, want)
		}
	}
}
