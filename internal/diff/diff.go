// Package diff owns what changed between two states of the figures: what is
// new, revised, restated, withdrawn, revived or taken back, from what to what.
//
// It compares one figure at a time and counts. It reads no store, knows not of
// what a figure is, and says nothing of why it changed.
package diff

import (
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
)

// Kind says how a figure changed.
type Kind string

// The kinds of a change.
const (
	Unchanged Kind = "unchanged" // the same figure, equally precise, with the same status
	New       Kind = "new"       // nothing stood there
	Revised   Kind = "revised"   // another number, or a number in place of none
	Restated  Kind = "restated"  // the same number with other decimals or another status
	Withdrawn Kind = "withdrawn" // the office took it back
	Revived   Kind = "revived"   // stated again after it was withdrawn
	Removed   Kind = "removed"   // nothing stands there any more: what stated it was undone
)

// Figure is what one version says, as far as a change of it is news. Text is a
// growth in words.
type Figure struct {
	State     obs.State
	Value     figure.Value
	Status    string
	Reason    string
	Text      string
	Withdrawn bool
}

// Of returns the figure of an observation.
func Of(o *obs.Observation) Figure {
	return Figure{State: o.State, Value: o.Value, Status: o.Status, Reason: o.Reason, Text: o.Text, Withdrawn: o.Withdrawn}
}

// HasValue reports whether the figure is a number.
func (f Figure) HasValue() bool {
	return !f.Withdrawn && (f.State == obs.Present || f.State == obs.Nil)
}

// Between returns the kind of the change from one figure to the next.
func Between(before, after Figure) Kind {
	switch {
	case before.Withdrawn && after.Withdrawn:
		return Unchanged
	case after.Withdrawn:
		return Withdrawn
	case before.Withdrawn:
		return Revived
	case !sameNumber(before, after):
		return Revised
	case before.Status != after.Status || before.State != after.State || !samePrecision(before, after):
		return Restated
	}
	return Unchanged
}

// sameNumber reports whether two figures that are not withdrawn say the same.
func sameNumber(a, b Figure) bool {
	if a.HasValue() != b.HasValue() {
		return false
	}
	if a.HasValue() {
		return a.Value.Equal(b.Value)
	}
	return a.State == b.State && a.Reason == b.Reason && a.Text == b.Text
}

func samePrecision(a, b Figure) bool {
	if a.State == obs.Missing || a.State == obs.InWords {
		return true
	}
	return a.Value.SameAs(b.Value)
}

// Nature says what numbers of a series are, as far as their change is told.
type Nature int

// The natures of numbers.
const (
	Amount     Nature = iota // also an index or a rate of exchange: changes are told in percent
	Percentage               // in percent already: changes are points, of which no percentage is taken
)

// Percent returns by how much after differs from before, in percent of the
// magnitude of before, to two decimals rounded half away from zero. It is
// empty where one of them is no number, before is zero or both are
// percentages.
func Percent(before, after Figure, of Nature) string {
	if of == Percentage || !before.HasValue() || !after.HasValue() || before.Value.IsZero() {
		return ""
	}
	from := before.Value.Rat()
	change := new(big.Rat).Sub(after.Value.Rat(), from)
	change.Quo(change, from.Abs(from))
	return figure.RoundHalfAway(change.Mul(change, big.NewRat(100, 1)), 2)
}
