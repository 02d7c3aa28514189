package fx

import (
	"math/big"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// Level is a stated figure in a currency. PublishedAt is the instant of its
// publication; only LabelSuspect looks at it.
type Level struct {
	Value       figure.Value
	Currency    string
	PublishedAt time.Time
}

// bounds returns the interval of the level's half-width, in ones.
func (l Level) bounds() (low, high *big.Rat) {
	value, half := l.Value.Rat(), l.Value.HalfRat()
	return new(big.Rat).Sub(value, half), new(big.Rat).Add(value, half)
}

// Range is what a rate can have been: 1 Base is between Low and High Quote,
// both included.
type Range struct {
	Base  string
	Quote string
	Low   *big.Rat
	High  *big.Rat
}

// Implied returns the rate that two statements of one amount imply, in the
// pair's usual quotation: from (a-h)/(b+h) to (a+h)/(b-h), where b is the
// amount in the base. It refuses amounts that do not both lie above zero with
// their half-widths (rate_invalid).
func Implied(one, other Level) (Range, error) {
	base, quote := Pair(one.Currency, other.Currency)
	a, b := one, other
	if a.Currency == base {
		a, b = b, a
	}
	aLow, aHigh := a.bounds()
	bLow, bHigh := b.bounds()
	if base == quote || bLow.Sign() <= 0 || aLow.Sign() <= 0 {
		return Range{}, fault.New(fault.Refused, fault.RateInvalid, "%s %s and %s %s imply no rate",
			one.Value, one.Currency, other.Value, other.Currency).Expect("two amounts above zero in two currencies")
	}
	return Range{Base: base, Quote: quote, Low: aLow.Quo(aLow, bHigh), High: aHigh.Quo(aHigh, bLow)}, nil
}

// Quotation says how the rate is written: "CNY per USD".
func (r Range) Quotation() string { return quotation(r.Base, r.Quote) }

// Contains says whether the rate lies in the range, its ends included.
func (r Range) Contains(rate *big.Rat) bool { return r.Low.Cmp(rate) <= 0 && rate.Cmp(r.High) <= 0 }
