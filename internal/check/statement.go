package check

import (
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// Statement is what one publication says of one period of a series. Line and
// Column are those of the cell where it comes from a file that is being read,
// and 0 where it is stored.
type Statement struct {
	Series    *obs.Series
	Period    period.Period
	Value     figure.Value
	State     obs.State
	Withdrawn bool
	Published time.Time
	Line      int
	Column    int
}

// Stated returns what a stored version states.
func Stated(v *obs.Version) Statement {
	return Statement{Series: v.Series, Period: v.Period, Value: v.Value, State: v.State, Withdrawn: v.Withdrawn, Published: v.Published}
}

// HasNumber reports whether the statement is a number.
func (s *Statement) HasNumber() bool {
	return s != nil && !s.Withdrawn && (s.State == obs.Present || s.State == obs.Nil)
}

// bounded reports whether the statement says where the number lies.
func (s *Statement) bounded() bool {
	return s.HasNumber() || s != nil && !s.Withdrawn && s.State == obs.BelowUnit
}

// Level returns the statement as computations take it; nil is a level that is
// not there.
func (s *Statement) Level() growth.Level {
	if s == nil {
		return growth.Level{}
	}
	key := &s.Series.Key
	return InState(growth.Level{Period: s.Period, Value: s.Value, Unit: key.Unit, Adjusted: key.IsAdjusted()}, s.State, s.Withdrawn)
}

// InState returns a level as the state of its figure has it: without a value,
// below half a unit, or exact where it is a declared zero.
func InState(l growth.Level, state obs.State, withdrawn bool) growth.Level {
	switch {
	case withdrawn:
		l.Missing = true
	case state == obs.Nil:
		l.Value = l.Value.Exact()
	case state == obs.BelowUnit:
		l.BelowUnit = true
	case state != obs.Present:
		l.Missing = true
	}
	return l
}

// Claim returns the statement as a reported growth.
func (s *Statement) Claim() Claim {
	return Claim{Value: s.Level().Value.At(0), BelowUnit: s.State == obs.BelowUnit, Basis: BasisOf(s.Series.Key.Basis)}
}
