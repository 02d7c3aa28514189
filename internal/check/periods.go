package check

import (
	"slices"

	"bellwether/internal/period"
)

// A longer period is held against shorter ones where it is no longer than a
// year and no more than so many lie within it.
const (
	mostDays   = 366
	mostWithin = 1000
)

// periods holds the longer periods of a flow against the shorter ones of the
// same series that make them up without gap or overlap: quarters against the
// year, months and halves against what is cumulated. Every way to make one up
// counts. Where the fault lies in a shorter period that is told already, the
// longer ones are held against its stated figure.
func (f *Finder) periods(l *line) {
	if !overlaps(l.force) {
		return
	}
	t := newTiles(l.force)
	for _, i := range t.shortestFirst() {
		if pieces := t.check(i); pieces != nil {
			f.tellPeriods(&t.stated[i], t.at(pieces))
		}
	}
}

// overlaps reports whether two periods with numbers share a day; only then can
// one be made up of others.
func overlaps(force []Statement) bool {
	var end period.Date
	any := false
	for i := range force {
		if !force[i].bounded() {
			continue
		}
		if any && force[i].Period.Start() < end {
			return true
		}
		end, any = force[i].Period.End(), true
	}
	return false
}

func (f *Finder) tellPeriods(total *Statement, members []Statement) {
	found := Found{Kind: OfPeriods, Verdict: Verdict{Class: PeriodsMismatch}, Subject: *total, Others: members}
	f.measureSum(&found)
	f.tell(&found)
}

// tiles are the figures of one series as pieces to lay end to end.
type tiles struct {
	stated []Statement // with numbers, by end, then longest first
	spans  []stretch   // as stated
	low    []bound     // what is known of each: it is at least,
	high   []bound     // and at most this
	broken []int       // those that their pieces contradict
	inside []int       // used again for each period,
	days   []reached   // and so is this
}

// bound is an end of what a figure can be. By are the other figures that say
// so, nil where it is the figure itself.
type bound struct {
	at amount
	by []int
}

func newTiles(force []Statement) *tiles {
	t := &tiles{}
	for i := range force {
		if force[i].bounded() {
			t.stated = append(t.stated, force[i])
		}
	}
	n, unit := len(t.stated), finest(t.stated)
	t.spans, t.low, t.high = make([]stretch, n), make([]bound, n), make([]bound, n)
	for i := range t.stated {
		t.spans[i] = stretchOf(&t.stated[i], unit)
		t.low[i].at, t.high[i].at = t.spans[i].low, t.spans[i].high
	}
	return t
}

func (t *tiles) at(list []int) []Statement {
	members := make([]Statement, len(list))
	for i, n := range list {
		members[i] = t.stated[n]
	}
	return members
}

func (t *tiles) length(i int) int { return int(t.stated[i].Period.End() - t.stated[i].Period.Start()) }

// shortestFirst returns the periods so that the pieces of each come before it.
func (t *tiles) shortestFirst() []int {
	order := make([]int, len(t.stated))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.length(a) - t.length(b) })
	return order
}

// check holds a period against everything that makes it up and returns pieces
// that contradict it, nil where there are none. It notes what is known of the
// period then.
func (t *tiles) check(i int) []int {
	if t.length(i) > mostDays || !t.layOut(i) {
		return nil
	}
	end := &t.days[len(t.days)-1]
	if end.span.meets(t.spans[i]) {
		if end.span.low.cmp(t.spans[i].low) > 0 {
			t.low[i] = bound{end.span.low, t.pieces(lower)}
		}
		if end.span.high.cmp(t.spans[i].high) < 0 {
			t.high[i] = bound{end.span.high, t.pieces(upper)}
		}
		return nil
	}
	t.broken = append(t.broken, i)
	side := lower
	if end.span.high.cmp(t.spans[i].low) < 0 {
		side = upper
	}
	if pieces := t.whole(i, t.pieces(side)); !t.meets(i, pieces) {
		return pieces
	}
	return nil
}

