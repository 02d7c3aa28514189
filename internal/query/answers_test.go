package query_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

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
	d, err := a.Revision(context.Background(), a.now(), s.revisions[0].ID, "en")
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

func TestListSearchesBothLanguages(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		text string
		want string
	}{
		{"Liangjiang gdp", "gdp.cn-cq-lj.cny"},
		{"两江 生产总值", "gdp.cn-cq-lj.cny"},
		{"trade lj usd", "trade.cn-cq-lj.usd"},
	} {
		list, err := a.List(context.Background(), a.now(), query.Filter{Text: c.text}, "en")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(list, func(s query.SeriesInfo) bool { return s.Code == c.want }) {
			t.Errorf("List(%q) = %d series without %s", c.text, len(list), c.want)
		}
		if slices.ContainsFunc(list, func(s query.SeriesInfo) bool { return s.Code == "gdp.cn.cny" }) {
			t.Errorf("List(%q) holds gdp.cn.cny", c.text)
		}
	}
	none, err := a.List(context.Background(), a.now(), query.Filter{Text: "zzz"}, "en")
	if err != nil || none == nil || len(none) != 0 {
		t.Errorf("List(zzz) = %v, %v, want an empty list", none, err)
	}
}

func TestListTakesDefaultsAndLiftsThem(t *testing.T) {
	a := ask(t, sampleShelf(t))
	codes := func(f query.Filter) map[string]bool {
		list, err := a.List(context.Background(), a.now(), f, "en")
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, s := range list {
			found[s.Code] = true
		}
		return found
	}
	plain := codes(query.Filter{Areas: []string{"CN_CQ_LJ"}})
	if !plain["gdp.cn-cq-lj.cny"] || plain["gdp.cn-cq-lj.cny.yoy"] || plain["gdp.cn-cq-lj.cny.target"] {
		t.Errorf("without measure and scenario: %v", plain)
	}
	all := codes(query.Filter{Areas: []string{"cn-cq-lj"}, Measures: []string{"all"}, Scenarios: []string{"ALL"}})
	if !all["gdp.cn-cq-lj.cny.yoy"] || !all["gdp.cn-cq-lj.cny.target"] {
		t.Errorf("with all of both: %v", all)
	}
	named := codes(query.Filter{Series: []string{"gdp.cn-cq-lj.cny.target"}})
	if len(named) != 1 || !named["gdp.cn-cq-lj.cny.target"] {
		t.Errorf("named: %v", named)
	}
}

func TestOneHasItsLatestObservation(t *testing.T) {
	a := ask(t, sampleShelf(t))
	one, err := a.One(context.Background(), a.now(), "gdp.cn-cq.cny", "zh")
	if err != nil {
		t.Fatal(err)
	}
	if one.Latest == nil || one.Latest.Period != "2013" || one.Latest.GrowthCheck != "price_basis" || one.Latest.Flags != "" {
		t.Errorf("latest = %+v", one.Latest)
	}
	if one.Latest != nil && (one.Latest.Value != "12656.69" || one.Multiplier != 8) {
		t.Errorf("value %s at %d", one.Latest.Value, one.Multiplier)
	}
	if !strings.HasPrefix(one.Title, "重庆") {
		t.Errorf("title = %s", one.Title)
	}
}

func TestTitles(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct{ code, lang, want string }{
		{"gdp.cn-cq-lj.cny.target", "en", "GDP, Liangjiang New Area, target"},
		{"gdp.cn-cq.cny.yoy.real", "en", "GDP, Chongqing, reported growth on a year earlier, real"},
	} {
		p := a.series(a.now(), c.code, query.Question{View: query.View{Lang: c.lang}})
		if p.Series["title"] != c.want {
			t.Errorf("title of %s in %s = %v, want %s", c.code, c.lang, p.Series["title"], c.want)
		}
	}
}

