package growth_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/growth"
)

// TestOverHoldsEveryQuotient divides numbers of two intervals by one another:
// none falls outside, and the ends are quotients of ends.
func TestOverHoldsEveryQuotient(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(low, high int64, name string) *big.Rat {
			return big.NewRat(rapid.Int64Range(low, high).Draw(t, name), 10)
		}
		low, by := number(-500, 500, "low"), number(1, 500, "by")
		of := growth.Interval{Low: low, High: new(big.Rat).Add(low, number(0, 500, "width"))}
		divisor := growth.Interval{Low: by, High: new(big.Rat).Add(by, number(0, 500, "width of the divisor"))}
		got := of.Over(divisor)
		least, most := false, false
		for _, a := range []*big.Rat{of.Low, of.High} {
			for _, b := range []*big.Rat{divisor.Low, divisor.High} {
				q := new(big.Rat).Quo(a, b)
				if q.Cmp(got.Low) < 0 || q.Cmp(got.High) > 0 {
					t.Fatalf("(%v).Over(%v) = %v, which leaves out %v", of, divisor, got, q)
				}
				least, most = least || q.Cmp(got.Low) == 0, most || q.Cmp(got.High) == 0
			}
		}
		if !least || !most {
			t.Fatalf("(%v).Over(%v) = %v, want ends that are quotients", of, divisor, got)
		}
	})
}
