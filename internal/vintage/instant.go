package vintage

import (
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

const (
	instantExpected = "a date such as 2014-02-22 or an instant such as 2014-02-22T10:00:00+08:00"
	textLimit       = 40 // bytes; the longest instant has 35
)

// AsOf reads the point in publication time that is asked for: an RFC 3339
// instant, or a date, which means the end of that day in the zone, or now when
// it is today there. Codes: instant_unrecognised, the codes of impossible
// dates, as_of_in_future for what lies after now.
func AsOf(text string, zone *time.Location, now time.Time) (time.Time, error) {
	now = Micros(now)
	day, instant, isDay, err := read(text)
	if err != nil {
		return time.Time{}, err
	}
	if isDay {
		if day == DayOf(now, zone) {
			return now, nil
		}
		instant = EndOfDay(day, zone)
	}
	if instant.After(now) {
		return time.Time{}, fault.New(fault.Invalid, fault.AsOfInFuture, "%s lies after now, %s", text, now.Format(time.RFC3339)).
			Expect("a date or instant that has come")
	}
	return instant, nil
}

// Publication reads when an office published something: an RFC 3339 instant,
// or a date, which means the start of that day in the zone. A day that is
// still to come needs its time (publication_time_missing), since it is an
// embargo; an instant may lie ahead. Other codes: instant_unrecognised and the
// codes of impossible dates.
func Publication(text string, zone *time.Location, now time.Time) (time.Time, error) {
	day, instant, isDay, err := read(text)
	if err != nil || !isDay {
		return instant, err
	}
	if day > DayOf(now, zone) {
		return time.Time{}, fault.New(fault.Invalid, fault.PublicationTimeMissing, "%s is still to come and has no time of day", text).
			Expect("the instant of the release, such as %sT10:00:00+08:00", day)
	}
	return StartOfDay(day, zone), nil
}

// read takes a text for a day or an instant.
func read(text string) (day period.Date, instant time.Time, isDay bool, err error) {
	if len(text) == len(time.DateOnly) {
		day, err = period.ParseDate(text)
		if fault.CodeOf(err) == fault.PeriodUnrecognised {
			err = unrecognised(text)
		}
		return day, time.Time{}, true, err
	}
	instant, err = parseInstant(text)
	return 0, instant, false, err
}

// parseInstant reads RFC 3339 strictly: time.Parse takes hours of one digit, a
// comma before fractions and offsets beyond a day for it.
func parseInstant(text string) (time.Time, error) {
	upper := strings.ToUpper(text)
	if len(text) > textLimit || !instantShape(upper) {
		return time.Time{}, unrecognised(text)
	}
	t, err := time.Parse(time.RFC3339, upper)
	if err != nil {
		return time.Time{}, unrecognised(text)
	}
	if year := t.UTC().Year(); year < period.FirstYear || year > period.LastYear {
		return time.Time{}, fault.New(fault.Invalid, fault.PeriodYearOutOfRange, "the year %d is not in %d to %d", year, period.FirstYear, period.LastYear)
	}
	return Micros(t), nil
}

// instantShape says whether the text is laid out as
// 2014-02-22T10:00:00[.digits](Z|+08:00).
func instantShape(text string) bool {
	const seconds = "0000-00-00T00:00:00"
	if len(text) <= len(seconds) || !matches(text[:len(seconds)], seconds) {
		return false
	}
	rest := text[len(seconds):]
	if rest[0] == '.' {
		digits := strings.TrimLeft(rest[1:], "0123456789")
		if len(digits) == len(rest)-1 {
			return false
		}
		rest = digits
	}
	return rest == "Z" || (matches(rest, "+00:00") || matches(rest, "-00:00")) && rest[1:3] < "24" && rest[4:] < "60"
}

// matches says whether text has a digit wherever the pattern has a 0, and the
// pattern's character elsewhere.
func matches(text, pattern string) bool {
	if len(text) != len(pattern) {
		return false
	}
	for i := range len(pattern) {
		digit := text[i] >= '0' && text[i] <= '9'
		if pattern[i] == '0' && !digit || pattern[i] != '0' && text[i] != pattern[i] {
			return false
		}
	}
	return true
}

func unrecognised(text string) error {
	if len(text) > textLimit {
		text = strings.ToValidUTF8(text[:textLimit], "") + "…"
	}
	return fault.New(fault.Invalid, fault.InstantUnrecognised, "%q is neither a date nor an instant", text).Expect(instantExpected)
}
