package vectors

import (
	"encoding/json"
	"strings"

	"bellwether/internal/check"
	"bellwether/internal/figure"
)

func checkOperations() map[string]operation {
	return map[string]operation{"growth_check": growthCheck, "parts_check": partsCheck}
}

// claimIn is a reported growth; cases write "unstated" for no basis.
type claimIn struct {
	Value    string `json:"value"`
	Decimals *int   `json:"decimals"`
	Basis    string `json:"basis"`
}

func (c claimIn) claim() (check.Claim, error) {
	v, err := printed(c.Value, 0, c.Decimals)
	return check.Claim{Value: v, Basis: check.BasisOf(c.Basis)}, err
}

func growthCheck(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		Value  *levelIn  `json:"value"`
		Prior  *levelIn  `json:"prior"`
		Growth claimIn   `json:"growth"`
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
	if tested.Claim, err = c.Growth.claim(); err != nil {
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
	levelIn
	Growth string `json:"growth"`
}

func (p partIn) part() (check.Part, error) {
	level, err := p.level()
	if err != nil {
		return check.Part{}, err
	}
	c, err := claimIn{Value: p.Growth}.claim()
	return check.Part{Level: level, Claim: c}, err
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
