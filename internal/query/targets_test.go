package query_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// say puts a figure of a source on the shelf: period value@day.
func (s *shelf) say(code, source string, said ...string) {
	for _, text := range said {
		p, rest, _ := strings.Cut(text, " ")
		value, day, _ := strings.Cut(rest, "@")
		o := obs.Observation{Period: period.MustParse(p), Published: beijing(day), Source: obs.Source{Name: source}}
		if value == "withdrawn" {
			o.Withdrawn = true
		} else {
			o.Value = figure.MustParse(value, 9)
		}
		s.put(code, o)
	}
}

// standings writes each target on a line: what, by what it is measured, and
// what can be said.
func (a asker) standings(when query.When, ask query.TargetsAsk) string {
	a.Helper()
	list, err := a.Targets(context.Background(), a.at(when), ask)
	if err != nil {
		a.Fatal(err)
	}
	var lines []string
	for _, t := range list {
		line := fmt.Sprintf("%s %s %s", t.Series, t.Target.Period, t.Target.Value)
		if !t.InForce {
			line += " (earlier)"
		}
		if t.Current != nil {
			line += fmt.Sprintf(" | %s %s %s %s", t.Actual.Series, t.Current.Period, t.Current.Value, t.Current.Unit)
		}
		line += fmt.Sprintf(" | %s %s %s %s", t.Attainment, t.Gap, t.Status, t.Reason)
		if t.Years != "" {
			line += fmt.Sprintf(" | %s %s %s", t.Years, t.RequiredTotal, t.RequiredYearly)
		}
		if t.Base != nil {
			line += fmt.Sprintf(" | from %s: %s against %s", t.Base.Period, t.ActualYearly, t.RequiredFromBase)
		}
		switch {
		case t.OnTrack == nil:
			line += " | " + string(t.OnTrackReason)
		default:
			line += fmt.Sprintf(" | on track %v", *t.OnTrack)
		}
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func TestTargetsOfTheSample(t *testing.T) {
	a := ask(t, sampleShelf(t))
	want := strings.Join([]string{
		"gdp.cn-cq-lj.cny.target 2020 600 | gdp.cn-cq-lj.cny 2012 147.622 CNY | 24.60 452.378 open | 8 306.44 19.16 | base_missing",
		"industrial-output.cn-cq-lj.cny.target 2020 1 | industrial-output.cn-cq-lj.cny 2013-01-01/P9M 0.2511 CNY | period_length_mismatch | period_length_mismatch",
		"population.cn-cq-lj.persons.target 2020-12-31 5 | actual_missing | actual_missing",
	}, "\n")
	for _, area := range []string{"", "cn-cq-lj", "Liangjiang New Area", "两江新区"} {
		asked := query.TargetsAsk{}
		if area != "" {
			asked.Filter.Areas = []string{area}
		}
		if got := a.standings(query.When{}, asked); got != want {
			t.Errorf("targets of %q:\n%s\nwant:\n%s", area, got, want)
		}
	}
	if got := a.standings(query.When{AsOf: "2014-02-21"}, query.TargetsAsk{}); got != "" {
		t.Errorf("a day before they were set there are targets:\n%s", got)
	}
	gdp, _, _ := strings.Cut(want, "\n")
	for _, code := range []string{"gdp.cn-cq-lj.cny", "gdp.cn-cq-lj.cny.target"} {
		if got := a.standings(query.When{}, query.TargetsAsk{Series: code}); got != gdp {
			t.Errorf("targets of %s:\n%s\nwant:\n%s", code, got, gdp)
		}
	}
	if got := a.standings(query.When{}, query.TargetsAsk{Series: "trade.cn-cq-lj.usd"}); got != "" {
		t.Errorf("trade has targets:\n%s", got)
	}
	_, err := a.Targets(context.Background(), a.now(), query.TargetsAsk{Series: "gdp.cn-cq-lj.eur"})
	if fault.CodeOf(err) != fault.UnknownSeries {
		t.Errorf("targets of an unknown series: %v", err)
	}
}

// The newest growth stands beside the growth that is required, for a reader to
// judge where no road can be measured.
func TestTheNewestGrowthStandsBesideATarget(t *testing.T) {
	a := ask(t, sampleShelf(t))
	list, err := a.Targets(context.Background(), a.now(), query.TargetsAsk{Series: "gdp.cn-cq-lj.cny", Lang: "zh"})
	if err != nil || len(list) != 1 || list[0].LatestGrowth == nil {
		t.Fatalf("targets = %+v, %v", list, err)
	}
	want := query.LatestGrowth{Period: "2013-01-01/P9M", Label: "2013年1-9月", Reported: "16.2", Computed: "4.03", Check: "scope_or_revision"}
	if got := *list[0].LatestGrowth; got != want {
		t.Errorf("latest growth = %+v, want %+v", got, want)
	}
	if title := list[0].Title; title != "地区生产总值，两江新区，目标" && !strings.Contains(title, "两江新区") {
		t.Errorf("title = %s", title)
	}
}

func TestStandingOfTargets(t *testing.T) {
	const goal = "gdp.cn-cq-lj.cny.target"
	for _, c := range []struct {
		name   string
		target string
		actual []string
		base   string
		want   string // behind the target
	}{
		{"behind, from the earliest year", "2020 600@2014-01-01", []string{"2012 147.622@2013-01-01", "2014 186.07@2015-01-01"}, "",
			"gdp.cn-cq-lj.cny 2014 186.07 CNY | 31.01 413.93 open | 6 222.46 21.55 | from 2012: 12.27 against 19.16 | on track false"},
		{"on the road exactly", "2020 600@2014-01-01", []string{"2012 150@2013-01-01", "2016 300@2017-01-01"}, "",
			"gdp.cn-cq-lj.cny 2016 300 CNY | 50.00 300 open | 4 100.00 18.92 | from 2012: 18.92 against 18.92 | on track true"},
		{"from the base that is asked for", "2020 600@2014-01-01", []string{"2010 10@2011-01-01", "2012 150@2013-01-01", "2016 290@2017-01-01"}, "2012",
			"gdp.cn-cq-lj.cny 2016 290 CNY | 48.33 310 open | 4 106.90 19.93 | from 2012: 17.92 against 18.92 | on track false"},
		{"a base that does not stand", "2020 600@2014-01-01", []string{"2012 150@2013-01-01", "2016 300@2017-01-01"}, "2009",
			"gdp.cn-cq-lj.cny 2016 300 CNY | 50.00 300 open | 4 100.00 18.92 | base_missing"},
		{"a base of another length", "2020 600@2014-01-01", []string{"2012-H1 70@2012-08-01", "2016 300@2017-01-01"}, "2012-H1",
			"gdp.cn-cq-lj.cny 2016 300 CNY | 50.00 300 open | 4 100.00 18.92 | from 2012-H1: against | period_length_mismatch"},
		{"a base after the figure", "2020 600@2014-01-01", []string{"2016 300@2017-01-01"}, "2016",
			"gdp.cn-cq-lj.cny 2016 300 CNY | 50.00 300 open | 4 100.00 18.92 | from 2016: against | base_not_earlier"},
		{"a base of zero", "2020 600@2014-01-01", []string{"2012 0@2013-01-01", "2016 300@2017-01-01"}, "",
			"gdp.cn-cq-lj.cny 2016 300 CNY | 50.00 300 open | 4 100.00 18.92 | from 2012: against | base_zero"},
		{"to be fallen to, on the road", "2020 60@2014-01-01", []string{"2012 100@2013-01-01", "2016 75@2017-01-01"}, "",
			"gdp.cn-cq-lj.cny 2016 75 CNY | 125.00 -15 open | 4 -20.00 -5.43 | from 2012: -6.94 against -6.19 | on track true"},
		{"to be fallen to, behind", "2020 60@2014-01-01", []string{"2012 100@2013-01-01", "2016 90@2017-01-01"}, "",
			"gdp.cn-cq-lj.cny 2016 90 CNY | 150.00 -30 open | 4 -33.33 -9.64 | from 2012: -2.60 against -6.19 | on track false"},
		{"to be fallen to and met", "2020 60@2014-01-01", []string{"2012 100@2013-01-01", "2019 59@2020-01-01"}, "",
			"gdp.cn-cq-lj.cny 2019 59 CNY | 98.33 1 met target_met | target_met"},
		{"to be fallen to and missed", "2020 60@2014-01-01", []string{"2012 100@2013-01-01", "2020 61@2021-01-01"}, "",
			"gdp.cn-cq-lj.cny 2020 61 CNY | 101.67 -1 missed target_period_reached | target_period_reached"},
		{"met before its time", "2020 600@2014-01-01", []string{"2012 150@2013-01-01", "2019 600@2020-01-01"}, "",
			"gdp.cn-cq-lj.cny 2019 600 CNY | 100.00 0 met target_met | target_met"},
		{"missed, whatever came later", "2020 600@2014-01-01", []string{"2020 590.5@2021-01-01", "2021 650@2022-01-01"}, "",
			"gdp.cn-cq-lj.cny 2020 590.5 CNY | 98.42 9.5 missed target_period_reached | target_period_reached"},
		{"nine months are not scaled", "2020 600@2014-01-01", []string{"2013-01-01/P9M 118.7@2014-01-01"}, "",
			"gdp.cn-cq-lj.cny 2013-01-01/P9M 118.7 CNY | period_length_mismatch | period_length_mismatch"},
		{"nine months against nine months", "2014-01-01/P9M 130@2014-01-01", []string{"2012 147.622@2013-01-01", "2013-01-01/P9M 118.7@2014-01-01"}, "",
			"gdp.cn-cq-lj.cny 2013-01-01/P9M 118.7 CNY | 91.31 11.3 open | 1 9.52 9.52 | base_missing"},
		{"four months ahead", "2020-12 12@2014-01-01", []string{"2020-08 10@2020-09-01"}, "",
			"gdp.cn-cq-lj.cny 2020-08 10 CNY | 83.33 2 open | 0.3333 20.00 72.80 | base_missing"},
		{"the only year was withdrawn", "2020 600@2014-01-01", []string{"2012 147.622@2013-01-01", "2012 withdrawn@2014-01-01"}, "",
			"gdp.cn-cq-lj.cny 2012 CNY | value_missing | value_missing"},
		{"from zero", "2020 600@2014-01-01", []string{"2014 0@2015-01-01"}, "",
			"gdp.cn-cq-lj.cny 2014 0 CNY | 0.00 600 open base_zero | base_zero"},
		{"a target of nothing", "2020 0@2014-01-01", []string{"2014 1@2015-01-01"}, "",
			"gdp.cn-cq-lj.cny 2014 1 CNY | target_nonpositive | target_nonpositive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			s.say(goal, "plan", c.target)
			s.say("gdp.cn-cq-lj.cny", "bureau", c.actual...)
			var base period.Period
			if c.base != "" {
				base = period.MustParse(c.base)
			}
			set, _, _ := strings.Cut(c.target, "@")
			want := goal + " " + set + " | " + c.want
			if got := ask(t, s).standings(query.When{}, query.TargetsAsk{Base: base}); got != want {
				t.Errorf("targets:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestTargetsThatDifferStandBesideOneAnother(t *testing.T) {
	const goal, actual = "gdp.cn-cq-lj.cny.target", "gdp.cn-cq-lj.cny"
	for _, c := range []struct {
		name string
		put  func(*shelf)
		want []string
	}{
		{"of two sources the later one is in force", func(s *shelf) {
			s.say(goal, "page", "2020 600@2014-02-22")
			s.say(goal, "plan", "2020 500@2013-01-01")
		}, []string{
			goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing",
			goal + " 2020 500 (earlier) | " + actual + " 2012 150 CNY | 30.00 350 open | 8 233.33 16.24 | base_missing",
		}},
		{"of two sources that agree one is enough", func(s *shelf) {
			s.say(goal, "page", "2020 600@2014-02-22")
			s.say(goal, "plan", "2020 600.0@2013-01-01")
		}, []string{goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing"}},
		{"a source that changed its mind is shown with its last word", func(s *shelf) {
			s.say(goal, "page", "2020 400@2013-02-22", "2020 600@2014-02-22")
		}, []string{goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing"}},
		{"what was withdrawn does not come back", func(s *shelf) {
			s.say(goal, "plan", "2020 500@2013-01-01", "2020 withdrawn@2013-06-01")
			s.say(goal, "page", "2020 600@2014-02-22")
		}, []string{goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing"}},
		{"a target that was withdrawn has no value", func(s *shelf) {
			s.say(goal, "plan", "2020 500@2013-01-01", "2020 withdrawn@2013-06-01")
		}, []string{goal + " 2020 | " + actual + " 2012 150 CNY | value_missing | value_missing"}},
		{"in dollars, without figures in dollars", func(s *shelf) {
			s.say(goal, "page", "2020 600@2014-02-22")
			s.say("gdp.cn-cq-lj.usd.target", "page", "2020 99@2014-02-22")
		}, []string{
			goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing",
			"gdp.cn-cq-lj.usd.target 2020 99 | " + actual + " 2012 150 CNY | currency_differs | currency_differs",
		}},
		{"in dollars, beside figures in dollars", func(s *shelf) {
			s.say("gdp.cn-cq-lj.usd.target", "page", "2020 99@2014-02-22")
			s.say("gdp.cn-cq-lj.usd", "bank", "2013 30@2014-02-22")
		}, []string{"gdp.cn-cq-lj.usd.target 2020 99 | gdp.cn-cq-lj.usd 2013 30 USD | 30.30 69 open | 7 230.00 18.60 | base_missing"}},
		{"of two datasets, each beside the figures of both", func(s *shelf) {
			s.say(goal, "page", "2020 600@2014-02-22")
			s.say(goal+"@imf", "outlook", "2020 550@2014-02-22")
			s.say(actual+"@imf", "outlook", "2012 160@2013-02-22")
		}, []string{
			goal + " 2020 600 | " + actual + " 2012 150 CNY | 25.00 450 open | 8 300.00 18.92 | base_missing",
			goal + " 2020 600 | " + actual + "@imf 2012 160 CNY | 26.67 440 open | 8 275.00 17.97 | base_missing",
			goal + "@imf 2020 550 | " + actual + "@imf 2012 160 CNY | 29.09 390 open | 8 243.75 16.69 | base_missing",
			goal + "@imf 2020 550 | " + actual + " 2012 150 CNY | 27.27 400 open | 8 266.67 17.63 | base_missing",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShelf(t)
			s.say(actual, "bureau", "2012 150@2013-01-01")
			c.put(s)
			want := strings.Join(c.want, "\n")
			if got := ask(t, s).standings(query.When{}, query.TargetsAsk{Series: actual}); got != want {
				t.Errorf("targets:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// A rate is aimed at like a level, but it does not grow by percents, and the
// growth of one year neither meets nor misses what is aimed at for another.
func TestTargetsOfRates(t *testing.T) {
	s := newShelf(t)
	put := func(code, p, value, day string) {
		s.put(code, obs.Observation{Period: period.MustParse(p), Value: figure.MustParse(value, 0), Published: beijing(day)})
	}
	const claim = "gdp.cn.cny.yoy.real"
	put(claim+".target", "2013", "7.5", "2013-03-05")
	put(claim+".target", "2015", "7.0", "2015-03-05")
	put(claim, "2012", "7.7", "2013-01-18")
	put(claim, "2013", "7.7", "2014-01-20")
	put("industrial-value-added.cn.percent", "2012", "38.0", "2013-01-18")
	put("industrial-value-added.cn.percent.target", "2020", "40.0", "2013-01-18")
	want := strings.Join([]string{
		claim + ".target 2013 7.5 | " + claim + " 2013 7.7 percent | 102.67 -0.2 met target_met | target_met",
		claim + ".target 2015 7.0 | " + claim + " 2013 7.7 percent | 110.00 -0.7 open rate_needs_points | rate_needs_points",
		"industrial-value-added.cn.percent.target 2020 40.0 | industrial-value-added.cn.percent 2012 38.0 percent | 2.0 direction_undeclared | direction_undeclared",
	}, "\n")
	if got := ask(t, s).standings(query.When{}, query.TargetsAsk{}); got != want {
		t.Errorf("targets:\n%s\nwant:\n%s", got, want)
	}
	levels := query.Filter{Measures: []string{"level"}}
	if got := ask(t, s).standings(query.When{}, query.TargetsAsk{Filter: levels}); strings.Contains(got, claim) {
		t.Errorf("targets of levels:\n%s", got)
	}
}

// What a target's answer says of two figures is what the rule says of them,
// for any figures and any order of their publication.
func TestTargetsSayWhatTheRuleSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(t)
		s.say("gdp.cn.cny.target", "plan", "2020 600@2014-01-01")
		years := rapid.SliceOfNDistinct(rapid.IntRange(2005, 2024), 1, 6, rapid.ID[int]).Draw(rt, "years")
		values := map[int]figure.Value{}
		for i, year := range years {
			values[year] = figure.New(rapid.Int64Range(1, 9000).Draw(rt, "value"), 1, 9)
			s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse(fmt.Sprint(year)), Value: values[year], Published: beijing(fmt.Sprintf("2025-01-%02d", i+1))})
		}
		newest, earliest, passed := 0, years[0], false
		for _, year := range years {
			earliest, passed = min(earliest, year), passed || year > 2020
			if year <= 2020 {
				newest = max(newest, year)
			}
		}
		levelOf := func(year int, v figure.Value) growth.Level {
			return growth.Level{Period: period.MustParse(fmt.Sprint(year)), Value: v, Unit: "CNY"}
		}
		a := ask(t, s)
		list, err := a.Targets(context.Background(), a.now(), query.TargetsAsk{})
		if err != nil || len(list) != 1 {
			rt.Fatalf("targets = %+v, %v", list, err)
		}
		got := list[0]
		if passed && newest != 2020 {
			if got.Current != nil || got.Status != "" || got.Reason != "value_missing" {
				rt.Fatalf("%+v, want nothing measured by a later year", got)
			}
			return
		}
		base := levelOf(earliest, values[earliest])
		want, err := growth.Reach(levelOf(2020, figure.New(600, 0, 9)), levelOf(newest, values[newest]), &base)
		if err != nil {
			rt.Fatal(err)
		}
		if got.Current.Period != fmt.Sprint(newest) || string(got.Attainment) != want.Attainment.Text() || string(got.Gap) != want.Gap.Text() ||
			string(got.Status) != string(want.Status) || string(got.Reason) != string(want.Code) {
			rt.Fatalf("%+v, want %+v", got, want)
		}
		known := want.Code == "" && earliest != newest
		if (got.OnTrack != nil) != known || known && *got.OnTrack != want.Road.OnTrack {
			rt.Fatalf("on track %v (%s), want %+v", got.OnTrack, got.OnTrackReason, want.Road)
		}
	})
}
