package figure

import (
	"math/big"
)

// RoundHalfAway writes r with so many decimals (0 or more), rounded half away
// from zero: 0.125 to two is 0.13, -0.125 is -0.13. It never writes a negative
// zero.
func RoundHalfAway(r *big.Rat, decimals int) string {
	return Rounded(r, decimals, 0).Text()
}

// Rounded returns r, given in ones, as a value at the multiplier with so many
// decimals, rounded half away from zero.
func Rounded(r *big.Rat, decimals, multiplier int) Value {
	scaled := new(big.Rat).Mul(r, ratOf(big.NewInt(1), decimals-multiplier))
	// floor((2|n| + d) / 2d) rounds the magnitude n/d half up.
	twice := new(big.Int).Lsh(new(big.Int).Abs(scaled.Num()), 1)
	twice.Add(twice, scaled.Denom())
	twice.Quo(twice, new(big.Int).Lsh(scaled.Denom(), 1))
	if r.Sign() < 0 {
		twice.Neg(twice)
	}
	return Value{wide: twice, decimals: int32(decimals), multiplier: int32(multiplier)}.narrow()
}

// ExactText writes r exactly: as a decimal without needless zeros where it
// terminates, else as a fraction in lowest terms such as 1/3.
func ExactText(r *big.Rat) string {
	places, exact := r.FloatPrec()
	if !exact {
		return r.RatString()
	}
	return r.FloatString(places)
}
