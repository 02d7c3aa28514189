package accumulate

import (
	"slices"

	"bellwether/internal/period"
)

// pair is the first way: back to 1 January over the cumulative figure to the
// start, and forward over that to the end.
func pair(p entry, near []entry) []step {
	longerPeriod, shorterPeriod := cumulative(p.period)
	longer, hasLonger := find(near, longerPeriod)
	shorter, hasShorter := find(near, shorterPeriod)
	if !hasLonger || !hasShorter {
		return nil
	}
	return []step{{longer, false}, {shorter, true}}
}

// sum is the second way: forwards only, and through the period only.
func sum(p entry, near []entry) []step {
	return explore(p.first, near, p.contains).stepsTo(p.end, near)
}

// chain is the third way: any figures of the years, forwards and backwards.
func chain(p entry, near []entry) []step {
	newYear := p.first - p.first%12
	w := explore(p.first, near, func(e entry, _ bool) bool { return newYear <= e.first })
	return w.stepsTo(p.end, near)
}

// contains says whether a figure is a part of the period, gone forwards.
func (p entry) contains(e entry, minus bool) bool {
	return !minus && p.first <= e.first && e.end <= p.end
}

func find(near []entry, p period.Period) (entry, bool) {
	i := slices.IndexFunc(near, func(e entry) bool { return e.period == p })
	if i < 0 {
		return entry{}, false
	}
	return near[i], true
}

// walk is every month that figures lead to from one month, nearest first, each
// with the figure by which it is reached first.
type walk []arrival

type arrival struct {
	month  int
	figure int // its place among the figures
	from   int // the place of the arrival that it starts from; -1 for the start
	minus  bool
}

// explore goes from a month over the figures that are allowed, the longer ones
// first and forwards before backwards, so that every month is reached over the
// fewest figures.
func explore(start int, near []entry, allowed func(e entry, minus bool) bool) walk {
	w := walk{{month: start, from: -1}}
	for at := 0; at < len(w); at++ {
		w = w.leave(at, near, false, allowed)
		w = w.leave(at, near, true, allowed)
	}
	return w
}

// leave adds the months that one figure leads to from an arrival.
func (w walk) leave(at int, near []entry, minus bool, allowed func(e entry, minus bool) bool) walk {
	for i := len(near) - 1; i >= 0; i-- {
		from, to := near[i].first, near[i].end
		if minus {
			from, to = to, from
		}
		if from == w[at].month && allowed(near[i], minus) && w.place(to) < 0 {
			w = append(w, arrival{to, i, at, minus})
		}
	}
	return w
}

// place returns where a month is reached, -1 where it is not.
func (w walk) place(month int) int {
	return slices.IndexFunc(w, func(a arrival) bool { return a.month == month })
}

// stepsTo returns the figures that lead to a month, nil where none do.
func (w walk) stepsTo(month int, near []entry) []step {
	var steps []step
	for at := w.place(month); at >= 0 && w[at].from >= 0; at = w[at].from {
		steps = append(steps, step{near[w[at].figure], w[at].minus})
	}
	return steps
}

// furthest returns the last month that is reached.
func (w walk) furthest() int {
	return slices.MaxFunc(w, func(a, b arrival) int { return a.month - b.month }).month
}

// lacking returns what would be needed for a period that does not follow.
func lacking(p entry, near []entry) []period.Period {
	if slices.ContainsFunc(near, func(e entry) bool { return p.contains(e, false) }) {
		return gaps(p, near)
	}
	return slices.DeleteFunc(neighbours(p, near), func(needed period.Period) bool { return sum(newEntry(needed), near) != nil })
}

// gaps returns what lies between the figures within a period: from where they
// lead to as far as they do, to where the next one starts.
func gaps(p entry, near []entry) []period.Period {
	var missing []period.Period
	for at := p.first; at < p.end; {
		far, next := explore(at, near, p.contains).furthest(), p.end
		if far == p.end {
			break
		}
		for _, e := range near {
			if p.contains(e, false) && e.first > far {
				next = min(next, e.first)
			}
		}
		missing = append(missing, between(p, far, next))
		at = next
	}
	return missing
}

// between returns the months of a period from one up to, and without, another.
func between(p entry, first, end int) period.Period {
	start := p.period.Start()
	part, _ := period.Between(start.AddMonths(first-p.first), start.AddMonths(end-p.first)) // within p: no bound to break
	return part
}
