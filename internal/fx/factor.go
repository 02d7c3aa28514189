package fx

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// mostDecimals is the most that a converted amount shows, however precise.
const mostDecimals = 6

// Factor is what an amount is multiplied by to come from one currency to
// another, exactly, with everything that is told about it. It never changes.
// One factor serves every amount of one period and method, so it is worth
// keeping by Ask.Way and period.
type Factor struct {
	rate       ratio // To per From
	magnitude  int   // the greatest k with 10^k <= rate
	disclosure Disclosure
}

// Factor finds the rate of an ask; its amount and decimals are not looked at.
//
// It refuses a currency that is unknown (currency_unknown) or no longer in use
// (currency_retired), one of the wrong side of a redenomination (redenominated),
// and a period without a rate (rate_missing), with too few (rate_incomplete) or
// with too old a one (rate_stale).
func (b *Book) Factor(ask Ask) (*Factor, error) {
	for _, code := range []string{ask.From, ask.To} {
		if err := b.currencies.usable(code, ask.day()); err != nil {
			return nil, err
		}
	}
	switch ask.Method {
	case ByFixed, ByAverage, ByEnd, BySpot:
	default:
		return nil, unknownMethod(string(ask.Method))
	}
	if ask.Period.IsZero() && ask.Method != ByFixed && ask.From != ask.To {
		return nil, fault.New(fault.Refused, fault.RateMissing, "no period was given to find a rate for")
	}
	steps, err := b.timely(ask)
	switch {
	case err != nil:
		return nil, err
	case len(steps) == 0:
		return same(ask.From), nil
	}
	return newFactor(ask, steps), nil
}

func newFactor(ask Ask, steps []step) *Factor {
	f := &Factor{rate: steps[0].factor(), disclosure: disclose(ask, steps)}
	for _, s := range steps[1:] {
		f.rate = f.rate.times(s.factor())
	}
	f.magnitude = f.rate.magnitude()
	return f
}

// same is the factor of a currency into itself.
func same(code string) *Factor {
	return &Factor{rate: newRatio(1, 1), disclosure: Disclosure{From: code, To: code, Leg: Leg{Method: Identity, Rate: "1"}}}
}

// declared is the one step of a rate that the asker declares.
func declared(ask Ask) ([]step, error) {
	if ask.Fixed == nil || ask.Fixed.Rate.Sign() <= 0 || ask.Fixed.DeclaredBy == "" {
		return nil, fault.New(fault.Refused, fault.RateInvalid, "no declared rate above zero came with the name of who declares it")
	}
	base, other := ask.Fixed.Base, ask.Fixed.Quote
	if base == "" && other == "" {
		base, other = Pair(ask.From, ask.To)
	}
	if (base != ask.From || other != ask.To) && (base != ask.To || other != ask.From) {
		return nil, fault.New(fault.Refused, fault.RateMissing, "the declared rate is %s", quotation(base, other)).
			Expect("a rate between %s and %s", ask.From, ask.To)
	}
	rate := ratioOf(ask.Fixed.Rate.Rat())
	return []step{{
		rate: rate,
		Leg: Leg{
			Method: FixedDeclared, Quotation: quotation(base, other), Rate: ask.Fixed.Rate.Text(),
			RateExact: rate.rat(), Inverted: other == ask.From, DeclaredBy: ask.Fixed.DeclaredBy,
		},
	}}, nil
}

// Exact returns the rate, To per From. It may not be changed.
func (f *Factor) Exact() *big.Rat { return f.rate.rat() }

// Disclosure returns everything that is told about the rate. Its slices and
// numbers are shared and may not be changed, nor may the disclosure itself.
func (f *Factor) Disclosure() *Disclosure { return &f.disclosure }

// Size is about how many bytes the factor takes together with the text of its
// disclosure, for those who keep factors in bounded memory. A wide rate stands
// there as a fraction and in decimal digits, and is kept with its inverse.
func (f *Factor) Size() int {
	size := 1 << 10
	for _, leg := range append([]Leg{f.disclosure.Leg}, f.disclosure.Legs...) {
		size += 1 << 9
		if leg.RateExact != nil {
			size += (leg.RateExact.Num().BitLen() + leg.RateExact.Denom().BitLen()) * 5 / 8
		}
	}
	return size
}

// Decimals returns how many decimals an amount may show after its conversion:
// the smallest d from 0 to 6 for which half a unit of the last digit is no
// more than the converted half-width. An exact amount may show 6.
func (f *Factor) Decimals(amount figure.Value) int {
	if amount.IsExact() {
		return mostDecimals
	}
	// ½ × 10^-d <= ½ × 10^-decimals × rate holds from d = decimals - magnitude on.
	return min(max(amount.Decimals()-f.magnitude, 0), mostDecimals)
}

// DecimalsOf is Decimals for an amount whose half-width, in ones, is not what
// its decimals say, written at the multiplier.
func (f *Factor) DecimalsOf(half *big.Rat, multiplier int) int {
	return carried(new(big.Rat).Mul(half, f.rate.rat()), multiplier)
}

// Apply converts an amount and rounds it half away from zero to so many
// decimals (0 to 18), at the amount's multiplier. Numbers of ordinary size do
// not allocate.
func (f *Factor) Apply(amount figure.Value, decimals int) figure.Value {
	if coefficient, _, ok := amount.Scaled(); ok {
		if scaled, ok := f.rate.scale(coefficient, decimals-amount.Decimals()); ok {
			return figure.New(scaled, decimals, amount.Multiplier())
		}
	}
	exact := amount.Rat()
	return figure.Rounded(exact.Mul(exact, f.rate.rat()), decimals, amount.Multiplier())
}
