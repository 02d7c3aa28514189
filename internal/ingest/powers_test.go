package ingest

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
)

// TestPowersOfTenAreExact holds the quick arithmetic to that of fractions.
func TestPowersOfTenAreExact(t *testing.T) {
	numbers := rapid.Custom(func(t *rapid.T) figure.Value {
		return figure.New(rapid.Int64().Draw(t, "coefficient"), rapid.IntRange(0, 6).Draw(t, "decimals"), rapid.IntRange(-3, 12).Draw(t, "multiplier"))
	})
	near := rapid.Custom(func(t *rapid.T) figure.Value {
		return figure.New(rapid.Int64Range(1, 2000).Draw(t, "coefficient"), rapid.IntRange(0, 6).Draw(t, "decimals"), rapid.IntRange(0, 3).Draw(t, "multiplier"))
	})
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.OneOf(numbers, near)
		v, w := of.Draw(t, "v"), of.Draw(t, "w")
		if got, want := powerBetween(v, w), powerByFractions(v, w); got != want {
			t.Fatalf("powerBetween(%v, %v) = %d, want %d", v, w, got, want)
		}
		if powerBetween(v, w) != 0 && !apartByMuch(v, w) {
			t.Fatalf("apartByMuch(%v, %v) = false, and they are a power of ten apart", v, w)
		}
	})
}

// powerByFractions is the rule as it is written down.
func powerByFractions(v, w figure.Value) int {
	if v.Sign()*w.Sign() <= 0 {
		return 0
	}
	ratio := new(big.Rat).Quo(v.Rat(), w.Rat())
	for power := -maxPower; power <= maxPower; power++ {
		ten, _ := new(big.Rat).SetString(fmt.Sprintf("1e%d", power))
		rest := new(big.Rat).Quo(ratio, ten)
		if power != 0 && rest.Cmp(big.NewRat(2, 3)) >= 0 && rest.Cmp(big.NewRat(3, 2)) <= 0 {
			return power
		}
	}
	return 0
}
