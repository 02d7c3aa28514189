package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
)

func TestMatch(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct {
		section    catalog.Section
		text, want string
	}{
		{catalog.Areas, "cn-cq-lj", "cn-cq-lj"},
		{catalog.Areas, "CN_CQ_LJ", "cn-cq-lj"},
		{catalog.Areas, "Liangjiang New Area", "cn-cq-lj"},
		{catalog.Areas, "  liangjiang \t NEW  area\n", "cn-cq-lj"},
		{catalog.Areas, "LNA", "cn-cq-lj"},
		{catalog.Areas, "两江新区", "cn-cq-lj"},
		{catalog.Areas, "　重庆市 ", "cn-cq"},
		{catalog.Areas, "500000", "cn-cq"},
		{catalog.Areas, "CN-CQ", "cn-cq"},
		{catalog.Areas, "CHN", "cn"},
		{catalog.Areas, "156", "cn"},
		{catalog.Areas, "中华人民共和国", "cn"},
		{catalog.Areas, "Cote d'Ivoire", "ci"},
		{catalog.Areas, "Korea, Rep.", "kr"},
		{catalog.Areas, "Turkey", "tr"},
		{catalog.Indicators, "GDP", "gdp"},
		{catalog.Indicators, "国内生产总值", "gdp"},
		{catalog.Indicators, "地区生产总值", "gdp"},
		{catalog.Indicators, "FAI", "fixed-investment"},
		{catalog.Indicators, "规模以上工业增加值", "industrial-value-added"},
		{catalog.Indicators, "fixed_investment", "fixed-investment"},
		{catalog.Units, "cny", "CNY"},
		{catalog.Units, "CNY", "CNY"},
		{catalog.Units, "人民币", "CNY"},
		{catalog.Units, "RMB", "CNY"},
		{catalog.Units, "US dollar", "USD"},
		{catalog.Units, "persons", "persons"},
		{catalog.Units, "人", "persons"},
		{catalog.Units, "%", "percent"},
		{catalog.Units, "Index-2010", "index-2010"},
		{catalog.Units, "index_2015", "index-2015"},
		{catalog.Datasets, "MAIN", "main"},
	} {
		if got, err := c.Match(test.section, test.text); err != nil || got != test.want {
			t.Errorf("Match(%s, %q) = %q, %v, want %q", test.section, test.text, got, err, test.want)
		}
	}
}

func TestMatchGuessesNothing(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct {
		section  catalog.Section
		text     string
		code     fault.Code
		kind     fault.Kind
		expected string
	}{
		{catalog.Areas, "Liangjang", fault.UnknownCode, fault.NotFound, "cn-cq-lj (Liangjiang New Area)"},
		{catalog.Areas, "", fault.UnknownCode, fault.NotFound, "("},
		{catalog.Areas, "Congo", fault.LabelAmbiguous, fault.Invalid, "cd (Congo - Kinshasa), cg (Congo - Brazzaville)"},
		{catalog.Units, "元", fault.UnknownCode, fault.NotFound, "("},
		{catalog.Units, "index-20", fault.UnknownCode, fault.NotFound, "index-2010"},
		{catalog.Dimensions, "partner", fault.UnknownCode, fault.NotFound, "no dimension yet"},
	} {
		got, err := c.Match(test.section, test.text)
		e := fault.From(err)
		if err == nil || e.Code != test.code || e.Kind != test.kind || !strings.Contains(e.Expected, test.expected) {
			t.Errorf("Match(%s, %q) = %q, %v expecting %q, want %s expecting %q",
				test.section, test.text, got, err, e.Expected, test.code, test.expected)
		}
	}
}

func TestUnknownNamesThreeNearest(t *testing.T) {
	e := fault.From(embedded(t).Unknown(catalog.Indicators, "exprots"))
	if got := strings.Split(e.Expected, "), "); len(got) != 3 || !strings.HasPrefix(got[0], "exports (Exports") {
		t.Errorf("Unknown(indicator, exprots) expects %q, want three with exports first", e.Expected)
	}
}

func TestNearest(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct {
		section    catalog.Section
		text, want string
	}{
		{catalog.Areas, "liangjiang", "cn-cq-lj"},
		{catalog.Areas, "liang", "cn-cq-lj"},
		{catalog.Areas, "lianjiang", "cn-cq-lj"},
		{catalog.Areas, "cn-cq-l", "cn-cq-lj"},
		{catalog.Areas, "两江新", "cn-cq-lj"},
		{catalog.Areas, "兩江新區", "cn-cq-lj"},
		{catalog.Areas, "chongqin", "cn-cq"},
		{catalog.Areas, "Germny", "de"},
		{catalog.Areas, "Argentinia", "ar"},
		{catalog.Indicators, "gpd", "gdp"},
		{catalog.Indicators, "fixed investmnt", "fixed-investment"},
		{catalog.Indicators, "财政收人", "fiscal-revenue"},
		{catalog.Units, "RMBB", "CNY"},
		{catalog.Units, "person's", "persons"},
	} {
		if got := c.Nearest(test.section, test.text, 3); len(got) != 3 || got[0] != test.want {
			t.Errorf("Nearest(%s, %q) = %v, want %q first of three", test.section, test.text, got, test.want)
		}
	}
	if got := c.Nearest(catalog.Areas, strings.Repeat("长", 10_000), 2); len(got) != 2 {
		t.Errorf("Nearest of a long text = %v, want two", got)
	}
	if got := c.Nearest(catalog.Items, "x", 3); len(got) != 0 {
		t.Errorf("Nearest in an empty section = %v, want none", got)
	}
}

func TestSearchRanksBothLanguages(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct {
		section catalog.Section
		q       string
		want    []string
	}{
		{catalog.Areas, "liangjiang", []string{"cn-cq-lj"}},
		{catalog.Areas, "重庆", []string{"cn-cq", "cn-cq-beibei"}},
		{catalog.Areas, "guinea", []string{"gn", "gw", "gq", "pg"}},
		{catalog.Indicators, "exports", []string{"exports", "trade"}},
		{catalog.Indicators, "value industry", []string{"industrial-output", "industrial-value-added"}},
		{catalog.Indicators, "free on board", []string{"exports"}},
		{catalog.Indicators, "no such thing at all", nil},
		{catalog.Units, "german mark", []string{"DEM"}},
	} {
		got := c.Search(test.section, test.q)
		if len(got) < len(test.want) || !slices.Equal(got[:len(test.want)], test.want) || test.want == nil && len(got) > 0 {
			t.Errorf("Search(%s, %q) = %v, want %v first", test.section, test.q, got, test.want)
		}
	}
	if got := c.Search(catalog.Indicators, ""); len(got) != len(c.Indicators()) {
		t.Errorf("Search of nothing = %v, want all", got)
	}
}

func TestLookupUnitSaysWhatIsMoney(t *testing.T) {
	c := embedded(t)
	for _, test := range []struct{ text, code, kind string }{
		{"us dollar", "USD", "money"}, {"persons", "persons", "count"}, {"percent", "percent", "percent"}, {"index-2020", "index-2020", "index"},
	} {
		if code, kind, ok := c.LookupUnit(test.text); !ok || code != test.code || kind != test.kind {
			t.Errorf("LookupUnit(%q) = %q, %q, %v, want %q, %q", test.text, code, kind, ok, test.code, test.kind)
		}
	}
	if code, kind, ok := c.LookupUnit("furlong"); ok {
		t.Errorf("LookupUnit(furlong) = %q, %q, want none", code, kind)
	}
}
