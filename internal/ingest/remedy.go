package ingest

import (
	"strings"
	"unicode/utf8"

	"bellwether/internal/fault"
)

// remedies are what a person types where a cell is right as it stands; read
// only.
var remedies = map[fault.Code]string{
	fault.NumberParenthesesUndeclared:   "--set number.negatives=parentheses",
	fault.NumberTrailingMinusUndeclared: "--set number.negatives=trailing_minus",
	fault.NumberExponentUndeclared:      "--set number.exponent=true",
	fault.NumberUndeclaredMark:          "--set 'number.marks.MARK=provisional' or whatever the mark means",
	fault.UnitCurrencyUndeclared:        "--currency CNY or whichever it is, the same as --set currency=CNY",
	fault.PeriodFiscalRuleMissing:       "--set period.fy_start=MM-DD with --set period.fy_named_by=start or =end",
}

// remedied adds to what is expected of a cell the setting under which it can
// stay as it is, where there is one.
func remedied(expected string, code fault.Code, cell string) string {
	remedy := remedies[code]
	if code == fault.NumberSeparatorUndeclared {
		remedy = separatorRemedy(cell)
	}
	if remedy == "" {
		return expected
	}
	return expected + ", or " + remedy
}

// setWith is what a person types to set a key: quoted where a shell would take
// it apart.
func setWith(key, value string) string {
	if strings.ContainsAny(key, " ;|&*?()<>$") {
		return "--set '" + key + "'=" + value
	}
	return "--set " + key + "=" + value
}

// separatorRemedy names the settings for what parts the digits of a cell: which
// of the two is meant only a person can say.
func separatorRemedy(cell string) string {
	at := strings.IndexFunc(cell, func(r rune) bool { return !strings.ContainsRune("+-−.0123456789", r) })
	if at < 0 {
		return "--set number.decimal=, and behind it --set number.thousands=."
	}
	separator, _ := utf8.DecodeRuneInString(cell[at:])
	typed := string(separator)
	if strings.ContainsAny(typed, " '\u00a0\u2007\u2009\u202f\u3000") {
		return `--set "number.thousands=` + typed + `"`
	}
	return "--set number.decimal=" + typed + " if decimals follow it, --set number.thousands=" + typed + " if it groups digits"
}
