package fx

import (
	"math/big"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Method is how the rate of a period is found.
type Method string

// The methods. An average is for flows: the rates of the whole period. End is
// for stocks: the last rate inside the period. Spot is the rate of one day, or
// the last one before it. ByFixed takes a rate that the asker declares.
const (
	ByAverage Method = "average"
	ByEnd     Method = "end"
	BySpot    Method = "spot"
	ByFixed   Method = "fixed"
)

// MethodFor returns the method that a kind of indicator is converted by: flow
// by the average, stock at the end. Everything else (growth, rate, index,
// share) is never converted: rate_not_convertible.
func MethodFor(kind string) (Method, error) {
	switch kind {
	case "flow":
		return ByAverage, nil
	case "stock":
		return ByEnd, nil
	}
	return "", fault.New(fault.Refused, fault.RateNotConvertible, "a figure of kind %q has no currency to convert", kind).
		Expect("a flow or a stock in a currency")
}

// ParseMethod reads average, end, spot or fixed:<rate>, in any case. With a
// rate it returns that rate in the usual quotation of whatever pair is asked,
// declared by the name given. A rate that is not a number above zero is
// rate_invalid, any other text fx_method_unknown.
func ParseMethod(text, declaredBy string) (Method, *Fixed, error) {
	word, rate, hasRate := strings.Cut(strings.ToLower(text), ":")
	switch method := Method(word); {
	case method == ByFixed && hasRate:
		value, err := ParseValue(rate)
		if err != nil {
			return "", nil, err
		}
		return method, &Fixed{Rate: value, DeclaredBy: declaredBy}, nil
	case !hasRate && (method == ByAverage || method == ByEnd || method == BySpot):
		return method, nil, nil
	}
	return "", nil, unknownMethod(text)
}

func unknownMethod(text string) error {
	return fault.New(fault.Invalid, fault.FXMethodUnknown, "%q is no way to find a rate", fault.Clip(text)).
		Expect("average, end, spot or fixed:<rate>")
}

// Fixed is a declared rate: 1 Base = Rate Quote. Where both currencies are
// empty it is in the pair's usual quotation. DeclaredBy says whose it is.
type Fixed struct {
	Rate       figure.Value
	DeclaredBy string
	Base       string
	Quote      string
}

// Ask asks for one conversion.
type Ask struct {
	Amount    figure.Value
	HalfWidth *big.Rat // of the amount, in ones; nil: what its decimals say
	Decimals  *int     // of the answer; nil: as many as its half-width carries
	From      string
	To        string
	Period    period.Period // of the amount; for a spot rate its last day counts
	Method    Method
	Feed      string // a feed's code; empty: the first that answers
	Fixed     *Fixed // with ByFixed
}

// Way is what a factor depends on beside its period, for those who keep
// factors.
type Way struct {
	From, To string
	Method   Method
	Feed     string
	Declared string // with ByFixed: the rate, what it is a rate of, and whose it is
}

// Way returns the ask's way.
func (a Ask) Way() Way {
	w := Way{From: a.From, To: a.To, Method: a.Method, Feed: a.Feed}
	if f := a.Fixed; f != nil && a.Method == ByFixed {
		w.Declared = strings.Join([]string{f.Rate.String(), f.Base, f.Quote, f.DeclaredBy}, "\n")
	}
	return w
}

// day is the day on which both currencies must still be in use: the first of a
// window, the last where the rate is of one day.
func (a Ask) day() period.Date {
	if a.Method == ByEnd || a.Method == BySpot {
		return a.Period.Last()
	}
	return a.Period.Start()
}

func (a Ask) between(from, to string) Ask {
	a.From, a.To = from, to
	return a
}
