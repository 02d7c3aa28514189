package period

import (
	"bellwether/internal/fault"
)

// Date is a civil day of the Gregorian calendar, counted in days since
// 1970-01-01. It has no time of day and no zone.
type Date int32

// The years that a period may touch.
const (
	FirstYear = 1800
	LastYear  = 2199
)

// The first day of a period, and the day after the last one.
var (
	firstDate = civil(FirstYear, 1, 1)
	endDate   = civil(LastYear+1, 1, 1)
)

// NewDate returns the day, or a fault that says which part is out of range:
// the year (1800 to 2199), the month (1 to 12) or the day of that month.
func NewDate(year, month, day int) (Date, error) {
	switch {
	case year < FirstYear || year > LastYear:
		return 0, fault.New(fault.Invalid, fault.PeriodYearOutOfRange, "the year %d is not in %d to %d", year, FirstYear, LastYear)
	case month < 1 || month > 12:
		return 0, fault.New(fault.Invalid, fault.PeriodMonthOutOfRange, "there is no month %d", month)
	case day < 1 || day > daysIn(year, month):
		return 0, fault.New(fault.Invalid, fault.PeriodDayOutOfRange, "%04d-%02d has no day %d", year, month, day)
	}
	return civil(year, month, day), nil
}

// ParseDate reads YYYY-MM-DD and nothing else.
func ParseDate(text string) (Date, error) {
	year, month, day, ok := splitDate(text)
	if !ok {
		return 0, fault.New(fault.Invalid, fault.PeriodUnrecognised, "%q is not a date", fault.Clip(text)).Expect("a date such as 2013-09-15")
	}
	return NewDate(year, month, day)
}

// MustParseDate is ParseDate for texts that are known to be good; it panics on
// others.
func MustParseDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// splitDate takes YYYY-MM-DD apart without asking whether there is such a day.
func splitDate(text string) (year, month, day int, ok bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, 0, 0, false
	}
	year, okYear := digits(text[:4])
	month, okMonth := digits(text[5:7])
	day, okDay := digits(text[8:])
	return year, month, day, okYear && okMonth && okDay
}

// digits reads a short text of ASCII digits only.
func digits(text string) (int, bool) {
	n := 0
	for i := range len(text) {
		c := text[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, text != "" && len(text) <= 9
}

// YMD returns the year, the month from 1 and the day from 1.
func (d Date) YMD() (year, month, day int) {
	// Days are counted from 0000-03-01 in eras of 400 years, so that the leap
	// day is the last one of a year.
	z := int(d) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	if month > 12 {
		month -= 12
	}
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// civil is the inverse of YMD; it takes only days that exist.
func civil(year, month, day int) Date {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	doy := (153*((month+9)%12)+2)/5 + day - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return Date(era*146097 + doe - 719468)
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// NewYear returns 1 January of the day's year.
func (d Date) NewYear() Date {
	year, _, _ := d.YMD()
	return civil(year, 1, 1)
}

// AddMonths returns the same day of the month n months later, or that month's
// last day where it is shorter: 31 January and one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	year, month, day := d.YMD()
	months := year*12 + month - 1 + n
	year = floorDiv(months, 12)
	month = months - year*12 + 1
	return civil(year, month, min(day, daysIn(year, month)))
}

// MonthsUntil returns the whole months from d to e, negative when e is
// earlier, and whether they lie exactly that many months apart: on the same
// day of the month, which every month has (1 to 28).
func (d Date) MonthsUntil(e Date) (n int, whole bool) {
	y0, m0, d0 := d.YMD()
	y1, m1, d1 := e.YMD()
	return (y1-y0)*12 + m1 - m0, d0 == d1 && d0 <= 28
}

// String returns YYYY-MM-DD.
func (d Date) String() string { return string(d.AppendTo(make([]byte, 0, 10))) }

// AppendTo appends YYYY-MM-DD to dst.
func (d Date) AppendTo(dst []byte) []byte {
	year, month, day := d.YMD()
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), month, 2)
	return appendPadded(append(dst, '-'), day, 2)
}

func appendPadded(dst []byte, n, width int) []byte {
	for unit := pow10(width - 1); unit > 0; unit /= 10 {
		dst = append(dst, byte('0'+n/unit%10))
	}
	return dst
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}
