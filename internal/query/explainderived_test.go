package query_test

import (
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func TestTheExplanationOfADerivedFigure(t *testing.T) {
	a := ask(t, sampleShelf(t))
	x, err := a.Explain(t.Context(), a.now(), "gdp.cn.cny", period.MustParse("2013-Q3"), query.View{Currencies: []string{"USD"}})
	if err != nil {
		t.Fatal(err)
	}
	wantPaths(t, asJSON(t, x), map[string]string{
		"observation.value": "138753", "observation.flags": "derived", "observation.growth_computed": "9.79", "observation.growth_base": "2012-Q3",
		"derivation.value": "138753", "derivation.half_width": "1.0", "derivation.multiplier": "8", "derivation.how": "2013-01-01/P9M - 2013-H1", "derivation.agrees": "null",
		"derivation.from.0.sign": "+", "derivation.from.0.period": "2013-01-01/P9M", "derivation.from.0.value": "386762", "derivation.from.0.half_width": "0.5",
		"derivation.from.1.sign": "-", "derivation.from.1.value": "248009", "derivation.from.1.published_at": "2013-07-14T16:00:00Z",
		"printed": "null", "origin.line": "null", "origin.recorded_at": "2013-10-17T16:00:00Z", "computed.base.value": "126382", "computed.exact": "12371/126382",
		"converted.0.unit": "USD", "conversion.0.period": "2013-Q3",
	})
	if len(x.Vintages) != 0 {
		t.Errorf("vintages of a derived figure: %v", x.Vintages)
	}
}

func TestTheExplanationOfAReportedFigureThatAlsoFollows(t *testing.T) {
	for value, agrees := range map[string]string{"39.4": "true", "39.464": "true", "39.465": "false"} {
		a := ask(t, reported(t, liangjiang, "2012-Q1", "33.1", "2012-H1", "72.513", "2012-Q2", value))
		x, err := a.Explain(t.Context(), a.now(), liangjiang, period.MustParse("2012-Q2"), query.View{})
		if err != nil {
			t.Fatal(err)
		}
		wantPaths(t, asJSON(t, x), map[string]string{"observation.value": value, "observation.flags": "null", "printed.value": value,
			"derivation.value": "39.413", "derivation.half_width": "0.0505", "derivation.agrees": agrees})
	}
}

func TestNothingIsExplainedThatDoesNotFollow(t *testing.T) {
	s := sampleShelf(t)
	s.state("population.cn.persons", "2013-Q1", "1", "2013-H1", "2")
	a := ask(t, s)
	for _, c := range []struct{ code, period, expected string }{
		{liangjiang, "2013-Q3", "missing 2013-H1"},
		{"population.cn.persons", "2013-Q2", "a period of its observations"},
		{"gdp.cn.cny.yoy.real", "2013-Q2", "a period of its observations"},
		{"gdp.cn.cny", "2013-01-15", "a period of its observations"},
	} {
		_, err := a.Explain(t.Context(), a.now(), c.code, period.MustParse(c.period), query.View{})
		if fault.CodeOf(err) != fault.UnknownObservation || !strings.Contains(fault.From(err).Expected, c.expected) {
			t.Errorf("%s %s: %v, expected %q, want %s, %q", c.code, c.period, err, fault.From(err).Expected, fault.UnknownObservation, c.expected)
		}
	}
	x, err := a.Explain(t.Context(), a.now(), liangjiang, period.MustParse("2013-01-01/P9M"), query.View{})
	if err != nil || x.Derivation != nil {
		t.Errorf("a figure that follows from nothing: %v, %v", x, err)
	}
}
