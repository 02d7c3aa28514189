package check_test

import (
	"fmt"

	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func ExampleExplain() {
	level := func(p, value string) growth.Level {
		return growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Unit: "cny"}
	}
	f := check.Explain(&check.Case{
		Value: level("2013-01-01/P9M", "118.7"),
		Prior: level("2012-01-01/P9M", "114.106"),
		Basis: check.Nominal,
		Claim: check.Claim{Value: figure.MustParse("16.2", 0)},
	})
	fmt.Println(f.Class, f.Reason)
	fmt.Println("computed", f.Computed.Text(), "gap", f.Gap.Text(), "implied prior", f.ImpliedPrior.Text())
	// Output:
	// scope_or_revision size_only
	// computed 4.03 gap -10.48 implied prior 102.151
}
