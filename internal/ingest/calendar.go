package ingest

import (
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// calendar says when a day of a publisher begins and at what hour of it
// figures come out. An office's figures count from the start of the day, as
// do those of a feed without an hour.
type calendar struct {
	zone *time.Location
	hour time.Duration // since midnight
	read map[string]dated
}

func newCalendar(zone *time.Location) *calendar {
	return &calendar{zone: zone, read: map[string]dated{}}
}

// publication reads a cell that states when something was published.
func (c *calendar) publication(cell []byte, now time.Time) dated {
	found, ok := c.read[string(cell)]
	if ok {
		return found
	}
	if len(c.read) >= maxTexts {
		clear(c.read)
	}
	text := string(cell)
	if day, err := period.ParseDate(text); err == nil && c.hour > 0 {
		found.at = c.on(day)
	} else {
		found.at, found.err = vintage.Publication(text, c.zone, now)
	}
	c.read[text] = found
	return found
}

// on is the instant at which figures come out on a day.
func (c *calendar) on(day period.Date) time.Time {
	year, month, date := day.YMD()
	clock := time.Date(year, time.Month(month), date, 0, 0, int(c.hour/time.Second), 0, c.zone)
	return clock.UTC()
}

// calendarOf is that of a feed, and the office's for a feed that nobody knows.
func (r *reader) calendarOf(feed string) *calendar {
	if known := r.feeds[feed]; known != nil {
		return known
	}
	return r.office
}

// newFeedCalendars makes a calendar for each feed. A feed without a zone of
// its own has the office's.
func newFeedCalendars(feeds []fx.Feed, office *time.Location) (map[string]*calendar, error) {
	calendars := map[string]*calendar{}
	for _, feed := range feeds {
		c := newCalendar(office)
		if feed.Zone != "" {
			zone, err := time.LoadLocation(feed.Zone)
			if err != nil {
				return nil, fault.Wrap(err, fault.Internal, fault.InternalError, "the time zone of feed %s is not known here", feed.Code)
			}
			c.zone = zone
		}
		if feed.Hour != "" {
			clock, err := time.Parse("15:04", feed.Hour)
			if err != nil {
				return nil, fault.Wrap(err, fault.Internal, fault.InternalError, "the hour of feed %s is no hour", feed.Code)
			}
			c.hour = time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
		}
		calendars[feed.Code] = c
	}
	return calendars, nil
}
