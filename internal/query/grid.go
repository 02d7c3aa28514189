package query

import (
	"slices"

	"bellwether/internal/period"
)

// grid is the periods that a range asks of a line: those of its frequency and
// accumulation from the first to the last figure; without a frequency, for
// every reported figure the one of that accumulation that ends where it ends.
//
// A figure is expected where figures of that frequency or a finer one are
// reported: in their calendar years and between them, though none that starts
// before the first reported figure of any kind or ends after the last one. So of
// January and February that begin a series as one, both are expected. Without a
// frequency each is.
type grid struct {
	step     int  // months of the frequency; 0 without one
	ytd      bool // accumulation from 1 January
	from, to period.Date
	reported bool // there is a figure at all

	fromYear, toYear period.Date // the years with figures of the frequency or a finer one
	fine             bool        // there is one
}

// newGrid returns the grid of a range with an accumulation over a line.
func newGrid(l *line, r *Range) grid {
	g := grid{step: period.Frequency(r.Frequency).Months(), ytd: r.Accumulation == YTD}
	for i := range l.force {
		p := l.force[i].Period
		if _, whole := p.Months(); whole {
			g.reach(p)
		}
	}
	return g
}

// reach widens the grid to a reported period.
func (g *grid) reach(p period.Period) {
	if !g.reported {
		g.from, g.to, g.reported = p.Start(), p.End(), true
	}
	g.from, g.to = min(g.from, p.Start()), max(g.to, p.End())
	if step := fineness(p); step == 0 || step > g.step {
		return
	}
	start, end := p.Start().NewYear(), p.Last().NewYear().AddMonths(12)
	if !g.fine {
		g.fromYear, g.toYear, g.fine = start, end, true
	}
	g.fromYear, g.toYear = min(g.fromYear, start), max(g.toYear, end)
}

// fineness returns the months of the frequency that a period is reported at: its
// own, or for one from 1 January the longest of which it has a whole number.
// Nine months are three quarters, ten are ten months. 0 for other periods.
func fineness(p period.Period) int {
	if f := p.Frequency(); f != period.None {
		return f.Months()
	}
	months, _ := p.Months()
	switch {
	case !p.YTD() || months > 12:
		return 0
	case months%3 == 0:
		return 3
	}
	return 1
}

// expects reports whether a figure could have been expected for one of its
// periods.
func (g *grid) expects(p period.Period) bool {
	return g.step == 0 || g.fine && p.Start() >= g.fromYear && p.End() <= g.toYear
}

// periods appends the periods of the grid, in order.
func (g *grid) periods(l *line, into []period.Period) []period.Period {
	if g.step == 0 {
		return g.counterparts(l, into)
	}
	for start := g.from.NewYear(); g.reported && start < g.to; start = start.AddMonths(g.step) {
		p, err := period.Between(start, start.AddMonths(g.step))
		if g.ytd {
			p, err = period.Between(start.NewYear(), p.End())
		}
		if err == nil && p.Start() >= g.from && p.End() <= g.to {
			into = append(into, p)
		}
	}
	return into
}

// counterparts appends for every reported period the one of the accumulation
// that ends where it ends.
func (g *grid) counterparts(l *line, into []period.Period) []period.Period {
	for i := range l.force {
		if p, ok := g.counterpart(l.force[i].Period); ok {
			into = append(into, p)
		}
	}
	slices.SortFunc(into, period.Compare)
	return slices.Compact(into)
}

// counterpart returns the period of the accumulation that ends where a reported
// one ends. The single one of nine months is a quarter, that of ten a month.
func (g *grid) counterpart(p period.Period) (period.Period, bool) {
	if !g.ytd && p.Frequency() != period.None {
		return p, true
	}
	step := fineness(p)
	start := p.Last().NewYear()
	if step == 0 || p.Frequency() == period.Day || p.Start() < start {
		return period.Period{}, false
	}
	if !g.ytd {
		start = p.End().AddMonths(-step)
	}
	other, err := period.Between(start, p.End())
	return other, err == nil
}
