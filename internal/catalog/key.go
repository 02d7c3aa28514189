package catalog

import (
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/series"
)

// Resolve returns the key with every former code replaced by the current one,
// and whether any was. A part that the catalogue does not have is a fault
// unknown_code of kind NotFound, with an item whose parameter is the part.
func (c *Catalog) Resolve(k series.Key) (current series.Key, renamed bool, err error) {
	current = k
	for _, part := range []struct {
		section Section
		code    *string
	}{
		{Indicators, &current.Indicator}, {Areas, &current.Area}, {Units, &current.Unit}, {Datasets, &current.Dataset},
	} {
		code, err := c.resolve(part.section, *part.code)
		if err != nil {
			return series.Key{}, false, err
		}
		*part.code = series.Fold(code)
	}
	current.Breakdowns = nil
	for _, b := range k.Breakdowns {
		dimension, err := c.resolve(Dimensions, b.Dimension)
		if err != nil {
			return series.Key{}, false, err
		}
		token, err := c.resolve(Items, dimension+"-"+b.Item)
		if err != nil {
			return series.Key{}, false, err
		}
		item := strings.TrimPrefix(token, dimension+"-")
		current.Breakdowns = append(current.Breakdowns, series.Breakdown{Dimension: dimension, Item: item})
	}
	current, err = current.Normal()
	return current, err == nil && !current.Equal(k), err
}

func (c *Catalog) resolve(s Section, code string) (string, error) {
	current, ok := c.Current(s, code)
	if ok {
		return current, nil
	}
	e := fault.From(c.Unknown(s, code))
	return "", e.With(fault.Item{Code: e.Code, Parameter: string(s), Value: fault.Clip(code), Expected: e.Expected})
}
