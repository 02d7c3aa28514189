package vectors

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func growthOperations() map[string]operation {
	return map[string]operation{"growth": growthOp, "growth_view": growthView}
}

// levelIn is a level as cases write it; null is none, and so is a null value.
type levelIn struct {
	Period     *string `json:"period"`
	Value      *string `json:"value"`
	Decimals   *int    `json:"decimals"`
	Multiplier int     `json:"multiplier"`
	Currency   string  `json:"currency"`
	Basis      string  `json:"basis"`
}

func (l *levelIn) level() (growth.Level, error) {
	if l == nil {
		return growth.Level{}, nil
	}
	level := growth.Level{Unit: l.Currency, Missing: l.Value == nil}
	var err error
	if l.Period != nil {
		if level.Period, err = period.Parse(*l.Period); err != nil {
			return level, err
		}
	}
	if l.Value != nil {
		level.Value, err = printed(*l.Value, l.Multiplier, l.Decimals)
	}
	return level, err
}

type pairIn struct {
	Name    string   `json:"name"`
	Current *levelIn `json:"current"`
	Base    *levelIn `json:"base"`
}

func (p pairIn) pair() (growth.Pair, error) {
	current, err := p.Current.level()
	if err != nil {
		return growth.Pair{}, err
	}
	base, err := p.Base.level()
	return growth.Pair{Current: current, Base: base}, err
}

type growthIn struct {
	pairIn
	Kind       string    `json:"kind"`
	Adjusted   bool      `json:"seasonally_adjusted"`
	UnitKind   string    `json:"unit_kind"`
	Basis      string    `json:"basis"`
	Total      pairIn    `json:"total"`
	Components []pairIn  `json:"components"`
	BasePeriod string    `json:"base_period"`
	Series     []levelIn `json:"series"`
}

type answer = map[string]any

func growthOp(in json.RawMessage) (any, error) {
	c, err := decode[growthIn](in)
	if err != nil {
		return nil, err
	}
	switch c.Kind {
	case "contribution":
		return contributions(c)
	case "rebase":
		return rebased(c)
	}
	pair, err := c.pair()
	if err != nil {
		return nil, err
	}
	pair.Current.Adjusted = c.Adjusted
	if c.UnitKind == "percent" {
		pair.Current.Unit, pair.Base.Unit = growth.UnitPercent, growth.UnitPercent
	}
	return compared(c.Kind, pair)
}

func compared(kind string, p growth.Pair) (any, error) {
	switch kind {
	case "yoy":
		return shownGrowth(p, growth.YoY(p.Current, p.Base)), nil
	case "qoq":
		return shownGrowth(p, adjacent(p, 3)), nil
	case "mom":
		return shownGrowth(p, adjacent(p, 1)), nil
	case "pop":
		return shownGrowth(p, growth.PoP(p.Current, p.Base)), nil
	case "points":
		points, code := growth.Points(p.Current, p.Base)
		if code != "" {
			return refusedGrowth(code), nil
		}
		return answer{"value": figure.ExactText(points.Rat()), "unit": "percentage_points"}, nil
	case "saar":
		return shownAnnualised(growth.SAAR(p.Current, p.Base)), nil
	case "cagr":
		return shownCompound(growth.CAGR(p.Current, p.Base)), nil
	}
	return nil, fmt.Errorf("no growth %q", kind)
}

// adjacent is the growth on the period before where the periods are of so many
// months.
func adjacent(p growth.Pair, months int) growth.Result {
	r := growth.PoP(p.Current, p.Base)
	if r.Code == "" && p.Current.Period.Length().Months != months {
		return growth.Result{Code: fault.PeriodMismatch}
	}
	return r
}

func refusedGrowth(code fault.Code) answer { return answer{"value": nil, "code": code} }

func shownGrowth(p growth.Pair, r growth.Result) answer {
	if r.Code != "" {
		return refusedGrowth(r.Code)
	}
	out := answer{"value": r.Percent.Text(), "exact": figure.ExactText(growth.Change(p.Current.Value, p.Base.Value))}
	if r.SignChange {
		out["flags"] = []string{growth.FlagSignChange}
	}
	return out
}

func shownAnnualised(r growth.Annualised) answer {
	if r.Code != "" {
		return refusedGrowth(r.Code)
	}
	out := answer{"value": r.Percent.Text()}
	if r.Exact != nil {
		out["exact"] = figure.ExactText(r.Exact)
	}
	return out
}

func shownCompound(r growth.Compound) answer {
	if r.Code != "" {
		return refusedGrowth(r.Code)
	}
	return answer{"value": r.Percent.Text(), "years": figure.ExactText(r.Years), "ratio": figure.ExactText(r.Ratio)}
}

func contributions(c growthIn) (any, error) {
	total, err := c.Total.pair()
	if err != nil {
		return nil, err
	}
	var parts []growth.Pair
	for _, component := range c.Components {
		part, err := component.pair()
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	got := growth.Contribute(c.Basis, total, parts)
	if got.Total.Code != "" {
		return refusedGrowth(got.Total.Code), nil
	}
	components := []answer{}
	for i, part := range got.Parts {
		components = append(components, answer{"name": c.Components[i].Name, "points": part.Points.Text(), "exact": figure.ExactText(part.Exact)})
	}
	return answer{"total_growth": got.Total.Percent.Text(), "components": components, "residual_points": got.Residual.Text()}, nil
}

func rebased(c growthIn) (any, error) {
	base, err := period.Parse(c.BasePeriod)
	if err != nil {
		return nil, err
	}
	var levels []growth.Level
	multiplier := 0
	for _, in := range c.Series {
		l, err := in.level()
		if err != nil {
			return nil, err
		}
		multiplier = in.Multiplier
		levels = append(levels, l)
	}
	if len(levels) == 0 {
		return refusedGrowth(fault.BasePeriodIncomplete), nil
	}
	mean, code := growth.BaseMean(base, levels[0].Period.Length(), func(p period.Period) growth.Level {
		at := slices.IndexFunc(levels, func(l growth.Level) bool { return l.Period == p })
		if at < 0 {
			return growth.Level{}
		}
		return levels[at]
	})
	if code != "" {
		return refusedGrowth(code), nil
	}
	series := []answer{}
	for _, l := range levels {
		shown := answer{"period": l.Period.String(), "value": nil}
		if index, code := growth.OnBase(l, mean); code == "" {
			exact := new(big.Rat).Quo(l.Value.Rat(), mean)
			shown["value"], shown["exact"] = index.Text(), figure.ExactText(exact.Mul(exact, big.NewRat(100, 1)))
		}
		series = append(series, shown)
	}
	return answer{"series": series, "base": figure.ExactText(at(mean, multiplier))}, nil
}

// at returns a number in ones as written in the multiplier.
func at(r *big.Rat, multiplier int) *big.Rat {
	return new(big.Rat).Quo(r, figure.New(1, 0, multiplier).Rat())
}

func growthView(in json.RawMessage) (any, error) {
	c, err := decode[struct {
		growthIn
		Reported any `json:"reported"`
	}](in)
	if err != nil {
		return nil, err
	}
	pair, err := c.pair()
	if err != nil {
		return nil, err
	}
	headline := "reported"
	if c.Reported == nil {
		headline = "computed"
	}
	computed, err := compared(cmp.Or(c.Kind, "yoy"), pair)
	if err != nil {
		return nil, err
	}
	return answer{"reported": c.Reported, "computed": computed, "headline": headline}, nil
}
