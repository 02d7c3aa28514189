package check

import (
	"math/big"
	"strings"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/series"
)

// Basis is the prices that a level is in or a growth is of.
type Basis string

// The bases.
const (
	Unstated Basis = ""
	Nominal  Basis = "nominal"
	Real     Basis = "real"
)

// BasisOf returns the basis that a series names: nominal for current prices,
// real for constant or chained ones, unstated for all else.
func BasisOf(name string) Basis {
	switch {
	case name == "current" || name == string(Nominal):
		return Nominal
	case name == string(Real) || strings.HasPrefix(name, "real-") || strings.HasPrefix(name, "chained-"):
		return Real
	}
	return Unstated
}

// SpeaksOf reports whether a growth of one price basis may be of a level of
// another, both as series name them: nominal growth is of levels at current
// prices, real growth of every level, and growth that does not say of levels at
// current prices, and of those at other prices only where none at current
// prices stands.
func SpeaksOf(claim, level string, current Standing) bool {
	switch {
	case level == series.Current || claim == series.Real:
		return true
	case claim == series.Nominal:
		return false
	}
	return current == Nowhere
}

// Standing says whether a level at current prices stands for a period.
type Standing int

// The standings.
const (
	Nowhere Standing = iota
	Stands
)

// Claim is a reported growth in percent: the value as printed, or one below
// half a unit of its last digit.
type Claim struct {
	Value     figure.Value
	BelowUnit bool
	Basis     Basis
}

// factor returns the closed interval of 1 + growth.
func (c Claim) factor() growth.Interval {
	i := growth.Level{Value: c.Value, BelowUnit: c.BelowUnit}.Interval()
	return growth.Interval{Low: percentFactor(i.Low), High: percentFactor(i.High)}
}

// point returns 1 + growth as printed.
func (c Claim) point() *big.Rat { return percentFactor(c.Value.Rat()) }

func percentFactor(percent *big.Rat) *big.Rat {
	f := new(big.Rat).Quo(percent, big.NewRat(100, 1))
	return f.Add(f, big.NewRat(1, 1))
}

// leavesNothing says that the growth may be -100 % or less within its
// rounding. A printed number above -100 is at least one unit above it, and its
// rounding half a unit.
func (c Claim) leavesNothing() bool {
	return c.Value.Cmp(figure.New(-100, 0, 0)) <= 0
}
