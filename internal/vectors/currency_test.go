package vectors

import (
	"cmp"
	"encoding/json"
	"math/big"
	"slices"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// currencyOperations are the operations on amounts in several currencies.
var currencyOperations = map[string]operation{
	"convert":              convert,
	"convert_additivity":   convertAdditivity,
	"implied_rate":         impliedRate,
	"currency_label_check": currencyLabelCheck,
}

type currencyAmount struct {
	Value      string `json:"value"`
	Decimals   *int   `json:"decimals"`
	Multiplier int    `json:"multiplier"`
	Currency   string `json:"currency"`
}

func (a currencyAmount) level() (fx.Level, error) {
	value, err := printed(a.Value, a.Multiplier, a.Decimals)
	return fx.Level{Value: value, Currency: a.Currency}, err
}

// rateRow is a published rate; it has one of Date, Month and Period.
type rateRow struct {
	Date   string `json:"date"`
	Month  string `json:"month"`
	Period string `json:"period"`
	Base   string `json:"base"`
	Quote  string `json:"quote"`
	Rate   string `json:"rate"`
}

// rateTables are the rates that a case gives, all of one feed.
type rateTables struct {
	Source   *string   `json:"source"`
	Rates    []rateRow `json:"rates"`
	Monthly  []rateRow `json:"monthly"`
	Averages []rateRow `json:"averages"`
}

// book builds the book of the case's rates. It knows the euro's first members
// and every currency that the case names.
func (r rateTables) book(named ...string) (*fx.Book, error) {
	feed := ""
	if r.Source != nil {
		feed = *r.Source
	}
	var rates []fx.Rate
	for kind, rows := range map[fx.Kind][]rateRow{fx.Fixing: r.Rates, fx.Mean: slices.Concat(r.Monthly, r.Averages)} {
		for _, row := range rows {
			p, err := period.Parse(row.Date + row.Month + row.Period)
			if err != nil {
				return nil, err
			}
			value, err := fx.ParseValue(row.Rate)
			if err != nil {
				return nil, err
			}
			rates = append(rates, fx.Rate{Feed: feed, Base: row.Base, Quote: row.Quote, Kind: kind, Period: p, Value: value})
			named = append(named, row.Base, row.Quote)
		}
	}
	currencies, err := currenciesWith(named)
	if err != nil {
		return nil, err
	}
	return fx.NewBook(rates, currencies)
}

// euroMembers are the currencies that the euro replaced, with the rates of
// Council Regulations (EC) No 2866/98 and No 1478/2000 and the first day of
// each.
var euroMembers = []struct{ code, rate, from, last string }{
	{"BEF", "40.3399", "1999-01-01", "2001-12-31"},
	{"DEM", "1.95583", "1999-01-01", "2001-12-31"},
	{"ESP", "166.386", "1999-01-01", "2001-12-31"},
	{"FRF", "6.55957", "1999-01-01", "2001-12-31"},
	{"IEP", "0.787564", "1999-01-01", "2001-12-31"},
	{"ITL", "1936.27", "1999-01-01", "2001-12-31"},
	{"LUF", "40.3399", "1999-01-01", "2001-12-31"},
	{"NLG", "2.20371", "1999-01-01", "2001-12-31"},
	{"ATS", "13.7603", "1999-01-01", "2001-12-31"},
	{"PTE", "200.482", "1999-01-01", "2001-12-31"},
	{"FIM", "5.94573", "1999-01-01", "2001-12-31"},
	{"GRD", "340.750", "2001-01-01", "2001-12-31"},
}

func currenciesWith(named []string) (fx.Currencies, error) {
	var list []fx.Currency
	seen := map[string]bool{}
	for _, m := range euroMembers {
		list = append(list, fx.Currency{
			Code: m.code, Retired: true, LastDay: period.MustParseDate(m.last),
			Successor: "EUR", Irrevocable: figure.MustParse(m.rate, 0), FixedFrom: period.MustParseDate(m.from),
		})
		seen[m.code] = true
	}
	for _, code := range append(named, "EUR") {
		if !seen[code] {
			list, seen[code] = append(list, fx.Currency{Code: code}), true
		}
	}
	return fx.NewCurrencies(list)
}

type convertCase struct {
	rateTables
	Amount   currencyAmount `json:"amount"`
	To       string         `json:"to"`
	Measure  string         `json:"measure"`
	Period   string         `json:"period"`
	Date     string         `json:"date"`
	Decimals *int           `json:"decimals"`
	Fixed    *struct {
		Base       string `json:"base"`
		Quote      string `json:"quote"`
		Rate       string `json:"rate"`
		DeclaredBy string `json:"declared_by"`
	} `json:"fixed"`
}

func convert(raw json.RawMessage) (any, error) {
	in, err := decode[convertCase](raw)
	if err != nil {
		return nil, err
	}
	ask, err := in.ask()
	if err != nil {
		return nil, err
	}
	book, err := in.book(ask.From, ask.To)
	if err != nil {
		return nil, err
	}
	c, err := book.Convert(ask)
	if err != nil {
		return nil, err
	}
	unit := new(big.Rat).Inv(figure.New(1, 0, c.Multiplier).Rat())
	return map[string]any{
		"amount":           c.Amount.Text(),
		"amount_exact":     figure.ExactText(new(big.Rat).Mul(c.AmountExact, unit)),
		"multiplier":       c.Multiplier,
		"currency":         ask.To,
		"half_width_exact": figure.ExactText(new(big.Rat).Mul(c.HalfWidth, unit)),
		"disclosure":       in.disclosure(c.Disclosure),
	}, nil
}

func (in convertCase) ask() (fx.Ask, error) {
	amount, err := in.Amount.level()
	if err != nil {
		return fx.Ask{}, err
	}
	ask := fx.Ask{Amount: amount.Value, From: in.Amount.Currency, To: in.To, Decimals: in.Decimals, Method: fx.BySpot}
	if in.Measure != "spot" {
		if ask.Method, err = fx.MethodFor(in.Measure); err != nil {
			return fx.Ask{}, err
		}
	}
	if f := in.Fixed; f != nil {
		rate, err := fx.ParseValue(f.Rate)
		if err != nil {
			return fx.Ask{}, err
		}
		ask.Method = fx.ByFixed
		ask.Fixed = &fx.Fixed{Rate: rate, DeclaredBy: f.DeclaredBy, Base: f.Base, Quote: f.Quote}
	}
	if text := cmp.Or(in.Period, in.Date); text != "" {
		ask.Period, err = period.Parse(text)
	}
	return ask, err
}

// disclosure writes what is told, with the fields that belong to the method.
func (in convertCase) disclosure(d fx.Disclosure) map[string]any {
	out := map[string]any{}
	if len(d.Legs) > 0 {
		legs := make([]any, len(d.Legs))
		for i, leg := range d.Legs {
			legs[i] = legFields(leg)
		}
		out["legs"] = legs
	} else {
		out = legFields(d.Leg)
	}
	out["from"], out["to"], out["source"] = d.From, d.To, in.Source
	if len(d.Flags) > 0 {
		out["flags"] = d.Flags
	}
	if d.DecimalsCapped {
		out["decimals_capped"] = true
	}
	return out
}

func legFields(leg fx.Leg) map[string]any {
	out := map[string]any{"method": leg.Method, "quotation": leg.Quotation, "rate": leg.Rate, "inverted": leg.Inverted}
	switch leg.Method {
	case fx.IrrevocablyFixed:
		return out
	case fx.FixedDeclared:
		out["declared_by"] = leg.DeclaredBy
	case fx.PeriodAverage:
		out["averaging"], out["observations"] = leg.Averaging, leg.Observations
		out["first"], out["last"], out["via"] = leg.First, leg.Last, textOrNull(leg.Via)
	default:
		out["rate_date"], out["via"] = leg.RateDate, textOrNull(leg.Via)
	}
	out["rate_exact"] = figure.ExactText(leg.RateExact)
	return out
}

func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func convertAdditivity(raw json.RawMessage) (any, error) {
	type flow struct {
		currencyAmount
		Period string `json:"period"`
	}
	in, err := decode[struct {
		rateTables
		From  string `json:"from"`
		To    string `json:"to"`
		Whole flow   `json:"whole"`
		Parts []flow `json:"parts"`
	}](raw)
	if err != nil {
		return nil, err
	}
	book, err := in.book(in.From, in.To)
	if err != nil {
		return nil, err
	}
	unit := new(big.Rat).Inv(figure.New(1, 0, in.Whole.Multiplier).Rat())
	both := func(f flow) (stated, converted *big.Rat, err error) {
		level, err := f.level()
		if err != nil {
			return nil, nil, err
		}
		p, err := period.Parse(f.Period)
		if err != nil {
			return nil, nil, err
		}
		c, err := book.Convert(fx.Ask{Amount: level.Value, From: in.From, To: in.To, Period: p, Method: fx.ByAverage})
		if err != nil {
			return nil, nil, err
		}
		stated = level.Value.Rat()
		return stated.Mul(stated, unit), c.AmountExact.Mul(c.AmountExact, unit), nil
	}
	whole, convertedWhole, err := both(in.Whole)
	if err != nil {
		return nil, err
	}
	sum, convertedSum := new(big.Rat), new(big.Rat)
	for _, part := range in.Parts {
		stated, converted, err := both(part)
		if err != nil {
			return nil, err
		}
		sum.Add(sum, stated)
		convertedSum.Add(convertedSum, converted)
	}
	difference := new(big.Rat).Sub(convertedWhole, convertedSum)
	return map[string]any{
		"source_difference":      figure.ExactText(whole.Sub(whole, sum)),
		"converted_whole":        figure.RoundHalfAway(convertedWhole, 4),
		"sum_of_converted_parts": figure.RoundHalfAway(convertedSum, 4),
		"difference":             figure.RoundHalfAway(difference, 4),
		"additive":               difference.Sign() == 0,
	}, nil
}

type impliedPair struct {
	Amount currencyAmount `json:"amount"`
	Equals currencyAmount `json:"equals"`
}

func (p impliedPair) implied() (fx.Range, error) {
	one, err := p.Amount.level()
	if err != nil {
		return fx.Range{}, err
	}
	other, err := p.Equals.level()
	if err != nil {
		return fx.Range{}, err
	}
	return fx.Implied(one, other)
}

func impliedRate(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		impliedPair
		Observed string       `json:"observed"`
		Other    *impliedPair `json:"other"`
	}](raw)
	if err != nil {
		return nil, err
	}
	implied, err := in.implied()
	if err != nil {
		return nil, err
	}
	out := map[string]any{
		"quotation":  implied.Quotation(),
		"low_exact":  figure.ExactText(implied.Low),
		"high_exact": figure.ExactText(implied.High),
		"low":        figure.RoundHalfAway(implied.Low, 5),
		"high":       figure.RoundHalfAway(implied.High, 5),
	}
	if in.Observed != "" {
		observed, err := fx.ParseValue(in.Observed)
		if err != nil {
			return nil, err
		}
		out["contains_observed"] = implied.Contains(observed.Rat())
	}
	if in.Other != nil {
		other, err := in.Other.implied()
		if err != nil {
			return nil, err
		}
		out["other_low"] = figure.RoundHalfAway(other.Low, 5)
		out["other_high"] = figure.RoundHalfAway(other.High, 5)
		out["overlap"] = growth.Interval{Low: implied.Low, High: implied.High}.Meets(growth.Interval{Low: other.Low, High: other.High})
	}
	return out, nil
}

// currencyLabelCheck reads the rate in the pair's usual quotation.
func currencyLabelCheck(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		rateTables
		A    currencyAmount `json:"a"`
		B    currencyAmount `json:"b"`
		Rate *string        `json:"rate"`
	}](raw)
	if err != nil {
		return nil, err
	}
	a, err := in.A.level()
	if err != nil {
		return nil, err
	}
	b, err := in.B.level()
	if err != nil {
		return nil, err
	}
	var factor *fx.Factor
	if in.Rate != nil {
		rate, err := fx.ParseValue(*in.Rate)
		if err != nil {
			return nil, err
		}
		book, err := in.book(a.Currency, b.Currency)
		if err != nil {
			return nil, err
		}
		factor, err = book.Factor(fx.Ask{
			From: a.Currency, To: b.Currency, Period: period.MustParse("2013"),
			Method: fx.ByFixed, Fixed: &fx.Fixed{Rate: rate, DeclaredBy: "the case"},
		})
		if err != nil {
			return nil, err
		}
	}
	return map[string]any{"verdict": textOrNull(string(fx.Suspect(a, b, factor).Verdict))}, nil
}
