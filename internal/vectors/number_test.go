package vectors

import (
	"encoding/json"
	"fmt"
	"math/big"
	"sync"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/figure"
)

// numberOperations are the operations on the texts of numbers and units.
var numberOperations = map[string]operation{
	"parse_number": parseNumber,
	"parse_unit":   parseUnit,
}

type numberProfile struct {
	Decimal    string                    `json:"decimal"`
	Thousands  string                    `json:"thousands"`
	Grouping   grouping                  `json:"grouping"`
	Negatives  []string                  `json:"negatives"`
	Marks      map[string]string         `json:"marks"`
	Missing    map[string]figure.Meaning `json:"missing"`
	Exponent   bool                      `json:"exponent"`
	Decimals   *int                      `json:"decimals"`
	Multiplier int                       `json:"multiplier"`
}

// grouping is 3 or 3;2, as a text or, where it is one, as a number.
type grouping figure.Grouping

func (g *grouping) UnmarshalJSON(raw []byte) error {
	var sizes json.Number
	if err := json.Unmarshal(raw, &sizes); err == nil {
		*g = grouping(sizes)
		return nil
	}
	return json.Unmarshal(raw, (*string)(g))
}

func (p numberProfile) notation() (figure.Notation, error) {
	n := figure.Notation{
		Decimal:    p.Decimal,
		Thousands:  p.Thousands,
		Grouping:   figure.Grouping(p.Grouping),
		Marks:      p.Marks,
		Missing:    p.Missing,
		Exponent:   p.Exponent,
		Decimals:   p.Decimals,
		Multiplier: p.Multiplier,
	}
	for _, form := range p.Negatives {
		switch form {
		case "parentheses":
			n.Negatives.Parentheses = true
		case "trailing_minus":
			n.Negatives.TrailingMinus = true
		default:
			return n, fmt.Errorf("negatives has %q", form)
		}
	}
	return n, nil
}

type readNumber struct {
	Status     string   `json:"status"`
	Mantissa   string   `json:"mantissa"`
	Decimals   int      `json:"decimals"`
	Multiplier int      `json:"multiplier"`
	Value      string   `json:"value"`
	HalfWidth  string   `json:"half_width"`
	Flags      []string `json:"flags"`
}

type readBelowUnit struct {
	Status string `json:"status"`
	Low    string `json:"low"`
	High   string `json:"high"`
}

type readMissing struct {
	Status string `json:"status"`
}

func parseNumber(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		Text    string        `json:"text"`
		Kind    string        `json:"kind"`
		Profile numberProfile `json:"profile"`
	}](raw)
	if err != nil {
		return nil, err
	}
	notation, err := in.Profile.notation()
	if err != nil {
		return nil, err
	}
	kind := figure.Percent
	if in.Kind == "" || in.Kind == "level" {
		kind = figure.Level
	}
	reading, err := notation.Read(in.Text, kind)
	if err != nil {
		return nil, err
	}
	return numberAnswer(reading), nil
}

// printed reads a figure of a case: as many decimals as its text has, or as
// the case declares.
func printed(text string, multiplier int, decimals *int) (figure.Value, error) {
	reading, err := figure.Notation{Multiplier: multiplier, Decimals: decimals}.Read(text, figure.Level)
	if err == nil && reading.State != figure.Present {
		err = fmt.Errorf("%q is no figure", text)
	}
	return reading.Value, err
}

func numberAnswer(reading figure.Reading) any {
	switch reading.State {
	case figure.Missing:
		return readMissing{Status: string(reading.Reason)}
	case figure.BelowUnit:
		low, high, _ := reading.Bounds()
		return readBelowUnit{Status: "below_unit", Low: exact(low), High: exact(high)}
	case figure.Present, figure.Nil:
	}
	v := reading.Value
	return readNumber{
		Status:     "value",
		Mantissa:   v.Text(),
		Decimals:   v.Decimals(),
		Multiplier: v.Multiplier(),
		Value:      exact(v.Rat()),
		HalfWidth:  exact(v.HalfRat()),
		Flags:      append([]string{}, reading.Flags...),
	}
}

func exact(r *big.Rat) string { return figure.ExactText(r) }

type readUnit struct {
	Kind       string  `json:"kind"`
	Multiplier int     `json:"multiplier"`
	Currency   *string `json:"currency"`
}

func parseUnit(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		Text       string `json:"text"`
		Multiplier *int   `json:"multiplier"`
		Profile    struct {
			Currency   string `json:"currency"`
			Multiplier *int   `json:"multiplier"`
		} `json:"profile"`
	}](raw)
	if err != nil {
		return nil, err
	}
	units, err := embeddedCatalogue()
	if err != nil {
		return nil, err
	}
	unit, err := figure.UnitRules{Currency: in.Profile.Currency, Lookup: units.LookupUnit}.Parse(in.Text)
	if err != nil {
		return nil, err
	}
	for _, multiplier := range []*int{in.Multiplier, in.Profile.Multiplier} {
		if multiplier == nil {
			continue
		}
		if unit, err = unit.At(*multiplier); err != nil {
			return nil, err
		}
	}
	return unitAnswer(unit), nil
}

// embeddedCatalogue reads the catalogue that comes with the service, once.
var embeddedCatalogue = sync.OnceValues(func() (*catalog.Catalog, error) {
	return catalog.Read(data.Catalog())
})

func unitAnswer(unit figure.Unit) readUnit {
	switch unit.Kind {
	case figure.Money:
		return readUnit{Kind: unit.Kind, Multiplier: unit.Multiplier, Currency: &unit.Code}
	case figure.Count:
		return readUnit{Kind: unit.Code, Multiplier: unit.Multiplier}
	}
	return readUnit{Kind: unit.Kind, Multiplier: unit.Multiplier}
}
