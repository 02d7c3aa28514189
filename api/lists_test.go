package api

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestListsAsCSV reads every list as a program reads CSV, by suffix, parameter
// and Accept, and holds it against the contract's columns and the JSON.
func TestListsAsCSV(t *testing.T) {
	s := sampled(t, Config{})
	doc := contract(t)
	for name, schema := range map[string]string{
		"indicators": "IndicatorsCSV", "areas": "AreasCSV", "units": "UnitsCSV", "datasets": "DatasetsCSV", "series": "SeriesCSV", "rates": "RatesCSV", "checks": "ChecksCSV",
	} {
		t.Run(name, func(t *testing.T) {
			var list map[string]any
			s.get("/v1/" + name).want(200).json(&list)
			r := s.get("/v1/" + name + ".csv").want(200)
			lines, err := csv.NewReader(strings.NewReader(r.Body.String())).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			header, _, _ := strings.Cut(doc.Components.Schemas[schema].Value.Example.(string), "\n")
			if got := strings.Join(lines[0], ","); got != header {
				t.Errorf("columns = %s, want %s", got, header)
			}
			if entries := list[name].([]any); len(entries) == 0 || len(lines) != len(entries)+1 {
				t.Errorf("%d lines below the header, want %d", len(lines)-1, len(entries))
			}
			if got := list["links"].(map[string]any)["csv"]; got != "/v1/"+name+".csv" {
				t.Errorf("links.csv = %v", got)
			}
			if got := r.Header().Get("Content-Disposition"); got != `inline; filename="`+name+`.csv"` {
				t.Errorf("Content-Disposition = %s", got)
			}
			want := r.Body.String()
			if s.get("/v1/"+name+"?format=csv").want(200).Body.String() != want || s.get("/v1/"+name, "Accept", "text/csv").want(200).Body.String() != want {
				t.Error("the three ways to ask for CSV differ")
			}
			if s.get("/v1/"+name+".csv?bom=true").want(200).Body.String() != "\uFEFF"+want {
				t.Error("bom=true is not the same behind a byte-order mark")
			}
			s.get("/v1/"+name+"?bom=true").problem(400, "parameter_conflict")
		})
	}
	s.get("/v1/series.csv?limit=3").problem(400, "parameter_conflict")
}

