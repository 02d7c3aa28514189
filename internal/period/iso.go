package period

import "bellwether/internal/fault"

// isoNotation reads what begins with a year of four digits: one calendar
// period, a range of two, or a day with a duration.
//
//	2013  2013-09  2013-09-15  2013-Q3  2013M9  2013-Jan  2013 9M
//	2013-01/2013-09  2011-2013  2013-01-01/P9M  2013-01-01T00:00:00/P1Y
//
// Two hyphens stand for the slash where a slash cannot stand.
func isoNotation(_ Rules, text string) (Period, fault.Code) {
	s := &scanner{text: text}
	a, code := s.calendar()
	if code != "" {
		return Period{}, code
	}
	if s.done() {
		return a, ""
	}
	return s.behindCalendar(a)
}

// behindCalendar reads the duration or the second end of a range.
func (s *scanner) behindCalendar(a Period) (Period, fault.Code) {
	unit := a.Frequency()
	midnight := unit == Day && s.eat("t00:00:00")
	slash := s.slash()
	if slash && unit == Day {
		if p, code := s.duration(a.start); code != fault.PeriodUnrecognised {
			return p, code
		}
	}
	if midnight || unit == None || !slash && !s.dash() {
		return no()
	}
	b, code := s.calendar()
	switch {
	case code != "":
		return Period{}, code
	case !s.done():
		return no()
	case unit != b.Frequency():
		return Period{}, fault.PeriodMixedPrecision
	}
	return span(a, b)
}

func (s *scanner) slash() bool { return s.eat("/") || s.eat("--") }

// calendar takes one calendar period that begins with its year.
func (s *scanner) calendar() (Period, fault.Code) {
	year, width := s.number()
	if width != 4 {
		return no()
	}
	start := s.at
	if s.eat("-") {
		if p, code := s.monthOrDay(year); code != fault.PeriodUnrecognised {
			return p, code
		}
		s.at = start
	}
	s.gap()
	if p, code := s.part(year); code != fault.PeriodUnrecognised {
		return p, code
	}
	s.at = start
	if s.eat(" ") {
		if n, ok := s.cumulativeMonths(); ok {
			return cumulative(year, n)
		}
	}
	s.at = start
	return months(year, 1, 12)
}

// monthOrDay takes MM or MM-DD behind a year and its hyphen.
func (s *scanner) monthOrDay(year int) (Period, fault.Code) {
	month, width := s.number()
	if width == 1 && s.done() {
		return Period{}, fault.PeriodOneDigitMonth
	}
	if width != 2 {
		return no()
	}
	if month < 1 || month > 12 {
		return Period{}, badMonth(year, month)
	}
	behind := s.at
	if s.eat("-") {
		if d, width := s.number(); width == 2 {
			return oneDay(year, month, d)
		}
	}
	s.at = behind
	return months(year, month, 1)
}

// badMonth tells 2011-13, which may mean years, from 2013-13, which cannot.
func badMonth(year, month int) fault.Code {
	switch _, code := day(year, 1, 1); {
	case code != "":
		return code
	case month > 12 && month > year%100:
		return fault.PeriodYearRangeOrMonth
	}
	return fault.PeriodMonthOutOfRange
}

func oneDay(year, month, d int) (Period, fault.Code) {
	start, code := day(year, month, d)
	if code != "" {
		return Period{}, code
	}
	return between(start, start.AddDays(1))
}

// duration takes P and months, years or days to the end of the text.
func (s *scanner) duration(start Date) (Period, fault.Code) {
	if !s.eat("p") {
		return no()
	}
	var count [3]int // years, months, days
	for i, unit := range [...]string{"y", "m", "d"} {
		before := s.at
		n, width := s.number()
		switch {
		case width == 0 || !s.eat(unit):
			s.at = before
		case width > 6:
			return Period{}, fault.PeriodYearOutOfRange
		default:
			count[i] = n
		}
	}
	return s.lasting(start, count[0]*12+count[1], count[2])
}

// lasting returns the period of a duration that was read to its end: whole
// months to the same day of the month, or days.
func (s *scanner) lasting(start Date, months, days int) (Period, fault.Code) {
	switch last := s.text[s.at-1]; {
	case !s.done() || last == 'p' || months > 0 && days > 0:
		return no()
	case months == 0 && days == 0:
		return Period{}, fault.PeriodEmptyInterval
	}
	const most = (LastYear - FirstYear + 1) * 366
	if months > most || days > most {
		return Period{}, fault.PeriodYearOutOfRange
	}
	end := start.AddMonths(months).AddDays(days)
	_, _, from := start.YMD()
	if _, _, to := end.YMD(); months > 0 && from != to {
		return Period{}, fault.PeriodDayOutOfRange
	}
	return between(start, end)
}
