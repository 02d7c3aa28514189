package api

import (
	"context"
	"strconv"
	"strings"

	"bellwether/internal/check"
	"bellwether/internal/query"
)

// checkEntry is what was found of a figure with where it is explained.
type checkEntry struct {
	query.CheckInfo
	Against []againstEntry    `json:"against"`
	Links   map[string]string `json:"links"`
}

// againstEntry is a figure that stands against it, likewise.
type againstEntry struct {
	query.CheckFigure
	Links map[string]string `json:"links"`
}

func (a *API) checkEntry(q *question, info query.CheckInfo) checkEntry {
	e := checkEntry{CheckInfo: info, Against: []againstEntry{}, Links: map[string]string{"observation": a.figureLink(q, info.Series, info.Period)}}
	if info.Claim != "" {
		e.Links["claim"] = a.figureLink(q, string(info.Claim), info.Period)
	}
	if info.PriorPeriod != "" {
		e.Links["prior"] = a.figureLink(q, info.Series, string(info.PriorPeriod))
	}
	for _, figure := range info.Against {
		e.Against = append(e.Against, againstEntry{figure, map[string]string{"observation": a.figureLink(q, figure.Series, figure.Period)}})
	}
	return e
}

func listChecks(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	v := q.values
	filter := query.CheckFilter{Areas: v["area"], Indicators: v["indicator"], Kinds: v["kind"], Classes: v["class"]}
	found, err := a.query.Checks(ctx, m, filter, q.lang)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, "checks", checkColumns, found)
	}
	return pageOf(a, q, m, "checks", found, a.checkEntry)
}

// The parameters of the truth report alone.
var (
	pCheckKind = param{name: "kind", many: several, check: oneOf(texts(check.Kinds())...), expects: strings.Join(texts(check.Kinds()), ", ")}
	pClass     = param{name: "class", many: several, check: oneOf(texts(check.Classes())...), expects: strings.Join(texts(check.Classes()), ", ")}
)

// texts writes words of a closed list as texts.
func texts[W ~string](words []W) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = string(word)
	}
	return list
}

// The columns of the truth report as CSV; never changed.
var checkColumns = []column[query.CheckInfo]{
	text("kind", func(c query.CheckInfo) string { return string(c.Kind) }),
	text("class", func(c query.CheckInfo) string { return string(c.Class) }),
	text("contradicted", func(c query.CheckInfo) string { return strconv.FormatBool(c.Contradicted) }),
	text("guess", func(c query.CheckInfo) string { return strconv.FormatBool(c.Guess) }),
	text("reason", func(c query.CheckInfo) string { return string(c.Reason) }),
	text("hints", func(c query.CheckInfo) string { return joined(c.Hints) }),
	text("area", func(c query.CheckInfo) string { return c.Area }),
	text("indicator", func(c query.CheckInfo) string { return c.Indicator }),
	text("series", func(c query.CheckInfo) string { return c.Series }),
	text("title", func(c query.CheckInfo) string { return c.Title }),
	text("period", func(c query.CheckInfo) string { return c.Period }),
	text("label", func(c query.CheckInfo) string { return c.Label }),
	text("start", func(c query.CheckInfo) string { return c.Start }),
	text("end", func(c query.CheckInfo) string { return c.End }),
	number("value", func(c query.CheckInfo) string { return string(c.Value) }),
	text("unit", func(c query.CheckInfo) string { return c.Unit }),
	number("multiplier", func(c query.CheckInfo) string { return strconv.Itoa(c.Multiplier) }),
	text("claim", func(c query.CheckInfo) string { return string(c.Claim) }),
	text("claim_basis", func(c query.CheckInfo) string { return string(c.Basis) }),
	number("reported", func(c query.CheckInfo) string { return string(c.Reported) }),
	number("computed", func(c query.CheckInfo) string { return string(c.Computed) }),
	number("computed_low", func(c query.CheckInfo) string { return string(c.ComputedLow) }),
	number("computed_high", func(c query.CheckInfo) string { return string(c.ComputedHigh) }),
	text("reported_unit", func(c query.CheckInfo) string { return c.ReportedUnit }),
	number("reported_multiplier", func(c query.CheckInfo) string { return strconv.Itoa(c.ReportedMultiplier) }),
	number("gap", func(c query.CheckInfo) string { return string(c.Gap) }),
	number("gap_low", func(c query.CheckInfo) string { return string(c.GapLow) }),
	number("gap_high", func(c query.CheckInfo) string { return string(c.GapHigh) }),
	text("prior_period", func(c query.CheckInfo) string { return string(c.PriorPeriod) }),
	number("prior", func(c query.CheckInfo) string { return string(c.Prior) }),
	number("implied_prior", func(c query.CheckInfo) string { return string(c.ImpliedPrior) }),
	text("against", againstOf),
	text("published_at", func(c query.CheckInfo) string { return c.PublishedAt }),
}

// againstOf names the figures that stand against one: its series, and after a
// space the period.
func againstOf(c query.CheckInfo) string {
	list := make([]string, len(c.Against))
	for i, figure := range c.Against {
		list[i] = figure.Series + " " + figure.Period
	}
	return joined(list)
}
