package app

import (
	"testing"
	"time"
)

func TestEveryFeedHasAZoneAndARankOfItsOwn(t *testing.T) {
	feeds, err := Feeds()
	if err != nil {
		t.Fatal(err)
	}
	ranks := map[int]string{}
	for _, feed := range feeds {
		if _, err := time.LoadLocation(feed.Zone); err != nil || feed.Zone == "" {
			t.Errorf("feed %s is in zone %q: %v", feed.Code, feed.Zone, err)
		}
		if other, taken := ranks[feed.Rank]; taken {
			t.Errorf("feeds %s and %s have the same rank", feed.Code, other)
		}
		ranks[feed.Rank] = feed.Code
	}
	if len(feeds) == 0 {
		t.Error("there is no feed")
	}
}
