package figure

import (
	"maps"
	"slices"
	"unicode"
	"unicode/utf8"

	"bellwether/internal/fault"
)

// Check refuses a notation that would let a cell be read as another number than
// the one that is printed (setting_invalid): a separator that is part of
// numbers anyway, one separator for both the decimals and the thousands, and a
// mark without which a number is still a number, such as - or 1. It refuses
// groupings and meanings that are not known here, too.
func (n Notation) Check() error {
	for _, separator := range [...]string{n.Decimal, n.Thousands} {
		if separator != "" && !canSeparate(separator) {
			return unusable("a separator", separator, "one character that is no letter, digit or sign")
		}
	}
	switch n.Grouping {
	case "", ByThree, ByTwosAtThree:
	default:
		return unusable("the grouping", string(n.Grouping), "3 or 3;2")
	}
	if n.Thousands == n.decimal() {
		return unusable("the thousands separator", n.Thousands, "another one than the decimal separator")
	}
	for _, meaning := range slices.Sorted(maps.Values(n.Missing)) {
		switch meaning {
		case NotAvailable, NilOrMissing, Blank, MeansZero, MeansBelowUnit:
		default:
			return unusable("a word's meaning", string(meaning), "not_available, nil_or_missing, zero or below_unit")
		}
	}
	for _, mark := range slices.Sorted(maps.Keys(n.Marks)) {
		if n.looksLikeDigits(mark) {
			return unusable("a mark", mark, "one that cannot be part of a number")
		}
	}
	return nil
}

func unusable(what, text, expected string) error {
	return fault.New(fault.Invalid, fault.SettingInvalid, "%s cannot be %q", what, fault.Clip(text)).Expect("%s", expected)
}

// canSeparate says that a text is one character which has no other meaning in
// numbers.
func canSeparate(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case size != len(text), r == utf8.RuneError, unicode.IsLetter(r), unicode.IsNumber(r):
		return false
	}
	return isSeparator(r) || !isNumeric(r)
}

// looksLikeDigits says that a mark beside digits would be read as more of the
// number, were it not declared.
func (n Notation) looksLikeDigits(mark string) bool {
	n.Marks, n.Missing, n.Decimals, n.Multiplier = nil, nil, nil, 0
	n.Exponent, n.Negatives = true, Negatives{Parentheses: true, TrailingMinus: true}
	for _, digits := range [...]string{"1", "234"} {
		for _, text := range [...]string{mark + digits, digits + mark} {
			if _, err := n.Read(text, Percent); err == nil {
				return true
			}
		}
	}
	return false
}
