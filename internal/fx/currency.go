package fx

import (
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Currency is what the catalogue says of the life of a currency.
//
// A retired currency has a successor that it was exchanged for at a rate
// fixed by law: 1 Successor = Irrevocable Code, never the other way round.
// Towards the euro the two are one money from FixedFrom on; before, the euro
// had a market against the currency or did not exist. Any other succession
// struck off zeros and holds for all times.
type Currency struct {
	Code        string
	Retired     bool
	LastDay     period.Date  // the last day on which a figure may be in it; only where Retired
	Successor   string       // empty: none
	Irrevocable figure.Value // zero: none is known
	FixedFrom   period.Date
}

const euro = "EUR"

// Currencies is the set of currencies that conversions know. The zero value
// knows none.
type Currencies struct {
	all   map[string]Currency
	first map[string]period.Date // the first day of a successor: the earliest FixedFrom that names it
}

// NewCurrencies returns the set. It refuses a code that comes twice
// (rate_conflict), a negative irrevocable rate, and a successor that leads back
// to where it started (rate_invalid).
func NewCurrencies(list []Currency) (Currencies, error) {
	c := Currencies{all: make(map[string]Currency, len(list)), first: map[string]period.Date{}}
	for _, currency := range list {
		if _, twice := c.all[currency.Code]; twice {
			return Currencies{}, fault.New(fault.Refused, fault.RateConflict, "the currency %s is listed twice", currency.Code)
		}
		c.put(currency)
	}
	for _, currency := range list {
		if err := c.checkSuccession(currency); err != nil {
			return Currencies{}, err
		}
	}
	return c, nil
}

func (c Currencies) put(currency Currency) {
	c.all[currency.Code] = currency
	if currency.Successor == "" || currency.Irrevocable.IsZero() {
		return
	}
	day, known := c.first[currency.Successor]
	if !known || currency.FixedFrom < day {
		c.first[currency.Successor] = currency.FixedFrom
	}
}

func (c Currencies) checkSuccession(currency Currency) error {
	if currency.Successor == "" {
		return nil
	}
	if currency.Irrevocable.Sign() < 0 {
		return fault.New(fault.Refused, fault.RateInvalid, "%s is irrevocably %s per %s", currency.Code, currency.Irrevocable.Text(), currency.Successor)
	}
	next := currency.Successor
	for range len(c.all) {
		if next == currency.Code {
			return fault.New(fault.Refused, fault.RateInvalid, "the successors of %s lead back to it", currency.Code)
		}
		next = c.all[next].Successor
	}
	return nil
}

// Lookup returns the currency with this code, in capitals.
func (c Currencies) Lookup(code string) (Currency, bool) {
	currency, ok := c.all[code]
	return currency, ok
}

// usable refuses a currency that nobody knows (currency_unknown) and one that
// was no longer in use on that day (currency_retired), except where zeros were
// struck off it: rates of its own may stand after its end.
func (c Currencies) usable(code string, day period.Date) error {
	currency, ok := c.all[code]
	if !ok {
		return fault.New(fault.Refused, fault.CurrencyUnknown, "there is no currency %q", code).Expect("an ISO 4217 code such as CNY")
	}
	if currency.Retired && day > currency.LastDay && !currency.struck() {
		refusal := fault.New(fault.Refused, fault.CurrencyRetired, "%s was in use until %s, the figure is of %s", code, currency.LastDay, day)
		if currency.Successor != "" {
			refusal = refusal.Expect("a figure in %s", currency.Successor)
		}
		return refusal
	}
	return nil
}

// clone returns a copy that can be added to.
func (c Currencies) clone() Currencies {
	copied := Currencies{
		all:   make(map[string]Currency, len(c.all)),
		first: make(map[string]period.Date, len(c.first)),
	}
	for code, currency := range c.all {
		copied.all[code] = currency
	}
	for code, day := range c.first {
		copied.first[code] = day
	}
	return copied
}

// learn takes up an irrevocable rate that a feed states. It refuses one that
// differs from the rate that is known (rate_conflict).
func (c Currencies) learn(r Rate) error {
	currency := c.all[r.Quote]
	if currency.Irrevocable.IsZero() && (currency.Successor == "" || currency.Successor == r.Base) {
		currency.Code, currency.Successor, currency.Irrevocable = r.Quote, r.Base, r.Value
		currency.FixedFrom, currency.LastDay, currency.Retired = r.Period.Start(), r.Period.Last(), true
		c.put(currency)
		return c.checkSuccession(currency)
	}
	if currency.Successor != r.Base || !currency.Irrevocable.Equal(r.Value) {
		return fault.New(fault.Refused, fault.RateConflict, "%s is irrevocably %s per %s, and a feed states %s per %s",
			r.Quote, currency.Irrevocable.Text(), currency.Successor, r.Value.Text(), r.Base)
	}
	return nil
}

// bond is how far a currency and its successor are one money in a period.
type bond int

const (
	unbound  bond = iota // no succession, or the two had a market between them
	restated             // the successor did not exist yet: a figure in it is a restatement
	fixed                // the rate is law
)

// bond returns how code and its successor stand in a period that starts on
// that day.
func (c Currencies) bond(code string, start period.Date) (Currency, bond) {
	currency := c.all[code]
	switch {
	case currency.Successor == "" || currency.Irrevocable.IsZero():
		return currency, unbound
	case currency.Successor != euro || start >= currency.FixedFrom:
		return currency, fixed
	case start < c.first[currency.Successor]:
		return currency, restated
	}
	return currency, unbound
}
