package period

import "bellwether/internal/fault"

// The words of English notations; read only.
var (
	monthNumbers = map[string]int{
		"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
		"jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
		"january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7,
		"august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	}
	ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
	counts   = map[string]int{
		"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
		"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	}
	partLetters = map[string]string{"quarter": "q", "half": "h"}
)

func englishMonth(word string) (int, bool) {
	month, ok := monthNumbers[word]
	return month, ok
}

// englishNotation reads month names before their year, one or a range, and
// parts of a year in words.
//
//	Jan 2013  Jan-Sep 2013  January to September 2013  Oct 2012-Sep 2013
//	first three quarters of 2013  third quarter of 2013  first half of 2013
func englishNotation(_ Rules, text string) (Period, fault.Code) {
	s := &scanner{text: text}
	word := s.word()
	if month, ok := englishMonth(word); ok {
		return s.fromMonth(month)
	}
	if n, ok := ordinals[word]; ok && s.eat(" ") {
		return s.ordinalPart(n)
	}
	return no()
}

// fromMonth reads on behind a month's name.
func (s *scanner) fromMonth(month int) (Period, fault.Code) {
	if s.done() {
		return Period{}, fault.PeriodNoYear
	}
	before := s.at
	if last, ok := s.rangeMonth(); ok {
		return s.monthRange(month, last)
	}
	s.at = before
	s.gap()
	year, width := s.number()
	switch {
	case s.done() && (width == 1 || width == 2):
		return Period{}, fault.PeriodDayOrYear
	case width != 4:
		return no()
	case s.done():
		return months(year, month, 1)
	}
	return s.rangeOverYears(year, month)
}

// rangeMonth takes the dash of a range and a month's name.
func (s *scanner) rangeMonth() (int, bool) {
	if !s.dash() {
		return 0, false
	}
	return englishMonth(s.word())
}

// monthRange reads the year of a range of months.
func (s *scanner) monthRange(first, last int) (Period, fault.Code) {
	s.gap()
	year, code := s.closingYear()
	switch {
	case code != "":
		return Period{}, code
	case last < first:
		return Period{}, fault.PeriodReversed
	}
	return months(year, first, last-first+1)
}

// rangeOverYears reads the second half of Oct 2012-Sep 2013.
func (s *scanner) rangeOverYears(year, month int) (Period, fault.Code) {
	last, ok := s.rangeMonth()
	if !ok {
		return no()
	}
	s.gap()
	lastYear, code := s.closingYear()
	if code != "" {
		return Period{}, code
	}
	a, code := months(year, month, 1)
	if code != "" {
		return Period{}, code
	}
	b, code := months(lastYear, last, 1)
	if code != "" {
		return Period{}, code
	}
	return span(a, b)
}

// ordinalPart reads on behind "first" or another ordinal: the n-th quarter or
// half, or the first so many quarters or months.
func (s *scanner) ordinalPart(n int) (Period, fault.Code) {
	count, width := s.number()
	word := ""
	if width == 0 {
		word = s.word()
		count = counts[word]
	}
	if count > 0 || width > 0 {
		return s.firstSeveral(n, count)
	}
	letter, ok := partLetters[word]
	if !ok {
		return no()
	}
	year, code := s.ofYear()
	if code != "" {
		return Period{}, code
	}
	return fractionName{letter: letter, n: n, width: 1}.of(year)
}

// firstSeveral reads on behind "first three".
func (s *scanner) firstSeveral(ordinal, count int) (Period, fault.Code) {
	unit, ok := s.eatAny(" quarters", " months")
	if !ok || ordinal != 1 {
		return no()
	}
	year, code := s.ofYear()
	switch {
	case code != "":
		return Period{}, code
	case unit == " months":
		return cumulative(year, count)
	case count < 1 || count > 4:
		return Period{}, fault.PeriodQuarterOutOfRange
	}
	return months(year, 1, 3*count)
}

// ofYear takes "of" and the year that ends the text.
func (s *scanner) ofYear() (int, fault.Code) {
	if !s.eat(" of ") {
		s.eat(" ")
	}
	return s.closingYear()
}
