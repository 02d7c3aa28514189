package ingest

import (
	"cmp"
	"slices"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// indicatorUnits counts the multipliers and currencies in which the levels of
// one indicator are stated.
type indicatorUnits struct {
	multipliers map[string]*met
	currencies  map[string]*met
}

// met is how often something was met, and where first.
type met struct {
	count, line int
	cell        string
}

func (r *reader) unitsOf(indicator string) *indicatorUnits {
	u := r.inds[indicator]
	if u == nil {
		u = &indicatorUnits{map[string]*met{}, map[string]*met{}}
		r.inds[indicator] = u
	}
	return u
}

// count adds one statement, or takes it back with by -1 when it turns out to
// repeat another. A row without a number states nothing in its unit.
func (u *indicatorUnits) count(s *statement, by int) {
	if !s.level || u == nil || s.State != obs.Present && s.State != obs.BelowUnit {
		return
	}
	meet(u.multipliers, strconv.Itoa(s.id.multiplier), s, by)
	if s.id.money {
		meet(u.currencies, s.named.key.UnitCode(), s, by)
	}
}

func meet(all map[string]*met, what string, s *statement, by int) {
	m := all[what]
	if m == nil {
		m = &met{line: s.line, cell: s.id.unitText}
		all[what] = m
	}
	m.count += by
}

// mixed warns of every indicator that is stated at more than one multiplier or
// in more than one currency.
func (r *reader) mixed(warnings *tally) {
	names := make([]string, 0, len(r.inds))
	for name := range r.inds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		warnMixed(warnings, fault.MixedMultiplier, name, r.inds[name].multipliers)
		warnMixed(warnings, fault.MixedCurrency, name, r.inds[name].currencies)
	}
}

func warnMixed(warnings *tally, code fault.Code, indicator string, all map[string]*met) {
	var found []*met
	for _, m := range all {
		if m.count > 0 {
			found = append(found, m)
		}
	}
	if len(found) < 2 {
		return
	}
	slices.SortFunc(found, func(a, b *met) int { return cmp.Compare(a.line, b.line) })
	warnings.add(Finding{Code: code, Line: found[1].line, FirstLine: found[0].line, Column: unitColumn.String(), Value: found[1].cell,
		Expected: "nothing, if " + indicator + " is meant to be stated in more than one way"})
}
