package api

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// checksOf answers a question about what does not fit, a line for each thing
// that was found.
func checksOf(t *testing.T, s *service, path string) []string {
	t.Helper()
	var answer struct {
		Checks []struct {
			Class        string
			Contradicted bool
			Guess        bool
			Series       string
			Period       string
			Reported     any
			Computed     any
			Links        map[string]string
		}
		Total int
	}
	s.get(path).want(200).json(&answer)
	list := []string{}
	for _, c := range answer.Checks {
		words := []any{c.Class, c.Series, c.Period, c.Reported, "is", c.Computed}
		if c.Contradicted {
			words = append(words, "contradicted")
		}
		if c.Guess {
			words = append(words, "guess")
		}
		list = append(list, strings.TrimSuffix(fmt.Sprintln(words...), "\n"))
		for name, link := range c.Links {
			if s.get(link).Code != 200 {
				t.Errorf("the link %s of %s leads nowhere: %s", name, c.Series, link)
			}
		}
	}
	if !strings.Contains(path, "limit") && answer.Total != len(list) {
		t.Errorf("%s: total %d of %d", path, answer.Total, len(list))
	}
	return list
}

// Everything that the sample's publications state and that does not fit: what
// prices explain, two figures of Liangjiang, one label, and nothing else.
func TestChecksOfTheSample(t *testing.T) {
	s := sampled(t, Config{})
	want := []string{
		"price_basis gdp.cn.cny 2012-Q1 8.1 is 12.13",
		"price_basis gdp.cn.cny 2012-H1 7.8 is 11.07",
		"price_basis gdp.cn.cny 2012-01-01/P9M 7.7 is 10.22",
		"price_basis gdp.cn.cny 2012 7.7 is 9.80",
		"price_basis gdp.cn.cny 2013-Q1 7.7 is 10.06",
		"price_basis gdp.cn.cny 2013-H1 7.6 is 9.21",
		"price_basis gdp.cn.cny 2013-01-01/P9M 7.7 is 9.42",
		"price_basis gdp.cn.cny 2013 7.7 is 13.20",
		"price_basis gdp.cn.cny 2014-Q1 7.4 is 7.87",
		"price_basis gdp.cn.cny 2014-H1 7.4 is 8.48",
		"price_basis gdp.cn.cny 2014-01-01/P9M 7.4 is 8.57",
		"price_basis gdp.cn.cny 2014 7.3 is 8.14",
		"price_basis gdp.cn-cq.cny 2013 12.3 is 10.45",
		"scope_or_revision gdp.cn-cq-lj.cny 2013-01-01/P9M 16.2 is 4.03 contradicted guess",
		"scope_or_revision industrial-output.cn-cq-lj.cny 2013-01-01/P9M 34.1 is 14.15 contradicted guess",
		"label_suspect trade.cn-cq-lj.cny 2013-01-01/P9M 20.2 is 124.72 contradicted",
	}
	if got := checksOf(t, s, "/v1/checks"); !slices.Equal(got, want) {
		t.Errorf("checks\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for path, want := range map[string][]string{
		"/v1/checks?area=cn-cq-lj&indicator=GDP":              want[13:14],
		"/v1/checks?area=cn-cq-lj":                            want[13:],
		"/v1/checks?class=unexplained,Scope-Or-Revision":      want[13:15],
		"/v1/checks?kind=label":                               want[15:],
		"/v1/checks?as_of=2013-12-31&area=cn-cq-lj":           {},
		"/v1/checks?area=cn&class=consistent&indicator=trade": {"consistent trade.cn.usd 2012-01-01/P9M 6.2 is 6.17"},
	} {
		if got := checksOf(t, s, path); !slices.Equal(got, want) {
			t.Errorf("%s\n%s\nwant\n%s", path, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if n := len(checksOf(t, s, "/v1/checks?class=not_testable")); n != 36 {
		t.Errorf("%d claims cannot be tested, want 36", n)
	}
	s.get("/v1/checks?indicator=nothing").problem(404, "unknown_code")
	s.get("/v1/checks?class=wrong").problem(400, "invalid_parameter")
	s.get("/v1/checks?kind=wrong").problem(400, "invalid_parameter")
}

// The report is of the state that the address names, and in its language.
func TestChecksAsOfADayAndInChinese(t *testing.T) {
	s := sampled(t, Config{})
	if got := checksOf(t, s, "/asof/2013-12-31/v1/checks?area=cn-cq-lj"); len(got) != 0 {
		t.Errorf("as of 2013: %v", got)
	}
	var answer struct {
		Checks []struct{ Title, Label string }
	}
	s.get("/v1/checks?class=label_suspect&lang=zh").want(200).json(&answer)
	if len(answer.Checks) != 1 || answer.Checks[0].Label != "2013年1-9月" || !strings.Contains(answer.Checks[0].Title, "两江新区") {
		t.Errorf("in Chinese: %+v", answer.Checks)
	}
}

func TestChecksComeInPages(t *testing.T) {
	s := sampled(t, Config{})
	whole := checksOf(t, s, "/v1/checks")
	var got []string
	for path := "/v1/checks?limit=5"; path != ""; {
		got = append(got, checksOf(t, s, path)...)
		var page struct{ Links map[string]string }
		s.get(path).want(200).json(&page)
		path = page.Links["next"]
	}
	if !slices.Equal(got, whole) {
		t.Errorf("pages give %d, the whole %d", len(got), len(whole))
	}
}
