package sheet

import (
	"math/big"
	"strings"
	"time"
)

const (
	daySeconds = 24 * 60 * 60
	lastSerial = 2958465 // 9999-12-31
	noSuchDay  = 60      // 1900-02-29, which a spreadsheet has and no calendar
)

// moment is a cell's date: days as the spreadsheet counts them and seconds of
// the day.
type moment struct {
	day     time.Time
	dated   bool // it has a day, not a time alone
	seconds int
}

// momentOf reads the number of a date cell; what is wrong stands in expected.
func momentOf(d decimalText, date1904 bool) (m moment, expected string) {
	whole, _ := new(big.Int).SetString("0"+d.digits, 10)
	serial := new(big.Rat).SetFrac(whole, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.places)), nil))
	if d.negative || serial.Cmp(big.NewRat(lastSerial+1, 1)) >= 0 {
		return m, "a date from 1900 to 9999"
	}
	// Half a thousandth of a second is what a double leaves uncertain.
	millis := new(big.Rat).Mul(serial, big.NewRat(daySeconds*1000, 1))
	millis.Add(millis, big.NewRat(1, 2))
	n := new(big.Int).Quo(millis.Num(), millis.Denom()).Int64()
	if n%1000 != 0 {
		return m, "a time in whole seconds"
	}
	n /= 1000
	days := int(n / daySeconds)
	m.seconds = int(n % daySeconds)
	switch {
	case date1904:
		m.day, m.dated = time.Date(1904, 1, 1+days, 0, 0, 0, 0, time.UTC), days > 0 || m.seconds == 0
	case days == noSuchDay:
		return m, "a day that there is: 1900 had no 29 February"
	case days == 0:
	case days < noSuchDay:
		m.day, m.dated = time.Date(1899, 12, 31+days, 0, 0, 0, 0, time.UTC), true
	default:
		m.day, m.dated = time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC), true
	}
	return m, ""
}

// momentOfISO reads a cell that states its date as text.
func momentOfISO(text string) (m moment, ok bool) {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05"} {
		at, err := time.Parse(layout, strings.TrimSuffix(text, "Z"))
		if err == nil && at.Nanosecond() == 0 {
			day := at.Truncate(daySeconds * time.Second)
			return moment{day: day, dated: true, seconds: int(at.Sub(day) / time.Second)}, true
		}
	}
	return m, false
}

// text writes what of a date its format shows, in ISO 8601. What the format
// hides must be nothing: the first day of a month, midnight. A day without a
// year stays one, so that no year is made up.
func (m moment) text(shows dateParts) (text, expected string) {
	clock := shows.hour || shows.minute || shows.second
	switch {
	case shows.unclear:
		return "", "the format yyyy-mm-dd, yyyy-mm or yyyy: this one depends on the language of the program, or counts hours"
	case !shows.year && !shows.month && !shows.day:
		if !clock || m.dated && m.day.Year() > 1900 {
			return "", "the format yyyy-mm-dd: this one hides the day"
		}
		return m.clock(), ""
	case !m.dated:
		return "", "a day: the cell holds a time alone"
	case m.seconds != 0 && !clock:
		return "", "a day without a time, or a format that shows the time"
	case shows.year && shows.month && shows.day:
		text = m.day.Format(time.DateOnly)
		if clock {
			text += "T" + m.clock()
		}
		return text, ""
	case shows.month && shows.day:
		return m.day.Format("2-Jan"), ""
	case clock, shows.day, !shows.year:
		return "", "the format yyyy-mm-dd, yyyy-mm or yyyy"
	case m.day.Day() != 1 || !shows.month && m.day.Month() != time.January:
		return "", "the first day of the period that is shown, or the format yyyy-mm-dd"
	case shows.month:
		return m.day.Format("2006-01"), ""
	}
	return m.day.Format("2006"), ""
}

func (m moment) clock() string {
	return time.Date(2000, 1, 1, 0, 0, m.seconds, 0, time.UTC).Format(time.TimeOnly)
}
