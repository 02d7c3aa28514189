package sheet

import (
	"strings"

	"bellwether/internal/fault"
)

// How numbers are meant whose format shows something else than what they are.
const (
	StoredNumbers = "stored" // as the cell holds them
	ShownNumbers  = "shown"  // as the sheet shows them
)

// cellText is what a cell says: its text, what stands in the file, and why it
// is refused.
type cellText struct {
	text, raw string
	code      fault.Code // empty: it is not refused
	expected  string
}

const askShown = "number.shown=stored, or number.shown=shown"

// section returns the part of the format for a number.
func (f *numberFormat) section(d decimalText) (s *formatSection, own bool) {
	switch {
	case d.digits == "" && f.zero != nil:
		return f.zero, false
	case d.negative && f.negative != nil:
		return f.negative, true
	}
	return &f.positive, false
}

// number gives the text of a number under a format. The rules stand in the
// comment of the package.
func (f *numberFormat) number(d decimalText, mode string) cellText {
	s, own := f.section(d)
	stored := s.padded(d.shifted(2 * s.percent))
	plain := cellText{text: stored.text(s.minInt) + strings.Repeat("%", s.percent)}
	if s.general {
		plain.text = stored.text(1)
	}
	before, behind, signed := s.beside(own)
	shown, clear := s.shown(d)
	if f.conditional || s.odd || s.date.any || own && !signed || s.empty() || !clear || wordsOfNumbers(before+behind) {
		return f.unclear(plain, s, mode)
	}
	if s.scaled > 0 && mode != ShownNumbers {
		return refused(plain, "a format that does not divide by thousands, or number.shown=shown for what is shown")
	}
	if s.currency && mode == "" {
		return refused(plain, "a format without a currency, which the column of units states; else "+askShown)
	}
	if s.currency {
		before, behind = "", ""
	}
	hides := !s.general && shown.trimmed() != d.shifted(2*s.percent-3*s.scaled)
	seen := before + shown.text(s.minInt) + strings.Repeat("%", s.percent) + behind
	switch {
	case s.general:
		seen = before + plain.text + behind
	case hides && mode == "":
		return cellText{text: seen, raw: seen, code: fault.AskShownNumbers, expected: askShown}
	case hides && mode == StoredNumbers:
		return cellText{text: before + plain.text + behind, raw: seen}
	}
	return cellText{text: seen, raw: seen}
}

// unclear is a number whose format shows something that is no decimal number.
func (f *numberFormat) unclear(plain cellText, s *formatSection, mode string) cellText {
	switch {
	case mode == StoredNumbers && s.scaled == 0:
		return plain
	case mode == ShownNumbers && s.empty() && !f.conditional && !s.odd:
		return cellText{text: s.before + s.behind, raw: s.before + s.behind}
	case mode == "":
		return refused(plain, "a plain number format such as 0.00; else "+askShown)
	}
	return refused(plain, "a plain number format such as 0.00")
}

func refused(c cellText, expected string) cellText {
	c.code, c.expected = fault.XLSXNumberFormat, expected
	c.raw = c.text
	return c
}

// beside returns the texts beside the digits without signs, and whether one of
// them says that the number is below zero.
func (s *formatSection) beside(own bool) (before, behind string, signed bool) {
	signed = own && (strings.Contains(s.before, "-") || strings.Contains(s.before, "(") && strings.Contains(s.behind, ")") || strings.HasPrefix(s.behind, "-"))
	without := strings.NewReplacer("-", "", "(", "", ")", "", "+", "")
	if signed || s.before == "+" {
		return without.Replace(s.before), without.Replace(s.behind), signed
	}
	return s.before, s.behind, signed
}

// padded shows the decimals that the format always shows.
func (s *formatSection) padded(d decimalText) decimalText {
	if s.general || s.exponent {
		return d
	}
	return d.atLeast(s.minDec)
}

// shown is the number as the format shows it, and whether that can be told.
func (s *formatSection) shown(d decimalText) (decimalText, bool) {
	d = d.shifted(2*s.percent - 3*s.scaled)
	if s.general {
		return d, true
	}
	if !s.exponent {
		return d.rounded(s.maxDec).trimmed().atLeast(s.minDec), true
	}
	significant := s.digits + s.maxDec
	if len(d.digits) <= significant {
		return d, true
	}
	return d.rounded(d.places - len(d.digits) + significant).trimmed(), s.digits == 1
}
