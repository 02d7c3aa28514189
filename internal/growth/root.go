package growth

import (
	"math/big"

	"bellwether/internal/figure"
)

// power is a rational exponent above 0 in lowest terms: the number of yearly
// steps in a ratio, or the reverse of it.
type power struct{ over, root int }

func newPower(over, root int) power {
	a, b := over, root
	for b != 0 {
		a, b = b, a%b
	}
	return power{over / a, root / a}
}

// rootUnits is how finely a root is cut: two units are a hundredth of a percent,
// so that an odd count is the middle between two printed answers.
const rootUnits = 2 * 100 * 100

// percentPower returns 100 × (ratio^power - 1) to two decimals, half away from
// zero. The ratio is above 0. Powers are rarely rational, so the root is taken
// of integers: the largest n with n^root <= (rootUnits^root × ratio^over), and
// the answer is the printed number next to n. It is exact, whatever the size.
func percentPower(ratio *big.Rat, p power) figure.Value {
	powered := ratPower(ratio, p.over)
	units := new(big.Int).Exp(big.NewInt(rootUnits), big.NewInt(int64(p.root)), nil)
	scaled, rest := units.QuoRem(units.Mul(units, powered.Num()), powered.Denom(), new(big.Int))
	n := integerRoot(scaled, p.root)
	exact := rest.Sign() == 0 && new(big.Int).Exp(n, big.NewInt(int64(p.root)), nil).Cmp(scaled) == 0

	// n half-units, less those of 100 %. Half a unit beyond a printed answer is
	// n odd: up for a growth, and down for a fall where it is exactly half.
	n.Sub(n, big.NewInt(rootUnits))
	odd := n.Bit(0) == 1
	n.Rsh(n, 1) // toward minus infinity
	if odd && (n.Sign() >= 0 || !exact) {
		n.Add(n, big.NewInt(1))
	}
	return figure.Rounded(new(big.Rat).SetFrac(n, big.NewInt(100)), 2, 0)
}

// ratPower returns ratio^n, exactly, for n of 0 or more.
func ratPower(ratio *big.Rat, n int) *big.Rat {
	exponent := big.NewInt(int64(n))
	return new(big.Rat).SetFrac(
		new(big.Int).Exp(ratio.Num(), exponent, nil),
		new(big.Int).Exp(ratio.Denom(), exponent, nil))
}

// integerRoot returns the largest integer whose k-th power is at most n, for n
// of 0 or more.
func integerRoot(n *big.Int, k int) *big.Int {
	switch {
	case n.Sign() == 0 || k == 1:
		return new(big.Int).Set(n)
	case k > n.BitLen()/k:
		return halvedRoot(n, k)
	}
	return newtonRoot(n, k)
}

// halvedRoot halves the interval that the root lies in. It takes as many steps
// as the root has bits: few where the root is small and k large.
func halvedRoot(n *big.Int, k int) *big.Int {
	degree := big.NewInt(int64(k))
	low := new(big.Int).Lsh(big.NewInt(1), uint((n.BitLen()-1)/k))
	high := new(big.Int).Lsh(low, 1)
	for {
		middle := new(big.Int).Add(low, high)
		middle.Rsh(middle, 1)
		switch {
		case middle.Cmp(low) == 0:
			return low
		case new(big.Int).Exp(middle, degree, nil).Cmp(n) > 0:
			high = middle
		default:
			low = middle
		}
	}
}

// newtonRoot goes to the root by Newton's method from above.
func newtonRoot(n *big.Int, k int) *big.Int {
	degree, lower := big.NewInt(int64(k)), big.NewInt(int64(k-1))
	guess := new(big.Int).Lsh(big.NewInt(1), uint((n.BitLen()+k-1)/k))
	for {
		// next = ((k-1) × guess + n / guess^(k-1)) / k
		next := new(big.Int).Exp(guess, lower, nil)
		next.Quo(n, next)
		next.Add(next, new(big.Int).Mul(lower, guess))
		next.Quo(next, degree)
		if next.Cmp(guess) >= 0 {
			return guess
		}
		guess = next
	}
}