// meets reports whether a figure can be the sum of stated pieces.
func (t *tiles) meets(i int, pieces []int) bool {
	var sum stretch
	for _, j := range pieces {
		sum = sum.plus(t.spans[j])
	}
	return sum.meets(t.spans[i])
}

// within notes the periods that lie within one, by end; none where they are
// too many.
func (t *tiles) within(i int) {
	whole := t.stated[i].Period
	t.inside = t.inside[:0]
	for j := i - 1; j >= 0 && t.stated[j].Period.End() > whole.Start() && len(t.inside) <= mostWithin; j-- {
		if whole.Contains(t.stated[j].Period) {
			t.inside = append(t.inside, j)
		}
	}
	slices.Reverse(t.inside)
	for j := i + 1; j < len(t.stated) && t.stated[j].Period.End() == whole.End() && len(t.inside) <= mostWithin; j++ {
		t.inside = append(t.inside, j)
	}
	if len(t.inside) > mostWithin {
		t.inside = t.inside[:0]
	}
}

// reached is a day to which pieces lead from the start of a period: the most
// that they are at least and the least that they are at most, and for each the
// last piece and the place of the day where it starts.
type reached struct {
	day         period.Date
	span        stretch
	piece, from [2]int
}

const (
	lower = iota
	upper
)

// layOut leads from the start of a period to its end over all its pieces; it
// reports whether any do.
func (t *tiles) layOut(i int) bool {
	whole := t.stated[i].Period
	t.within(i)
	t.days = append(t.days[:0], reached{day: whole.Start()})
	if len(t.inside) < 2 {
		return false
	}
	for _, j := range t.inside {
		p := t.stated[j].Period
		from, there := slices.BinarySearchFunc(t.days, p.Start(), func(r reached, d period.Date) int { return int(r.day) - int(d) })
		if !there {
			continue
		}
		next := reached{day: p.End(), piece: [2]int{j, j}, from: [2]int{from, from}}
		next.span = t.days[from].span.plus(stretch{t.low[j].at, t.high[j].at})
		if last := &t.days[len(t.days)-1]; last.day == p.End() {
			last.take(&next)
		} else {
			t.days = append(t.days, next)
		}
	}
	return t.days[len(t.days)-1].day == whole.End()
}

// take keeps the tighter of two bounds on either side.
func (r *reached) take(next *reached) {
	if next.span.low.cmp(r.span.low) > 0 {
		r.span.low, r.piece[lower], r.from[lower] = next.span.low, next.piece[lower], next.from[lower]
	}
	if next.span.high.cmp(r.span.high) < 0 {
		r.span.high, r.piece[upper], r.from[upper] = next.span.high, next.piece[upper], next.from[upper]
	}
}

// pieces returns the figures that a bound at the last day comes from, those of
// others put in the place of what they make up.
func (t *tiles) pieces(side int) []int {
	var back [][]int
	for n := len(t.days) - 1; n > 0; n = t.days[n].from[side] {
		j := t.days[n].piece[side]
		known := t.low[j]
		if side == upper {
			known = t.high[j]
		}
		if known.by == nil {
			known.by = []int{j}
		}
		back = append(back, known.by)
	}
	slices.Reverse(back)
	return slices.Concat(back...)
}

// whole puts the stated figure of a period that its pieces contradict in the
// place of those pieces.
func (t *tiles) whole(i int, pieces []int) []int {
	for _, y := range t.broken {
		if y == i || !t.stated[i].Period.Contains(t.stated[y].Period) {
			continue
		}
		from := slices.IndexFunc(pieces, func(j int) bool { return t.stated[j].Period.Start() == t.stated[y].Period.Start() })
		to := slices.IndexFunc(pieces, func(j int) bool { return t.stated[j].Period.End() == t.stated[y].Period.End() })
		if from >= 0 && to > from {
			pieces = slices.Replace(slices.Clone(pieces), from, to+1, y)
		}
	}
	return pieces
}
