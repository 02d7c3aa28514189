package period

import "bellwether/internal/fault"

// MonthDay is a day of every year, such as 1 April. Its zero value is none.
type MonthDay struct {
	Month, Day int
}

// ParseMonthDay reads MM-DD, a day that every year has: 02-29 is refused.
func ParseMonthDay(text string) (MonthDay, error) {
	if len(text) != 5 || text[2] != '-' {
		return MonthDay{}, badMonthDay(fault.PeriodUnrecognised, text)
	}
	month, okMonth := digits(text[:2])
	day, okDay := digits(text[3:])
	if !okMonth || !okDay {
		return MonthDay{}, badMonthDay(fault.PeriodUnrecognised, text)
	}
	const commonYear = 2001
	if _, err := NewDate(commonYear, month, day); err != nil {
		return MonthDay{}, badMonthDay(fault.CodeOf(err), text)
	}
	return MonthDay{month, day}, nil
}

func badMonthDay(code fault.Code, text string) error {
	return fault.New(fault.Invalid, code, "%q is not a day that every year has", fault.Clip(text)).
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

// fiscalText is a fiscal year as it is written, and the part of it that is
// meant.
type fiscalText struct {
	named               bool // whether FY stands before the year
	year, width         int
	second, secondWidth int          // the year behind the hyphen; no width when only one year is written
	part                fractionName // no letter for the whole year
}

// fiscalNotation reads fiscal years and their quarters and halves, and bare
// pairs of years as the same where the rules say that the column has those.
//
//	FY2013  FY 2013  FY2013-14  FY2013/14  FY2013-2014  FY2013Q2  FY2013 H1  Q2 FY2013
//	2013-14  2013/14  2013-14 Q2
func (r Rules) fiscalNotation(text string) (Period, fault.Code) {
	s := &scanner{text: text}
	f, ok := s.fiscal()
	pair := r.YearPairsAreFiscal && f.width == 4 && f.secondWidth == 2
	switch {
	case !ok, !f.named && !pair:
		return no()
	case f.width == 2:
		return Period{}, fault.PeriodTwoDigitYear
	case f.width != 4:
		return no()
	}
	return r.fiscalPeriod(f)
}

// fiscal takes a year or a pair of years to the end of the text, with the part
// of it on either side.
func (s *scanner) fiscal() (f fiscalText, ok bool) {
	leading := false
	if f.part, leading = s.fraction(); leading {
		s.gap()
	}
	if f.named = s.eat("fy"); f.named {
		s.gap()
	}
	f.year, f.width = s.number()
	f.second, f.secondWidth = s.secondYear()
	if leading || s.done() {
		return f, s.done()
	}
	s.gap()
	f.part, ok = s.fraction()
	return f, ok && s.done()
}

// secondYear takes the -14 of FY2013-14.
func (s *scanner) secondYear() (n, width int) {
	before := s.at
	if _, ok := s.eatAny("--", "-", "/"); ok {
		if n, width = s.number(); width == 2 || width == 4 {
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
	if f.part.letter == "" {
		return between(start, start.AddMonths(12))
	}
	length, code := f.part.months()
	if code != "" {
		return Period{}, code
	}
	return between(start.AddMonths((f.part.n-1)*length), start.AddMonths(f.part.n*length))
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
