package query

import (
	"context"
	"math/big"
	"strconv"

	"bellwether/internal/catalog"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/period"
)

// ConvertAsk asks for one conversion. The amount is plain decimal text and
// exact. FX is a method as in View, average when empty. Without Decimals the
// answer has two or the amount's own, whichever are more, and six at most.
type ConvertAsk struct {
	Amount   string
	From, To string
	Period   period.Period
	FX       string
	FXSource string
	FXAsOf   string // as in View
	Decimals Count
	Area     string // whose amount it is, for warnings; empty: not said
	Lang     string // of the warnings
}

// Converted is one conversion disclosed.
type Converted struct {
	Amount     Number     `json:"amount"`
	From       string     `json:"from"`
	To         string     `json:"to"`
	Period     string     `json:"period"`
	Value      Number     `json:"value"`
	ValueExact string     `json:"value_exact"` // a fraction where it does not terminate
	FXRate     Number     `json:"fx_rate"`
	FXMethod   string     `json:"fx_method"`
	FXSource   Text       `json:"fx_source"`
	Disclosure Disclosure `json:"disclosure"`
	Warnings   []Warning  `json:"warnings,omitempty"`
}

// mostConvertDecimals is the most decimals of a converted amount.
const mostConvertDecimals = 6

// Convert converts an exact amount. What cannot be converted is refused (kind
// Refused) with the code of package fx, as Warned where there is more to know of
// it; the other faults are those of the parameters. From and To may be one
// currency: the amount stays, and the method is identity.
func (s *Service) Convert(ctx context.Context, m Moment, c ConvertAsk) (*Converted, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	wish, err := c.wish(words)
	if err != nil {
		return nil, err
	}
	view := View{Currencies: []string{wish.To}, FX: orElse(c.FX, string(fx.ByAverage)), FXSource: c.FXSource, FXAsOf: c.FXAsOf}
	b, err := s.ratesOf(ctx, m, view, words)
	if err != nil {
		return nil, err
	}
	with, err := newMoney(view, b)
	if err != nil {
		return nil, err
	}
	wish.Method, wish.Feed, wish.Fixed = with.method, with.feed, with.fixed
	area, err := c.area(words)
	if err != nil {
		return nil, err
	}
	rate := b.find(wish)
	if wish.From != wish.To {
		with.notices = s.notices(area, wish.From, wish.Period, wish.Method, rate.method)
	}
	if rate.err != nil {
		return nil, warned(rate.err, with.warnings(words, c.Lang))
	}
	factor := rate.factor
	done := factor.Convert(wish)
	with.shown = []Disclosed{{Period: wish.Period, Disclosure: &done.Disclosure}}
	return &Converted{
		Amount: Number(wish.Amount.Text()), From: wish.From, To: wish.To, Period: wish.Period.String(),
		Value: Number(done.Amount.Text()), ValueExact: figure.ExactText(done.AmountExact),
		FXRate: Number(done.Disclosure.Rate), FXMethod: done.Disclosure.MethodWord(), FXSource: Text(done.Disclosure.Source),
		Disclosure: newDisclosure(done.Disclosure, ""),
		Warnings:   with.warnings(words, c.Lang),
	}, nil
}

// area returns the code of the area whose amount it is, empty where that is not
// said.
func (c *ConvertAsk) area(words *catalog.Catalog) (string, error) {
	if c.Area == "" {
		return "", nil
	}
	code, err := meant(words, catalog.Areas, c.Area)
	if err != nil {
		return "", at(err, "area", c.Area)
	}
	return code, nil
}

// wish reads what is to be converted into what.
func (c *ConvertAsk) wish(words *catalog.Catalog) (fx.Ask, error) {
	wish := fx.Ask{HalfWidth: new(big.Rat), Period: c.Period}
	var err error
	if wish.Amount, err = figure.Parse(c.Amount, 0); err != nil {
		return wish, at(err, "amount", c.Amount)
	}
	if wish.From, err = currencyCode(words, "from", c.From); err != nil {
		return wish, err
	}
	if wish.To, err = currencyCode(words, "to", c.To); err != nil {
		return wish, err
	}
	if !c.Decimals.Set {
		return wish, nil
	}
	if c.Decimals.N < 0 || c.Decimals.N > mostConvertDecimals {
		return wish, invalid("decimals", strconv.Itoa(c.Decimals.N), "0 to 6")
	}
	wish.Decimals = &c.Decimals.N
	return wish, nil
}