func TestCellsOfLists(t *testing.T) {
	s := sampled(t, Config{})
	for path, want := range map[string]map[string]string{
		"/v1/areas.csv": {"code": "cn-cq-lj", "name": "Liangjiang New Area", "name_zh": "两江新区", "kind": "new_area", "valid_from": "2010-06-18",
			"relations": "part_of=cn-cq;overlaps=cn-cq-jiangbei;overlaps=cn-cq-yubei;overlaps=cn-cq-beibei"},
		"/v1/areas.csv?lang=zh": {"code": "cn", "name": "中国", "alpha3": "CHN", "codes": "iso3166-1-alpha3=CHN;iso3166-1-numeric=156"},
		"/v1/units.csv":         {"code": "CNY", "kind": "currency", "digits": "2"},
		"/v1/indicators.csv":    {"code": "gdp", "kind": "flow", "growth_only": "false"},
		"/v1/datasets.csv":      {"code": "main"},
		"/v1/series.csv":        {"code": "gdp.cn-cq-lj.cny", "multiplier": "9", "unit": "CNY", "start": "2012-01-01", "end": "2013-09-30"},
		"/v1/rates.csv?feed=frb-h10&start=2013-01&end=2013-01": {"base": "USD", "quote": "CNY", "period": "2013-01", "start": "2013-01-01", "end": "2013-01-31"},
	} {
		lines, err := csv.NewReader(s.get(path).want(200).Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(lines, func(line []string) bool {
			return want["code"] == "" && line[0] == "frb-h10" || line[0] == want["code"]
		})
		if i < 0 {
			t.Errorf("%s has no %s", path, want["code"])
			continue
		}
		for name, cell := range want {
			if got := lines[i][slices.Index(lines[0], name)]; got != cell {
				t.Errorf("%s: %s = %q, want %q", path, name, got, cell)
			}
		}
	}
}

// listAnswer is a page of a list.
type listAnswer struct {
	Series, Rates []map[string]any
	Total         int
	Next          *string
	State         string
	Links         map[string]string
	Suggestions   []struct{ Code, Title string }
}

// TestListsInPages goes through lists by links.next, while something else is
// published, and finds what the first page's state had.
func TestListsInPages(t *testing.T) {
	onSample(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		for i, path := range []string{"/v1/series?measure=ALL&limit=3", "/v1/rates?base=USD&limit=50", "/v1/series?q=Liangjiang&as_of=2014-12-31&limit=2"} {
			var whole, page listAnswer
			s.get(strings.ReplaceAll(strings.ReplaceAll(path, "&limit=3", ""), "&limit=50", "&limit=10000")).want(200).json(&whole)
			if strings.Contains(path, "as_of") {
				s.get("/v1/series?q=Liangjiang&as_of=2014-12-31").want(200).json(&whole)
			}
			s.get(path).want(200).json(&page)
			var gathered []map[string]any
			for {
				if page.Total != whole.Total || page.State != whole.State {
					t.Errorf("%s: a page of %d at %s, want %d at %s", path, page.Total, page.State, whole.Total, whole.State)
				}
				gathered = append(append(gathered, page.Series...), page.Rates...)
				if page.Next == nil {
					break
				}
				s.clock.Set(s.clock.Now().Add(time.Second))
				s.publish(fmt.Sprintf("indicator,area,period,value,unit,multiplier,published\ngdp,ad,%d,1.%d,EUR,9,2016-02-01\n", 2000+i, len(gathered)))
				next := page.Links["next"]
				page = listAnswer{}
				s.get(next).want(200).json(&page)
			}
			if diff := cmp.Diff(append(whole.Series, whole.Rates...), gathered); diff != "" || len(gathered) == 0 {
				t.Errorf("%s: the pages are not the whole (-whole +pages):\n%s", path, diff)
			}
		}
		var one listAnswer
		s.get("/v1/series?limit=1").want(200).json(&one)
		s.get("/v1/rates?cursor="+*one.Next).problem(400, "cursor_invalid")
		s.get("/v1/series?area=cn&cursor="+*one.Next).problem(400, "cursor_invalid")
		s.get("/v1/series?cursor=x").problem(400, "cursor_invalid")
	})
}

// TestSearchesThatFindNothingSuggest misspells words in both languages.
func TestSearchesThatFindNothingSuggest(t *testing.T) {
	s := sampled(t, Config{})
	for q, want := range map[string]string{
		"liangjang": "gdp.cn-cq-lj.cny", "Lianjiang gdp": "gdp.cn-cq-lj.cny", "gpd liangjiang": "gdp.cn-cq-lj.cny", "两江新趋": "gdp.cn-cq-lj.cny",
		"gdp.cn-cq-lk.cny": "gdp.cn-cq-lj.cny", "liangjang investmnt": "fixed-investment.cn-cq-lj.cny", "Liangjang New Area": "gdp.cn-cq-lj.cny",
	} {
		var a listAnswer
		s.get("/v1/series?lang=zh&q=" + url.QueryEscape(q)).want(200).json(&a)
		if a.Total != 0 || len(a.Suggestions) == 0 || len(a.Suggestions) > 5 {
			t.Errorf("q=%s: %d found, suggestions %v", q, a.Total, a.Suggestions)
			continue
		}
		if !slices.ContainsFunc(a.Suggestions, func(one struct{ Code, Title string }) bool { return one.Code == want && one.Title != "" }) {
			t.Errorf("q=%s suggests %v, want %s among them", q, a.Suggestions, want)
		}
	}
	for _, q := range []string{"zzzzzzzz", "volcano eruptions"} {
		var a listAnswer
		r := s.get("/v1/series?q=" + url.QueryEscape(q)).want(200)
		if r.json(&a); len(a.Suggestions) != 0 || !strings.Contains(r.Body.String(), `"suggestions":[]`) {
			t.Errorf("q=%s suggests %v, want nothing", q, a.Suggestions)
		}
	}
	if strings.Contains(s.get("/v1/series?q=liangjiang").Body.String(), "suggestions") {
		t.Error("a search that finds something suggests")
	}
}
