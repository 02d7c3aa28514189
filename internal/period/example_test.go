package period_test

import (
	"fmt"

	"bellwether/internal/period"
)

// Nine months from January are one period, whoever writes them.
func Example() {
	for _, text := range []string{"2013年前三季度", "Jan-Sep 2013", "9M 2013", "2013-01-01/P9M"} {
		p, err := period.Parse(text)
		fmt.Println(p, p.Start(), p.Last(), err)
	}
	before, _ := period.MustParse("9M 2013").YearEarlier()
	fmt.Println(before.Label("en"))
	// Output:
	// 2013-01-01/P9M 2013-01-01 2013-09-30 <nil>
	// 2013-01-01/P9M 2013-01-01 2013-09-30 <nil>
	// 2013-01-01/P9M 2013-01-01 2013-09-30 <nil>
	// 2013-01-01/P9M 2013-01-01 2013-09-30 <nil>
	// Jan–Sep 2012
}

// What has two readings is refused with a code that says which.
func ExampleParse() {
	for _, text := range []string{"2013.1", "Sep-13", "2011-13"} {
		_, err := period.Parse(text)
		fmt.Println(err)
	}
	// Output:
	// period_decimal: "2013.1" may be a month that lost its zero, a month or a quarter
	// period_day_or_year: "Sep-13" may end with a day or with a year
	// period_year_range_or_month: "2011-13" may be a range of years or a month that does not exist
}

func ExampleRules_Parse() {
	federal := period.Rules{
		FiscalStart:   period.MonthDay{Month: 10, Day: 1},
		FiscalNamedBy: period.NamedByEnd,
	}
	year, _ := federal.Parse("FY2013")
	quarter, _ := federal.Parse("FY2013 Q2")
	fmt.Println(year, quarter)
	// Output: 2012-10-01/P12M 2013-Q1
}
