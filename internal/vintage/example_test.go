package vintage_test

import (
	"fmt"
	"time"

	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

func Example() {
	start := period.MustParseDate("2013-01-01")
	nineMonths, _ := period.Between(start, start.AddMonths(9))
	gdp := vintage.Key{Series: "gdp.cn-cq-lj.cny", Period: nineMonths}
	day := func(text string) time.Time { return vintage.StartOfDay(period.MustParseDate(text), time.UTC) }

	var log vintage.Log
	log.Import(vintage.Import{Published: day("2013-11-01"), Recorded: day("2013-11-05"), Says: []vintage.Statement{{Key: gdp, Value: "117.9"}}})
	log.Import(vintage.Import{Published: day("2014-02-22"), Recorded: day("2014-02-25"), Says: []vintage.Statement{{Key: gdp, Value: "118.7"}}})

	now := day("2015-01-01")
	latest, _ := log.Latest(gdp, now)
	known, _ := log.AsOf(gdp, day("2013-12-31"), now)
	answered, _ := log.RecordedView(gdp, day("2014-02-23"))
	fmt.Println(latest.Value, known.Value, answered.Value)
	// Output: 118.7 117.9 117.9
}
