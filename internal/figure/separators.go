package figure

import (
	"strings"

	"bellwether/internal/fault"
)

// isSeparator says that a character parts digits in some notation.
func isSeparator(r rune) bool {
	return strings.ContainsRune(".,'’．，٫٬ \u00a0\u2007\u2009\u202f\u3000", r)
}

// decimal returns the decimal separator.
func (n Notation) decimal() string {
	if n.Decimal == "" {
		return "."
	}
	return n.Decimal
}

// splitDigits takes a number without sign and exponent apart into the digits
// before and behind the decimal separator.
func (n Notation) splitDigits(text, cell string) (whole, fraction string, err error) {
	if !strings.ContainsFunc(text, isDigit) || text[0] == ' ' {
		return "", "", malformed(cell)
	}
	decimal := n.decimal()
	whole, fraction, point := strings.Cut(text, decimal)
	if err := n.checkSeparators(whole, fraction, cell, decimal); err != nil {
		return "", "", err
	}
	if n.Thousands != "" && strings.Contains(text, n.Thousands) {
		groups := strings.Split(whole, n.Thousands)
		if strings.Contains(fraction, n.Thousands) || !n.grouped(groups) {
			return "", "", fault.New(fault.Invalid, fault.NumberGrouping, "%q is not grouped as declared", fault.Clip(cell)).
				Expect("%s", n.groupingExample())
		}
		whole = strings.Join(groups, "")
	}
	if !allDigits(whole) || point && !allDigits(fraction) {
		return "", "", malformed(cell)
	}
	return whole, fraction, nil
}

// checkSeparators refuses what is neither a digit nor a declared separator. A
// second decimal separator is a separator of thousands where it stands as one.
func (n Notation) checkSeparators(whole, fraction, cell, decimal string) error {
	if strings.Contains(fraction, decimal) {
		if groups := append([]string{whole}, strings.Split(fraction, decimal)...); groupedBy(groups, 3) {
			return n.undeclared(cell, decimal)
		}
		return malformed(cell)
	}
	for _, digits := range [...]string{whole, fraction} {
		if n.Thousands != "" {
			digits = strings.ReplaceAll(digits, n.Thousands, "")
		}
		if err := n.checkDigits(digits, cell); err != nil {
			return err
		}
	}
	return nil
}

// checkDigits finds what is no digit: separators that are not declared have a
// code of their own, when everything else is a digit.
func (n Notation) checkDigits(digits, cell string) error {
	separator := ""
	for _, r := range digits {
		switch {
		case isDigit(r):
		case isSeparator(r):
			separator = string(r)
		default:
			return malformed(cell)
		}
	}
	if separator != "" {
		return n.undeclared(cell, separator)
	}
	return nil
}

func (n Notation) undeclared(cell, separator string) error {
	return fault.New(fault.Invalid, fault.NumberSeparatorUndeclared, "%q has the separator %q", fault.Clip(cell), separator).
		Expect("digits with at most one decimal point")
}

// grouped says whether the groups between thousands separators have the sizes
// that the grouping wants.
func (n Notation) grouped(groups []string) bool {
	if n.Grouping == ByTwosAtThree {
		last := len(groups) - 1
		return len(groups[last]) == 3 && (last == 0 || groupedBy(groups[:last], 2))
	}
	return groupedBy(groups, 3)
}

// groupedBy says whether the first group has 1 to size digits and the others
// exactly so many.
func groupedBy(groups []string, size int) bool {
	for i, group := range groups {
		short := i == 0 && len(group) >= 1 && len(group) <= size
		if !allDigits(group) || len(group) != size && !short {
			return false
		}
	}
	return true
}

func (n Notation) groupingExample() string {
	groups := []string{"1", "234", "567"}
	if n.Grouping == ByTwosAtThree {
		groups = []string{"12", "34", "567"}
	}
	return strings.Join(groups, n.Thousands)
}
