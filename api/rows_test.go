package api

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/encode"
)

// rowsAnswer is an answer of rows as a client reads it.
type rowsAnswer struct {
	Series       map[string]any   `json:"series"`
	Observations []map[string]any `json:"observations"`
	Total        int              `json:"total"`
	Next         *string          `json:"next"`
	Warnings     []map[string]any `json:"warnings"`
	Conversion   map[string]any   `json:"conversion"`
	State        string           `json:"state"`
	AsOf         *string          `json:"as_of"`
	Links        map[string]any   `json:"links"`
}

func (s *service) rows(path string, headers ...string) rowsAnswer {
	s.Helper()
	var a rowsAnswer
	s.get(path, headers...).want(200).json(&a)
	return a
}

func TestOneNumber(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?period=2013-01-01/P9M")
		if len(a.Observations) != 1 {
			t.Fatalf("%d rows, want 1", len(a.Observations))
		}
		want := map[string]any{
			"period": "2013-01-01/P9M", "start": "2013-01-01", "end": "2013-09-30", "months": json.Number("9"), "ytd": true,
			"value": json.Number("118.7"), "decimals": json.Number("1"), "status": "A", "flags": "contradicted;guess", "reason": nil,
			"growth_reported": json.Number("16.2"), "growth_computed": json.Number("4.03"), "growth_check": "scope_or_revision",
			"published": "2014-02-22",
		}
		if diff := cmp.Diff(want, a.Observations[0]); diff != "" {
			t.Errorf("row (-want +got):\n%s", diff)
		}
		if a.Series["multiplier"] != json.Number("9") || a.Series["unit"] != "CNY" {
			t.Errorf("series = %v", a.Series)
		}
		if a.Links["self"] != "/v1/series/gdp.cn-cq-lj.cny/observations?period=2013-01-01/P9M" ||
			a.Links["csv"] != "/v1/series/gdp.cn-cq-lj.cny/observations.csv?period=2013-01-01/P9M" {
			t.Errorf("links = %v", a.Links)
		}
	})
}

func TestOneNumberInDollars(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?period=9M2013&currency=usd")
		row := a.Observations[0]
		for name, want := range map[string]any{
			"value": json.Number("19.25"), "unit": "USD", "original_value": json.Number("118.7"), "original_unit": "CNY",
			"fx_rate": json.Number("6.16738889"),
		} {
			if row[name] != want {
				t.Errorf("%s = %v, want %v", name, row[name], want)
			}
		}
		disclosed := a.Conversion["rows"].([]any)[0].(map[string]any)
		if disclosed["inverted"] != true || disclosed["observations"] != json.Number("9") || disclosed["quotation"] != "CNY per USD" {
			t.Errorf("disclosure = %v", disclosed)
		}
	})
}

func TestRowsAsCSV(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		for _, ask := range []struct {
			path    string
			headers []string
		}{
			{"/v1/series/trade.cn-cq-lj.cny/observations.csv", nil},
			{"/v1/series/trade.cn-cq-lj.cny/observations?format=csv", nil},
			{"/v1/series/trade.cn-cq-lj.cny/observations", []string{"Accept", "text/csv"}},
		} {
			r := s.get(ask.path, ask.headers...).want(200)
			lines, err := csv.NewReader(r.Body).ReadAll()
			if err != nil {
				t.Fatalf("%s: %v", ask.path, err)
			}
			if diff := cmp.Diff(encode.Columns(), lines[0]); diff != "" {
				t.Errorf("%s: header (-want +got):\n%s", ask.path, diff)
			}
			suspect := slices.ContainsFunc(lines, func(line []string) bool {
				return line[3] == "2013-01-01/P9M" && strings.Contains(line[14], "label_suspect:trade.cn-cq-lj.usd")
			})
			if !suspect {
				t.Errorf("%s: no line is flagged label_suspect: %q", ask.path, lines)
			}
		}
		if body := s.get("/v1/series/trade.cn-cq-lj.cny/observations.csv?bom=true").want(200).Body.String(); !strings.HasPrefix(body, "\uFEFFseries,") {
			t.Errorf("bom=true begins with %.12q", body)
		}
	})
}

