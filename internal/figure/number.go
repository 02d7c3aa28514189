package figure

import (
	"strings"

	"bellwether/internal/fault"
)

// number reads what is left of a cell when marks and percent sign are gone.
func (n Notation) number(text, cell string) (v Value, negative bool, err error) {
	text, negative, err = n.takeSign(text, cell)
	if err != nil {
		return Value{}, false, err
	}
	mantissa, exponent, err := n.takeExponent(text, cell)
	if err != nil {
		return Value{}, false, err
	}
	whole, fraction, err := n.splitDigits(mantissa, cell)
	if err != nil {
		return Value{}, false, err
	}
	if err := checkSize(whole, fraction, cell); err != nil {
		return Value{}, false, err
	}
	multiplier := n.Multiplier + exponent
	if abs(exponent) > MaxExponent || abs(multiplier) > MaxMultiplier {
		return Value{}, false, fault.New(fault.Invalid, fault.NumberTooLong, "%q has a power of ten out of bounds", fault.Clip(cell)).
			Expect("an exponent of at most %d, and with the unit's multiplier at most %d", MaxExponent, MaxMultiplier)
	}
	v = compose(whole, fraction, multiplier)
	if negative {
		v = v.Neg()
	}
	if n.Decimals != nil {
		v, err = v.WithDecimals(*n.Decimals)
	}
	return v, negative, err
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

const minus = "−"

// takeSign takes one sign in any form that is declared.
func (n Notation) takeSign(text, cell string) (unsigned string, negative bool, err error) {
	if inner, ok := cutParentheses(text); ok {
		if !n.Negatives.Parentheses {
			return "", false, fault.New(fault.Invalid, fault.NumberParenthesesUndeclared, "%q has parentheses", fault.Clip(cell)).
				Expect("a minus in front")
		}
		return inner, true, nil
	}
	for _, sign := range [...]string{"-", minus} {
		if body, ok := strings.CutPrefix(text, sign); ok {
			return body, true, nil
		}
		if body, ok := strings.CutSuffix(text, sign); ok && beginsWithDigit(body) {
			if !n.Negatives.TrailingMinus {
				return "", false, fault.New(fault.Invalid, fault.NumberTrailingMinusUndeclared, "%q ends with a minus", fault.Clip(cell)).
					Expect("a minus in front")
			}
			return body, true, nil
		}
	}
	return strings.TrimPrefix(text, "+"), false, nil
}

// cutParentheses returns what stands between parentheses, when it is more than
// nothing.
func cutParentheses(text string) (string, bool) {
	inner, opened := strings.CutPrefix(text, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	return inner, opened && closed && beginsWithDigit(inner)
}

func beginsWithDigit(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

// takeExponent takes E and a whole number, where the text has that form.
func (n Notation) takeExponent(text, cell string) (mantissa string, exponent int, err error) {
	at := strings.IndexAny(text, "eE")
	if at < 1 {
		return text, 0, nil
	}
	digits := text[at+1:]
	negative := false
	for _, sign := range [...]string{"-", minus, "+"} {
		if body, ok := strings.CutPrefix(digits, sign); ok {
			digits, negative = body, sign != "+"
			break
		}
	}
	if !allDigits(digits) || !beginsWithDigit(text) {
		return text, 0, nil
	}
	if !n.Exponent {
		return "", 0, fault.New(fault.Invalid, fault.NumberExponentUndeclared, "%q has an exponent", fault.Clip(cell)).
			Expect("all digits of the number, since a spreadsheet's exponent may have lost some")
	}
	exponent = boundedNumber(digits)
	if negative {
		exponent = -exponent
	}
	return text[:at], exponent, nil
}

// boundedNumber reads digits; what is larger than any bound here stays so.
func boundedNumber(digits string) int {
	const huge = 1_000_000
	n := 0
	for i := range len(digits) {
		n = min(n*10+int(digits[i]-'0'), huge)
	}
	return n
}
