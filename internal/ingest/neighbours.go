package ingest

import (
	"cmp"
	"slices"

	"bellwether/internal/check"
	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// twoYears is how many days the neighbours of a figure may be away from it: the
// state around a file is read that far that there are two on either side.
const twoYears = 2 * aYear

// neighbours holds the figures of a file against those beside them: of the same
// series and length, in the file and in the store, one before and one after, or
// two on one side where the other has none. Percentages are left out: they
// change tenfold, and their sign, without anything being wrong.
type neighbours struct {
	adds   func(*series.Key) bool // whether figures add up over time
	amount func(*series.Key) bool // whether they are no percentages
	warn   func(Finding, int)     // the column counts from 1
	full   func(fault.Code) bool  // whether what is warned of is counted and no longer shown
	of     *obs.Series
	force  []check.Statement // of that series, by end, then longest first
}

func (j *job) newNeighbours(rules *check.Rules, change *differ) *neighbours {
	return &neighbours{
		adds:   rules.Adds,
		amount: func(key *series.Key) bool { return change.natureOf(key) == diff.Amount },
		warn: func(f Finding, column int) {
			f.Column = j.columnOf(column)
			j.warnings.add(f)
		},
		full: j.warnings.full,
	}
}

// add takes the next statement: by series, period and publication.
func (n *neighbours) add(s *check.Statement) {
	if n.of == nil || n.of.Code != s.Series.Code {
		n.close()
		n.of = s.Series
	}
	if last := len(n.force) - 1; last >= 0 && n.force[last].Period == s.Period {
		if s.Line == 0 && n.force[last].Line > 0 && s.Value.SameAs(n.force[last].Value) {
			return
		}
		n.force = n.force[:last]
	}
	n.force = append(n.force, *s)
}

// close judges the series whose last statement was added.
func (n *neighbours) close() {
	if n.of != nil && len(n.force) > 1 && n.amount(&n.of.Key) && slices.ContainsFunc(n.force, func(s check.Statement) bool { return s.Line > 0 }) {
		n.judge()
	}
	n.of, n.force = nil, n.force[:0]
}

// judge looks at what is in force of one series, length by length.
func (n *neighbours) judge() {
	lengths := map[int][]*check.Statement{}
	var cumulative *check.Statement
	adds := n.adds(&n.of.Key)
	for i := range n.force {
		s := &n.force[i]
		if !s.HasNumber() {
			continue
		}
		length := lengthOf(s.Period)
		lengths[length] = append(lengths[length], s)
		if adds && s.Period.YTD() {
			n.falls(cumulative, s)
			cumulative = s
		}
	}
	order := make([]int, 0, len(lengths))
	for length := range lengths {
		order = append(order, length)
	}
	slices.Sort(order)
	for _, length := range order {
		same := lengths[length]
		for i, s := range same {
			if s.Line > 0 {
				n.compare(s, beside(same, i))
			}
		}
	}
}

// lengthOf is the months of a period, or its days below zero where they are no
// whole months.
func lengthOf(p period.Period) int {
	if months, whole := p.Months(); whole {
		return months
	}
	return int(p.Start() - p.End())
}

// beside returns the one or two neighbours of a figure that are near enough.
func beside(same []*check.Statement, i int) []*check.Statement {
	var near []*check.Statement
	for _, at := range [...]int{i - 1, i + 1, i - 2, i + 2} {
		if len(near) < 2 && at >= 0 && at < len(same) && apart(same[at].Period, same[i].Period) <= twoYears {
			near = append(near, same[at])
		}
	}
	return near
}

func apart(a, b period.Period) period.Date { return max(a.End()-b.End(), b.End()-a.End()) }

// compare warns of a figure that is a power of ten off from both neighbours, or
// a thousandfold or more from the only one; or that is about as large as both
// with the other sign.
func (n *neighbours) compare(s *check.Statement, near []*check.Statement) {
	if len(near) == 0 {
		return
	}
	power := powerBetween(s.Value, near[0].Value)
	flipped := len(near) == 2 && turned(s.Value, near[0].Value)
	for _, other := range near[1:] {
		if powerBetween(s.Value, other.Value) != power {
			power = 0
		}
		flipped = flipped && turned(s.Value, other.Value)
	}
	switch {
	case flipped:
		n.tell(s, fault.SignFlipped, "about as large, with the other sign", near)
	case power == 0 || len(near) == 1 && power > -3 && power < 3:
	case power > 0:
		n.tell(s, fault.ValuePowerOfTen, "about "+figureOne(power)+" times less", near)
	default:
		n.tell(s, fault.ValuePowerOfTen, "about "+figureOne(-power)+" times more", near)
	}
}

// falls warns of a cumulative figure that is less than the one before it in the
// same year, by more than their rounding.
func (n *neighbours) falls(before, s *check.Statement) {
	if before == nil || before.Period.Start() != s.Period.Start() || before.Value.Sign() <= 0 || s.Value.Sign() < 0 ||
		before.Line == 0 && s.Line == 0 || !below(s.Value, before.Value) {
		return
	}
	at := s
	if s.Line == 0 {
		at = before
	}
	n.tell(at, fault.CumulativeFalls, "no less than before", []*check.Statement{before, s})
}

// tell warns of a figure beside others.
func (n *neighbours) tell(s *check.Statement, code fault.Code, expected string, others []*check.Statement) {
	f := Finding{Code: code, Line: s.Line}
	if !n.full(code) {
		f.Value = fault.Clip(s.Series.Code + " " + s.Period.String() + ": " + s.Value.String())
		f.Expected = expected + ": " + saidOf(others)
	}
	n.warn(f, s.Column)
}

// saidOf writes figures by period.
func saidOf(near []*check.Statement) string {
	near = slices.Clone(near)
	slices.SortFunc(near, func(a, b *check.Statement) int { return cmp.Compare(a.Period.End(), b.Period.End()) })
	text := ""
	for i, s := range near {
		if i > 0 {
			text += ", "
		}
		text += s.Value.String() + " in " + s.Period.String()
	}
	return text
}
