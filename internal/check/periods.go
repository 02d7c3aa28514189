package check

import (
	"math/big"
	"slices"

	"bellwether/internal/growth"
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
		if tiles := t.check(i); tiles != nil {
			f.tellPeriods(&t.stated[i], t.at(tiles))
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
	sum := sumOf(members)
	found.measure(sum.value, sum.span, sum.decimals(total.Value.Multiplier()))
	f.tell(&found)
}

// tiles are the figures of one series as pieces to lay end to end.
type tiles struct {
	stated []Statement // with numbers, by end, then longest first
	spans  []growth.Interval
	low    []bound // the most that is known of each: it is at least,
	high   []bound // and at most this
	broken []int   // those that their pieces contradict
}

// bound is an end of what a figure can be, and the pieces that say so: the
// figure itself, or others that make it up.
type bound struct {
	at *big.Rat
	by []int
}

func newTiles(force []Statement) *tiles {
	t := &tiles{}
	for i := range force {
		if force[i].bounded() {
			t.stated = append(t.stated, force[i])
		}
	}
	t.spans, t.low, t.high = make([]growth.Interval, len(t.stated)), make([]bound, len(t.stated)), make([]bound, len(t.stated))
	return t
}

func (t *tiles) at(list []int) []Statement {
	members := make([]Statement, len(list))
	for i, n := range list {
		members[i] = t.stated[n]
	}
	return members
}

func (t *tiles) days(i int) int { return int(t.stated[i].Period.End() - t.stated[i].Period.Start()) }

// shortestFirst returns the periods so that the pieces of each come before it.
func (t *tiles) shortestFirst() []int {
	order := make([]int, len(t.stated))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.days(a) - t.days(b) })
	return order
}

// check holds a period against everything that makes it up and returns pieces
// that contradict it, nil where there are none. It notes what is known of the
// period then.
func (t *tiles) check(i int) []int {
	t.spans[i] = t.stated[i].Level().Interval()
	own := []int{i}
	t.low[i], t.high[i] = bound{t.spans[i].Low, own}, bound{t.spans[i].High, own}
	if t.days(i) > mostDays {
		return nil
	}
	low, high, ok := t.madeUp(i)
	if !ok {
		return nil
	}
	for _, against := range []bound{low, high} {
		if t.meets(i, against.by) {
			continue
		}
		t.broken = append(t.broken, i)
		if pieces := t.whole(i, against.by); !t.meets(i, pieces) {
			return pieces
		}
		return nil
	}
	if low.at.Cmp(t.low[i].at) > 0 {
		t.low[i] = low
	}
	if high.at.Cmp(t.high[i].at) < 0 {
		t.high[i] = high
	}
	return nil
}

// meets reports whether a figure can be the sum of pieces.
func (t *tiles) meets(i int, pieces []int) bool {
	sum := sumOf(t.at(pieces))
	return sum.span.Meets(t.spans[i])
}

// within returns the periods that lie within one, by end. It is empty where
// they are too many.
func (t *tiles) within(i int) []int {
	whole := t.stated[i].Period
	var list []int
	for n := range t.stated[:i] {
		j := i - 1 - n
		p := t.stated[j].Period
		if p.End() <= whole.Start() || len(list) > mostWithin {
			break
		}
		if whole.Contains(p) && p != whole {
			list = append(list, j)
		}
	}
	for j := i + 1; j < len(t.stated) && t.stated[j].Period.End() == whole.End() && len(list) <= mostWithin; j++ {
		list = append(list, j)
	}
	if len(list) > mostWithin {
		return nil
	}
	slices.Sort(list)
	return list
}

// reached is the most and the least that the pieces up to a day can make.
type reached struct{ low, high bound }

// madeUp returns the greatest lower and the least upper bound of the sums of
// pieces that make a period up; ok is false where none do.
func (t *tiles) madeUp(i int) (low, high bound, ok bool) {
	whole := t.stated[i].Period
	list := t.within(i)
	if !connects(t, whole, list) {
		return bound{}, bound{}, false
	}
	days := map[period.Date]reached{whole.Start(): {bound{at: new(big.Rat)}, bound{at: new(big.Rat)}}}
	for _, j := range list {
		p := t.stated[j].Period
		from, there := days[p.Start()]
		if !there {
			continue
		}
		next := reached{from.low.plus(t.low[j]), from.high.plus(t.high[j])}
		if known, there := days[p.End()]; there {
			if known.low.at.Cmp(next.low.at) >= 0 {
				next.low = known.low
			}
			if known.high.at.Cmp(next.high.at) <= 0 {
				next.high = known.high
			}
		}
		days[p.End()] = next
	}
	end := days[whole.End()]
	return end.low, end.high, true
}

// connects reports whether pieces lead from the start of a period to its end,
// before any number is added up.
func connects(t *tiles, whole period.Period, list []int) bool {
	if len(list) < 2 {
		return false
	}
	days := map[period.Date]bool{whole.Start(): true}
	for _, j := range list {
		if p := t.stated[j].Period; days[p.Start()] {
			days[p.End()] = true
		}
	}
	return days[whole.End()]
}

func (b bound) plus(c bound) bound {
	return bound{new(big.Rat).Add(b.at, c.at), slices.Concat(b.by, c.by)}
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
