package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"bellwether/data"
	"bellwether/internal/fx"
)

// Feeds reads the feeds of rates that the binary knows.
func Feeds() ([]fx.Feed, error) {
	lines, err := csv.NewReader(bytes.NewReader(data.Feeds())).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the feeds: %w", err)
	}
	series, err := feedSeries()
	if err != nil {
		return nil, err
	}
	areas, err := feedAreas()
	if err != nil {
		return nil, err
	}
	var feeds []fx.Feed
	for _, cells := range lines[1:] {
		rank, err := strconv.Atoi(cells[5])
		if err != nil {
			return nil, fmt.Errorf("read the rank of feed %s: %w", cells[0], err)
		}
		feed := fx.Feed{
			Code: cells[0], Name: cells[1], Averaging: cells[2], Zone: cells[3],
			Hour: cells[4], Rank: rank, Source: cells[6], URL: cells[7], Base: cells[8], Fetch: cells[9],
			Areas: areas[cells[0]],
		}
		if strings.HasPrefix(feed.Code, "frb-") {
			feed.Series = series
		}
		feeds = append(feeds, feed)
	}
	return feeds, nil
}

// feedSeries reads what the series of the Federal Reserve quote.
func feedSeries() ([]fx.SeriesQuote, error) {
	lines, err := csv.NewReader(bytes.NewReader(data.RateSeries())).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the series of the feeds: %w", err)
	}
	var list []fx.SeriesQuote
	for _, cells := range lines[1:] {
		list = append(list, fx.SeriesQuote{Name: cells[0], Base: cells[1], Quote: cells[2]})
	}
	return list, nil
}

// feedAreas reads which money the areas of each feed are quoted in.
func feedAreas() (map[string][]fx.AreaMoney, error) {
	lines, err := csv.NewReader(bytes.NewReader(data.RateAreas())).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the areas of the feeds: %w", err)
	}
	areas := map[string][]fx.AreaMoney{}
	for _, cells := range lines[1:] {
		money := fx.AreaMoney{Area: cells[1], Currency: cells[2], Taken: cells[5] == "yes"}
		for i, bound := range []*int{&money.From, &money.To} {
			if text := cells[3+i]; text != "" {
				if *bound, err = strconv.Atoi(text); err != nil {
					return nil, fmt.Errorf("read the years of %s in feed %s: %w", cells[1], cells[0], err)
				}
			}
		}
		areas[cells[0]] = append(areas[cells[0]], money)
	}
	return areas, nil
}
