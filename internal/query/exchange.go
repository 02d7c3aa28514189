package query

import (
	"slices"

	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// exchange converts the figures of an answer from one currency into another,
// by one method. It looks that way up once, and the factor of each period once.
type exchange struct {
	exchangeKey
	ask   fx.Ask // without a period
	way   *way
	known []dated    // of the way, when the answer began
	next  int        // in known, where the following period is likely to stand
	used  []usedRate // in the order of their periods
}

type exchangeKey struct {
	from, to string
	method   fx.Method
}

// usedRate is the factor of a period, and whether the answer discloses it yet.
type usedRate struct {
	period    period.Period
	rate      *found
	disclosed bool
}

// exchange returns what converts between two currencies by a method.
func (m *money) exchange(from, to string, method fx.Method) *exchange {
	key := exchangeKey{from, to, method}
	if m.last != nil && m.last.exchangeKey == key {
		return m.last
	}
	e := m.exchanges[key]
	if e == nil {
		ask := fx.Ask{From: from, To: to, Method: method, Feed: m.feed, Fixed: m.fixed}
		way := m.book.way(ask)
		e = &exchange{exchangeKey: key, ask: ask, way: way, known: way.all(), used: make([]usedRate, 0, m.figures)}
		m.exchanges[key] = e
	}
	m.last = e
	return e
}

// at returns the factor of a period, which is valid until the next call. The
// rows of a series come in the order of their periods, so that most are new and
// behind the last.
func (e *exchange) at(b *book, of period.Period) *usedRate {
	last := len(e.used) - 1
	if last < 0 || period.Compare(e.used[last].period, of) < 0 {
		e.used = append(e.used, usedRate{period: of, rate: e.find(b, of)})
		return &e.used[last+1]
	}
	i, known := slices.BinarySearchFunc(e.used, of, func(u usedRate, of period.Period) int { return period.Compare(u.period, of) })
	if !known {
		e.used = slices.Insert(e.used, i, usedRate{period: of, rate: e.find(b, of)})
	}
	return &e.used[i]
}

// find returns what is known of a period, which most often stands behind that
// of the row before, else finds it.
func (e *exchange) find(b *book, of period.Period) *found {
	i, known := e.next, e.next < len(e.known) && e.known[e.next].period == of
	if !known {
		i, known = search(e.known, of)
	}
	if !known {
		return b.findOn(e.way, e.askFor(of))
	}
	e.next = i + 1
	return e.known[i].found
}

func (e *exchange) askFor(of period.Period) fx.Ask {
	ask := e.ask
	ask.Period = of
	return ask
}

// disclose discloses a factor once in the answer.
func (m *money) disclose(u *usedRate) {
	if !u.disclosed {
		u.disclosed = true
		m.shown = append(m.shown, Disclosed{Period: u.period, Disclosure: u.rate.factor.Disclosure(), Written: u.rate.text})
	}
}
