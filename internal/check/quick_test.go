package check

import (
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// What is sure by integers is so by fractions, and of what is consistent all
// but the closest calls are sure.
func TestSurelyAgreesWithFractions(t *testing.T) {
	year := period.MustParse("2013")
	consistent, sure := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) Part {
			level := figure.New(rapid.Int64Range(1, 100_000).Draw(t, name), rapid.IntRange(0, 3).Draw(t, name+" decimals"), rapid.IntRange(0, 2).Draw(t, name+" multiplier"))
			claim := figure.New(rapid.Int64Range(-900, 2000).Draw(t, name+" growth"), rapid.IntRange(0, 2).Draw(t, name+" growth decimals"), 0)
			return Part{Level: growth.Level{Period: year, Value: level, Unit: "usd"}, Claim: Claim{Value: claim}}
		}
		parts := []Part{draw("exports"), draw("imports")}
		total := draw("trade")
		if rapid.Bool().Draw(t, "near") {
			total.Claim = parts[0].Claim
			parts[1].Claim = parts[0].Claim
			total.Level.Value = growth.Difference(parts[0].Level.Value, parts[1].Level.Value.Neg())
		}
		exact := Parts(parts, total)
		certain := surely(parts, total)
		if certain && (exact.Reason != "" || !exact.Consistent) {
			t.Errorf("surely %v, exactly %+v", certain, exact)
		}
		if exact.Reason == "" && exact.Consistent {
			consistent++
			if certain {
				sure++
			}
		}
	})
	if sure*2 < consistent {
		t.Errorf("%d of %d consistent totals are sure, want most", sure, consistent)
	}
}
