package period_test

import (
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/period"
)

func TestNewYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year, month, day := rapid.IntRange(period.FirstYear, period.LastYear).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
		d, err := period.NewDate(year, month, day)
		if err != nil {
			t.Fatal(err)
		}
		want, err := period.NewDate(year, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.NewYear(); got != want {
			t.Fatalf("(%v).NewYear() = %v, want %v", d, got, want)
		}
	})
}

// TestFrequencyMonths holds the months of a frequency against a period of it.
func TestFrequencyMonths(t *testing.T) {
	for _, text := range []string{"2013", "2013-H1", "2013-Q3", "2013-09"} {
		p := period.MustParse(text)
		want, _ := p.Months()
		if got := p.Frequency().Months(); got != want {
			t.Errorf("months of the frequency of %s = %d, want %d", text, got, want)
		}
	}
	for _, f := range []period.Frequency{period.Day, period.None} {
		if got := f.Months(); got != 0 {
			t.Errorf("Frequency(%q).Months() = %d, want 0", f, got)
		}
	}
}
