package diff_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

func number(text string) diff.Figure {
	return diff.Figure{State: obs.Present, Value: figure.MustParse(text, 9), Status: "A"}
}

func ExampleStatistics() {
	var s diff.Statistics
	for _, r := range []diff.Revision{
		{Period: period.MustParse("2012"), First: number("100"), Latest: number("101.5"), Releases: 3},
		{Period: period.MustParse("2013"), First: number("110"), Latest: number("109"), Releases: 2},
		{Period: period.MustParse("2014"), First: number("120"), Latest: number("120"), Releases: 1},
		{Period: period.MustParse("2015"), First: number("125"), Latest: diff.Figure{Withdrawn: true}, Releases: 1},
	} {
		s.Add(r, 9)
	}
	mean, absolute, _ := s.Mean(9)
	percent, percentAbsolute, _ := s.MeanPercent()
	releases, _ := s.MeanReleases()
	fmt.Println(s.Figures, s.Compared, s.Revised)
	fmt.Println(mean.Text(), absolute.Text(), percent.Text(), percentAbsolute.Text(), releases.Text())
	fmt.Println(s.Smallest.Period, s.Largest.Period)
	// Output:
	// 4 3 2
	// 0.17 0.83 0.20 0.80 1.75
	// 2013 2012
}

func TestStatisticsOfNothing(t *testing.T) {
	var s diff.Statistics
	s.Add(diff.Revision{First: diff.Figure{State: obs.Missing}, Latest: number("1"), Releases: 2}, 9)
	s.Add(diff.Revision{First: number("0"), Latest: number("1"), Releases: 2}, 9)
	if _, _, ok := s.MeanPercent(); ok || s.InPercent != 0 || s.Compared != 1 {
		t.Errorf("%+v, want one compared and no percentage of 0", s)
	}
	var none diff.Statistics
	_, _, ok := none.Mean(9)
	if _, has := none.MeanReleases(); ok || has {
		t.Error("means of nothing")
	}
}

// TestMeansAreThoseOfTheSums compares the means with fractions summed anew.
func TestMeansAreThoseOfTheSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s diff.Statistics
		sum, absolute := new(big.Rat), new(big.Rat)
		n := rapid.IntRange(1, 12).Draw(t, "figures")
		most := 0
		for range n {
			decimals := rapid.IntRange(0, 3).Draw(t, "decimals")
			most = max(most, decimals)
			first := figure.New(rapid.Int64Range(-999, 999).Draw(t, "first"), decimals, 6)
			latest := figure.New(rapid.Int64Range(-999, 999).Draw(t, "latest"), decimals, 6)
			s.Add(diff.Revision{First: diff.Figure{Value: first}, Latest: diff.Figure{Value: latest}, Releases: 1}, 6)
			by := new(big.Rat).Sub(latest.Rat(), first.Rat())
			sum.Add(sum, by)
			absolute.Add(absolute, new(big.Rat).Abs(by))
		}
		per := big.NewRat(1, int64(n)*1_000_000)
		want := figure.RoundHalfAway(sum.Mul(sum, per), most+1)
		wantAbsolute := figure.RoundHalfAway(absolute.Mul(absolute, per), most+1)
		mean, meanAbsolute, _ := s.Mean(6)
		if mean.Text() != want || meanAbsolute.Text() != wantAbsolute {
			t.Errorf("means %s and %s, want %s and %s", mean.Text(), meanAbsolute.Text(), want, wantAbsolute)
		}
		if s.Smallest.Difference().Cmp(s.Largest.Difference()) > 0 {
			t.Errorf("smallest %v above largest %v", s.Smallest, s.Largest)
		}
	})
}
