package fx

import (
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// The most days that a rate may lie before the day that it stands for.
const (
	oldestEnd  = widestHole
	oldestSpot = 7
)

// quote is a rate of the market with where it comes from: 1 base = rate quote.
type quote struct {
	base, quote string
	rate        ratio
	source      string
	via         string
	averaging   string
	count       int
	first, last string
	date        string
	crossed     bool // a cross of averages
}

// market finds the rate between two currencies: in the feed that is asked for,
// else in the first that answers, those that quote the pair before those that
// need a cross. When none answers, a hole or an old rate is told before a rate
// that is not there at all.
func (b *Book) market(ask Ask) (quote, error) {
	feeds := b.feeds
	if ask.Feed != "" {
		feeds = []string{ask.Feed}
	}
	var refusal error
	closed := make([]bool, len(feeds))
	for _, find := range []func(string, Ask) (quote, error){b.direct, b.crossed} {
		for i, feed := range feeds {
			if closed[i] {
				continue
			}
			found, err := find(feed, ask)
			if err == nil {
				found.source = feed
				return found, nil
			}
			// A feed that has rates for the window and too few of them has
			// answered: a thinner way round is not tried.
			closed[i] = err != errNone
			if closed[i] && refusal == nil {
				refusal = err
			}
		}
	}
	if refusal == nil {
		refusal = none(ask)
	}
	return quote{}, refusal
}

// errNone is the refusal of one way to find a rate; market says it in full when
// every way is gone.
var errNone error = fault.New(fault.Refused, fault.RateMissing, "no rate")

// missing says that the market has no rate at all.
func missing(err error) bool { return fault.CodeOf(err) == fault.RateMissing }

func none(ask Ask) error {
	base, other := Pair(ask.From, ask.To)
	if ask.Feed != "" {
		return fault.New(fault.Refused, fault.RateMissing, "%s has no rate %s for %s", feedName(ask.Feed), quotation(base, other), ask.Period)
	}
	return fault.New(fault.Refused, fault.RateMissing, "no feed has a rate %s for %s", quotation(base, other), ask.Period)
}

// direct finds the rate that a feed itself quotes between the two.
func (b *Book) direct(feed string, ask Ask) (quote, error) {
	base, other := Pair(ask.From, ask.To)
	for _, l := range b.legs(feed, base, other) {
		found, err := l.find(ask)
		if err != errNone {
			found.base, found.quote = l.base, l.quote
			return found, err
		}
	}
	return quote{}, errNone
}

func (t *table) find(ask Ask) (quote, error) {
	switch ask.Method {
	case ByEnd:
		return t.end(ask.Period)
	case BySpot:
		return t.spot(ask.Period.Last())
	}
	return t.average(ask.Period)
}

// average prefers the average that the feed publishes for exactly the period,
// then its fixings, then the averages of the months.
func (t *table) average(p period.Period) (quote, error) {
	if value, ok := t.means[p]; ok {
		return quote{rate: ratioOf(value.Rat()), averaging: "published", count: 1, first: p.String(), last: p.String()}, nil
	}
	lo, hi := t.window(p)
	holed := error(nil)
	if lo < hi {
		if holed = t.gap(p, lo, hi); holed == nil {
			return quote{
				rate: t.mean(lo, hi), averaging: "daily_fixings", count: hi - lo,
				first: t.days[lo].String(), last: t.days[hi-1].String(),
			}, nil
		}
	}
	mean, months, absent := t.monthly(p)
	switch {
	case months > 0 && absent == 0:
		return quote{
			rate: mean, averaging: "monthly_averages", count: months,
			first: month(p, 0).String(), last: month(p, months-1).String(),
		}, nil
	case holed != nil:
		return quote{}, holed
	case absent < months:
		return quote{}, fault.New(fault.Refused, fault.RateIncomplete, "of the %d months of %s the feed has %d averages of %s",
			months, p, months-absent, quotation(t.base, t.quote))
	}
	return quote{}, errNone
}

// gap refuses a window with a hole.
func (t *table) gap(p period.Period, lo, hi int) error {
	if err := edges(p, t.days[lo], t.days[hi-1]); err != nil {
		return err
	}
	if from, to, holed := t.holed(lo, hi); holed {
		return hole(from, to)
	}
	return nil
}

// edges refuses a window whose first or last fixing is too far inside.
func edges(p period.Period, first, last period.Date) error {
	switch {
	case first-p.Start() > widestHole:
		return fault.New(fault.Refused, fault.RateIncomplete, "the first fixing in %s is of %s, %d days after its start", p, first, first-p.Start())
	case p.Last()-last > widestHole:
		return fault.New(fault.Refused, fault.RateIncomplete, "the last fixing in %s is of %s, %d days before its last day", p, last, p.Last()-last)
	}
	return nil
}

func hole(from, to period.Date) error {
	return fault.New(fault.Refused, fault.RateIncomplete, "between the fixings of %s and %s lie %d days", from, to, to-from).
		Expect("at most %d days", widestHole)
}

// end finds the rate at the end of the period: the one that the feed publishes
// as such, else the last fixing, else the end of the last month or quarter.
func (t *table) end(p period.Period) (quote, error) {
	if value, ok := t.ends[p]; ok {
		return dated(ratioOf(value.Rat()), p.Last()), nil
	}
	lo, hi := t.window(p)
	if lo < hi && p.Last()-t.days[hi-1] <= oldestEnd {
		return dated(t.fixing(hi-1), t.days[hi-1]), nil
	}
	if value, ok := t.endWithin(p); ok {
		return dated(ratioOf(value.Rat()), p.Last()), nil
	}
	if lo < hi {
		return quote{}, stale(t.days[hi-1], p.Last(), oldestEnd)
	}
	return quote{}, errNone
}

// endWithin returns the published rate at the end of the month or quarter with
// which the period ends.
func (t *table) endWithin(p period.Period) (figure.Value, bool) {
	for _, months := range []int{1, 3} {
		part, err := period.Between(p.End().AddMonths(-months), p.End())
		if err != nil || !p.Contains(part) {
			continue
		}
		if value, ok := t.ends[part]; ok {
			return value, true
		}
	}
	return figure.Value{}, false
}

func (t *table) spot(day period.Date) (quote, error) {
	i := t.until(day)
	switch {
	case i < 0:
		return quote{}, errNone
	case day-t.days[i] > oldestSpot:
		return quote{}, stale(t.days[i], day, oldestSpot)
	}
	return dated(t.fixing(i), t.days[i]), nil
}

func stale(last, day period.Date, limit int) error {
	return fault.New(fault.Refused, fault.RateStale, "the last fixing before %s is of %s, %d days earlier", day, last, day-last).
		Expect("a fixing at most %d days old", limit)
}

func dated(rate ratio, day period.Date) quote { return quote{rate: rate, date: day.String()} }
