package figure

import (
	"strings"
	"unicode"

	"bellwether/internal/fault"
)

// Read reads a value cell. Outer spaces are dropped and nothing else is
// normalised: full-width digits and circled footnote marks never become part
// of a number.
//
// A word for a missing value may have declared marks beside it.
//
// The questions are asked in this order, and the first that fails names the
// fault: length, an empty cell, words for a missing value, declared marks,
// digits other than 0 to 9, undeclared marks, percent sign, sign, exponent,
// separators, grouping, leading zero, size, declared decimals.
func (n Notation) Read(text string, kind Kind) (Reading, error) {
	cell := strings.TrimSpace(text)
	if len(cell) > MaxBytes {
		return Reading{}, tooLong("%q has %d bytes", fault.Clip(cell), len(cell))
	}
	if meaning, ok := n.meaning(cell); ok {
		return n.word(meaning), nil
	}
	rest, flags := n.takeMarks(cell)
	if meaning, ok := n.meaning(rest); ok && meaning != Blank {
		r := n.word(meaning)
		r.Flags = append(r.Flags, flags...)
		return r, nil
	}
	if err := checkCharacters(rest, cell); err != nil {
		return Reading{}, err
	}
	rest, err := takePercent(rest, cell, kind)
	if err != nil {
		return Reading{}, err
	}
	value, negative, err := n.number(rest, cell)
	if err != nil {
		return Reading{}, err
	}
	if negative && value.IsZero() {
		flags = append(flags, FlagNegativeZero)
	}
	return Reading{Value: value, Flags: flags}, nil
}

// meaning returns what a whole cell stands for, when it is a word for a
// missing value: the declared ones first, then those that statistical offices
// commonly use. None of those means zero.
func (n Notation) meaning(cell string) (Meaning, bool) {
	if cell == "" {
		return Blank, true
	}
	if meaning, ok := n.Missing[cell]; ok {
		return meaning, true
	}
	switch cell {
	case "…", "...", "..", "n/a", "N/A", "NA", "n.a.":
		return NotAvailable, true
	case "-", "–", "—":
		return NilOrMissing, true
	}
	return "", false
}

// word is the reading of a cell that holds a word instead of a number.
func (n Notation) word(meaning Meaning) Reading {
	switch meaning {
	case MeansZero:
		return Reading{State: Nil, Value: New(0, 0, n.Multiplier).Exact(), Flags: []string{FlagNil}}
	case MeansBelowUnit:
		return Reading{State: BelowUnit, Value: New(0, n.decimalsOr(0), n.Multiplier)}
	case NotAvailable, NilOrMissing, Blank:
	}
	return Reading{State: Missing, Value: New(0, n.decimalsOr(0), n.Multiplier), Reason: meaning}
}

func (n Notation) decimalsOr(decimals int) int {
	if n.Decimals != nil {
		return *n.Decimals
	}
	return decimals
}

// takePercent takes a percent sign off a percentage and refuses it on a level.
func takePercent(text, cell string, kind Kind) (string, error) {
	body, found := cutPercent(text)
	if found && kind == Level {
		return "", fault.New(fault.Invalid, fault.NumberPercentInLevel, "%q is a percentage", fault.Clip(cell)).
			Expect("a level; a growth rate belongs in a column of its own")
	}
	return body, nil
}

// cutPercent takes off a percent sign at the end, or before the parenthesis
// that ends a negative number.
func cutPercent(text string) (body string, found bool) {
	if text != "" && isDigit(rune(text[len(text)-1])) {
		return text, false
	}
	inner, closed := strings.CutSuffix(text, ")")
	for _, sign := range [...]string{"%", "％"} {
		body, found = strings.CutSuffix(inner, sign)
		body = strings.TrimRightFunc(body, unicode.IsSpace)
		switch {
		case found && closed:
			return body + ")", true
		case found:
			return body, true
		}
	}
	return text, false
}