func TestClaimSeriesAnswersPercent(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.series(a.now(), "gdp.cn-cq-lj.cny.yoy", query.Question{Range: nineMonths(), View: query.View{Scale: query.Scale{Power: 9, Set: true}}})
	want(t, only(t, p), map[string]string{"value": "16.2", "unit": "percent", "multiplier": "0", "growth_reported": "", "growth_computed": ""})
	words := a.series(a.now(), "trade.cn-cq-lj.cny.yoy", query.Question{Range: query.Range{Periods: []period.Period{period.MustParse("2014-Q1")}}})
	want(t, only(t, words), map[string]string{"value": "", "status": "O", "reason": "words", "growth_text": "1.8 times"})
	level := a.series(a.now(), "trade.cn-cq-lj.cny", query.Question{Range: query.Range{Periods: []period.Period{period.MustParse("2014-Q1")}}})
	want(t, only(t, level), map[string]string{"value": "74.3", "growth_reported": "", "growth_text": "1.8 times", "growth_check": ""})
}

func TestConvert(t *testing.T) {
	a := ask(t, sampleShelf(t))
	c, err := a.Convert(context.Background(), a.now(), query.ConvertAsk{Amount: "118.7", From: "cny", To: "usd", Period: period.MustParse("2013-01-01/P9M")})
	if err != nil {
		t.Fatal(err)
	}
	wantPaths(t, asJSON(t, c), map[string]string{
		"amount": "118.7", "value": "19.25", "fx_rate": "6.16738889", "fx_method": "period_average", "fx_source": "frb-h10",
		"disclosure.averaging": "monthly_averages", "disclosure.inverted": "true",
	})
	fixed, err := a.Convert(context.Background(), a.now(), query.ConvertAsk{
		Amount: "600", From: "CNY", To: "USD", Period: period.MustParse("2020"), FX: "fixed:6.06", Decimals: query.Count{N: 1, Set: true}})
	if err != nil || fixed.Value != "99.0" || fixed.Disclosure.DeclaredBy == "" {
		t.Errorf("Convert at a fixed rate = %+v, %v", fixed, err)
	}
	for _, c := range []struct {
		name string
		ask  query.ConvertAsk
		kind fault.Kind
		code fault.Code
	}{
		{"no rate", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("1990")}, fault.Refused, fault.RateMissing},
		{"no currency", query.ConvertAsk{Amount: "1", From: "CNX", To: "USD", Period: period.MustParse("2013")}, fault.NotFound, fault.UnknownCode},
		{"no amount", query.ConvertAsk{Amount: "1e9", From: "CNY", To: "USD", Period: period.MustParse("2013")}, fault.Invalid, fault.NumberMalformed},
		{"no feed", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("2013"), FXSource: "frb"}, fault.NotFound, fault.UnknownFeed},
		{"no method", query.ConvertAsk{Amount: "1", From: "CNY", To: "USD", Period: period.MustParse("2013"), FX: "mean"}, fault.Invalid, fault.InvalidParameter},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := a.Convert(context.Background(), a.now(), c.ask)
			if fault.CodeOf(err) != c.code || fault.KindOf(err) != c.kind {
				t.Errorf("Convert(%+v) = %v, want %s", c.ask, err, c.code)
			}
		})
	}
}

// TestConversionsAreDisclosedInOneVocabulary converts amounts in every way that
// has a word of its own.
func TestConversionsAreDisclosedInOneVocabulary(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		name string
		ask  query.ConvertAsk
		want map[string]string
	}{
		{"a zero with a minus", query.ConvertAsk{Amount: "-0.0", From: "CNY", To: "USD", Period: period.MustParse("2013")},
			map[string]string{"amount": "0.0", "value": "0.00", "value_exact": "0"}},
		{"a loss that rounds to nothing", query.ConvertAsk{Amount: "-0.01", From: "CNY", To: "USD", Period: period.MustParse("2013")},
			map[string]string{"amount": "-0.01", "value": "0.00"}},
		{"more decimals than an answer has", query.ConvertAsk{Amount: "1.12345678", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"amount": "1.12345678", "value": "1.123457", "value_exact": "1.12345678"}},
		{"six decimals", query.ConvertAsk{Amount: "1.123456", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"value": "1.123456"}},
		{"one currency", query.ConvertAsk{Amount: "7", From: "CNY", To: "CNY", Period: period.MustParse("2013")},
			map[string]string{"value": "7.00", "fx_rate": "1", "fx_method": "identity", "fx_source": "null", "disclosure.method": "identity", "disclosure.rate_exact": "1"}},
		{"irrevocably", query.ConvertAsk{Amount: "100", From: "DEM", To: "EUR", Period: period.MustParse("2000")},
			map[string]string{"value": "51.13", "fx_rate": "1.95583", "fx_method": "irrevocable", "disclosure.rate_exact": "1.95583"}},
		{"irrevocably, in two steps", query.ConvertAsk{Amount: "100", From: "DEM", To: "FRF", Period: period.MustParse("2000")},
			map[string]string{"value": "335.39", "fx_rate": "null", "fx_method": "irrevocable", "disclosure.legs.0.rate_exact": "1.95583",
				"disclosure.legs.1.rate_exact": "6.55957", "disclosure.legs.1.method": "irrevocable"}},
		{"declared", query.ConvertAsk{Amount: "600", From: "CNY", To: "USD", Period: period.MustParse("2013"), FX: "Fixed:6.0600"},
			map[string]string{"value": "99.01", "fx_rate": "6.0600", "fx_method": "fixed_declared", "disclosure.rate_exact": "6.06"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := a.Convert(context.Background(), a.now(), c.ask)
			if err != nil {
				t.Fatal(err)
			}
			wantPaths(t, asJSON(t, got), c.want)
			if want := len(c.ask.Amount) > len("1.123456"); got.Disclosure.DecimalsCapped != want {
				t.Errorf("decimals_capped = %t, want %t", got.Disclosure.DecimalsCapped, want)
			}
		})
	}
}

