package query_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

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
		d, err := a.Revision(context.Background(), a.now(), strings.ToUpper(id), "en", query.Page{})
		if err != nil || len(d.Difference.Changes) != 1 {
			t.Fatalf("Revision(%s) = %+v, %v", id, d, err)
		}
		c := d.Difference.Changes[0]
		if got := fmt.Sprintf("%s %s %s %s", c.Kind, valueOf(c.From), valueOf(c.To), c.Percent); got != want {
			t.Errorf("revision %d: %s, want %s", i, got, want)
		}
	}
	if _, err := a.Revision(context.Background(), a.now(), "ffffffffffff", "en", query.Page{}); fault.CodeOf(err) != fault.UnknownRevision {
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
