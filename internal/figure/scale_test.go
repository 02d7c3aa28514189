package figure_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
)

func TestScaleUpFitsOrSaysSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Uint64Range(0, 100), rapid.Uint64()).Draw(t, "n")
		places := rapid.IntRange(-2, 25).Draw(t, "places")
		got, ok := figure.ScaleUp(n, places)
		if places < 0 {
			if ok {
				t.Errorf("ScaleUp(%d, %d) is fine, want it refused", n, places)
			}
			return
		}
		want := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
		want.Mul(want, new(big.Int).SetUint64(n))
		fits := want.Cmp(new(big.Int).SetUint64(math.MaxUint64)) <= 0
		if ok != fits || ok && got != want.Uint64() {
			t.Errorf("ScaleUp(%d, %d) = %d, %v, want %s, %v", n, places, got, ok, want, fits)
		}
	})
}
