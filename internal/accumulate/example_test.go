package accumulate_test

import (
	"fmt"

	"bellwether/internal/accumulate"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func ExampleSet_Difference() {
	var set accumulate.Set
	for _, f := range []struct{ period, value string }{{"2012-H1", "72.513"}, {"2012-01-01/P9M", "114.106"}} {
		set.Add(growth.Level{Period: period.MustParse(f.period), Value: figure.MustParse(f.value, 9), Unit: "cny"})
	}
	for _, p := range []string{"2012-Q3", "2012-Q4"} {
		d := set.Difference(period.MustParse(p))
		if d.Reason != "" {
			fmt.Println(p, d.Reason, d)
			continue
		}
		fmt.Println(p, "=", d, "=", d.Value.Text(), "give or take", d.HalfWidth.Text())
	}
	// Output:
	// 2012-Q3 = 2012-01-01/P9M - 2012-H1 = 41.593 give or take 0.0010
	// 2012-Q4 missing_neighbour missing 2012
}

func ExampleSet() {
	var set accumulate.Set
	for _, f := range []struct{ period, value string }{{"2012-Q1", "31.2"}, {"2012-Q2", "41.3"}, {"2012-Q3", "41.6"}, {"2012", "147.622"}} {
		set.Add(growth.Level{Period: period.MustParse(f.period), Value: figure.MustParse(f.value, 9)})
	}
	for _, p := range []string{"2012-01-01/P9M", "2012-Q4", "2012-10"} {
		d := set.Derive(period.MustParse(p))
		if d.Reason != "" {
			fmt.Println(p, d.Reason, d)
			continue
		}
		fmt.Println(p, "=", d, "=", d.Value.Text(), "give or take", d.HalfWidth.Text())
	}
	// Output:
	// 2012-01-01/P9M = 2012-Q1 + 2012-Q2 + 2012-Q3 = 114.1 give or take 0.15
	// 2012-Q4 = 2012 - 2012-Q1 - 2012-Q2 - 2012-Q3 = 33.522 give or take 0.1505
	// 2012-10 missing_neighbour missing 2012-01-01/P10M
}
