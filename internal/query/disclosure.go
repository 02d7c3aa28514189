package query

import "bellwether/internal/fx"

// Disclosure is how an amount was converted, with the names that answers have.
// What does not belong to its method is absent.
type Disclosure struct {
	Period string `json:"period,omitempty"`
	From   string `json:"from"`
	To     string `json:"to"`
	Source Text   `json:"source"`
	*Leg
	Legs           []Leg    `json:"legs,omitempty"`
	DecimalsCapped bool     `json:"decimals_capped,omitempty"`
	Flags          []string `json:"flags,omitempty"`
}

// Leg is one step of a conversion.
type Leg struct {
	Method       string `json:"method,omitempty"`
	Averaging    string `json:"averaging,omitempty"`
	Observations int    `json:"observations,omitempty"`
	First        string `json:"first,omitempty"`
	Last         string `json:"last,omitempty"`
	RateDate     string `json:"rate_date,omitempty"`
	Quotation    string `json:"quotation,omitempty"`
	Rate         Number `json:"rate,omitempty"`
	RateExact    string `json:"rate_exact,omitempty"`
	Inverted     bool   `json:"inverted"`
	Via          string `json:"via,omitempty"`
	DeclaredBy   string `json:"declared_by,omitempty"`
}

func newDisclosure(d fx.Disclosure, period string) Disclosure {
	out := Disclosure{
		Period: period, From: d.From, To: d.To, Source: Text(d.Source), DecimalsCapped: d.DecimalsCapped, Flags: d.Flags,
	}
	if len(d.Legs) == 0 {
		leg := newLeg(d.Leg)
		out.Leg = &leg
	}
	for _, leg := range d.Legs {
		out.Legs = append(out.Legs, newLeg(leg))
	}
	return out
}

func newLeg(l fx.Leg) Leg {
	return Leg{
		Method: l.Method, Averaging: l.Averaging, Observations: l.Observations, First: l.First, Last: l.Last,
		RateDate: l.RateDate, Quotation: l.Quotation, Rate: Number(l.Rate), RateExact: l.ExactRate(), Inverted: l.Inverted,
		Via: l.Via, DeclaredBy: l.DeclaredBy,
	}
}
