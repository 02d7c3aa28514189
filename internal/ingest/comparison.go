package ingest

import (
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// comparison is what a growth compares its period with. Its word may say how
// many months that period has; 0 is any.
type comparison struct {
	measure series.Measure
	months  int
}

// The months of the periods that have a comparison of their own.
const (
	month   = 1
	quarter = 3
)

// suits reports whether a period can be compared so: qoq is of two quarters,
// mom of two months, and what is compared with the period before needs one of
// equal length.
func (c comparison) suits(p period.Period) bool {
	if c.measure == series.YoY {
		return true
	}
	if n, whole := p.Months(); c.months > 0 && (!whole || n != c.months) {
		return false
	}
	_, ok := p.Previous()
	return ok
}

// comparison reads what the growth of a row compares, and refuses what its
// period does not go with.
func (r *reader) comparison(row *sheet.Row, p *plan, of period.Period) series.Measure {
	c := word(r, row, p, comparisonColumn, comparisons, "yoy, pop or saar")
	if !of.IsZero() && !c.suits(of) {
		r.blame(row, p, problem{meaning: comparisonColumn, code: fault.GrowthComparisonMismatch,
			value: fault.Clip(string(p.cell(row, comparisonColumn))), expected: comparisonsOf(of)})
	}
	return c.measure
}

// comparisonsOf names the comparisons that a period has.
func comparisonsOf(p period.Period) string {
	if _, ok := p.Previous(); !ok {
		return "yoy: no period of equal length ends where " + p.String() + " begins"
	}
	switch n, whole := p.Months(); {
	case whole && n == month:
		return "mom, pop or yoy, since " + p.String() + " is one month"
	case whole && n == quarter:
		return "qoq, pop or yoy, since " + p.String() + " is one quarter"
	}
	return "pop or yoy, since " + p.String() + " is neither a month nor a quarter"
}