func TestRatesAndFeeds(t *testing.T) {
	a := ask(t, sampleShelf(t))
	year := period.MustParse("2013")
	rates, err := a.Rates(context.Background(), a.now(), query.RatesFilter{Feed: "FRB-H10", Base: "usd", Quote: "cny", Kind: "average",
		Start: query.Day{Date: year.Start(), Set: true}, End: query.Day{Date: year.Last(), Set: true}}, "en")
	if err != nil {
		t.Fatal(err)
	}
	months := 0
	for _, r := range rates.Rates {
		if len(r.Period) == len("2013-01") {
			months++
		}
	}
	if months != 12 {
		t.Errorf("%d months of 2013, want 12: %v", months, rates.Rates)
	}
	feeds, err := a.Feeds(context.Background(), a.now())
	if err != nil || !slices.ContainsFunc(feeds, func(f query.FeedInfo) bool { return f.Code == "frb-h10" && f.Count > 12 }) {
		t.Errorf("Feeds = %+v, %v", feeds, err)
	}
}

// TestAPairOfRatesIsFoundInEitherOrder names the two currencies of a pair both
// ways round: the rates stay as they are published, and a warning says so.
func TestAPairOfRatesIsFoundInEitherOrder(t *testing.T) {
	a := ask(t, sampleShelf(t))
	asked := func(f query.RatesFilter) *query.RateList {
		list, err := a.Rates(context.Background(), a.now(), f, "en")
		if err != nil {
			t.Fatalf("Rates(%+v) = %v", f, err)
		}
		return list
	}
	quoted := asked(query.RatesFilter{Base: "USD", Quote: "CNY"})
	turned := asked(query.RatesFilter{Base: "CNY", Quote: "USD", Kind: "Average"})
	if len(quoted.Rates) == 0 || !slices.Equal(quoted.Rates, turned.Rates) {
		t.Errorf("%d rates as quoted, %d the other way round", len(quoted.Rates), len(turned.Rates))
	}
	if len(quoted.Warnings) != 0 || len(turned.Warnings) != 1 || turned.Warnings[0].Code != "pair_as_quoted" ||
		!strings.Contains(turned.Warnings[0].Message, "CNY per USD") {
		t.Errorf("warnings %v as quoted, %v the other way round", quoted.Warnings, turned.Warnings)
	}
	if one := asked(query.RatesFilter{Base: "CNY"}); len(one.Rates) != 0 || len(one.Warnings) != 0 {
		t.Errorf("of the base alone: %+v", one)
	}
}

