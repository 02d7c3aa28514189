package accumulate

import (
	"math/big"
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// Set holds the figures of one series in one vintage, from which those of other
// periods follow. Only periods of whole months count. A set is filled once and
// then asked; its zero value is empty.
type Set struct {
	figures   []entry
	elsewhere []period.Period // of which another vintage has a figure
}

// entry is a figure with its first month and the one after its last, counted
// from January of the year 0.
type entry struct {
	value      figure.Value
	unit       string
	period     period.Period
	first, end int
}

// Reset empties the set and keeps its memory.
func (s *Set) Reset() { s.figures, s.elsewhere = s.figures[:0], s.elsewhere[:0] }

// Add puts a level into the set, each period once, in the order of
// period.Compare. One without a value, or not of whole months, is left out.
func (s *Set) Add(l growth.Level) {
	if !l.HasValue() {
		return
	}
	if e := newEntry(l.Period); e.first < e.end {
		e.value, e.unit = l.Value, l.Unit
		s.figures = append(s.figures, e)
	}
}

// newEntry returns a period without its figure; one that is not of whole months
// has none.
func newEntry(p period.Period) entry {
	n, _ := p.Months()
	year, month, _ := p.Start().YMD()
	first := year*12 + month - 1
	return entry{period: p, first: first, end: first + n}
}

// Term is a reported figure that a derived one is made of: added, or taken away
// where Minus is set.
type Term struct {
	Period period.Period
	Minus  bool
}

// The flags of a derived figure. WithinRounding stands only beside
// NegativeFlow: the true number may be 0 or more.
const (
	NegativeFlow   = "negative_flow"
	WithinRounding = "within_rounding"
)

// Derivation is what follows for one period. Value has the multiplier of the
// first term and as many decimals as the finest one; HalfWidth is the sum of
// those of all terms, exact, at the same multiplier. Where nothing follows,
// Reason says why and Missing what is lacking.
type Derivation struct {
	Value     figure.Value
	HalfWidth figure.Value
	Terms     []Term // those that are added first, each by period
	Flags     []string
	Reason    fault.Code
	Missing   []period.Period
}

// String writes how the figure comes about, such as `2013-01-01/P9M - 2013-H1`
// or `2013-Q1 + 2013-Q2`, or what is lacking: `missing 2013-H1`, several joined
// by `and`.
func (d Derivation) String() string {
	var b strings.Builder
	for i, t := range d.Terms {
		switch {
		case t.Minus:
			b.WriteString(" - ")
		case i > 0:
			b.WriteString(" + ")
		}
		b.WriteString(t.Period.String())
	}
	for i, p := range d.Missing {
		if i == 0 {
			b.WriteString("missing ")
		} else {
			b.WriteString(" and ")
		}
		b.WriteString(p.String())
	}
	return b.String()
}

// Agrees says whether a reported figure and the derived one differ by no more
// than both half-widths.
func (d Derivation) Agrees(reported figure.Value) bool {
	gap := new(big.Rat).Sub(reported.Rat(), d.Value.Rat())
	return gap.Abs(gap).Cmp(new(big.Rat).Add(reported.HalfRat(), d.HalfWidth.Rat())) <= 0
}

// Derive returns what follows for a period from the figures of other periods,
// as if nothing was reported for itself. The first way that is open is taken:
//
//  1. the figure from 1 January to its end less that from 1 January to its
//     start, both reported
//  2. the sum of the fewest reported figures that follow one another through
//     the period: a quarter of its months, January to September of three
//     quarters, a year of its halves
//  3. the fewest reported figures of its calendar years that lead from its
//     start to its end, forwards and backwards: the last quarter is the year
//     less the three others
//
// Nothing is split: of January and February published as one, neither follows.
// Figures of different units are never added. Reasons:
//
//	missing_neighbour  Missing names what would be needed: the gaps between the
//	                   figures that lie within the period, else those of the
//	                   first way that are lacking
//	vintage_mismatch   all of that is there in other vintages only
//	combined_jan_feb   January and February were published as one; Missing
//	                   names that January
//	unit_mismatch      the figures that lead there have different units
func (s *Set) Derive(p period.Period) Derivation {
	e := newEntry(p)
	if e.first == e.end {
		return Derivation{Reason: fault.MissingNeighbour, Missing: []period.Period{p}}
	}
	near := s.near(e)
	var mixed fault.Code
	for _, way := range []func(entry, []entry) []step{pair, sum, chain} {
		if steps := way(e, near); steps != nil {
			d := derived(steps)
			if d.Reason == "" {
				return d
			}
			mixed = d.Reason
		}
	}
	if mixed != "" {
		return Derivation{Reason: mixed}
	}
	return s.without(e, near, lacking)
}

// near returns the figures that lie in the calendar years of a period, without
// its own.
func (s *Set) near(p entry) []entry {
	newYear, yearEnd := p.first-p.first%12, p.end+(12-p.end%12)%12
	from, _ := slices.BinarySearchFunc(s.figures, newYear+1, func(e entry, month int) int { return e.end - month })
	to, _ := slices.BinarySearchFunc(s.figures, yearEnd+1, func(e entry, month int) int { return e.end - month })
	near := s.figures[from:to]
	if own := slices.IndexFunc(near, func(e entry) bool { return e.period == p.period }); own >= 0 {
		return slices.Delete(slices.Clone(near), own, own+1)
	}
	return near
}

// step is a figure on the way from the start of a period to its end, gone
// backwards where minus is set.
type step struct {
	entry
	minus bool
}

// derived adds the steps up. Figures of different units do not
// (unit_mismatch).
func derived(steps []step) Derivation {
	if slices.ContainsFunc(steps, func(s step) bool { return s.unit != steps[0].unit }) {
		return Derivation{Reason: fault.UnitMismatch}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		if a.minus != b.minus {
			if b.minus {
				return -1
			}
			return 1
		}
		return period.Compare(a.period, b.period)
	})
	d := Derivation{Terms: make([]Term, len(steps))}
	parts := make([]part, len(steps))
	for i, s := range steps {
		d.Terms[i], parts[i] = Term{s.period, s.minus}, part{s.value, s.minus}
	}
	d.Value, d.HalfWidth = total(parts)
	d.Flags = flags(d.Value, d.HalfWidth)
	return d
}

func flags(value, half figure.Value) []string {
	switch {
	case value.Sign() >= 0:
		return nil
	case new(big.Rat).Add(value.Rat(), half.Rat()).Sign() < 0:
		return []string{NegativeFlow}
	}
	return []string{NegativeFlow, WithinRounding}
}

// Has says whether a figure of exactly this period is in the set.
func (s *Set) Has(p period.Period) bool {
	_, there := slices.BinarySearchFunc(s.figures, p, func(e entry, p period.Period) int { return period.Compare(e.period, p) })
	return there
}
