package vectors

import (
	"encoding/json"

	"bellwether/internal/period"
)

// periodOperations are the operations on the texts of periods.
var periodOperations = map[string]operation{
	"parse_period": parsePeriod,
	"same_period":  samePeriod,
}

type periodOptions struct {
	FiscalStart        string         `json:"fy_start"`
	FiscalNamedBy      period.NamedBy `json:"fy_named_by"`
	YearPairsAreFiscal bool           `json:"year_pairs_are_fiscal"`
}

func (o periodOptions) rules() (period.Rules, error) {
	rules := period.Rules{FiscalNamedBy: o.FiscalNamedBy, YearPairsAreFiscal: o.YearPairsAreFiscal}
	if o.FiscalStart == "" {
		return rules, nil
	}
	start, err := period.ParseMonthDay(o.FiscalStart)
	rules.FiscalStart = start
	return rules, err
}

type parsedPeriod struct {
	Start     string `json:"start"`
	End       string `json:"end"`
	Canonical string `json:"canonical"`
	SDMX      string `json:"sdmx"`
}

func parsePeriod(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		Text    string        `json:"text"`
		Options periodOptions `json:"options"`
	}](raw)
	if err != nil {
		return nil, err
	}
	rules, err := in.Options.rules()
	if err != nil {
		return nil, err
	}
	p, err := rules.Parse(in.Text)
	if err != nil {
		return nil, err
	}
	return parsedPeriod{
		Start:     p.Start().String(),
		End:       p.End().String(),
		Canonical: p.String(),
		SDMX:      p.SDMX(),
	}, nil
}

func samePeriod(raw json.RawMessage) (any, error) {
	in, err := decode[struct {
		A       string        `json:"a"`
		B       string        `json:"b"`
		Options periodOptions `json:"options"`
	}](raw)
	if err != nil {
		return nil, err
	}
	rules, err := in.Options.rules()
	if err != nil {
		return nil, err
	}
	a, err := rules.Parse(in.A)
	if err != nil {
		return nil, err
	}
	b, err := rules.Parse(in.B)
	if err != nil {
		return nil, err
	}
	return struct {
		Same bool `json:"same"`
	}{a == b}, nil
}
