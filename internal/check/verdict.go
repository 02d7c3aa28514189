package check

import (
	"strings"

	"bellwether/internal/series"
)

// Class is what a test says of a reported growth.
type Class string

// The classes, in the order in which they are tried.
const (
	NotTestable     Class = "not_testable"      // Reason says what is in the way
	Consistent      Class = "consistent"        // some numbers within the rounding fit
	PriceBasis      Class = "price_basis"       // real growth of nominal levels, and the gap could be prices
	ScopeOrRevision Class = "scope_or_revision" // another prior was meant, by a version that stands or by size alone
	Unexplained     Class = "unexplained"       // none of these
)

// The reasons of ScopeOrRevision. SizeOnly is a guess from the magnitude of the
// gap and is to be shown as one.
const (
	OtherPrior = "other_prior" // another version of the prior fits the reported growth
	SizeOnly   = "size_only"   // the gap is within a quarter either way
)

// The hints. HintPowerOfTen stands before the power by which the value would
// have to be moved to be consistent, such as power_of_ten:-1.
const (
	HintBasisUnstated = "basis_unstated" // the gap could be prices, had the growth been declared real
	HintPowerOfTen    = "power_of_ten:"
)

// The flags of a row whose growth was tested.
const (
	FlagContradicted = "contradicted"
	FlagGuess        = "guess"
)

// Verdict is the outcome of a test.
type Verdict struct {
	Class  Class
	Reason string
	Hints  []string
}

// Contradicted reports whether the figures rule the growth out.
func (v Verdict) Contradicted() bool { return v.Class == ScopeOrRevision || v.Class == Unexplained }

// BorneOut returns what is left of a contradiction between growth and a level
// of a basis, where the growth agrees with a level at constant prices that it
// speaks of: prices explain levels at current ones, and others are not ruled
// out.
func (v Verdict) BorneOut(level string) Verdict {
	switch {
	case !v.Contradicted():
		return v
	case level == series.Current:
		return Verdict{Class: PriceBasis}
	}
	return Verdict{Class: Consistent}
}

// Flags returns the flags of a row with this verdict: contradicted for
// ScopeOrRevision and Unexplained, and guess for SizeOnly. Nil for none.
func (v Verdict) Flags() []string {
	switch {
	case v.Class == ScopeOrRevision && v.Reason == SizeOnly:
		return []string{FlagContradicted, FlagGuess}
	case v.Contradicted():
		return []string{FlagContradicted}
	}
	return nil
}

// Why returns the reason and the hints, joined by a semicolon.
func (v Verdict) Why() string {
	if len(v.Hints) == 0 {
		return v.Reason
	}
	hints := strings.Join(v.Hints, ";")
	if v.Reason == "" {
		return hints
	}
	return v.Reason + ";" + hints
}
