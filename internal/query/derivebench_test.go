package query_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// Versions answers like Scan: every figure has one version.
func (r ready) Versions(ctx context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	return r.Scan(ctx, sel, at, each)
}

// BenchmarkDerivedQuarters reads the quarters of fifty years of cumulative
// figures, three of four of which are derived, and beside it those figures as
// they are reported.
func BenchmarkDerivedQuarters(b *testing.B) {
	s := newShelf(b)
	for year := range 50 {
		newYear, err := period.NewDate(1960+year, 1, 1)
		if err != nil {
			b.Fatal(err)
		}
		for quarter := 1; quarter <= 4; quarter++ {
			p, err := period.Between(newYear, newYear.AddMonths(3*quarter))
			if err != nil {
				b.Fatal(err)
			}
			value := figure.New(int64(quarter*(1000+year*year)), 1, 9)
			s.put("gdp.cn.cny", obs.Observation{Period: p, Value: value, Published: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)})
		}
	}
	sel := query.Selection{Indicators: []string{"gdp"}}
	asked := query.New(ready{s, inForce(s.visible(sel, vintage.Now(s.now())))}, clock)
	m, err := asked.At(context.Background(), query.When{})
	if err != nil {
		b.Fatal(err)
	}
	for name, r := range map[string]query.Range{"reported": {}, "derived": {Frequency: "Q"}} {
		b.Run(name, func(b *testing.B) {
			var out bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				out.Reset()
				if err := asked.Series(context.Background(), m, "gdp.cn.cny", query.Question{Range: r}, encode.NewJSON(&out, encode.Options{})); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
