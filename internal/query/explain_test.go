package query_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// asJSON returns an answer as a client reads it.
func asJSON(t testing.TB, v any) map[string]any {
	t.Helper()
	raw, err := encode.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// dig follows keys and positions into a tree of JSON.
func dig(t testing.TB, tree any, path string) string {
	t.Helper()
	for _, step := range strings.Split(path, ".") {
		switch node := tree.(type) {
		case map[string]any:
			if _, there := node[step]; !there {
				t.Fatalf("no %q in %q of %v", step, path, node)
			}
			tree = node[step]
		case []any:
			var i int
			if _, err := fmt.Sscan(step, &i); err != nil || i >= len(node) {
				t.Fatalf("no %q in %q of %d", step, path, len(node))
			}
			tree = node[i]
		default:
			t.Fatalf("nothing below %q in %q", step, path)
		}
	}
	if tree == nil {
		return "null"
	}
	return fmt.Sprint(tree)
}

func wantPaths(t *testing.T, tree map[string]any, paths map[string]string) {
	t.Helper()
	for path, want := range paths {
		if got := dig(t, tree, path); got != want {
			t.Errorf("%s = %q, want %q", path, got, want)
		}
	}
}

func TestExplainLiangjiangProduct(t *testing.T) {
	a := ask(t, sampleShelf(t))
	x, err := a.Explain(context.Background(), a.now(), "gdp.cn-cq-lj.cny", period.MustParse("2013-01-01/P9M"),
		query.View{Currencies: []string{"USD"}, Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	wantPaths(t, asJSON(t, x), map[string]string{
		"series.title":                      "GDP, Liangjiang New Area",
		"observation.value":                 "118.7",
		"observation.label":                 "Jan–Sep 2013",
		"observation.published":             "2014-02-22",
		"printed.value":                     "118.7",
		"printed.multiplier":                "9",
		"origin.line":                       "2",
		"origin.cell":                       "118.7",
		"vintages.0.in_force":               "true",
		"vintages.0.value":                  "118.7",
		"claims.0.series":                   "gdp.cn-cq-lj.cny.yoy",
		"claims.0.shown":                    "true",
		"claims.0.value":                    "16.2",
		"claims.0.basis":                    "unstated",
		"claims.0.check.class":              "scope_or_revision",
		"claims.0.check.reason":             "size_only",
		"claims.0.check.guess":              "true",
		"claims.0.check.computed":           "4.03",
		"claims.0.check.computed_low":       "3.9818",
		"claims.0.check.computed_high":      "4.0704",
		"claims.0.check.gap":                "-10.48",
		"claims.0.check.implied_prior":      "102.151",
		"claims.0.check.prior.value":        "114.106",
		"computed.value":                    "4.03",
		"computed.exact":                    "2297/57053",
		"computed.base.period":              "2012-01-01/P9M",
		"converted.0.value":                 "19.25",
		"converted.0.fx_rate":               "6.16738889",
		"conversion.0.averaging":            "monthly_averages",
		"conversion.0.observations":         "9",
		"conversion.0.inverted":             "true",
		"observation.growth_check":          "scope_or_revision",
		"observation.growth_reported":       "16.2",
		"observation.flags":                 "contradicted;guess",
		"claims.0.check.prior.multiplier":   "9",
		"conversion.0.period":               "2013-01-01/P9M",
		"converted.0.original_value":        "118.7",
		"origin.published_at":               "2014-02-21T16:00:00Z",
		"claims.0.origin.published_at":      "2014-02-21T16:00:00Z",
		"claims.0.check.prior.published_at": "2012-10-31T16:00:00Z",
	})
}

func TestExplainTradeFindsTheDollars(t *testing.T) {
	a := ask(t, sampleShelf(t))
	x, err := a.Explain(context.Background(), a.now(), "trade.cn-cq-lj.cny", period.MustParse("2013-01-01/P9M"), query.View{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(x.Elsewhere, func(e query.Elsewhere) bool { return e.Series == "trade.cn-cq-lj.usd" })
	if i < 0 {
		t.Fatalf("the dollars are not elsewhere: %v", x.Elsewhere)
	}
	e := x.Elsewhere[i]
	if !e.LabelSuspect || e.Value != "20.223" || !slices.Equal(e.Differs, []string{query.OtherUnit}) || e.ImpliedRate == nil || e.ImpliedRate.Contains {
		t.Errorf("elsewhere = %+v with the implied rate %+v", e, e.ImpliedRate)
	}
	if e.ImpliedRate.Observed != "6.16738889" || e.ImpliedRate.Quotation != "CNY per USD" {
		t.Errorf("implied rate = %+v", e.ImpliedRate)
	}
}

func TestExplainShowsEveryVintage(t *testing.T) {
	a := ask(t, sampleShelf(t))
	x, err := a.Explain(context.Background(), a.now(), "gdp.cn.cny", period.MustParse("2011"), query.View{})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, v := range x.Vintages {
		told = append(told, string(v.Value)+" "+string(v.Change)+" "+string(v.Percent))
	}
	want := []string{"471564  ", "472882 revised 0.28", "473104 revised 0.05"}
	if len(told) < 3 || !slices.Equal(told[:3], want) {
		t.Errorf("vintages = %q, want %q first", told, want)
	}
	if last := x.Vintages[len(x.Vintages)-1]; !last.InForce || x.Vintages[0].InForce {
		t.Errorf("in force: last %v, first %v", last.InForce, x.Vintages[0].InForce)
	}
}

// TestTheStoredStatusStaysInTheExplanation explains a growth in words that the
// file calls provisional, and a figure that cannot be converted.
func TestTheStoredStatusStaysInTheExplanation(t *testing.T) {
	s := newShelf(t)
	s.put("gdp.cn.cny.yoy", obs.Observation{Period: period.MustParse("2013"), State: obs.InWords, Text: "doubled", Status: "P", Published: beijing("2014-01-01")})
	s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse("2013"), Value: figure.MustParse("5", 9), Status: "P", Published: beijing("2014-01-01")})
	a := ask(t, s)
	for code, paths := range map[string]map[string]string{
		"gdp.cn.cny.yoy": {"observation.status": "O", "observation.reason": "words", "vintages.0.status": "P"},
		"gdp.cn.cny":     {"observation.status": "P", "converted.0.status": "O", "converted.0.reason": "rate_missing", "vintages.0.status": "P"},
	} {
		x, err := a.Explain(context.Background(), a.now(), code, period.MustParse("2013"), query.View{Currencies: []string{"USD"}})
		if err != nil {
			t.Fatal(err)
		}
		wantPaths(t, asJSON(t, x), paths)
	}
	d, err := a.Revision(context.Background(), a.now(), s.revisions[0].ID, "en", query.Page{})
	if err != nil {
		t.Fatal(err)
	}
	wantPaths(t, asJSON(t, d), map[string]string{"difference.changes.0.to.status": "O", "difference.changes.0.to.text": "doubled"})
}

func TestExplainRefusesWhatIsNotThere(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		code, period string
		want         fault.Code
	}{
		{"gdp.cn-cq-lj.cny", "1999", fault.UnknownObservation},
		{"gdp.cn-cq-lj.jpy", "2013", fault.UnknownSeries},
	} {
		_, err := a.Explain(context.Background(), a.now(), c.code, period.MustParse(c.period), query.View{})
		if fault.CodeOf(err) != c.want || fault.KindOf(err) != fault.NotFound {
			t.Errorf("Explain(%s, %s) = %v, want %s", c.code, c.period, err, c.want)
		}
	}
}

// A change of percentages is one of points: no percentage of it is told, in
// the vintages as in the record of what a revision changed.
func TestNoPercentageIsToldOfPercentages(t *testing.T) {
	for _, code := range []string{"unemployment.cn.percent", "gdp.cn.cny.yoy"} {
		s := newShelf(t)
		for i, value := range []string{"4.0", "4.4"} {
			s.put(code, obs.Observation{Period: period.MustParse("2012"), Value: figure.MustParse(value, 0), Published: beijing(fmt.Sprintf("2013-01-0%d", i+1))})
		}
		a := ask(t, s)
		x, err := a.Explain(context.Background(), a.now(), code, period.MustParse("2012"), query.View{})
		if err != nil || len(x.Vintages) != 2 || x.Vintages[1].Change != "revised" || x.Vintages[1].Percent != "" {
			t.Errorf("vintages of %s = %+v, %v; want a revision without a percentage", code, x, err)
		}
		list, err := a.Revisions(context.Background(), a.now(), "", 1)
		if err != nil {
			t.Fatal(err)
		}
		d, err := a.Revision(context.Background(), a.now(), list.Revisions[0].ID, "en", query.Page{})
		if err != nil || len(d.Difference.Changes) != 1 || d.Difference.Changes[0].Percent != "" {
			t.Errorf("change of %s = %+v, %v; want no percentage", code, d, err)
		}
	}
}
