package ingest

import (
	"context"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// maxUnfounded is how many withdrawals without a figure in the store are looked
// for in the file; of those beyond nothing is said.
const maxUnfounded = 100_000

// ofFigure is one period of one series.
type ofFigure struct {
	code   string
	period period.Period
}

// withdrawal is one that takes back nothing that stands in the store.
type withdrawal struct {
	ofFigure
	at   time.Time
	line int
}

// unfounded notes a withdrawal for which the store has nothing.
func (d *differ) unfounded(s *statement) {
	if len(d.withdrawals) < maxUnfounded {
		d.withdrawals = append(d.withdrawals, withdrawal{ofFigure{s.named.code, s.Period}, d.instant(s), s.line})
	}
}

// instant is when a statement counts: where it does not say, when it is
// recorded, which is after everything.
func (d *differ) instant(s *statement) time.Time {
	if s.Published.IsZero() {
		return d.until
	}
	return s.Published
}

// warnWithdrawals warns of withdrawals of what neither the store nor the file
// itself states before them. The file is read again only where there may be
// some.
func (j *job) warnWithdrawals(ctx context.Context, d *differ) error {
	if len(d.withdrawals) == 0 {
		return nil
	}
	stated := map[ofFigure]time.Time{} // first
	for _, w := range d.withdrawals {
		stated[w.ofFigure] = time.Time{}
	}
	if _, err := j.pass(ctx, nil, func(_ uint32, s *statement) error {
		figure := ofFigure{s.named.code, s.Period}
		first, asked := stated[figure]
		if at := d.instant(s); asked && !s.Withdrawn && (first.IsZero() || at.Before(first)) {
			stated[figure] = at
		}
		return nil
	}); err != nil {
		return err
	}
	status := &j.layout.plans[0].slots[statusColumn]
	for _, w := range d.withdrawals {
		if first := stated[w.ofFigure]; first.IsZero() || first.After(w.at) {
			j.warnings.add(Finding{Code: fault.WithdrawsNothing, Line: w.line, Column: calledAs(status.header, status.column), Value: w.code + " " + w.period.String(),
				Expected: "the series and period of a figure that was published before"})
		}
	}
	return nil
}
