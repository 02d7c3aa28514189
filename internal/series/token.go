package series

import (
	"strings"

	"bellwether/internal/fault"
)

// The bounds of codes, in bytes.
const (
	MaxToken = 64  // one token
	MaxCode  = 512 // a whole code
)

const tokenShape = "lower-case letters, digits and hyphens, beginning with a letter or a digit"

// Fold returns the text as codes are compared: ASCII letters lower case, the
// underscore as a hyphen. Anything else stays, and fails as a token.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		case r == '_':
			return '-'
		default:
			return r
		}
	}, text)
}

// IsFormat reports whether a folded text is the name of a format. No token may
// be one, because a path ends in it.
func IsFormat(token string) bool {
	switch token {
	case "json", "csv", "xlsx", "svg", "png", "html", "txt":
		return true
	}
	return false
}

// IsReserved reports whether a folded text is a word that codes know by itself
// and so cannot name a dimension: a measure, price basis, adjustment or
// scenario, or the first half of real-<year> and chained-<year>.
func IsReserved(word string) bool {
	return word == "chained" || partOf(word) != noPart
}

// CheckToken refuses a text that cannot stand in a code: one that is not
// [a-z0-9][a-z0-9-]*, is longer than MaxToken bytes, or names a format.
// Faults: series_code_invalid, series_code_too_long, series_token_reserved.
func CheckToken(token string) error {
	switch {
	case len(token) > MaxToken:
		return fault.New(fault.Invalid, fault.SeriesCodeTooLong,
			"a token of %d bytes is longer than %d", len(token), MaxToken).Expect("at most %d bytes", MaxToken)
	case !tokenShaped(token):
		return fault.New(fault.Invalid, fault.SeriesCodeInvalid, "%q is not a token", token).Expect(tokenShape)
	case IsFormat(token):
		return fault.New(fault.Invalid, fault.SeriesTokenReserved,
			"%q is the name of a format and cannot stand in a code", token).Expect("another word")
	}
	return nil
}

// CheckDimension refuses a text that cannot name a dimension: what CheckToken
// refuses, a text with a hyphen, and a reserved word.
func CheckDimension(code string) error {
	if err := CheckToken(code); err != nil {
		return err
	}
	if strings.Contains(code, "-") {
		return fault.New(fault.Invalid, fault.SeriesCodeInvalid,
			"%q cannot name a dimension: the first hyphen of a breakdown ends the dimension", code).
			Expect("letters and digits without a hyphen")
	}
	if IsReserved(code) {
		return fault.New(fault.Invalid, fault.SeriesTokenReserved,
			"%q is a word of series codes and cannot name a dimension", code).Expect("another word")
	}
	return nil
}

func tokenShaped(token string) bool {
	for i := 0; i < len(token); i++ {
		c := token[i]
		alphanumeric := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		if !alphanumeric && (c != '-' || i == 0) {
			return false
		}
	}
	return token != ""
}

// part is what a token after the unit says by itself.
type part uint8

const (
	noPart part = iota
	measurePart
	basisPart
	adjustmentPart
	scenarioPart
)

// partOf returns the part of the code that a folded token states, noPart when
// it states none. Defaults have a part too, so that they can be refused by
// name where they are left out.
func partOf(token string) part {
	switch token {
	case string(Level), string(YoY), string(PoP), string(SAAR):
		return measurePart
	case Current, Unstated, Nominal, Real:
		return basisPart
	case None, SA, CA, SCA, TC, "nsa":
		return adjustmentPart
	case Actual, Target, Forecast:
		return scenarioPart
	}
	if IsPriceYear(token) {
		return basisPart
	}
	return noPart
}

// IsPriceYear reports whether a folded text is real-<year> or chained-<year>
// with a year from 1800 to 2199.
func IsPriceYear(token string) bool {
	year, ok := strings.CutPrefix(token, "real-")
	if !ok {
		year, ok = strings.CutPrefix(token, "chained-")
	}
	if !ok || len(year) != 4 || strings.Trim(year, "0123456789") != "" {
		return false
	}
	return year >= "1800" && year <= "2199"
}
