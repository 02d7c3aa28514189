package ingest

import (
	"strconv"

	"bellwether/internal/fx"
)

// rateDirections are the directions in which feeds state their pairs: the line
// of the first rate in each, 0 where it stands in the store. Rates are looked up
// in the one direction that a feed publishes, so a second one would never be
// read, or hide the first. Irrevocable rates are of the currency, not of a feed's
// table, and are left out.
type rateDirections map[ratePair]int

type ratePair struct{ feed, base, quote string }

// take adds the direction of a rate and says what was expected where the feed
// states its pair in the other one; empty where it does not.
func (d rateDirections) take(rate *fx.Rate, line int) (expected string) {
	first, other := d[ratePair{rate.Feed, rate.Quote, rate.Base}]
	if !other {
		if here := (ratePair{rate.Feed, rate.Base, rate.Quote}); d[here] == 0 {
			d[here] = line
		}
		return ""
	}
	expected = rate.Quote + " as the base and " + rate.Base + " as the quote, as "
	if first == 0 {
		return expected + "the rates of " + rate.Feed + " that stand"
	}
	return expected + "on line " + strconv.Itoa(first)
}
