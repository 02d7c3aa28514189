package vectors

import (
	"encoding/json"

	"bellwether/internal/accumulate"
	"bellwether/internal/catalog"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

func decumulateOperations() map[string]operation {
	return map[string]operation{"decumulate": decumulate}
}

func decumulate(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Measure      string   `json:"measure"`
		Vintage      string   `json:"vintage"`
		Targets      []string `json:"targets"`
		Observations []struct {
			levelIn
			Vintage string `json:"vintage"`
		} `json:"observations"`
	}](in)
	if err != nil {
		return nil, err
	}
	var observations []accumulate.Observation
	for _, o := range c.Observations {
		l, err := o.level()
		if err != nil {
			return nil, err
		}
		observations = append(observations, accumulate.Observation{Level: l, Vintage: o.Vintage})
	}
	var targets []period.Period
	for _, text := range c.Targets {
		p, err := period.Parse(text)
		if err != nil {
			return nil, err
		}
		targets = append(targets, p)
	}
	singles, err := accumulate.Singles(catalog.Kind(c.Measure), c.Vintage, observations, targets)
	if err != nil {
		return nil, err
	}
	out := []answer{}
	for _, s := range singles {
		out = append(out, shownSingle(s))
	}
	return answer{"out": out}, nil
}

func shownSingle(s accumulate.Single) answer {
	out := answer{"period": s.Period.String(), "status": s.Status}
	switch s.Status {
	case accumulate.Null:
		out["value"], out["reason"] = nil, s.Reason
		if s.Missing != nil {
			out["missing"] = names(s.Missing)
		}
		return out
	case accumulate.Derived:
		out["value"], out["from"] = shortest(s.Value), names(s.From)
	case accumulate.Reported:
		out["value"] = s.Value.Text()
	}
	out["half_width"], out["multiplier"] = shortest(s.HalfWidth), s.Value.Multiplier()
	if s.Flags != nil {
		out["flags"] = s.Flags
	}
	if s.Beside != nil {
		out["derived"], out["agrees"] = shortest(s.Beside.Value), s.Agrees
	}
	return out
}

// shortest is the text of a number without needless zeros.
func shortest(v figure.Value) string { return figure.ExactText(at(v.Rat(), v.Multiplier())) }

func names(periods []period.Period) []string {
	var out []string
	for _, p := range periods {
		out = append(out, p.String())
	}
	return out
}
