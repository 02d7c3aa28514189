package figure

import "math/big"

// Notation is how a file writes its numbers. Its zero value is strict plain
// text: a point, no thousands separator, a minus in front, nothing else.
// Whatever depends on a language or a house style counts only where it is
// declared here.
type Notation struct {
	Decimal    string             // the decimal separator; empty means "."
	Thousands  string             // the thousands separator; empty means none
	Grouping   Grouping           // how the thousands are grouped
	Negatives  Negatives          // forms of negative numbers beside a minus in front
	Marks      map[string]string  // marks beside the number, each with the flag that it stands for
	Missing    map[string]Meaning // words of whole cells, beside and before the usual ones
	Exponent   bool               // whether 1.187E+11 is read
	Decimals   *int               // the decimals that every number is published with; nil leaves them to the text
	Multiplier int                // the power of ten that the numbers are written in
}

// Grouping is how many digits stand between thousands separators.
type Grouping string

// The groupings: 1,234,567 and 12,34,567.
const (
	ByThree       Grouping = "3" // the default
	ByTwosAtThree Grouping = "3;2"
)

// Negatives are the forms of negative numbers that a file may declare.
type Negatives struct {
	Parentheses   bool // (4.2)
	TrailingMinus bool // 4.2-
}

// Meaning is what a word in a value cell stands for.
type Meaning string

// The meanings.
const (
	NotAvailable   Meaning = "not_available"  // there is a figure and it is not given
	NilOrMissing   Meaning = "nil_or_missing" // nothing, or nothing known: the dash says both
	Blank          Meaning = "blank"          // the cell is empty
	MeansZero      Meaning = "zero"           // nothing: exactly 0
	MeansBelowUnit Meaning = "below_unit"     // more than nothing and less than half a unit
)

// Kind is what a column of numbers holds.
type Kind uint8

// The kinds. Only a percentage may end in a percent sign.
const (
	Level Kind = iota
	Percent
)

// State says what a value cell turned out to be.
type State uint8

// The states.
const (
	Present   State = iota // a number
	Missing                // no number; Reason says which kind of none
	Nil                    // a word that is declared to mean exactly 0
	BelowUnit              // a word that is declared to mean less than half a unit
)

// The flags that a reading can carry beside those of declared marks.
const (
	FlagNil          = "nil"           // a word that means 0
	FlagNegativeZero = "negative_zero" // a small fall that is printed as -0.0; the value is 0
)

// Reading is what a value cell says.
type Reading struct {
	State  State
	Value  Value    // the number; 0 where there is none, with the decimals that a number there would have
	Reason Meaning  // why there is no number; empty unless Missing
	Flags  []string // of marks, in the order in which they are printed
}

// Bounds returns what the number may be, in ones: the value less and plus its
// half-width, and 0 to half a unit for what is below a unit. ok is false where
// the number is missing.
func (r Reading) Bounds() (low, high *big.Rat, ok bool) {
	half := r.Value.HalfRat()
	switch r.State {
	case Present, Nil:
		value := r.Value.Rat()
		return new(big.Rat).Sub(value, half), new(big.Rat).Add(value, half), true
	case BelowUnit:
		return new(big.Rat), half, true
	case Missing:
	}
	return nil, nil, false
}
