package fx

import (
	"math/big"

	"bellwether/internal/period"
)

// leg is a table read in a wanted direction: units of other per unit of pivot.
type leg struct {
	*table
	flipped bool // the feed quotes it the other way round
}

// rate turns a rate of the leg's table into other per pivot.
func (l leg) rate(published ratio) ratio {
	if l.flipped {
		return published.inverse()
	}
	return published
}

// cross is a pair that a feed does not quote, through a pivot that it quotes
// both currencies against.
type cross struct {
	base, quote leg
}

// rate returns quote per base from the two legs' published rates.
func (c cross) rate(base, quote ratio) ratio {
	return c.quote.rate(quote).times(c.base.rate(base).inverse())
}

// shared is the days on which both legs have a fixing, as positions in them.
type shared struct {
	base, quote []int
}

// days returns the shared days of p in order.
func (c cross) days(p period.Period) shared {
	i, iEnd := c.base.window(p)
	j, jEnd := c.quote.window(p)
	var s shared
	for i < iEnd && j < jEnd {
		switch a, b := c.base.days[i], c.quote.days[j]; {
		case a < b:
			i++
		case b < a:
			j++
		default:
			s.base, s.quote = append(s.base, i), append(s.quote, j)
			i++
			j++
		}
	}
	return s
}

// last returns the last day up to and with day on which both legs have a
// fixing, and its cross rate.
func (c cross) last(day period.Date) (period.Date, ratio, bool) {
	i, j := c.base.until(day), c.quote.until(day)
	for i >= 0 && j >= 0 {
		switch a, b := c.base.days[i], c.quote.days[j]; {
		case a > b:
			i--
		case b > a:
			j--
		default:
			return a, c.rate(c.base.fixing(i), c.quote.fixing(j)), true
		}
	}
	return 0, ratio{}, false
}

// mean returns the plain mean of the cross rates of the shared days.
func (c cross) mean(s shared) ratio {
	num, den := c.sum(s, 0, len(s.base))
	den.Mul(den, big.NewInt(int64(len(s.base))))
	// Shifted before the fraction is made, because lowest terms are dear.
	shift := tenTo(c.shift())
	return ratioOf(new(big.Rat).SetFrac(num.Mul(num, shift.Num()), den.Mul(den, shift.Denom())))
}

// sum adds the crosses of the days lo <= i < hi as one fraction, halves first:
// that keeps the numbers that are multiplied short.
func (c cross) sum(s shared, lo, hi int) (num, den *big.Int) {
	if hi-lo == 1 {
		return c.term(s.base[lo], s.quote[lo])
	}
	middle := (lo + hi) / 2
	a, b := c.sum(s, lo, middle)
	x, y := c.sum(s, middle, hi)
	a.Mul(a, y)
	return a.Add(a, x.Mul(x, b)), b.Mul(b, y)
}

// term returns one day's cross in the coefficients of its legs.
func (c cross) term(i, j int) (num, den *big.Int) {
	base, quote := c.base.sums.wideBetween(i, i+1), c.quote.sums.wideBetween(j, j+1)
	switch {
	case c.base.flipped && c.quote.flipped:
		return base, quote
	case c.base.flipped:
		return base.Mul(base, quote), big.NewInt(1)
	case c.quote.flipped:
		return big.NewInt(1), base.Mul(base, quote)
	}
	return quote, base
}

// shift is the power of ten that a term is short of the cross rate.
func (c cross) shift() int {
	base, quote := c.base.scale, -c.quote.scale
	if c.base.flipped {
		base = -base
	}
	if c.quote.flipped {
		quote = -quote
	}
	return base + quote
}

// crossed finds the rate through the first pivot of the usual order that the
// feed quotes both currencies against.
func (b *Book) crossed(feed string, ask Ask) (quote, error) {
	base, other := Pair(ask.From, ask.To)
	for _, pivot := range order {
		if pivot == base || pivot == other {
			continue
		}
		found, err := b.through(pivot, feed, ask)
		if err != errNone {
			found.base, found.quote, found.via = base, other, pivot
			return found, err
		}
	}
	return quote{}, errNone
}

func (b *Book) through(pivot, feed string, ask Ask) (quote, error) {
	base, other := Pair(ask.From, ask.To)
	for _, x := range b.legs(feed, pivot, base) {
		for _, y := range b.legs(feed, pivot, other) {
			found, err := cross{base: x, quote: y}.find(ask)
			if err != errNone {
				return found, err
			}
		}
	}
	return quote{}, errNone
}

func (c cross) find(ask Ask) (quote, error) {
	switch ask.Method {
	case ByEnd:
		return c.end(ask.Period)
	case BySpot:
		return c.spot(ask.Period.Last())
	}
	return c.average(ask.Period)
}

// average takes the cross of every shared day and then the mean. A cross of
// two averages is another number; it is taken only where the feed publishes
// both for exactly the period.
func (c cross) average(p period.Period) (quote, error) {
	s := c.days(p)
	holed := error(nil)
	if len(s.base) > 0 {
		if holed = c.gap(p, s); holed == nil {
			return quote{
				rate: c.mean(s), averaging: "daily_fixings", count: len(s.base),
				first: c.base.days[s.base[0]].String(), last: c.base.days[s.base[len(s.base)-1]].String(),
			}, nil
		}
	}
	base, okBase := c.base.means[p]
	other, okQuote := c.quote.means[p]
	switch {
	case okBase && okQuote:
		return quote{
			rate: c.rate(ratioOf(base.Rat()), ratioOf(other.Rat())), averaging: "published", count: 1,
			first: p.String(), last: p.String(), crossed: true,
		}, nil
	case holed != nil:
		return quote{}, holed
	}
	return quote{}, errNone
}

func (c cross) gap(p period.Period, s shared) error {
	days := c.base.days
	if err := edges(p, days[s.base[0]], days[s.base[len(s.base)-1]]); err != nil {
		return err
	}
	for i := 1; i < len(s.base); i++ {
		if from, to := days[s.base[i-1]], days[s.base[i]]; to-from > widestHole {
			return hole(from, to)
		}
	}
	return nil
}

func (c cross) end(p period.Period) (quote, error) {
	base, okBase := c.base.ends[p]
	other, okQuote := c.quote.ends[p]
	if okBase && okQuote {
		return dated(c.rate(ratioOf(base.Rat()), ratioOf(other.Rat())), p.Last()), nil
	}
	day, rate, ok := c.last(p.Last())
	switch {
	case !ok || day < p.Start():
		return quote{}, errNone
	case p.Last()-day > oldestEnd:
		return quote{}, stale(day, p.Last(), oldestEnd)
	}
	return dated(rate, day), nil
}

func (c cross) spot(day period.Date) (quote, error) {
	last, rate, ok := c.last(day)
	switch {
	case !ok:
		return quote{}, errNone
	case day-last > oldestSpot:
		return quote{}, stale(last, day, oldestSpot)
	}
	return dated(rate, last), nil
}
