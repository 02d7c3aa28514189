package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"

	"bellwether/data"
	"bellwether/internal/fx"
)

// Feeds reads the feeds of rates that the binary knows.
func Feeds() ([]fx.Feed, error) {
	lines, err := csv.NewReader(bytes.NewReader(data.Feeds())).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the feeds: %w", err)
	}
	var feeds []fx.Feed
	for _, cells := range lines[1:] {
		rank, err := strconv.Atoi(cells[5])
		if err != nil {
			return nil, fmt.Errorf("read the rank of feed %s: %w", cells[0], err)
		}
		feeds = append(feeds, fx.Feed{
			Code: cells[0], Name: cells[1], Averaging: cells[2], Zone: cells[3],
			Hour: cells[4], Rank: rank, Source: cells[6], URL: cells[7], Base: cells[8], Fetch: cells[9],
		})
	}
	return feeds, nil
}
