package fx

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/big"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// AreaCurrency is a currency that an area used from a day on.
type AreaCurrency struct {
	Area     string       // the code of the catalogue, in small letters
	Currency string       // in capitals
	From     period.Date  // the first day
	To       period.Date  // the last day; with Open there is none yet
	Open     bool         // still in use
	Factor   figure.Value // units of it for one of the next; zero: as the currencies say, or no act names one
	Source   string       // the act, the central bank or the collection
}

// History is which area used which currency when. The zero value knows
// nothing.
type History struct {
	areas map[string][]AreaCurrency
}

var historyHeader = []string{"area", "currency", "from", "to", "factor_to_next", "source"}

// ReadHistory reads a history from CSV with the header area, currency, from,
// to (the last day, empty: still), factor_to_next (empty: none of its own),
// source. Where several currencies of an area are in use at once, the last
// one listed is the area's own. An error names the line.
func ReadHistory(body []byte) (History, error) {
	lines, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		return History{}, fmt.Errorf("read the currencies of areas: %w", err)
	}
	h := History{areas: map[string][]AreaCurrency{}}
	for i, cells := range lines {
		if i == 0 {
			if fmt.Sprint(cells) != fmt.Sprint(historyHeader) {
				return History{}, fmt.Errorf("the currencies of areas have the columns %v, expected %v", cells, historyHeader)
			}
			continue
		}
		row, err := readAreaCurrency(cells)
		if err != nil {
			return History{}, fmt.Errorf("read line %d of the currencies of areas: %w", i+1, err)
		}
		h.areas[row.Area] = append(h.areas[row.Area], row)
	}
	return h, nil
}

func readAreaCurrency(cells []string) (AreaCurrency, error) {
	row := AreaCurrency{Area: cells[0], Currency: cells[1], Open: cells[3] == "", Source: cells[5]}
	var err error
	if row.From, err = period.ParseDate(cells[2]); err != nil {
		return row, err
	}
	if !row.Open {
		if row.To, err = period.ParseDate(cells[3]); err != nil {
			return row, err
		}
	}
	if cells[4] != "" {
		row.Factor, err = ParseValue(cells[4])
	}
	return row, err
}

// Of returns the currencies of an area in the order of the history, empty
// where it knows none.
func (h History) Of(area string) []AreaCurrency { return h.areas[area] }

// At returns the area's own currency at the end of a period: of those in use
// on its last day the last one listed.
func (h History) At(area string, p period.Period) (AreaCurrency, bool) {
	rows := h.areas[area]
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].uses(p.Last(), p.Last()) {
			return rows[i], true
		}
	}
	return AreaCurrency{}, false
}

// uses says whether the currency was in use on a day from first to last.
func (a *AreaCurrency) uses(first, last period.Date) bool {
	return a.From <= last && (a.Open || first <= a.To)
}

// Spell is days in which the currency of figures of an area is in order: the
// area used it on all of them, or never. The zero Spell holds no period.
type Spell struct {
	area, currency string
	first, end     period.Date // first inclusive, end exclusive
}

// Spell returns the spell that holds a period, the zero Spell where none does:
// every period in it is Own, or every one is Foreign or Unknown.
func (h History) Spell(area, currency string, p period.Period) Spell {
	spell := Spell{area, currency, math.MinInt32, math.MaxInt32}
	for _, row := range h.areas[area] {
		if row.Currency != currency {
			continue
		}
		one := Spell{area, currency, row.From, row.To + 1}
		if row.Open {
			one.end = math.MaxInt32
		}
		if one.Holds(area, currency, p) {
			return one
		}
		spell = Spell{}
	}
	return spell
}

// Holds says whether a period of an area and currency is in the spell.
func (s *Spell) Holds(area, currency string, p period.Period) bool {
	return s.first <= p.Start() && p.End() <= s.end && s.area == area && s.currency == currency
}

// Agreement is how the currency of a figure stands to its area and period.
type Agreement int

// The agreements. A currency that was never the area's own, as the dollars in
// which many offices state trade, is foreign and as right as any.
const (
	Unknown  Agreement = iota // the history does not know the area or the period
	Own                       // in use in the period
	Foreign                   // never the area's
	Restated                  // the area took it up after the period
	Ended                     // the area gave it up before the period
)

// Agree returns how a currency stands to an area in a period, and the currency
// that the area used then.
func (h History) Agree(area, currency string, p period.Period) (Agreement, AreaCurrency) {
	own, known := h.At(area, p)
	if !known {
		return Unknown, own
	}
	agreement := Foreign
	rows := h.areas[area]
	for i := range rows {
		switch {
		case rows[i].Currency != currency:
		case rows[i].uses(p.Start(), p.Last()):
			return Own, own
		case rows[i].From > p.Last():
			agreement = Restated
		case agreement == Foreign:
			agreement = Ended
		}
	}
	return agreement, own
}

// FactorTo returns how many units of the currency are one of the other in law:
// by the irrevocable rates of the succession, digit for digit where it is one
// step, multiplied exactly where it is several; else by the factor of the
// history. It is false where no act names a rate.
func (a *AreaCurrency) FactorTo(currency string, known Currencies) (string, bool) {
	c, _ := known.Lookup(a.Currency)
	if c.Successor == "" {
		return a.Factor.Text(), !a.Factor.IsZero()
	}
	if c.Successor == currency {
		return c.Irrevocable.Text(), !c.Irrevocable.IsZero()
	}
	product := big.NewRat(1, 1)
	for c.Code != currency {
		if c.Successor == "" || c.Irrevocable.IsZero() {
			return "", false
		}
		product.Mul(product, c.Irrevocable.Rat())
		c, _ = known.Lookup(c.Successor)
	}
	return figure.ExactText(product), true
}
