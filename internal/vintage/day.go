package vintage

import (
	"time"

	"bellwether/internal/period"
)

// StartOfDay returns the first instant whose civil date in the zone is the
// day. That is midnight, or the end of the gap where clocks skip midnight; of
// two midnights it is the earlier one.
func StartOfDay(day period.Date, zone *time.Location) time.Time {
	year, month, date := day.YMD()
	guess := time.Date(year, time.Month(month), date, 0, 0, 0, 0, zone)
	from, until := guess.ZoneBounds()
	switch civil := DayOf(guess, zone); {
	case civil < day:
		return until.UTC()
	case civil > day || !midnight(guess):
		return from.UTC()
	}
	return firstMidnight(guess, from).UTC()
}

// EndOfDay returns the last microsecond before the next day starts in the
// zone.
func EndOfDay(day period.Date, zone *time.Location) time.Time {
	return StartOfDay(day.AddDays(1), zone).Add(-time.Microsecond)
}

// DayOf returns the civil date of the instant in the zone.
func DayOf(instant time.Time, zone *time.Location) period.Date {
	const secondsPerDay = 24 * 60 * 60
	local := instant.In(zone)
	_, offset := local.Zone()
	seconds := local.Unix() + int64(offset)
	days := seconds / secondsPerDay
	if seconds%secondsPerDay < 0 {
		days--
	}
	return period.Date(days)
}

func midnight(t time.Time) bool {
	hour, minute, second := t.Clock()
	return hour == 0 && minute == 0 && second == 0
}

// firstMidnight returns the midnight before the clocks went back over it at
// from, or t where they did not.
func firstMidnight(t, from time.Time) time.Time {
	if from.IsZero() {
		return t
	}
	_, before := from.Add(-time.Second).Zone()
	_, after := t.Zone()
	earlier := t.Add(time.Duration(after-before) * time.Second)
	if before > after && earlier.Before(from) {
		return earlier
	}
	return t
}
