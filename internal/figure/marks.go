package figure

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bellwether/internal/fault"
)

// takeMarks takes the declared marks before and behind the number, and the
// spaces beside them, and returns their flags in the order of print, each
// once.
func (n Notation) takeMarks(cell string) (rest string, flags []string) {
	if len(n.Marks) == 0 {
		return cell, nil
	}
	rest = cell
	for mark := n.markAt(rest, strings.HasPrefix); mark != ""; mark = n.markAt(rest, strings.HasPrefix) {
		flags = append(flags, n.Marks[mark])
		rest = strings.TrimSpace(rest[len(mark):])
	}
	var behind []string
	for mark := n.markAt(rest, strings.HasSuffix); mark != ""; mark = n.markAt(rest, strings.HasSuffix) {
		behind = append(behind, n.Marks[mark])
		rest = strings.TrimSpace(rest[:len(rest)-len(mark)])
	}
	slices.Reverse(behind)
	return rest, distinct(append(flags, behind...))
}

// markAt returns the longest declared mark at one end of the text.
func (n Notation) markAt(text string, stands func(text, mark string) bool) string {
	longest := ""
	for mark := range n.Marks {
		if len(mark) > len(longest) && stands(text, mark) {
			longest = mark
		}
	}
	return longest
}

func distinct(flags []string) []string {
	var kept []string
	for _, flag := range flags {
		if !slices.Contains(kept, flag) {
			kept = append(kept, flag)
		}
	}
	return kept
}

// checkCharacters refuses digits of other scripts, and then marks beside a
// number that are not declared.
func checkCharacters(text, cell string) error {
	if strings.Trim(text, "-.0123456789") == "" {
		return nil // as most cells are; what follows takes longer
	}
	for _, r := range text {
		if r > unicode.MaxASCII && unicode.IsDigit(r) {
			return fault.New(fault.Invalid, fault.NumberNonASCIIDigit, "%q has the digit %q", fault.Clip(cell), r).
				Expect("digits 0 to 9")
		}
	}
	if mark := undeclaredMark(text); mark != "" {
		return fault.New(fault.Invalid, fault.NumberUndeclaredMark, "%q has the mark %q", fault.Clip(cell), mark).
			Expect("a number alone")
	}
	return nil
}

// undeclaredMark returns what stands before or behind a text that otherwise
// looks like a number; it is empty where nothing does, and where the rest is no
// number either.
func undeclaredMark(text string) string {
	if mark := around(text, isNumeric); mark != "" {
		return mark
	}
	// A mark in brackets, such as (p), ends like a negative number does.
	mark := around(text, isDigit)
	if strings.IndexFunc(mark, func(r rune) bool { return !isNumeric(r) }) < 0 {
		return ""
	}
	return mark
}

// around returns what stands behind, or else before, the core of a text: from
// its first to its last character that is in the class. It is empty where the
// core is no number.
func around(text string, class func(rune) bool) string {
	first, last := strings.IndexFunc(text, class), strings.LastIndexFunc(text, class)
	if first < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(text[last:])
	if !looksNumeric(text[first : last+size]) {
		return ""
	}
	if behind := strings.TrimSpace(text[last+size:]); behind != "" {
		return behind
	}
	return strings.TrimSpace(text[:first])
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isNumeric says that a character may begin or end a number in some notation.
func isNumeric(r rune) bool {
	return isDigit(r) || strings.ContainsRune("+-−().,%％'’", r)
}

// looksNumeric says that a text has a digit, and beside digits only what some
// notation of numbers has: signs, separators, an exponent.
func looksNumeric(text string) bool {
	digit := false
	for i, r := range text {
		switch {
		case isDigit(r):
			digit = true
		case isNumeric(r), isSeparator(r):
		case (r == 'e' || r == 'E') && digit && i+1 < len(text):
		default:
			return false
		}
	}
	return digit
}