func TestAsOfAnswersWithoutWhatCameLater(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?as_of=2013-12-31")
		for _, row := range a.Observations {
			if row["published"].(string) > "2013-12-31" {
				t.Errorf("as of 2013 there is a row of %v", row["published"])
			}
		}
		if a.AsOf == nil || *a.AsOf != "2013-12-31" {
			t.Errorf("as_of = %v", a.AsOf)
		}
		s.get("/v1/series/gdp.cn-cq-lj.cny/observations?as_of=2099-01-01").problem(400, "as_of_in_future")
	})
}

func TestAStateGivesTheSameForEver(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "/v1/series/gdp.cn-cq-lj.cny/observations"
		before := s.get(path).want(200)
		var a rowsAnswer
		before.json(&a)
		if got := before.Header().Get("Cache-Control"); got != "no-cache" {
			t.Errorf("live: Cache-Control = %q", got)
		}
		s.publish("indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq-lj,2013-01-01/P9M,119.9,CNY,9,2016-02-01\n")
		if now := s.rows(path); now.State == a.State {
			t.Error("the state stands still across a visible change")
		}
		pinned := s.get(path + "?state=" + a.State).want(200)
		if got := pinned.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("pinned: Cache-Control = %q", got)
		}
		var p rowsAnswer
		pinned.json(&p)
		if diff := cmp.Diff(a.Observations, p.Observations); diff != "" {
			t.Errorf("rows of the state (-before +pinned):\n%s", diff)
		}
		s.get(path+"?state=zzzz").problem(404, "unknown_state")
	})
}

func TestConditionalRequests(t *testing.T) {
	onSample(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		s.clock.Set(start.Add(time.Minute))
		path := "/v1/series/gdp.cn-cq-lj.cny/observations"
		first := s.get(path).want(200)
		tag := first.Header().Get("ETag")
		again := s.get(path, "If-None-Match", tag).want(304)
		if again.Body.Len() != 0 || again.Header().Get("ETag") != tag || again.Header().Get("Last-Modified") == "" {
			t.Errorf("304: %v", again.Header())
		}
		s.publish("indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq-lj,2013-01-01/P9M,119.9,CNY,9,2016-02-01\n")
		changed := s.get(path, "If-None-Match", tag).want(200)
		if changed.Header().Get("ETag") == tag || !strings.Contains(changed.Body.String(), "119.9") {
			t.Error("the answer did not change with what is stored")
		}
	})
}

func TestAcrossSeriesInPages(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		whole := s.rows("/v1/observations?area=cn-cq-lj&limit=10000")
		var gathered []map[string]any
		path := "/v1/observations?area=cn-cq-lj&limit=5"
		next := path
		for range 100 {
			page := s.rows(next)
			if page.Total != whole.Total {
				t.Fatalf("total = %d, want %d", page.Total, whole.Total)
			}
			gathered = append(gathered, page.Observations...)
			if page.Next == nil {
				break
			}
			next = path + "&cursor=" + *page.Next
		}
		if diff := cmp.Diff(whole.Observations, gathered); diff != "" {
			t.Errorf("pages differ from the whole (-whole +pages):\n%s", diff)
		}
	})
}

func TestCSVIsNeverCutShort(t *testing.T) {
	s := sampled(t, Config{CSVRows: 3})
	p := s.get("/v1/observations.csv?area=cn-cq-lj").problem(413, "answer_too_large")
	if !strings.Contains(p.Detail, "at most 3") {
		t.Errorf("detail = %q, want the limit", p.Detail)
	}
	s.get("/v1/observations.csv?limit=3").problem(400, "parameter_conflict")
}

