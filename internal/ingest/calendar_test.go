package ingest_test

import (
	"testing"
	"time"

	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/vintage"
)

func TestARateIsPublishedByItsFeedsOwnClock(t *testing.T) {
	feeds := []fx.Feed{
		{Code: "ecb", Zone: "Europe/Berlin", Hour: "16:00"},
		{Code: "frb-h10", Zone: "America/New_York"},
	}
	for _, c := range []struct {
		name, row string
		want      time.Time // zero: the instant of recording
	}{
		{"a day of a feed with an hour", "ecb,EUR,USD,2013-09-30,1.3505,,", time.Date(2013, 9, 30, 14, 0, 0, 0, time.UTC)},
		{"a day in winter", "ecb,EUR,USD,2013-12-31,1.3791,,", time.Date(2013, 12, 31, 15, 0, 0, 0, time.UTC)},
		{"a stated day of that feed", "ecb,EUR,USD,2013-09-30,1.3505,2013-10-01,", time.Date(2013, 10, 1, 14, 0, 0, 0, time.UTC)},
		{"a stated day of a feed without an hour", "frb-h10,USD,CNY,2013-09-30,6.1200,2013-10-07,", time.Date(2013, 10, 7, 4, 0, 0, 0, time.UTC)},
		{"a stated instant", "ecb,EUR,USD,2013-09-30,1.3505,,2013-09-30T15:00:00Z", time.Date(2013, 9, 30, 15, 0, 0, 0, time.UTC)},
		{"a feed that nobody knows", "bank,USD,CNY,2013-09-30,6.1200,2013-10-07,", time.Date(2013, 10, 6, 16, 0, 0, 0, time.UTC)},
		{"nothing stated and no hour", "frb-h10,USD,CNY,2013-09-30,6.1200,,", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				d.Service = ingest.New(d.store, d.clock, ingest.Limits{}, feeds...)
				d.publish("feed,base,quote,date,rate,published,published_at\n" + c.row + "\n")
				at := d.clock()
				stored, err := d.store.Rates(t.Context(), vintage.Now(at))
				if err != nil || len(stored) != 1 {
					t.Fatalf("Rates = %v, %v; want one", stored, err)
				}
				got := stored[0].PublishedAt
				if recorded := got.After(now); c.want.IsZero() != recorded || !recorded && !got.Equal(c.want) {
					t.Errorf("published at %v, want %v", got.UTC(), c.want)
				}
			})
		})
	}
}
