package query

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// TransformKind says what is computed from a series in place of its values.
type TransformKind string

// The transforms, in the order in which they are told.
const (
	ToYoY          TransformKind = "yoy"          // growth on the same period a year earlier
	ToPoP          TransformKind = "pop"          // growth on the period of the same length before
	ToSAAR         TransformKind = "saar"         // growth on the period before at a yearly rate
	ToIndex        TransformKind = "index"        // the mean over a base period is 100
	ToContribution TransformKind = "contribution" // to the growth of a whole on a year earlier, in percentage points
	ToShare        TransformKind = "share"        // percent of a whole
	ToPer          TransformKind = "per"          // divided by another series
	ToReal         TransformKind = "real"         // divided by a deflator / 100
	ToCAGR         TransformKind = "cagr"         // yearly growth since a period
)

// Transform is one of the transforms with what it needs: Period of an index and
// a CAGR, Series, a folded code, of those that look at another series.
type Transform struct {
	Kind   TransformKind
	Period period.Period
	Series string
}

// notation is how a transform is written behind its word.
type notation struct {
	kind     TransformKind
	argument string // what stands behind the colon; empty: nothing
	example  string
}

// notations are never changed.
var notations = [...]notation{
	{ToYoY, "", "yoy"},
	{ToPoP, "", "pop"},
	{ToSAAR, "", "saar"},
	{ToIndex, "<period>", "index:2012"},
	{ToContribution, "<series>", "contribution:gdp.cn.cny"},
	{ToShare, "<series>", "share:gdp.cn.cny"},
	{ToPer, "<series>", "per:population.cn.persons"},
	{ToReal, "<deflator>", "real:gdp-deflator.cn.index-2010"},
	{ToCAGR, "<period>", "cagr:2010"},
}

func (n notation) String() string {
	if n.argument == "" {
		return string(n.kind)
	}
	return string(n.kind) + ":" + n.argument
}

// transformForms are all notations as one text.
func transformForms() string {
	forms := make([]string, len(notations))
	for i, n := range notations {
		forms[i] = n.String()
	}
	return strings.Join(forms[:len(forms)-1], ", ") + " or " + forms[len(forms)-1]
}

// maxTransform is how many bytes a transform may have.
const maxTransform = 300

// ParseTransform reads a transform: yoy, pop, saar, index:<period>,
// contribution:<series>, share:<series>, per:<series>, real:<deflator> or
// cagr:<period>, in any case and every notation of a period. Whether the series
// exists is not looked at. A word that is none of these, and an argument that
// is missing or means nothing, are invalid_parameter; a period that is not
// understood has the code of its refusal.
func ParseTransform(text string) (Transform, error) {
	word, argument, has := strings.Cut(text, ":")
	word, argument = series.Fold(strings.TrimSpace(word)), strings.TrimSpace(argument)
	i := slices.IndexFunc(notations[:], func(n notation) bool { return string(n.kind) == word })
	switch {
	case i < 0:
		return Transform{}, invalid("transform", text, "perhaps "+nearestTransform(word)+"; one of "+transformForms())
	case len(text) > maxTransform:
		return Transform{}, invalid("transform", text, "at most 300 bytes")
	}
	n := notations[i]
	switch {
	case n.argument == "" && has:
		return Transform{}, invalid("transform", text, n.String()+" with nothing behind it")
	case n.argument != "" && argument == "":
		return Transform{}, invalid("transform", text, n.String()+", such as "+n.example)
	}
	t := Transform{Kind: n.kind}
	if n.argument != "<period>" {
		t.Series = series.Fold(argument)
		return t, nil
	}
	p, err := period.Parse(argument)
	if err != nil {
		return Transform{}, at(fault.From(err), "transform", text)
	}
	t.Period = p
	return t, nil
}

// nearestTransform returns the notation whose word comes nearest.
func nearestTransform(word string) string {
	word = fault.Clip(word)
	return slices.MinFunc(notations[:], func(a, b notation) int {
		return levenshtein.ComputeDistance(word, string(a.kind)) - levenshtein.ComputeDistance(word, string(b.kind))
	}).String()
}

// String returns the canonical text, which ParseTransform reads back.
func (t Transform) String() string {
	switch {
	case t.Series != "":
		return string(t.Kind) + ":" + t.Series
	case !t.Period.IsZero():
		return string(t.Kind) + ":" + t.Period.String()
	}
	return string(t.Kind)
}
