package period

import "bellwether/internal/fault"

// MonthDay is a day of every year, such as 1 April. Its zero value is none.
type MonthDay struct {
	Month, Day int
}

// ParseMonthDay reads MM-DD, a day that every year has: 02-29 is refused.
func ParseMonthDay(text string) (MonthDay, error) {
	if len(text) != 5 || text[2] != '-' {
		return MonthDay{}, badMonthDay(text)
	}
	month, okMonth := digits(text[:2])
	day, okDay := digits(text[3:])
	if !okMonth || !okDay {
		return MonthDay{}, badMonthDay(text)
	}
	const commonYear = 2001
	if _, err := NewDate(commonYear, month, day); err != nil {
		return MonthDay{}, err
	}
	return MonthDay{month, day}, nil
}

func badMonthDay(text string) error {
	return fault.New(fault.Invalid, fault.PeriodUnrecognised, "%q is not a day of the year", fault.Clip(text)).
		Expect("MM-DD, such as 04-01")
}

// IsZero says that no day is given.
func (m MonthDay) IsZero() bool { return m == MonthDay{} }

// String returns MM-DD.
func (m MonthDay) String() string {
	return string(appendPadded(append(appendPadded(nil, m.Month, 2), '-'), m.Day, 2))
}

// NamedBy says which calendar year gives a fiscal year its name.
type NamedBy string

// The namings: FY2013 from October is October 2012 to September 2013 by its
// end, October 2013 to September 2014 by its start.
const (
	NamedByNone  NamedBy = ""
	NamedByStart NamedBy = "start"
	NamedByEnd   NamedBy = "end"
)

// yearPair reads a bare YYYY-NN as a fiscal year where the rules say that the
// column has those.
func (r Rules) yearPair(text string) (Period, fault.Code) {
	if !r.YearPairsAreFiscal {
		return no()
	}
	s := &scanner{text: text}
	first, firstWidth := s.number()
	if _, ok := s.eatAny("--", "-", "/"); !ok || firstWidth != 4 {
		return no()
	}
	second, secondWidth := s.number()
	if secondWidth != 2 || !s.done() {
		return no()
	}
	return r.fiscalPeriod(fiscalText{year: first, second: second, secondWidth: 2})
}

// fiscalText is a fiscal year as it is written, and the part of it that is
// meant.
type fiscalText struct {
	year        int
	second      int // the year behind the hyphen, to two or four digits
	secondWidth int // 0 when only one year is written
	letter      string
	n           int // the quarter (letter q) or half (h, s); 0 for the year
}

// fiscalNotation reads fiscal years and their quarters and halves.
//
//	FY2013  FY 2013  FY2013-14  FY2013/14  FY2013-2014  FY2013Q2  FY2013 H1  Q2 FY2013
func (r Rules) fiscalNotation(text string) (Period, fault.Code) {
	var f fiscalText
	s := &scanner{text: text}
	letter, n, width, leading := s.leadingFraction()
	if !s.eat("fy") {
		return no()
	}
	s.gap()
	year, yearWidth := s.number()
	if yearWidth == 2 {
		return Period{}, fault.PeriodTwoDigitYear
	}
	f.year = year
	f.second, f.secondWidth = s.secondYear()
	if !leading && !s.done() {
		s.gap()
		var ok bool
		if letter, n, width, ok = s.leadingFraction(); !ok {
			return no()
		}
	}
	if yearWidth != 4 || !s.done() {
		return no()
	}
	if letter != "" {
		if _, code := fractionLength(letter, n, width); code != "" {
			return Period{}, code
		}
	}
	f.letter, f.n = letter, n
	return r.fiscalPeriod(f)
}

// secondYear takes the -14 of FY2013-14.
func (s *scanner) secondYear() (n, width int) {
	before := s.at
	if _, ok := s.eatAny("--", "-", "/"); ok {
		if n, width = s.number(); (width == 2 || width == 4) && s.atBoundary() {
			return n, width
		}
	}
	s.at = before
	return 0, 0
}

// fiscalPeriod applies the rules to a fiscal year that was read.
func (r Rules) fiscalPeriod(f fiscalText) (Period, fault.Code) {
	first, code := r.fiscalFirstYear(f)
	if code != "" {
		return Period{}, code
	}
	start, code := day(first, r.FiscalStart.Month, r.FiscalStart.Day)
	if code != "" {
		return Period{}, code
	}
	if f.n == 0 {
		return between(start, start.AddMonths(12))
	}
	length, code := fractionLength(f.letter, f.n, 1)
	if code != "" {
		return Period{}, code
	}
	return between(start.AddMonths((f.n-1)*length), start.AddMonths(f.n*length))
}

// fiscalFirstYear returns the calendar year in which the fiscal year begins.
// One that shows both years says so itself.
func (r Rules) fiscalFirstYear(f fiscalText) (int, fault.Code) {
	calendar := r.FiscalStart == MonthDay{1, 1}
	next := f.year + 1
	switch {
	case r.FiscalStart.IsZero(), f.secondWidth == 0 && r.FiscalNamedBy == NamedByNone:
		return 0, fault.PeriodFiscalRuleMissing
	case f.secondWidth == 2 && f.second != next%100, f.secondWidth == 4 && f.second != next:
		return 0, fault.PeriodFiscalSpan
	case f.secondWidth > 0 && calendar:
		return 0, fault.PeriodFiscalSpan
	case f.secondWidth > 0, r.FiscalNamedBy == NamedByStart, calendar:
		return f.year, ""
	}
	return f.year - 1, ""
}
