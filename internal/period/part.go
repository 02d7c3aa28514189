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
	p, code := fractionName{letter: word, n: n, width: width}.of(year)
	if code == fault.PeriodUnrecognised {
		s.at = before
	}
	return p, code
}

// atBoundary says that no letter follows the number that was taken.
func (s *scanner) atBoundary() bool {
	return s.done() || s.text[s.at] < 'a' || s.text[s.at] > 'z'
}

// A fractionName is a quarter (q) or a half (h, s) as it is written: which one,
// and with how many digits.
type fractionName struct {
	letter   string
	n, width int
}

// of returns the quarter or half of a year.
func (f fractionName) of(year int) (Period, fault.Code) {
	length, code := f.months()
	if code != "" {
		return Period{}, code
	}
	return months(year, (f.n-1)*length+1, length)
}

// months returns how many months the quarter or half has, when there is such
// a one.
func (f fractionName) months() (int, fault.Code) {
	switch {
	case f.letter == "q" && (f.n < 1 || f.n > 4):
		return 0, fault.PeriodQuarterOutOfRange
	case f.letter == "q" && f.width == 1:
		return 3, ""
	case f.letter != "h" && f.letter != "s":
		return 0, fault.PeriodUnrecognised
	case f.n < 1 || f.n > 2:
		return 0, fault.PeriodHalfOutOfRange
	case f.width == 1:
		return 6, ""
	}
	return 0, fault.PeriodUnrecognised
}

// fraction takes the name of a quarter or half: Q3 or 3Q.
func (s *scanner) fraction() (f fractionName, ok bool) {
	before := s.at
	f.n, f.width = s.number()
	f.letter, ok = s.eatAny("q", "h", "s")
	switch {
	case ok && f.width == 1:
		return f, true
	case ok && f.width == 0:
		if f.n, f.width = s.number(); f.width == 1 || f.width == 2 {
			return f, true
		}
	}
	s.at = before
	return fractionName{}, false
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
	f, ok := s.fraction()
	if !ok {
		return no()
	}
	s.gap()
	year, code := s.closingYear()
	if code != "" {
		return Period{}, code
	}
	return f.of(year)
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
