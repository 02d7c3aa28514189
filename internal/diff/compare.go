package diff

import (
	"cmp"

	"bellwether/internal/period"
)

// Entry is the figure of one series and period in a state. Family and Code are
// those of the series' key.
type Entry struct {
	Family string
	Code   string
	Period period.Period
	Figure
}

// Change is how one figure changed. Before is empty where Kind is New, After
// where it is Removed.
type Change struct {
	Kind   Kind
	Code   string
	Period period.Period
	Before Figure
	After  Figure
}

// Percent returns by how much the figure changed; see the function Percent.
func (c Change) Percent() string { return Percent(c.Before, c.After) }

// Counts is how many figures changed in which way.
type Counts struct {
	New       int `json:"new"`
	Revised   int `json:"revised"`
	Restated  int `json:"restated"`
	Withdrawn int `json:"withdrawn"`
	Revived   int `json:"revived"`
	Removed   int `json:"removed"`
	Unchanged int `json:"unchanged"`
}

// Add counts one more change of the kind.
func (c *Counts) Add(kind Kind) {
	switch kind {
	case New:
		c.New++
	case Revised:
		c.Revised++
	case Restated:
		c.Restated++
	case Withdrawn:
		c.Withdrawn++
	case Revived:
		c.Revived++
	case Removed:
		c.Removed++
	case Unchanged:
		c.Unchanged++
	}
}

// Order is the order in which both states are walked: by family, code, end of
// the period, and where two end together the longer one first.
func Order(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.Code, b.Code), period.Compare(a.Period, b.Period))
}

// Comparer walks two states in the same order. The earlier one is held; the
// later one is handed over entry by entry.
type Comparer struct {
	Counts Counts
	before []Entry
	each   func(Change) error
}

// NewComparer returns a comparer over the earlier state, which is in Order.
// Each change, but nothing that is unchanged, is given to each, whose error
// ends the walk.
func NewComparer(before []Entry, each func(Change) error) *Comparer {
	return &Comparer{before: before, each: each}
}

// Next takes the next entry of the later state, in Order.
func (c *Comparer) Next(after Entry) error {
	for len(c.before) > 0 && Order(&c.before[0], &after) < 0 {
		if err := c.removed(); err != nil {
			return err
		}
	}
	change := Change{Kind: New, Code: after.Code, Period: after.Period, After: after.Figure}
	if len(c.before) > 0 && Order(&c.before[0], &after) == 0 {
		change.Before = c.before[0].Figure
		change.Kind = Between(change.Before, change.After)
		c.before = c.before[1:]
	}
	return c.note(change)
}

// End says that the later state has no further entries.
func (c *Comparer) End() error {
	for len(c.before) > 0 {
		if err := c.removed(); err != nil {
			return err
		}
	}
	return nil
}

func (c *Comparer) removed() error {
	gone := c.before[0]
	c.before = c.before[1:]
	return c.note(Change{Kind: Removed, Code: gone.Code, Period: gone.Period, Before: gone.Figure})
}

func (c *Comparer) note(change Change) error {
	c.Counts.Add(change.Kind)
	if change.Kind == Unchanged {
		return nil
	}
	return c.each(change)
}
