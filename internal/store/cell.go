package store

import (
	"math/big"
	"strings"
)

// contradicts reports whether a cell is a plain number, in any notation, and
// another one than the value that is stored for it. A growth that was printed
// as an index of the year before is stored as the growth: 107.7 as 7.7. What
// is no plain number contradicts nothing: how such cells are read is for the
// import to know.
func contradicts(cell, value string, indexed bool) bool {
	stored, ok := new(big.Rat).SetString(value)
	if !ok {
		return true
	}
	if indexed {
		stored.Add(stored, big.NewRat(100, 1))
	}
	numbers := plainNumbers(cell)
	for _, number := range numbers {
		if printed, ok := new(big.Rat).SetString(number); ok && printed.Cmp(stored) == 0 {
			return false
		}
	}
	return len(numbers) > 0
}

// plainNumbers returns what a cell may say as a number: none where it is
// more than a number, and two where a separator may part thousands or
// decimals, as in 1,234.
func plainNumbers(cell string) []string {
	body, sign := unsigned(strings.TrimSpace(cell))
	if body == "" || strings.Trim(body, plainDigits+separators) != "" || !isDigitAt(body, 0) || !isDigitAt(body, len(body)-1) {
		return nil
	}
	groups := strings.FieldsFunc(body, isSeparator)
	whole := strings.Join(groups, "")
	last := groups[len(groups)-1]
	var numbers []string
	if len(groups) == 1 || len(last) == 3 {
		numbers = append(numbers, sign+whole)
	}
	if mark := strings.TrimRight(body, plainDigits); len(groups) > 1 && isLoneMark(mark) {
		numbers = append(numbers, sign+whole[:len(whole)-len(last)]+"."+last)
	}
	return numbers
}

// plainDigits are the digits of a number, separators what may part them.
const (
	plainDigits = "0123456789"
	separators  = ".,'’．，٫٬ \u00a0\u2007\u2009\u202f\u3000"
)

func isSeparator(r rune) bool { return strings.ContainsRune(separators, r) }

func isDigitAt(text string, i int) bool { return text[i] >= '0' && text[i] <= '9' }

// isLoneMark reports whether the separator that a text ends with stands there
// only once, as a decimal mark does.
func isLoneMark(text string) bool {
	runes := []rune(text)
	return strings.Count(text, string(runes[len(runes)-1])) == 1
}

// unsigned takes the sign and a percent sign off a cell; accountants write a
// negative number in parentheses or with its minus behind.
func unsigned(cell string) (body, sign string) {
	body, closed := strings.CutSuffix(cell, ")")
	body = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(body, "%"), "％"))
	inner, opened := strings.CutPrefix(body, "(")
	if opened != closed {
		return "", ""
	}
	if opened {
		return inner, "-"
	}
	for _, minus := range [...]string{"-", "−"} {
		if rest, ok := strings.CutPrefix(body, minus); ok {
			return rest, "-"
		}
		if rest, ok := strings.CutSuffix(body, minus); ok {
			return rest, "-"
		}
	}
	return strings.TrimPrefix(body, "+"), ""
}
