package vectors

import (
	"encoding/json"

	"bellwether/internal/figure"
	"bellwether/internal/growth"
)

func targetOperations() map[string]operation {
	return map[string]operation{"target": target}
}

func target(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Target  *levelIn `json:"target"`
		Current *levelIn `json:"current"`
		Base    *levelIn `json:"base"`
	}](in)
	if err != nil {
		return nil, err
	}
	goal, err := c.Target.level()
	if err != nil {
		return nil, err
	}
	current, err := c.Current.level()
	if err != nil {
		return nil, err
	}
	var base *growth.Level
	if c.Base != nil {
		l, err := c.Base.level()
		if err != nil {
			return nil, err
		}
		base = &l
	}
	p, err := growth.Reach(goal, current, base)
	if err != nil {
		return nil, err
	}
	return shownProgress(p), nil
}

func shownProgress(p growth.Progress) answer {
	out := answer{"attainment_pct": nil}
	if p.HasAttainment {
		out["attainment_pct"] = p.Attainment.Text()
	}
	if p.Status != "" {
		out["status"], out["gap"] = p.Status, shortest(p.Gap)
	}
	if p.Code != "" {
		out["required_cagr_pct"], out["code"] = nil, p.Code
		return out
	}
	out["years"] = figure.ExactText(p.Years)
	out["required_total_pct"], out["required_cagr_pct"] = p.RequiredTotal.Text(), p.RequiredCAGR.Text()
	return shownRoad(out, p.Road)
}

func shownRoad(out answer, r *growth.Road) answer {
	if r == nil {
		return out
	}
	if r.Code != "" {
		out["code"] = r.Code
		return out
	}
	out["actual_cagr_pct"], out["required_from_base_cagr_pct"], out["on_track"] = r.Actual.Text(), r.Required.Text(), r.OnTrack
	return out
}
