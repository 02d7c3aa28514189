package growth_test

import (
	"fmt"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func ExampleYoY() {
	current := growth.Level{Period: period.MustParse("2013-01-01/P9M"), Value: figure.MustParse("118.7", 9), Unit: "cny"}
	base := growth.Level{Period: period.MustParse("2012-01-01/P9M"), Value: figure.MustParse("114.106", 9), Unit: "cny"}
	fmt.Println(growth.YoY(current, base).Percent.Text())

	year := growth.Level{Period: period.MustParse("2012"), Value: figure.MustParse("147.622", 9), Unit: "cny"}
	fmt.Println(growth.YoY(current, year).Code)
	// Output:
	// 4.03
	// period_mismatch
}
