package diff

import (
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Revision is one figure as it was released first and as it stands, and how
// many releases it had.
type Revision struct {
	Period   period.Period
	First    Figure
	Latest   Figure
	Releases int
}

// Compared reports whether both are numbers, so that their difference is one.
func (r Revision) Compared() bool { return r.First.HasValue() && r.Latest.HasValue() }

// Difference returns the latest less the first, in ones, exactly. Both are
// numbers.
func (r Revision) Difference() *big.Rat {
	return new(big.Rat).Sub(r.Latest.Value.Rat(), r.First.Value.Rat())
}

// Decimals returns how many decimals, at least 0, the difference has at a
// multiplier: those of the number with more.
func (r Revision) Decimals(multiplier int) int {
	return max(0, r.First.Value.At(multiplier).Decimals(), r.Latest.Value.At(multiplier).Decimals())
}

// Statistics says by how much figures were revised, from the first release to
// the latest. Every figure of which both are numbers counts in the means, also
// one that was never revised: its revision is 0. The zero value is of no
// figures.
//
// The mean revision tells whether first releases are biased, the mean absolute
// revision how far they are off. They are the usual measures of revision
// analysis, as in the OECD and Eurostat guidelines on it.
type Statistics struct {
	Figures   int       // figures with a first release
	Compared  int       // of these, those whose first and latest release are numbers
	Revised   int       // of these, those whose number is another now
	InPercent int       // of those compared, those that a percentage can be taken of: the first is not 0
	Smallest  *Revision // the lowest difference, the earliest of several; nil where nothing is compared
	Largest   *Revision // the highest, likewise

	decimals                                   int
	releases                                   int
	sum, sumAbsolute, percent, percentAbsolute big.Rat
}

// Add counts one more figure. The multiplier is that in which decimals are
// counted.
func (s *Statistics) Add(r Revision, multiplier int) {
	s.Figures++
	s.releases += r.Releases
	if !r.Compared() {
		return
	}
	s.Compared++
	s.decimals = max(s.decimals, r.Decimals(multiplier))
	difference := r.Difference()
	if difference.Sign() != 0 {
		s.Revised++
	}
	s.extremes(r, difference)
	s.sum.Add(&s.sum, difference)
	s.sumAbsolute.Add(&s.sumAbsolute, new(big.Rat).Abs(difference))
	if r.First.Value.IsZero() {
		return
	}
	s.InPercent++
	relative := difference.Quo(difference, new(big.Rat).Abs(r.First.Value.Rat()))
	relative.Mul(relative, big.NewRat(100, 1))
	s.percent.Add(&s.percent, relative)
	s.percentAbsolute.Add(&s.percentAbsolute, new(big.Rat).Abs(relative))
}

func (s *Statistics) extremes(r Revision, difference *big.Rat) {
	if s.Smallest == nil || difference.Cmp(s.Smallest.Difference()) < 0 {
		s.Smallest = &r
	}
	if s.Largest == nil || difference.Cmp(s.Largest.Difference()) > 0 {
		s.Largest = &r
	}
}

// Decimals returns how many decimals the means have: one more than the
// differences, of which they are taken.
func (s *Statistics) Decimals() int { return s.decimals + 1 }

// percentDecimals is how many decimals a percentage and the mean number of
// releases have.
const percentDecimals = 2

// Mean returns the mean revision and the mean absolute revision at the
// multiplier, rounded once, half away from zero, to Decimals. They are false
// where nothing is compared.
func (s *Statistics) Mean(multiplier int) (mean, absolute figure.Value, ok bool) {
	if s.Compared == 0 {
		return figure.Value{}, figure.Value{}, false
	}
	return figure.Rounded(over(&s.sum, s.Compared), s.Decimals(), multiplier),
		figure.Rounded(over(&s.sumAbsolute, s.Compared), s.Decimals(), multiplier), true
}

// MeanPercent returns the same in percent of the magnitude of the first
// release, with two decimals, over the figures that count in InPercent.
func (s *Statistics) MeanPercent() (mean, absolute figure.Value, ok bool) {
	if s.InPercent == 0 {
		return figure.Value{}, figure.Value{}, false
	}
	return figure.Rounded(over(&s.percent, s.InPercent), percentDecimals, 0),
		figure.Rounded(over(&s.percentAbsolute, s.InPercent), percentDecimals, 0), true
}

// MeanReleases returns how many releases a figure has in the mean, with two
// decimals; false without figures.
func (s *Statistics) MeanReleases() (figure.Value, bool) {
	if s.Figures == 0 {
		return figure.Value{}, false
	}
	return figure.Rounded(big.NewRat(int64(s.releases), int64(s.Figures)), percentDecimals, 0), true
}

func over(sum *big.Rat, n int) *big.Rat { return new(big.Rat).Quo(sum, big.NewRat(int64(n), 1)) }
