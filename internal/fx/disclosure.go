package fx

import (
	"math/big"
	"slices"
	"strings"

	"bellwether/internal/figure"
)

// The words of a disclosure's method.
const (
	PeriodAverage    = "period_average"
	AtEnd            = "end_of_period"
	SpotPrevious     = "spot_previous"
	FixedDeclared    = "fixed_declared"
	IrrevocablyFixed = "irrevocable"
	Identity         = "identity" // one currency: nothing is converted
)

// The flags of a disclosure.
const (
	CrossOfAverages  = "cross_of_averages"   // the ratio of two published averages, not the average of ratios
	PreEuroFixedRate = "pre_euro_fixed_rate" // a figure from before the successor existed, restated at the rate fixed later
)

// rateDecimals is how many decimals averaged and fixing rates show.
const rateDecimals = 8

// Leg is one step of a conversion. Fields that do not belong to its method are
// empty.
type Leg struct {
	Method       string
	Averaging    string   // published, daily_fixings or monthly_averages
	Observations int      // how many published rates were averaged
	First, Last  string   // the first and last of them, as periods
	RateDate     string   // of a rate of one day
	Quotation    string   // "CNY per USD", as the rate is published
	Rate         string   // eight decimals; declared and irrevocable rates as declared
	RateExact    *big.Rat // nil for an irrevocable rate, which Rate is exactly
	Inverted     bool     // the amount was divided by the rate
	Via          string   // the third currency of a cross
	DeclaredBy   string
}

// Disclosure is what is told of a conversion, enough to repeat it by hand. A
// conversion of one step has it in Leg; one of several in Legs, in order, and
// Leg is empty.
type Disclosure struct {
	From   string
	To     string
	Source string // the feed's code, empty where no feed was asked
	Leg
	Flags          []string
	Legs           []Leg
	DecimalsCapped bool // more decimals were asked for than the amount carries
}

// ExactRate is the rate exactly, as a fraction where it does not terminate.
func (l *Leg) ExactRate() string {
	if l.RateExact == nil {
		return l.Rate
	}
	return figure.ExactText(l.RateExact)
}

// MethodWord is the method in one text: the words of all steps, each once, in
// order, joined by "+".
func (d *Disclosure) MethodWord() string {
	if len(d.Legs) == 0 {
		return d.Method
	}
	var words []string
	for i := range d.Legs {
		if word := d.Legs[i].Method; !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, "+")
}

// step is a leg with its exact published rate.
type step struct {
	Leg
	rate   ratio
	source string
	flags  []string
}

// factor is what the step multiplies by.
func (s step) factor() ratio {
	if s.Inverted {
		return s.rate.inverse()
	}
	return s.rate
}

// words are the disclosure's names of the methods.
var words = map[Method]string{ByAverage: PeriodAverage, ByEnd: AtEnd, BySpot: SpotPrevious}

// step tells of a market rate.
func (q quote) step(ask Ask) step {
	s := step{
		rate:   q.rate,
		source: q.source,
		Leg: Leg{
			Method: words[ask.Method], Averaging: q.averaging, Observations: q.count,
			First: q.first, Last: q.last, RateDate: q.date,
			Quotation: quotation(q.base, q.quote), Rate: q.rate.text(rateDecimals), RateExact: q.rate.rat(),
			Inverted: q.quote == ask.From, Via: q.via,
		},
	}
	if q.crossed {
		s.flags = []string{CrossOfAverages}
	}
	return s
}

// disclose puts the steps of a conversion together.
func disclose(ask Ask, steps []step) Disclosure {
	d := Disclosure{From: ask.From, To: ask.To}
	for _, s := range steps {
		if s.source != "" {
			d.Source = s.source
		}
		d.flag(s.flags)
		d.Legs = append(d.Legs, s.Leg)
	}
	if len(steps) == 1 {
		d.Leg, d.Legs = steps[0].Leg, nil
	}
	return d
}

// flag adds the flags that are not there yet.
func (d *Disclosure) flag(flags []string) {
	for _, flag := range flags {
		if !slices.Contains(d.Flags, flag) {
			d.Flags = append(d.Flags, flag)
		}
	}
}
