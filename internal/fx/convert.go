package fx

import (
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Conversion is an amount in another currency. Amount is rounded and written
// at the multiplier of the amount that was asked; AmountExact and HalfWidth
// are exact and in ones.
type Conversion struct {
	Amount      figure.Value
	AmountExact *big.Rat
	HalfWidth   *big.Rat
	Multiplier  int
	Disclosure  Disclosure
}

// Convert converts one amount; the refusals are those of Factor.
func (b *Book) Convert(ask Ask) (Conversion, error) {
	f, err := b.Factor(ask)
	if err != nil {
		return Conversion{}, err
	}
	return f.Convert(ask), nil
}

// Convert converts the ask's amount at the factor; the rest of the ask is what
// the factor was found by. The answer shows as many decimals as its half-width
// carries; fewer on request, and never more. An amount without a half-width
// shows its own decimals or two, whichever are more, and 6 at most. Where the
// answer has fewer than that, the disclosure says that they were capped.
func (f *Factor) Convert(ask Ask) Conversion {
	half := ask.HalfWidth
	if half == nil {
		half = ask.Amount.HalfRat()
	}
	exact := ask.Amount.Rat()
	c := Conversion{
		AmountExact: exact.Mul(exact, f.rate.rat()),
		HalfWidth:   new(big.Rat).Mul(half, f.rate.rat()),
		Multiplier:  ask.Amount.Multiplier(),
		Disclosure:  f.disclosure,
	}
	decimals := carried(c.HalfWidth, c.Multiplier)
	switch {
	case ask.Decimals != nil:
		c.Disclosure.DecimalsCapped = *ask.Decimals > decimals
		decimals = max(0, min(*ask.Decimals, decimals))
	case c.HalfWidth.Sign() == 0:
		c.Disclosure.DecimalsCapped = ask.Amount.Decimals() > mostDecimals
		decimals = min(max(2, ask.Amount.Decimals()), mostDecimals)
	}
	c.Amount = f.Apply(ask.Amount, decimals)
	return c
}

// carried is the smallest d from 0 to 6 with ½ × 10^(multiplier-d) <= half.
func carried(half *big.Rat, multiplier int) int {
	twice := new(big.Rat).Add(half, half)
	for d := range mostDecimals {
		if tenTo(multiplier-d).Cmp(twice) <= 0 {
			return d
		}
	}
	return mostDecimals
}

// Quoted is a rate between two currencies: 1 Base = Rate Quote, exactly, by
// Source.
type Quoted struct {
	Base   string
	Quote  string
	Rate   *big.Rat
	Source string
}

// Average returns the mean rate of a period as a flow is converted by it:
// quote for one base, from the feed, or from the first that answers where it
// is empty.
func (b *Book) Average(base, quote, feed string, p period.Period) (Quoted, error) {
	f, err := b.Factor(Ask{From: base, To: quote, Feed: feed, Period: p, Method: ByAverage})
	if err != nil {
		return Quoted{}, err
	}
	return Quoted{Base: base, Quote: quote, Rate: f.Exact(), Source: f.disclosure.Source}, nil
}
