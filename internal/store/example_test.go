package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/vintage"
)

func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "bellwether-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	now := time.Date(2014, 2, 22, 2, 0, 0, 0, time.UTC)
	options := store.Options{DSN: "sqlite:" + filepath.Join(dir, "figures.db"), Clock: func() time.Time { return now }}
	words, err := catalog.FromEntries(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := store.Create(ctx, options, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()

	for _, value := range []string{"118.7", "118.9"} {
		now = now.Add(24 * time.Hour)
		release := obs.Release{Upload: upload(value), By: "clerk"}
		if _, err := s.Publish(ctx, release, strings.NewReader(value), func(put func(obs.Entry) error) error {
			return put(entry("gdp.cn-cq-lj.cny", "2013-01-01/P9M", value))
		}); err != nil {
			fmt.Println(err)
			return
		}
	}
	head, err := s.Head(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	print := func(v *obs.Version) error {
		fmt.Println(v.Series.Code, v.Period, v.Value.Text(), v.Published.Format(time.DateOnly))
		return nil
	}
	sel := query.Selection{Codes: []string{"gdp.cn-cq-lj.cny"}}
	if err := s.Scan(ctx, sel, vintage.Now(head.Instant), print); err != nil {
		fmt.Println(err)
	}
	if err := s.Scan(ctx, sel, vintage.At(now.Add(-time.Hour), head.Instant), print); err != nil {
		fmt.Println(err)
	}
	// Output:
	// gdp.cn-cq-lj.cny 2013-01-01/P9M 118.9 2014-02-24
	// gdp.cn-cq-lj.cny 2013-01-01/P9M 118.7 2014-02-23
}
