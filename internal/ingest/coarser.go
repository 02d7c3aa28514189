package ingest

import (
	"cmp"
	"math/big"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// coarser is a figure that the file states with fewer digits than what stands.
type coarser struct {
	ofFigure
	line, column int
	says, stand  string
}

// noteCoarser keeps a release whose number is the one that stands, within its
// rounding, with fewer digits.
func (d *differ) noteCoarser(r *release, now *obs.Observation) {
	if len(d.coarser) >= maxUnfounded || !hasNumber(&r.Observation) || !hasNumber(now) {
		return
	}
	if r.Value.Exponent() <= now.Value.Exponent() {
		return
	}
	half := r.Value.HalfRat()
	if half.Cmp(now.Value.HalfRat()) <= 0 {
		return
	}
	gap := new(big.Rat).Sub(r.Value.Rat(), now.Value.Rat())
	if gap.Abs(gap).Cmp(half) <= 0 {
		d.coarser = append(d.coarser, coarser{ofFigure{r.named.code, r.Period}, r.line, r.Origin.Column, r.Value.String(), now.Value.String()})
	}
}

// warnCoarser warns of every figure that would lose digits.
func (j *job) warnCoarser(d *differ) {
	slices.SortStableFunc(d.coarser, func(a, b coarser) int { return cmp.Compare(a.line, b.line) })
	for _, c := range d.coarser {
		j.warnings.add(Finding{Code: fault.CoarserRepeat, Line: c.line, Column: j.columnOf(c.column), Value: fault.Clip(c.code + " " + c.period.String() + ": " + c.says),
			Expected: c.stand + ", which stands with more digits"})
	}
}