func TestRatesThatAreRefused(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		name      string
		filter    query.RatesFilter
		code      fault.Code
		parameter string
		says      string
	}{
		{"a feed", query.RatesFilter{Feed: "nope"}, fault.UnknownFeed, "feed", "ecb, frb-h10"},
		{"a kind", query.RatesFilter{Kind: "mean"}, fault.InvalidParameter, "kind", "end_of_period"},
		{"a currency", query.RatesFilter{Base: "CNX"}, fault.UnknownCode, "base", ""},
		{"an end before the start", query.RatesFilter{Start: day("2013-02-01"), End: day("2013-01-31")}, fault.PeriodReversed, "start", "2013-01-31"},
	} {
		_, err := a.Rates(context.Background(), a.now(), c.filter, "en")
		f := fault.From(err)
		if f == nil || f.Code != c.code || len(f.Items) == 0 || f.Items[0].Parameter != c.parameter || !strings.Contains(f.Items[0].Expected, c.says) {
			t.Errorf("%s: Rates(%+v) = %v %+v, want %s of %s", c.name, c.filter, err, f, c.code, c.parameter)
		}
	}
	if list, err := a.Rates(context.Background(), a.now(), query.RatesFilter{Feed: "FRB_H10", Kind: "End-Of-Period"}, "en"); err != nil || len(list.Rates) != 0 {
		t.Errorf("a feed and a kind in another spelling: %+v, %v", list, err)
	}
}

func TestRevisionsTellWhatChanged(t *testing.T) {
	s := newShelf(t)
	stated := func(value string, year int) obs.Observation {
		return obs.Observation{Period: period.MustParse("2011"), Value: figure.MustParse(value, 8), Published: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}
	}
	s.put("gdp.cn.cny", stated("471564", 2012))
	s.put("gdp.cn.cny", stated("472882", 2013))
	withdrawn := stated("0", 2014)
	withdrawn.Withdrawn, withdrawn.State = true, obs.Missing
	s.put("gdp.cn.cny", withdrawn)
	a := ask(t, s)
	first, err := a.Revisions(context.Background(), a.now(), "", 2)
	if err != nil || len(first.Revisions) != 2 || first.Total != 3 || first.Next == "" {
		t.Fatalf("Revisions = %+v, %v", first, err)
	}
	m := a.at(query.When{Cursor: string(first.Next)})
	rest, err := a.Revisions(context.Background(), m, string(first.Next), 2)
	if err != nil || len(rest.Revisions) != 1 || rest.Next != "" {
		t.Fatalf("the rest = %+v, %v", rest, err)
	}
	for i, want := range []string{"withdrawn 472882 null ", "revised 471564 472882 0.28", "new null 471564 "} {
		id := append(first.Revisions, rest.Revisions...)[i].ID
		d, err := a.Revision(context.Background(), a.now(), strings.ToUpper(id), "en")
		if err != nil || len(d.Difference.Changes) != 1 {
			t.Fatalf("Revision(%s) = %+v, %v", id, d, err)
		}
		c := d.Difference.Changes[0]
		if got := fmt.Sprintf("%s %s %s %s", c.Kind, valueOf(c.From), valueOf(c.To), c.Percent); got != want {
			t.Errorf("revision %d: %s, want %s", i, got, want)
		}
	}
	if _, err := a.Revision(context.Background(), a.now(), "ffffffffffff", "en"); fault.CodeOf(err) != fault.UnknownRevision {
		t.Errorf("Revision of an unknown id = %v", err)
	}
}

func valueOf(f *query.FigureInfo) string {
	if f == nil || f.Value == "" {
		return "null"
	}
	return string(f.Value)
}

func TestExportIsOrderedByCodeAndHasEveryVintage(t *testing.T) {
	s := sampleShelf(t)
	a := ask(t, s)
	var last *obs.Version
	n := 0
	err := a.Export(context.Background(), a.now(), query.Filter{}, func(v *obs.Version) error {
		n++
		if last != nil {
			if v.Series.Code < last.Series.Code {
				t.Errorf("%s stands after %s", v.Series.Code, last.Series.Code)
			}
			if v.Series.Code == last.Series.Code && (period.Compare(v.Period, last.Period) < 0 ||
				v.Period == last.Period && v.Published.Before(last.Published)) {
				t.Errorf("%s %s stands after %s", v.Series.Code, v.Period, last.Period)
			}
		}
		kept := *v
		last = &kept
		return nil
	})
	if err != nil || n != len(s.versions) {
		t.Errorf("%d versions, want %d; %v", n, len(s.versions), err)
	}
}
