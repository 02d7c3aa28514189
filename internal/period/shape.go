package period

import "bellwether/internal/fault"

// refusedShape names what is wrong with a text that no notation takes and that
// begins with a number: it has a code of its own where people write such
// texts and mean different things by them.
func refusedShape(_ Rules, text string) (Period, fault.Code) {
	s := &scanner{text: text}
	_, width := s.number()
	switch {
	case width == 0:
		return no()
	case s.done():
		return Period{}, bareDigits(width)
	case width == 5 && s.eat("."), width == 4 && s.eat("."):
		return Period{}, s.decimal(width)
	case width > 2:
		return no()
	}
	return Period{}, s.shortNumber(width)
}

// bareDigits names a text of digits alone.
func bareDigits(width int) fault.Code {
	switch width {
	case 2:
		return fault.PeriodTwoDigitYear
	case 5:
		return fault.PeriodSerialNumber
	case 6, 7, 8:
		return fault.PeriodCompactDigits
	}
	return fault.PeriodUnrecognised
}

// decimal names 2013.1, and 41518.5 with the time of a spreadsheet's day.
func (s *scanner) decimal(whole int) fault.Code {
	_, width := s.number()
	switch {
	case width == 0 || !s.done():
		return fault.PeriodUnrecognised
	case whole == 5:
		return fault.PeriodSerialNumber
	}
	return fault.PeriodDecimal
}

// shortNumber names what begins with one or two digits: 13Q3, 9-Jan,
// 01/02/2013, 13-09.
func (s *scanner) shortNumber(width int) fault.Code {
	before := s.at
	s.gap()
	word := s.word()
	if _, ok := englishMonth(word); ok && s.done() {
		return fault.PeriodNoYear
	}
	if _, digits := s.number(); width == 2 && digits > 0 && s.done() && isPartLetter(word) {
		return fault.PeriodTwoDigitYear
	}
	s.at = before
	return s.dayAndMonth(width)
}

func isPartLetter(word string) bool {
	switch word {
	case "q", "h", "s", "m":
		return true
	}
	return false
}

// dayAndMonth names numbers with separators between them.
func (s *scanner) dayAndMonth(width int) fault.Code {
	separator, ok := s.eatAny("--", "/", "-", ".")
	_, second := s.number()
	if !ok || second == 0 || second > 2 {
		return fault.PeriodUnrecognised
	}
	if s.done() && separator == "-" && width == 2 {
		return fault.PeriodTwoDigitYear
	}
	if !s.eat(separator) {
		return fault.PeriodUnrecognised
	}
	_, third := s.number()
	switch {
	case !s.done():
		return fault.PeriodUnrecognised
	case third == 4, third == 2 && separator != "-":
		return fault.PeriodDayMonthOrder
	case third == 2 && width == 2:
		return fault.PeriodTwoDigitYear
	}
	return fault.PeriodUnrecognised
}
