package check

import (
	"slices"

	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// line is one series: what is in force of each period, by end, then longest
// first, and what was in force before.
type line struct {
	series  *obs.Series
	force   []Statement
	earlier []Statement
}

// add takes the next statement in order.
func (l *line) add(s *Statement) {
	last := len(l.force) - 1
	if last >= 0 && l.force[last].Period == s.Period {
		l.earlier = append(l.earlier, l.force[last])
		l.force = l.force[:last]
	}
	l.force = append(l.force, *s)
}

// at returns what is in force of a period, nil when nothing stands.
func (l *line) at(p period.Period) *Statement {
	i, there := slices.BinarySearchFunc(l.force, p, func(s Statement, p period.Period) int { return period.Compare(s.Period, p) })
	if !there {
		return nil
	}
	return &l.force[i]
}

// before returns what was in force of a period before.
func (l *line) before(p period.Period) []Statement {
	from, _ := slices.BinarySearchFunc(l.earlier, p, func(s Statement, p period.Period) int { return period.Compare(s.Period, p) })
	to := from
	for to < len(l.earlier) && l.earlier[to].Period == p {
		to++
	}
	return l.earlier[from:to]
}

// family is the series that differ in unit, measure and price basis only.
type family struct {
	name  string
	lines []line
}

func (f *family) add(s *Statement) {
	n := len(f.lines)
	if n == 0 || f.lines[n-1].series.Code != s.Series.Code {
		f.lines = append(f.lines, line{series: s.Series})
		n++
	}
	f.lines[n-1].add(s)
}

// levels returns the lines of levels in a unit that a growth in prices of the
// basis may be of, the likeliest first: nominal growth is of current prices,
// real growth of constant ones where such levels are published, and growth
// that does not say may be of either.
func (f *family) levels(claim *series.Key) []*line {
	var constant, current []*line
	for i := range f.lines {
		l := &f.lines[i]
		switch key := &l.series.Key; {
		case key.IsClaim() || key.Unit != claim.Unit:
		case key.Basis == series.Current:
			current = append(current, l)
		default:
			constant = append(constant, l)
		}
	}
	switch claim.Basis {
	case series.Nominal:
		return current
	case series.Real:
		return append(constant, current...)
	}
	return append(current, constant...)
}
