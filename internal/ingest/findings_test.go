package ingest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/ingest"
)

// TestErrorsAreCountedByColumnBeyondWhatIsShown makes more sorts of errors than
// the report shows one by one.
func TestErrorsAreCountedByColumnBeyondWhatIsShown(t *testing.T) {
	var b strings.Builder
	b.WriteString("indicator,area,period,value,unit,growth_reported,growth_comparison,published\n")
	var want []string
	for _, bad := range badCells {
		cells := []string{"gdp", "cn", "2013", "118.7", "bn yuan", "16.2", "yoy", "2014-02-22"}
		cells[bad.column] = bad.text
		b.WriteString(strings.Join(cells, ",") + "\n")
	}
	names := strings.Split(strings.TrimSpace(strings.SplitN(b.String(), "\n", 2)[0]), ",")
	for i, bad := range badCells {
		want = append(want, fmt.Sprintf("%s line %d", names[bad.column], i+2))
	}
	report, err := ingest.Read(t.Context(), fileOf("file.csv", b.String()), ingest.Reading{Labels: words(t),
		Moment: ingest.Moment{Now: now, Zone: shanghai(t)}, Limits: ingest.Limits{Errors: 1}}, func(ingest.Statement) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range report.ErrorCounts {
		got = append(got, fmt.Sprintf("%s line %d", c.Column, c.FirstLine))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns and lines of the counts (-want +got):\n%s", diff)
	}
}

// badCells makes one error each in a row that is otherwise good.
var badCells = []struct {
	column int
	text   string
}{{0, "gpd"}, {1, "nowhere"}, {2, "Sep-13"}, {3, "x"}, {4, "m"}, {5, "up"}, {6, "weekly"}, {7, "soon"}}

func TestEveryErrorIsCountedAndNothingIsPut(t *testing.T) {
	labels := words(t)
	rapid.Check(t, func(rt *rapid.T) {
		made := 0
		var b strings.Builder
		b.WriteString("indicator,area,period,value,unit,growth_reported,growth_comparison,published\n")
		for i := range rapid.IntRange(1, 30).Draw(rt, "rows") {
			cells := []string{"gdp", "cn", fmt.Sprint(1900 + i), "118.7", "bn yuan", "16.2", "yoy", "2014-02-22"}
			for _, bad := range badCells {
				if rapid.IntRange(0, 15).Draw(rt, "bad") == 0 {
					cells[bad.column] = bad.text
					made++
				}
			}
			b.WriteString(strings.Join(cells, ",") + "\n")
		}
		put := 0
		report, err := ingest.Read(t.Context(), fileOf("file.csv", b.String()),
			ingest.Reading{Labels: labels, Moment: ingest.Moment{Now: now, Zone: shanghai(t)}, Limits: ingest.Limits{Errors: 5}},
			func(ingest.Statement) error { put++; return nil })
		if err != nil {
			rt.Fatal(err)
		}
		counted := 0
		for _, c := range report.ErrorCounts {
			counted += c.Count
		}
		if report.ErrorTotal != made || counted != made || len(report.Errors) != min(made, 5) {
			rt.Errorf("%d errors, %d by code and column, %d shown; made %d in\n%s", report.ErrorTotal, counted, len(report.Errors), made, b.String())
		}
		if made > 0 && put > 0 {
			rt.Errorf("%d statements put beside %d errors", put, made)
		}
	})
}
