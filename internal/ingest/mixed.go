package ingest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// indicatorUnits counts the multipliers and currencies in which the levels of
// one indicator are stated, and the units of a kind that it does not have.
type indicatorUnits struct {
	multipliers map[string]*met
	currencies  map[string]*met
	unexpected  map[string]*met
}

// met is how often something was met, and where first.
type met struct {
	count, line int
	what, cell  string
	expected    string // of an unexpected unit: what is
}

func (r *reader) unitsOf(indicator string) *indicatorUnits {
	u := r.inds[indicator]
	if u == nil {
		u = &indicatorUnits{map[string]*met{}, map[string]*met{}, map[string]*met{}}
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
	meet(u.multipliers, multiplierName(s.id.multiplier), s, by)
	if s.id.money {
		meet(u.currencies, s.named.key.UnitCode(), s, by)
	}
	if s.id.unexpected != "" {
		meet(u.unexpected, s.named.key.UnitCode(), s, by)
	}
}

// multiplierName writes a power of ten for people.
func multiplierName(n int) string {
	if n == 0 {
		return "ones"
	}
	return "units of 10^" + strconv.Itoa(n)
}

func meet(all map[string]*met, what string, s *statement, by int) {
	m := all[what]
	if m == nil {
		m = &met{line: s.line, what: what, cell: s.id.unitText, expected: s.id.unexpected}
		all[what] = m
	}
	m.count += by
}

// mixed warns of every indicator that is stated at more than one multiplier, in
// more than one currency, or in a unit of another kind than it has.
func (r *reader) mixed(warnings *tally) {
	names := make([]string, 0, len(r.inds))
	for name := range r.inds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		warnMixed(warnings, fault.MixedMultiplier, name, r.inds[name].multipliers)
		warnMixed(warnings, fault.MixedCurrency, name, r.inds[name].currencies)
		warnUnexpected(warnings, name, r.inds[name].unexpected)
	}
}

// maxWays is how many ways of stating an indicator a warning names.
const maxWays = 5

func warnMixed(warnings *tally, code fault.Code, indicator string, all map[string]*met) {
	found := inOrder(all)
	if len(found) < 2 {
		return
	}
	first := found[1].line
	slices.SortStableFunc(found, func(a, b *met) int { return cmp.Compare(b.count, a.count) })
	var ways []string
	for _, m := range found[:min(len(found), maxWays)] {
		ways = append(ways, m.told())
	}
	if more := len(found) - len(ways); more > 0 {
		ways = append(ways, "in "+countOf(more, "other unit", "other units"))
	}
	warnings.add(Finding{Code: code, Line: first, FirstLine: min(found[0].line, found[1].line), Column: unitColumn.String(), Value: found[1].cell,
		Expected: "one way for " + indicator + ", which is stated " + strings.Join(ways, " and ") +
			"; if that is a slip, the unit of the wrong rows as in the others, and nothing if all are right"})
}

// told says in what how many rows are, where the first one is and what it has.
func (m *met) told() string {
	told := "in " + m.what + " in " + countOf(m.count, "row", "rows") + " from line " + strconv.Itoa(m.line)
	if m.cell == "" {
		return told
	}
	return told + " (" + strconv.Quote(m.cell) + ")"
}

// inOrder returns what was met and stayed, as the file has it.
func inOrder(all map[string]*met) []*met {
	var found []*met
	for _, m := range all {
		if m.count > 0 {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b *met) int { return cmp.Compare(a.line, b.line) })
	return found
}

func warnUnexpected(warnings *tally, indicator string, all map[string]*met) {
	for _, m := range inOrder(all) {
		warnings.add(Finding{Code: fault.UnitUnexpected, Line: m.line, Column: unitColumn.String(), Value: m.cell,
			Expected: m.expected + ", as the catalogue has it for " + indicator + ", which is " + m.told()})
	}
}

// unitKinds are the kinds of unit in words; read only.
var unitKinds = map[catalog.UnitKind]string{
	catalog.Currency: "a currency", catalog.Count: "a number of persons or things", catalog.Percent: "percent",
	catalog.Indexed: "an index", catalog.Quantity: "a quantity",
}

// unexpected names the kinds of unit that the catalogue has for the levels of
// an indicator, when that of the series is none of them.
func (r *reader) unexpected(key series.Key) string {
	indicator, ok := r.labels.Indicator(key.Indicator)
	unit, known := r.labels.Unit(key.Unit)
	if key.IsClaim() || !ok || !known || len(indicator.UnitKinds) == 0 || slices.Contains(indicator.UnitKinds, unit.Kind) {
		return ""
	}
	words := make([]string, len(indicator.UnitKinds))
	for i, kind := range indicator.UnitKinds {
		words[i] = unitKinds[kind]
	}
	return strings.Join(words, " or ")
}
