package ingest

import (
	"cmp"
	"slices"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// maxUnfounded is how many withdrawals of nothing are told; of those beyond
// nothing is said.
const maxUnfounded = 100_000

// ofFigure is one period of one series.
type ofFigure struct {
	code   string
	period period.Period
}

// withdrawal is one that takes back nothing that stands, in the store or in an
// earlier release of the file.
type withdrawal struct {
	ofFigure
	line int
}

// unfounded notes a withdrawal of nothing.
func (d *differ) unfounded(s *statement) {
	if len(d.withdrawals) < maxUnfounded {
		d.withdrawals = append(d.withdrawals, withdrawal{ofFigure{s.named.code, s.Period}, s.line})
	}
}

// instant is when a statement counts: where it does not say, when it is
// recorded, which is after everything.
func (d *differ) instant(s *statement) time.Time { return orAt(s.Published, d.until) }

// warnWithdrawals warns of withdrawals of what neither the store nor the file
// itself states before them.
func (j *job) warnWithdrawals(d *differ) {
	if len(d.withdrawals) == 0 {
		return
	}
	slices.SortStableFunc(d.withdrawals, func(a, b withdrawal) int { return cmp.Compare(a.line, b.line) })
	status := &j.layout.plans[0].slots[statusColumn]
	for _, w := range d.withdrawals {
		j.warnings.add(Finding{Code: fault.WithdrawsNothing, Line: w.line, Column: calledAs(status.header, status.column), Value: w.code + " " + w.period.String(),
			Expected: "the series and period of a figure that was published before"})
	}
}
