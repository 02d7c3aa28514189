package period

import "bellwether/internal/fault"

// part takes a part of a year by its letter and number, Q3, H1, S1, M9 or A1,
// or by the month's name.
func (s *scanner) part(year int) (Period, fault.Code) {
	before := s.at
	word := s.word()
	if month, ok := englishMonth(word); ok {
		return months(year, month, 1)
	}
	n, width := s.number()
	if width == 0 || !s.atBoundary() {
		s.at = before
		return no()
	}
	switch {
	case word == "m" && width > 2:
		return Period{}, fault.PeriodMonthOutOfRange
	case word == "m":
		return months(year, n, 1)
	case word == "a" && width == 1 && n == 1:
		return months(year, 1, 12)
	}
	p, code := fraction(word, year, n, width)
	if code == fault.PeriodUnrecognised {
		s.at = before
	}
	return p, code
}

// atBoundary says that no letter follows the number that was taken.
func (s *scanner) atBoundary() bool {
	return s.done() || s.text[s.at] < 'a' || s.text[s.at] > 'z'
}

// fraction returns the quarter or half of a year.
func fraction(letter string, year, n, width int) (Period, fault.Code) {
	length, code := fractionLength(letter, n, width)
	if code != "" {
		return Period{}, code
	}
	return months(year, (n-1)*length+1, length)
}

// fractionLength returns how many months a quarter (q) or a half (h, s) has,
// when there is an n-th one.
func fractionLength(letter string, n, width int) (int, fault.Code) {
	switch {
	case letter == "q" && (n < 1 || n > 4):
		return 0, fault.PeriodQuarterOutOfRange
	case letter == "q" && width == 1:
		return 3, ""
	case letter != "h" && letter != "s":
		return 0, fault.PeriodUnrecognised
	case n < 1 || n > 2:
		return 0, fault.PeriodHalfOutOfRange
	case width == 1:
		return 6, ""
	}
	return 0, fault.PeriodUnrecognised
}

// cumulativeMonths takes 9M, nine months from January.
func (s *scanner) cumulativeMonths() (n int, ok bool) {
	before := s.at
	n, width := s.number()
	if width >= 1 && width <= 2 && s.eat("m") && s.atBoundary() {
		return n, true
	}
	s.at = before
	return 0, false
}

// cumulative returns the first n months of a year.
func cumulative(year, n int) (Period, fault.Code) {
	if n < 1 || n > 12 {
		return Period{}, fault.PeriodMonthOutOfRange
	}
	return months(year, 1, n)
}

// partFirst reads a part of a year that stands before its year: Q3 2013,
// 3Q2013, H1 2013, 1H2013, 9M 2013, 9M2013.
func partFirst(_ Rules, text string) (Period, fault.Code) {
	s := &scanner{text: text}
	if n, ok := s.cumulativeMonths(); ok {
		s.gap()
		year, code := s.closingYear()
		if code != "" {
			return Period{}, code
		}
		return cumulative(year, n)
	}
	letter, n, width, ok := s.leadingFraction()
	if !ok {
		return no()
	}
	year, code := s.closingYear()
	if code != "" {
		return Period{}, code
	}
	return fraction(letter, year, n, width)
}

// leadingFraction takes Q3 with what separates it from a year, or 3Q with or
// without a separator.
func (s *scanner) leadingFraction() (letter string, n, width int, ok bool) {
	before := s.at
	if n, width = s.number(); width == 1 {
		if letter, ok = s.eatAny("q", "h", "s"); ok {
			s.gap()
			return letter, n, width, true
		}
	} else if letter, ok = s.eatAny("q", "h", "s"); ok && width == 0 {
		n, width = s.number()
		if width > 0 && width <= 2 && (s.done() || s.eat(" ") || s.eat("-")) {
			return letter, n, width, true
		}
	}
	s.at = before
	return "", 0, 0, false
}

// closingYear takes the year that ends the text. A missing one and one of two
// digits have codes of their own.
func (s *scanner) closingYear() (int, fault.Code) {
	if s.done() {
		return 0, fault.PeriodNoYear
	}
	year, width := s.number()
	switch {
	case !s.done():
		return 0, fault.PeriodUnrecognised
	case width == 2:
		return 0, fault.PeriodTwoDigitYear
	case width != 4:
		return 0, fault.PeriodUnrecognised
	}
	return year, ""
}
