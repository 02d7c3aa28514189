package sheet

import (
	"math/big"
	"strconv"
	"strings"
)

// decimalText is a number as decimal digits: digits × 10^-places.
type decimalText struct {
	negative bool
	digits   string // without zeros in front; empty is zero
	places   int    // decimals, 0 or more
}

// The bounds of what a number cell may state; a binary double has no more.
const (
	maxNumberText = 64
	maxExponent   = 330
	sureDigits    = 15 // decimal digits that every double keeps
	doubleBits    = 53
)

// parseDouble reads the text of a number cell: digits with a point and an
// exponent. Digits that only say how the double is written are taken off: a
// number of more than 15 digits is its first 15, rounded, where these are the
// same double, or with decimals the one beside it, which is what one addition
// leaves behind. Zeros behind the point say nothing in a double.
func parseDouble(text string) (decimalText, bool) {
	d, ok := parseDigits(strings.TrimSpace(text))
	if !ok {
		return d, false
	}
	d = d.trimmed()
	if len(d.digits) <= sureDigits {
		return d, true
	}
	short := d.rounded(d.places - (len(d.digits) - sureDigits)).trimmed()
	a, b := d.double(), short.double()
	if a.Cmp(b) == 0 {
		return short, true
	}
	if d.places > 0 && isBeside(a, b) {
		return short, true
	}
	return d, true
}

func parseDigits(text string) (decimalText, bool) {
	var d decimalText
	if len(text) > maxNumberText {
		return d, false
	}
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		d.negative, text = true, rest
	}
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(text), "e")
	power := 0
	if scientific {
		var err error
		if power, err = strconv.Atoi(exponent); err != nil || power > maxExponent || power < -maxExponent {
			return d, false
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	d.digits = whole + fraction
	if d.digits == "" || strings.Trim(d.digits, "0123456789") != "" {
		return d, false
	}
	d.digits, d.places = strings.TrimLeft(d.digits, "0"), len(fraction)-power
	if d.places < 0 {
		d = d.atLeast(0)
	}
	return d, true
}

// trimmed takes off zeros behind the point.
func (d decimalText) trimmed() decimalText {
	for d.places > 0 && strings.HasSuffix(d.digits, "0") {
		d.digits, d.places = d.digits[:len(d.digits)-1], d.places-1
	}
	if d.digits == "" {
		d.places = 0
	}
	return d
}

// atLeast shows at least so many decimals.
func (d decimalText) atLeast(places int) decimalText {
	if d.places < places {
		if d.digits != "" {
			d.digits += strings.Repeat("0", places-d.places)
		}
		d.places = places
	}
	return d
}

// shifted multiplies by a power of ten.
func (d decimalText) shifted(power int) decimalText {
	d.places -= power
	return d.atLeast(0).trimmed()
}

// rounded rounds to so many decimals, which may be below zero, half away from
// zero.
func (d decimalText) rounded(places int) decimalText {
	drop := d.places - places
	if drop <= 0 {
		return d
	}
	if drop > len(d.digits) {
		d.digits = ""
	} else {
		up := d.digits[len(d.digits)-drop] >= '5'
		d.digits = d.digits[:len(d.digits)-drop]
		if up {
			d.digits = increased(d.digits)
		}
	}
	d.places = places
	return d.atLeast(0)
}

// increased adds one to digits.
func increased(digits string) string {
	out := []byte(digits)
	for i := len(out) - 1; i >= 0; i-- {
		if out[i] != '9' {
			out[i]++
			return string(out)
		}
		out[i] = '0'
	}
	return "1" + string(out)
}

// text writes the number plainly, with at least so many digits before the
// point.
func (d decimalText) text(digits int) string {
	all := d.digits
	if short := d.places + max(digits, 1) - len(all); short > 0 {
		all = strings.Repeat("0", short) + all
	}
	sign := ""
	if d.negative {
		sign = "-"
	}
	if d.places == 0 {
		return sign + all
	}
	return sign + all[:len(all)-d.places] + "." + all[len(all)-d.places:]
}

// double is the binary double that the number is stored as.
func (d decimalText) double() *big.Float {
	n, ok := new(big.Int).SetString("0"+d.digits, 10)
	if !ok {
		n = new(big.Int)
	}
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.places)), nil)
	return new(big.Float).SetPrec(doubleBits).SetRat(new(big.Rat).SetFrac(n, power))
}

// isBeside reports whether two doubles are neighbours.
func isBeside(a, b *big.Float) bool {
	step := new(big.Float).SetMantExp(big.NewFloat(1), a.MantExp(nil)-doubleBits)
	gap := new(big.Float).SetPrec(2*doubleBits).Sub(a, b)
	return gap.Abs(gap).Cmp(step) <= 0
}
