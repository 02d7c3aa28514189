package ingest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/ingest"
)

// TestWarningsBeginWithWhatAPersonShouldLookAt reads a file that repeats
// hundreds of rows, and has slips behind them.
func TestWarningsBeginWithWhatAPersonShouldLookAt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.publish(plain + "imports,cn,2013,118.70,USD,9,2014-02-01\n")
		var b strings.Builder
		b.WriteString("indicator,area,period,value,unit,multiplier,growth_reported,growth_basis\n")
		for year := 1900; year < 1960; year++ {
			row := fmt.Sprintf("gdp,cn,%d,118.7,CNY,9,,\n", year)
			b.WriteString(row + row)
		}
		b.WriteString("imports,cn,2013,119,USD,9,,\n" +
			"exports,cn,2012,100.0,USD,9,,\nexports,cn,2013,110.0,USD,9,8.0,real\n" +
			"fixed-investment,cn,2012,100.0,CNY,9,,\nfixed-investment,cn,2013,104.0,CNY,9,16.2,nominal\n" +
			"fiscal-revenue,cn,2011,100.0,CNY,9,,\nfiscal-revenue,cn,2012,1001,CNY,9,,\nfiscal-revenue,cn,2013,101.0,CNY,9,,\n")
		file := b.String()
		want := []string{"128 value_power_of_ten", "126 claim_contradicted", "122 coarser_repeat", "124 claim_price_basis"}
		for _, limit := range []int{4, 30} {
			report, err := ingest.New(d.store, d.clock, ingest.Limits{Errors: limit}).Review(t.Context(), ingest.Request{File: fileOf("file.csv", file), By: "clerk"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range report.Warnings[:min(len(want), len(report.Warnings))] {
				got = append(got, fmt.Sprintf("%d %s", w.Line, w.Code))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("of %d shown warnings the first (-want +got):\n%s", limit, diff)
			}
			if len(report.Warnings) != limit {
				t.Errorf("%d warnings are shown, want %d", len(report.Warnings), limit)
			}
			var counts []string
			for _, c := range report.WarningCounts {
				counts = append(counts, fmt.Sprintf("%s %d", c.Code, c.Count))
			}
			all := []string{"value_power_of_ten 1", "claim_contradicted 1", "coarser_repeat 1", "claim_price_basis 1", "published_at_assumed 128", "duplicate_identical 60"}
			if diff := cmp.Diff(all, counts); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
		}
	})
}
