package diff

// Change is how one figure changed. Before is empty where Kind is New, After
// where it is Removed.
type Change struct {
	Kind   Kind
	Before Figure
	After  Figure
}

// Compare returns how a figure changed; nil says that nothing stood there.
// Nothing on both sides is Unchanged.
func Compare(before, after *Figure) Change {
	switch {
	case before == nil && after == nil:
		return Change{Kind: Unchanged}
	case before == nil:
		return Change{Kind: New, After: *after}
	case after == nil:
		return Change{Kind: Removed, Before: *before}
	}
	return Change{Kind: Between(*before, *after), Before: *before, After: *after}
}

// Percent returns by how much the figure changed; see the function Percent. It
// is empty where nothing stands on one side.
func (c Change) Percent(of Nature) string {
	if c.Kind == New || c.Kind == Removed {
		return ""
	}
	return Percent(c.Before, c.After, of)
}

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

// Changed is how many figures changed in any way.
func (c Counts) Changed() int {
	return c.New + c.Revised + c.Restated + c.Withdrawn + c.Revived + c.Removed
}
