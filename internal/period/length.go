package period

// Length is how long a period is: in whole months where it runs from a day of
// the month (1 to 28) to the same day of a later month, else in days. One of
// the two is 0. Lengths are the same when == says so.
type Length struct {
	Months int
	Days   int
}

// Length returns how long the period is.
func (p Period) Length() Length {
	if n, whole := p.start.MonthsUntil(p.end); whole {
		return Length{Months: n}
	}
	return Length{Days: int(p.end - p.start)}
}

// calendar returns the first month of the period and the one after its last,
// counted from January of the year 0, and whether it covers whole months.
func (p Period) calendar() (first, end int, whole bool) {
	year, month, day := p.start.YMD()
	endYear, endMonth, endDay := p.end.YMD()
	first, end = year*12+month-1, endYear*12+endMonth-1
	return first, end, day == 1 && endDay == 1 && first < end
}

// monthStart is the first day of a month that is counted as calendar does.
func monthStart(month int) Date {
	year := floorDiv(month, 12)
	return civil(year, month-year*12+1, 1)
}

// Months returns how many calendar months the period covers, and whether it
// covers whole ones only: it starts on the first of a month and ends with the
// last of one. n is 0 when it does not.
func (p Period) Months() (n int, whole bool) {
	first, end, whole := p.calendar()
	if !whole {
		return 0, false
	}
	return end - first, true
}

// YTD says that the period starts on 1 January and covers whole months:
// January, the first quarter and the year do as well as January to September.
func (p Period) YTD() bool {
	first, _, whole := p.calendar()
	return whole && first%12 == 0
}

// Frequency is the kind of calendar period by its SDMX code.
type Frequency string

// The frequencies. A period that is none of these calendar periods has None.
const (
	None     Frequency = ""
	Annual   Frequency = "A"
	HalfYear Frequency = "S"
	Quarter  Frequency = "Q"
	Month    Frequency = "M"
	Day      Frequency = "D"
)

// Months returns how many months a period of the frequency has, 0 for Day and
// None.
func (f Frequency) Months() int {
	switch f {
	case Annual:
		return 12
	case HalfYear:
		return 6
	case Quarter:
		return 3
	case Month:
		return 1
	}
	return 0
}

// Frequency returns what calendar period it is: a year, half, quarter, month
// or day. Nine months from January are None, and so is a fiscal year that is
// not the calendar's.
func (p Period) Frequency() Frequency {
	if p.end-p.start == 1 {
		return Day
	}
	n, whole := p.Months()
	if !whole {
		return None
	}
	_, month, _ := p.start.YMD()
	switch {
	case n == 12 && month == 1:
		return Annual
	case n == 6 && month%6 == 1:
		return HalfYear
	case n == 3 && month%3 == 1:
		return Quarter
	case n == 1:
		return Month
	}
	return None
}

// Shift returns the period of the same length that starts exactly so many
// months later, or earlier when months is negative. There is none when that
// month lacks the day (29 February a year on), when a length in days would
// become one of whole months, or outside the years 1800 to 2199.
func (p Period) Shift(months int) (Period, bool) {
	// Every shift beyond the range fails below; the bound only keeps the sums
	// from overflowing.
	if limit := 12 * (LastYear - FirstYear + 1); p.IsZero() || months > limit || months < -limit {
		return Period{}, false
	}
	if first, end, whole := p.calendar(); whole {
		shifted, err := Between(monthStart(first+months), monthStart(end+months))
		return shifted, err == nil
	}
	start := p.start.AddMonths(months)
	_, _, day := p.start.YMD()
	if _, _, d := start.YMD(); d != day {
		return Period{}, false
	}
	return within(start, p.Length())
}

// YearEarlier returns the period of the same length that starts twelve months
// earlier.
func (p Period) YearEarlier() (Period, bool) { return p.Shift(-12) }

// Previous returns the period of the same length that ends where p starts.
func (p Period) Previous() (Period, bool) {
	if p.IsZero() {
		return Period{}, false
	}
	length := p.Length()
	if length.Months > 0 {
		return p.Shift(-length.Months)
	}
	return within(p.start.AddDays(-length.Days), length)
}

// Next returns the period of the same length that starts where p ends.
func (p Period) Next() (Period, bool) {
	if p.IsZero() {
		return Period{}, false
	}
	return within(p.end, p.Length())
}

// within returns the period of that length from start. There is none outside
// the years, nor where so many days happen to be whole months: 274 days from
// 1 January are nine months in a leap year and a day more in others.
func within(start Date, length Length) (Period, bool) {
	p, err := Between(start, start.AddMonths(length.Months).AddDays(length.Days))
	if err != nil || p.Length() != length {
		return Period{}, false
	}
	return p, true
}
