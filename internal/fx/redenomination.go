package fx

import (
	"math/big"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// Timing is how a period lies to the redenomination of a currency.
type Timing int

// The timings. A figure in a currency of the wrong time is most often one whose
// code was written by habit, and wrong by the factor of the redenomination.
const (
	TooEarly Timing = iota // before the currency existed
	Across                 // before and after zeros were struck off
	TooLate                // after the last day of the currency
)

// Redenomination says why an amount in a currency is not one of its period:
// zeros were struck off that currency, or it came up when they were struck off
// another. 1 New = Factor Old since Day.
type Redenomination struct {
	Timing Timing
	Period period.Period
	Code   string // the currency of the amount
	Old    string // with TooEarly the currency at the beginning of the period
	New    string // with TooLate the currency at the end of it
	Factor string // of the law, through all redenominations between the two
	Day    period.Date
}

// Instead returns the currency that the period has: that of its beginning, or
// with TooLate of its end. Across a redenomination there is none.
func (r *Redenomination) Instead() string {
	switch r.Timing {
	case TooEarly:
		return r.Old
	case TooLate:
		return r.New
	case Across:
	}
	return ""
}

// refusal says it, with what to ask instead.
func (r *Redenomination) refusal() error {
	switch r.Timing {
	case TooEarly:
		return fault.New(fault.Refused, fault.Redenominated, "%q is a currency since %s, the figure is of %s, and no rate of %s stands for it: 1 %s is %s %s",
			r.Code, r.Day, r.Period, r.Code, r.New, r.Factor, r.Old).Expect("%s", r.remedy())
	case TooLate:
		return fault.New(fault.Refused, fault.Redenominated, "%q was redenominated on %s, the figure is of %s, and no rate of %s stands for it: 1 %s is %s %s",
			r.Code, r.Day, r.Period, r.Code, r.New, r.Factor, r.Old).Expect("%s", r.remedy())
	case Across:
	}
	return fault.New(fault.Refused, fault.Redenominated, "%s reaches across the redenomination of %s, and no rate of %q stands for all of it: 1 %s is %s %s",
		r.Period, r.Day, r.Code, r.New, r.Factor, r.Old).Expect("%s", r.remedy())
}

// remedy is what to ask instead, in the words of no language.
func (r *Redenomination) remedy() string {
	if r.Timing == Across {
		return r.Old + " ... " + (r.Day - 1).String() + " | " + r.New + " " + r.Day.String() + " ... (1 " + r.New + " = " + r.Factor + " " + r.Old + ")"
	}
	return r.Instead() + " (1 " + r.New + " = " + r.Factor + " " + r.Old + ", " + r.Day.String() + ")"
}

// struck says whether zeros were struck off the currency: its successor is
// another unit of the same money. The euro is a money of its own.
func (c *Currency) struck() bool {
	return c.Successor != "" && c.Successor != euro && !c.Irrevocable.IsZero()
}

// Redenominated says whether an amount in a currency, converted by a method in
// a period, is of the wrong side of a redenomination or of both.
func (c Currencies) Redenominated(code string, p period.Period, method Method) (Redenomination, bool) {
	if p.IsZero() {
		return Redenomination{}, false
	}
	first, last := p.Start(), p.Last()
	if method == ByEnd || method == BySpot {
		first = last
	}
	r := Redenomination{Code: code, Period: p}
	if own := c.all[code]; own.struck() {
		switch {
		case own.Retired && last > own.LastDay:
			r.Timing, r.Old, r.Day = TooLate, code, own.FixedFrom
			r.New, r.Factor = c.heir(own, last)
			return r, true
		case first < own.FixedFrom && last >= own.FixedFrom:
			r.Timing, r.Old, r.New, r.Factor, r.Day = Across, code, own.Successor, own.Irrevocable.Text(), own.FixedFrom
			return r, true
		}
	}
	old, found := c.before(code, first)
	if !found {
		return r, false
	}
	r.Timing, r.Day, r.New = TooEarly, old.FixedFrom, code
	r.Old, r.Factor = c.ancestor(old, first)
	if last >= old.FixedFrom {
		r.Timing, r.Old, r.Factor = Across, old.Code, old.Irrevocable.Text()
	}
	return r, true
}

// heir returns the currency in use on a day of what an old one became, and how
// many of the old one are one of it.
func (c Currencies) heir(old Currency, day period.Date) (string, string) {
	factor := old.Irrevocable.Rat()
	next := c.all[old.Successor]
	for next.struck() && next.Retired && day > next.LastDay {
		factor.Mul(factor, next.Irrevocable.Rat())
		next = c.all[next.Successor]
	}
	return next.Code, figure.ExactText(factor)
}

// ancestor returns the currency in use on a day of those that came before the
// successor of old, and how many of it are one of that successor.
func (c Currencies) ancestor(old Currency, day period.Date) (string, string) {
	factor := new(big.Rat).Set(old.Irrevocable.Rat())
	for {
		older, found := c.before(old.Code, day)
		if !found {
			return old.Code, figure.ExactText(factor)
		}
		factor.Mul(factor, older.Irrevocable.Rat())
		old = older
	}
}

// before returns the currency that a currency took the place of after a day: of
// several the one that it took the place of first.
func (c Currencies) before(code string, day period.Date) (Currency, bool) {
	var found Currency
	if _, known := c.first[code]; !known {
		return found, false
	}
	for _, old := range c.all {
		if old.Successor != code || !old.struck() || day >= old.FixedFrom {
			continue
		}
		if found.Code == "" || old.FixedFrom < found.FixedFrom || old.FixedFrom == found.FixedFrom && old.Code < found.Code {
			found = old
		}
	}
	return found, found.Code != ""
}

// outside returns what is wrong with the time of either currency of an ask.
func (b *Book) outside(ask Ask) []Redenomination {
	var list []Redenomination
	for _, code := range []string{ask.From, ask.To} {
		if r, caught := b.currencies.Redenominated(code, ask.Period, ask.Method); caught {
			list = append(list, r)
		}
	}
	return list
}

// timely is route for an ask whose currencies may be of the wrong side of a
// redenomination: such a one is converted by rates of its own, or by law alone
// as long as it is money; it is not restated on the way to others.
// There is no step between a currency and itself.
func (b *Book) timely(ask Ask) ([]step, error) {
	wrong := b.outside(ask)
	for i := range wrong {
		if wrong[i].Timing == TooLate && (ask.Method == ByFixed || ask.From == ask.To) {
			return nil, wrong[i].refusal()
		}
	}
	switch {
	case ask.From == ask.To:
		return nil, nil
	case ask.Method == ByFixed:
		return declared(ask)
	}
	steps, err := b.route(ask)
	for i := range wrong {
		if err != nil || !wrong[i].stands(ask, steps) {
			return nil, wrong[i].refusal()
		}
	}
	return steps, err
}

// stands says whether the steps convert the amount although its currency is of
// another time.
func (r *Redenomination) stands(ask Ask, steps []step) bool {
	lawful := true
	for i := range steps {
		lawful = lawful && steps[i].Method == IrrevocablyFixed
	}
	if lawful {
		return r.Timing != TooLate
	}
	own := &steps[0]
	if r.Code == ask.To {
		own = &steps[len(steps)-1]
	}
	return own.Method != IrrevocablyFixed
}
