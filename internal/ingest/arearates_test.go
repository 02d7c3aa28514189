package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"bellwether/internal/fx"
	"bellwether/internal/ingest"
)

// TestAreasWithOneCurrencyAgreeUpToTheirLastDigits holds the rate of an area
// against that of the one that is taken for its currency.
func TestAreasWithOneCurrencyAgreeUpToTheirLastDigits(t *testing.T) {
	for _, c := range []struct {
		name, taken, other string
		differs            bool
	}{
		{"the same", "0.938283072395283", "0.938283072395283", false},
		{"zeros behind", "0.94", "0.9400", false},
		{"the last digit of a sum", "0.938283072395283", "0.938283072395281", false},
		{"a billionth apart", "1000000000", "1000000001", false},
		{"coarser, rounded", "0.938283072395283", "0.938", false},
		{"coarser, half a unit", "0.9385", "0.938", false},
		{"coarser, more than half a unit", "0.93851", "0.938", true},
		{"coarser, cut off", "0.938983072395283", "0.938", true},
		{"a third decimal", "0.938283072395283", "0.94", false},
		{"another number", "0.938283072395283", "0.95", true},
		{"two billionths and more", "0.938283072", "0.938283075", true},
		{"small ones, with an exponent", "2.86684433333333E-08", "2.86684433333334E-08", false},
		{"small ones that differ", "2.86684433333333E-08", "2.8669E-08", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			report, _ := readAt(t, official(officialRow("EMU", "", c.taken), officialRow("MNE", "", c.other)), ingest.Settings{},
				ingest.Moment{Now: now, Zone: shanghai(t), Feeds: []fx.Feed{wb}})
			differs := slices.ContainsFunc(report.Warnings, func(f ingest.Finding) bool { return f.Code == "area_rate_differs" })
			counted := strings.Contains(strings.Join(report.Notes, "\n"), "taken once: 1")
			if differs != c.differs || counted == c.differs || report.Verdict != ingest.Accept {
				t.Errorf("%s and %s: differ %v, counted alike %v, verdict %s %v; want differ %v", c.taken, c.other, differs, counted, report.Verdict, errorsOf(report), c.differs)
			}
		})
	}
}

// TestATableOfRatesWithoutAYearIsAskedAbout has the header of yearly rates, and
// no column of a year.
func TestATableOfRatesWithoutAYearIsAskedAbout(t *testing.T) {
	report, _ := readAt(t, "\n\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"no year\"\nChina,CHN,x,PA.NUS.FCRF,6.3\n",
		ingest.Settings{}, ingest.Moment{Now: now, Zone: shanghai(t), Feeds: []fx.Feed{wb}})
	if got := needsOf(report); report.Verdict != ingest.NeedsProfile || len(got) != 1 || got[0] != "columns" {
		t.Errorf("verdict %s, asked for %v; want columns", report.Verdict, got)
	}
}
