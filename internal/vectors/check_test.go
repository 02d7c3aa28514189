package vectors

import (
	"encoding/json"
	"strings"

	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
)

func checkOperations() map[string]operation {
	return map[string]operation{"growth_check": growthCheck, "parts_check": partsCheck}
}

// claim reads a reported growth; the cases write "unstated" for no basis.
func claim(value, basis string) (check.Claim, error) {
	v, err := figure.Parse(value, 0)
	return check.Claim{Value: v, Basis: check.BasisOf(basis)}, err
}

func growthCheck(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Value  *levelIn `json:"value"`
		Prior  *levelIn `json:"prior"`
		Growth struct {
			Value string `json:"value"`
			Basis string `json:"basis"`
		} `json:"growth"`
		Others []levelIn `json:"other_priors"`
	}](in)
	if err != nil {
		return nil, err
	}
	var tested check.Case
	if tested.Value, err = c.Value.level(); err != nil {
		return nil, err
	}
	if tested.Prior, err = c.Prior.level(); err != nil {
		return nil, err
	}
	if tested.Claim, err = claim(c.Growth.Value, c.Growth.Basis); err != nil {
		return nil, err
	}
	tested.Basis = check.BasisOf(c.Value.Basis)
	for _, o := range c.Others {
		other, err := o.level()
		if err != nil {
			return nil, err
		}
		tested.Others = append(tested.Others, other)
	}
	return shownFinding(check.Explain(&tested)), nil
}

func shownFinding(f check.Finding) answer {
	out := answer{"class": strings.ToUpper(string(f.Class))}
	if f.Reason != "" {
		out["reason"] = f.Reason
	}
	if f.Hints != nil {
		out["hints"] = f.Hints
	}
	if f.Class == check.NotTestable {
		return out
	}
	for name, v := range map[string]figure.Value{
		"computed_growth": f.Computed, "computed_low": f.ComputedLow, "computed_high": f.ComputedHigh,
		"gap": f.Gap, "gap_low": f.GapLow, "gap_high": f.GapHigh, "implied_prior": f.ImpliedPrior,
	} {
		out[name] = v.Text()
	}
	return out
}

type partIn struct {
	Value      string `json:"value"`
	Multiplier int    `json:"multiplier"`
	Currency   string `json:"currency"`
	Growth     string `json:"growth"`
}

func (p partIn) part() (check.Part, error) {
	v, err := figure.Parse(p.Value, p.Multiplier)
	if err != nil {
		return check.Part{}, err
	}
	c, err := claim(p.Growth, "")
	return check.Part{Level: growth.Level{Value: v, Unit: p.Currency}, Claim: c}, err
}

func partsCheck(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Parts []partIn `json:"parts"`
		Total partIn   `json:"total"`
	}](in)
	if err != nil {
		return nil, err
	}
	total, err := c.Total.part()
	if err != nil {
		return nil, err
	}
	var parts []check.Part
	for _, p := range c.Parts {
		part, err := p.part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	f := check.Parts(parts, total)
	if f.Reason != "" {
		return answer{"class": "NOT_TESTABLE", "reason": f.Reason}, nil
	}
	return answer{
		"levels_add_up": f.LevelsAddUp, "consistent": f.Consistent,
		"implied_low": f.ImpliedLow.Text(), "implied_high": f.ImpliedHigh.Text(),
	}, nil
}