// TestScaledRowsCarryTheirMultiplier shows one figure in millions: the row
// says so, and the series is what it was.
func TestScaledRowsCarryTheirMultiplier(t *testing.T) {
	s := sampled(t, Config{})
	a := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?period=9M2013&scale=million&currency=CNY,USD")
	for i, want := range []map[string]any{
		{"value": json.Number("118700"), "unit": "CNY", "multiplier": json.Number("6"), "original_value": nil},
		{"value": json.Number("19250"), "unit": "USD", "multiplier": json.Number("6"), "original_value": json.Number("118700")},
	} {
		for name, cell := range want {
			if got := a.Observations[i][name]; got != cell {
				t.Errorf("row %d: %s = %v, want %v", i, name, got, cell)
			}
		}
	}
	if a.Series["multiplier"] != json.Number("9") {
		t.Errorf("the series' multiplier is %v, want 9", a.Series["multiplier"])
	}
	plain := s.rows("/v1/series/gdp.cn-cq-lj.cny/observations?period=9M2013&scale=million")
	if got := plain.Observations[0]["multiplier"]; got != json.Number("6") {
		t.Errorf("a row that is only scaled has the multiplier %v, want 6", got)
	}
}

func TestACursorKeepsItsAsOf(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{"/v1/observations?limit=1", "/v1/revisions?limit=1"} {
		next := s.rows(path).Next
		if next == nil {
			t.Fatalf("%s has no next page", path)
		}
		p := s.get(path+"&as_of=2013-01-01&cursor="+*next).problem(400, "cursor_invalid")
		if len(p.Errors) != 2 || p.Errors[0].Parameter != "cursor" || p.Errors[1].Parameter != "as_of" {
			t.Errorf("%s: the problem names %+v, want cursor and as_of", path, p.Errors)
		}
	}
	r := s.get("/v1/observations?limit=1&as_of=2013-01-01").want(200)
	link, _, _ := strings.Cut(strings.TrimPrefix(r.Header().Get("Link"), "<"), ">")
	if second := s.rows(link); len(second.Observations) != 1 || second.AsOf == nil || second.Observations[0]["published"].(string) > "2013-01-01" {
		t.Errorf("%s: %+v", link, second)
	}
	if early := s.rows("/v1/revisions?as_of=2000-01-01"); early.Total != 0 {
		t.Errorf("the record as of 2000 has %d revisions, want none", early.Total)
	}
}

// TestFieldsOfCSV holds what the contract says: all columns, or those that
// fields chooses.
func TestFieldsOfCSV(t *testing.T) {
	s := sampled(t, Config{})
	r := s.get("/v1/series/gdp.cn-cq-lj.cny/observations.csv?period=9M2013&fields=period,value").want(200)
	if want := "period,value\r\n2013-01-01/P9M,118.7\r\n"; r.Body.String() != want {
		t.Errorf("CSV of two fields = %q, want %q", r.Body, want)
	}
}

// TestTheLinkToCSVIsTheWholeAnswer follows the link of an answer that is short
// in every way that JSON may be.
func TestTheLinkToCSVIsTheWholeAnswer(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{"/v1/observations", "/v1/series/gdp.cn.cny/observations"} {
		first := s.rows(path + "?start=2012&fields=period,value&numbers=string&limit=2")
		a := s.rows(path + "?start=2012&fields=period,value&numbers=string&limit=2&cursor=" + *first.Next)
		if want := path + ".csv?start=2012-01-01"; a.Links["csv"] != want {
			t.Errorf("links.csv = %v, want %s", a.Links["csv"], want)
		}
		header, _, _ := strings.Cut(s.get(a.Links["csv"].(string)).want(200).Body.String(), "\r\n")
		if want := strings.Join(encode.Columns(), ","); header != want {
			t.Errorf("%v has the columns %s, want all", a.Links["csv"], header)
		}
	}
}

// TestLinksLeadThroughThePages goes from page to page by links.next alone.
func TestLinksLeadThroughThePages(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{"/v1/observations?area=CN_CQ_LJ&limit=3", "/v1/series/gdp.cn.cny/observations?limit=4"} {
		gathered, next := 0, any(path)
		for next != nil {
			page := s.rows(next.(string))
			gathered, next = gathered+len(page.Observations), page.Links["next"]
			if next == nil && gathered != page.Total {
				t.Errorf("%s: the pages have %d rows, want %d", path, gathered, page.Total)
			}
			if (next == nil) != (page.Next == nil) {
				t.Errorf("%s: links.next is %v and next is %v", path, next, page.Next)
			}
		}
	}
}
