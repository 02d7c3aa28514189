package ingest

import (
	"math/big"
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
)

// maxGroups bounds how many totals are compared with their parts.
const maxGroups = 100_000

// totals compares the rows that are declared to be totals of areas with the
// sum of the other areas' rows.
type totals struct {
	groups map[string]*total
}

// total is one total and the sum of its parts, each with half-widths.
type total struct {
	sum, half   *big.Rat
	parts       int
	stated      *big.Rat
	width       *big.Rat
	line        int
	what, value string
}

// newTotals returns nil when no totals are declared.
func newTotals(s Settings) *totals {
	if len(s.TotalLabels) == 0 {
		return nil
	}
	return &totals{map[string]*total{}}
}

// add takes a level into its group.
func (t *totals) add(s *statement) {
	if t == nil || !s.level || s.State != obs.Present && s.State != obs.Nil {
		return
	}
	key := s.named.key
	key.Area = "*"
	what := strings.Join([]string{key.Code(), s.Period.String(), s.Published.String()}, " ")
	g := t.groups[what]
	if g == nil {
		if len(t.groups) >= maxGroups {
			return
		}
		g = &total{sum: new(big.Rat), half: new(big.Rat)}
		t.groups[what] = g
	}
	if s.id.total {
		g.stated, g.width, g.line = s.Value.Rat(), s.Value.HalfRat(), s.line
		g.what, g.value = s.named.code, s.Value.String()
		return
	}
	g.parts++
	g.sum.Add(g.sum, s.Value.Rat())
	g.half.Add(g.half, s.Value.HalfRat())
}

// check warns of every total that is off by more than the half-widths.
func (t *totals) check(warnings *tally) {
	if t == nil {
		return
	}
	var off []*total
	for _, g := range t.groups {
		if g.stated == nil || g.parts == 0 {
			continue
		}
		gap := new(big.Rat).Sub(g.stated, g.sum)
		if gap.Abs(gap).Cmp(new(big.Rat).Add(g.half, g.width)) > 0 {
			off = append(off, g)
		}
	}
	slices.SortFunc(off, func(a, b *total) int { return a.line - b.line })
	for _, g := range off {
		warnings.add(Finding{Code: fault.TotalMismatch, Line: g.line, Value: g.what + ": " + g.value,
			Expected: "the sum of the parts, " + figure.ExactText(g.sum)})
	}
}
