package vectors

import (
	"encoding/json"
	"maps"
	"slices"

	"bellwether/internal/accumulate"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
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
	if err := accumulate.Additive(catalog.Kind(c.Measure)); err != nil {
		return nil, err
	}
	known := map[period.Period]growth.Level{} // in the vintage
	var set accumulate.Set
	for _, o := range c.Observations {
		l, err := o.level()
		switch {
		case err != nil:
			return nil, err
		case o.Vintage == c.Vintage:
			known[l.Period] = l
		default:
			set.Elsewhere(l.Period)
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(known), period.Compare) {
		set.Add(known[p])
	}
	out := []answer{}
	for _, text := range c.Targets {
		p, err := period.Parse(text)
		if err != nil {
			return nil, err
		}
		reported, is := known[p]
		d := set.Difference(p)
		if d.Reason == "" && is && known[d.Terms[0].Period].Unit != reported.Unit {
			d = accumulate.Derivation{Reason: fault.UnitMismatch}
		}
		if is && reported.HasValue() {
			out = append(out, shownReported(reported, d))
		} else {
			out = append(out, shownDifference(p, d))
		}
	}
	return answer{"out": out}, nil
}

// shownReported is a figure that was published: it wins, and what follows
// without it stands beside it.
func shownReported(l growth.Level, d accumulate.Derivation) answer {
	multiplier := l.Value.Multiplier()
	out := answer{
		"period": l.Period.String(), "status": "reported", "value": l.Value.Text(),
		"half_width": shortest(l.Value.Half()), "multiplier": multiplier,
	}
	if d.Reason == "" {
		out["derived"], out["agrees"] = shortest(d.Value.At(multiplier)), d.Agrees(l.Value)
	}
	return out
}

func shownDifference(p period.Period, d accumulate.Derivation) answer {
	out := answer{"period": p.String()}
	if d.Reason != "" {
		out["status"], out["value"], out["reason"] = "null", nil, d.Reason
		if d.Missing != nil {
			out["missing"] = names(d.Missing)
		}
		return out
	}
	var from []period.Period
	for _, term := range d.Terms {
		from = append(from, term.Period)
	}
	out["status"], out["value"], out["from"] = "derived", shortest(d.Value), names(from)
	out["half_width"], out["multiplier"] = shortest(d.HalfWidth), d.Value.Multiplier()
	if d.Flags != nil {
		out["flags"] = d.Flags
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
