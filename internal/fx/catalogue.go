package fx

import (
	"bellwether/internal/catalog"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// CurrenciesOf returns the currencies among the units of a catalogue.
func CurrenciesOf(units []catalog.Unit) (Currencies, error) {
	var list []Currency
	for i := range units {
		if units[i].Kind != catalog.Currency {
			continue
		}
		c, err := currencyOf(&units[i])
		if err != nil {
			return Currencies{}, err
		}
		list = append(list, c)
	}
	return NewCurrencies(list)
}

func currencyOf(u *catalog.Unit) (Currency, error) {
	c := Currency{Code: u.Code}
	var err error
	if u.To != "" {
		c.Retired = true
		if c.LastDay, err = period.ParseDate(string(u.To)); err != nil {
			return c, err
		}
	}
	if u.Successor == nil || u.Successor.Rate == "" {
		return c, nil
	}
	c.Successor = u.Successor.Unit
	if c.Irrevocable, err = figure.Parse(u.Successor.Rate, 0); err != nil {
		return c, err
	}
	if u.Successor.From != "" {
		c.FixedFrom, err = period.ParseDate(string(u.Successor.From))
	}
	return c, err
}
