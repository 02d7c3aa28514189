package api

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tableAnswer is a table as a client reads it.
type tableAnswer struct {
	Fixed   map[string]any   `json:"fixed"`
	Columns []map[string]any `json:"columns"`
	Rows    []struct {
		Code  string           `json:"code"`
		Label string           `json:"label"`
		End   string           `json:"end"`
		Cells []map[string]any `json:"cells"`
	} `json:"rows"`
	Total int               `json:"total"`
	State string            `json:"state"`
	AsOf  string            `json:"as_of"`
	Links map[string]string `json:"links"`
}

func (s *service) table(path string) tableAnswer {
	s.Helper()
	var a tableAnswer
	s.get(path).want(200).json(&a)
	return a
}

const liangjiang = "?layout=wide&area=cn_cq_lj&indicator=GDP,industrial-output,fixed-investment,fiscal-revenue,trade&unit=CNY"

func TestFiguresAsATable(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		a := s.table("/v1/observations" + liangjiang + "&period=9M2012,9M2013&lang=zh")
		codes := []string{}
		for _, c := range a.Columns {
			codes = append(codes, fmt.Sprint(c["code"]))
		}
		if got := strings.Join(codes, " "); got != "gdp industrial-output fixed-investment fiscal-revenue trade" {
			t.Errorf("columns = %s, want those asked for in their order", got)
		}
		want := map[string]any{"code": "gdp", "label": "生产总值", "series": "gdp.cn-cq-lj.cny", "unit": "CNY", "multiplier": json.Number("9")}
		if diff := cmp.Diff(want, a.Columns[0]); diff != "" {
			t.Errorf("column (-want +got):\n%s", diff)
		}
		if len(a.Rows) != 2 || a.Total != 2 || a.Rows[1].Code != "2013-01-01/P9M" || a.Rows[1].Label != "2013年1-9月" || a.Rows[1].End != "2013-09-30" {
			t.Fatalf("rows = %+v", a.Rows)
		}
		figure := map[string]any{"value": json.Number("118.7"), "decimals": json.Number("1"), "status": "A", "flags": "contradicted;guess", "reason": nil}
		if diff := cmp.Diff(figure, a.Rows[1].Cells[0]); diff != "" {
			t.Errorf("cell (-want +got):\n%s", diff)
		}
		none := map[string]any{"value": nil, "decimals": nil, "status": "O", "flags": nil, "reason": "no_observation"}
		if diff := cmp.Diff(none, a.Rows[0].Cells[4]); diff != "" {
			t.Errorf("cell without a figure (-want +got):\n%s", diff)
		}
		if a.Fixed["dimension"] != "area" || a.Fixed["code"] != "cn-cq-lj" {
			t.Errorf("fixed = %v", a.Fixed)
		}
		rows := s.rows(a.Links["rows"])
		if rows.Total != 7 {
			t.Errorf("%s has %d rows, want the 7 figures of the table", a.Links["rows"], rows.Total)
		}
		if !strings.HasPrefix(a.Links["csv"], "/v1/observations.csv?") || !strings.Contains(a.Links["csv"], "layout=wide") {
			t.Errorf("links.csv = %s", a.Links["csv"])
		}
	})
}

func TestATableAsCSV(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		r := s.get("/v1/observations.csv" + liangjiang + "&period=9M2012,9M2013&bom=true").want(200)
		body, marked := strings.CutPrefix(r.Body.String(), "\uFEFF")
		if !marked {
			t.Errorf("bom=true begins with %.12q", body)
		}
		lines, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{
			{"period", "label", "start", "end", "gdp [CNY 10^9]", "gdp status", "industrial-output [CNY 10^9]", "industrial-output status",
				"fixed-investment [CNY 10^9]", "fixed-investment status", "fiscal-revenue [CNY 10^9]", "fiscal-revenue status", "trade [CNY 10^9]", "trade status"},
			{"2012-01-01/P9M", "Jan–Sep 2012", "2012-01-01", "2012-09-30", "114.106", "A", "219.981", "A", "", "O;no_observation", "", "O;no_observation", "", "O;no_observation"},
			{"2013-01-01/P9M", "Jan–Sep 2013", "2013-01-01", "2013-09-30", "118.7", "A;contradicted;guess", "251.1", "A;contradicted;guess", "104.8", "A", "16.3", "A", "20.2", "A;label_suspect:trade.cn-cq-lj.usd"},
		}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
	})
}

func TestATableOfAnotherStateAndCurrency(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "/v1/observations?layout=wide&area=cn&indicator=gdp&period=2012&columns=area"
		for ask, value := range map[string]string{"": "519470", "&as_of=2013-12-31": "518942", "&scale=trillion": "51.9470", "&as_of=2013-12-31&scale=million": "51894200"} {
			a := s.table(path + ask)
			if got := a.Rows[0].Cells[0]["value"]; got != json.Number(value) {
				t.Errorf("%s: %v, want %s", ask, got, value)
			}
			if pinned := s.table(path + "&state=" + a.State + strings.TrimPrefix(ask, "&as_of=2013-12-31")); pinned.Rows[0].Cells[0]["value"] != json.Number(value) {
				t.Errorf("%s: the state gives %v, want %s", ask, pinned.Rows[0].Cells[0]["value"], value)
			}
		}
		a := s.table("/v1/observations?layout=wide&area=cn-cq-lj&indicator=gdp&period=9M2013&currency=usd")
		if a.Columns[0]["unit"] != "USD" || a.Rows[0].Cells[0]["value"] != json.Number("19.25") {
			t.Errorf("in dollars: %v, %v", a.Columns, a.Rows)
		}
	})
}

// TestATableInSeveralCurrencies has a column for each, told apart in JSON and
// CSV, also where nothing stands in the range.
func TestATableInSeveralCurrencies(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "layout=wide&area=cn-cq-lj&indicator=gdp&period=9M2013&currency=USD,CNY"
		a := s.table("/v1/observations?" + path)
		if len(a.Columns) != 2 || a.Columns[0]["currency"] != "USD" || a.Columns[1]["currency"] != "CNY" || a.Columns[1]["unit"] != "CNY" {
			t.Errorf("columns %v, want dollars, then yuan", a.Columns)
		}
		if got := fmt.Sprint(a.Rows[0].Cells[0]["value"], a.Rows[0].Cells[1]["value"]); got != "19.25118.7" {
			t.Errorf("cells %s", got)
		}
		want := "period,label,start,end,gdp USD [USD 10^9],gdp USD status,gdp CNY [CNY 10^9],gdp CNY status\r\n" +
			"2013-01-01/P9M,Jan–Sep 2013,2013-01-01,2013-09-30,19.25,A;contradicted;guess,118.7,A;contradicted;guess\r\n"
		if got := s.get("/v1/observations.csv?" + path).want(200).Body.String(); got != want {
			t.Errorf("CSV:\n%s\nwant\n%s", got, want)
		}
		want = "indicator,label,series,unit,multiplier,currency,2013-01-01/P9M,2013-01-01/P9M status\r\n" +
			"gdp,GDP,gdp.cn-cq-lj.cny,USD,9,USD,19.25,A;contradicted;guess\r\n" +
			"gdp,GDP,gdp.cn-cq-lj.cny,CNY,9,CNY,118.7,A;contradicted;guess\r\n"
		if got := s.get("/v1/observations.csv?" + path + "&rows=indicator").want(200).Body.String(); got != want {
			t.Errorf("CSV:\n%s\nwant\n%s", got, want)
		}
		empty := s.table("/v1/observations?layout=wide&series=gdp.cn-cq-lj.cny,trade.cn-cq-lj.usd&period=9M2012&rows=indicator")
		if !strings.Contains(fmt.Sprint(empty.Rows), "no_observation") {
			t.Errorf("rows %+v", empty.Rows)
		}
		lines := s.get("/v1/observations.csv?layout=wide&series=gdp.cn-cq-lj.cny,trade.cn-cq-lj.usd&period=9M2012").want(200).Body.String()
		if !strings.Contains(lines, ",trade [USD 10^9],trade status\r\n") || !strings.HasSuffix(lines, ",,O;no_observation\r\n") {
			t.Errorf("an empty column lost its unit:\n%s", lines)
		}
	})
}

// TestQuartersAsATable derives what is not reported, and computes growth from
// it.
func TestQuartersAsATable(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		path := "/v1/observations?layout=wide&area=cn&indicator=gdp,fixed-investment,fiscal-revenue,exports,imports&frequency=Q&latest=8"
		a := s.table(path)
		if len(a.Columns) != 5 || len(a.Rows) != 8 || a.Rows[0].Code != "2013-Q1" || a.Rows[7].Code != "2014-Q4" {
			t.Fatalf("%d columns, rows %+v", len(a.Columns), a.Rows)
		}
		want := map[string]any{"value": json.Number("138753"), "decimals": json.Number("0"), "status": "A", "flags": "derived", "reason": nil,
			"half_width": json.Number("1.0"), "derivation": "2013-01-01/P9M - 2013-H1"}
		if diff := cmp.Diff(want, a.Rows[2].Cells[0]); diff != "" {
			t.Errorf("the third quarter (-want +got):\n%s", diff)
		}
		if got := a.Rows[2].Cells[1]; got["value"] != nil || got["reason"] != "missing_neighbour" {
			t.Errorf("a quarter that does not follow is %v", got)
		}
		grown := s.table(path + "&transform=yoy")
		cell := grown.Rows[7].Cells[0]
		if grown.Columns[0]["unit"] != "percent" || cell["value"] != json.Number("7.33") || cell["base"] != "2013-Q4" {
			t.Errorf("growth: %v, %v", grown.Columns[0], cell)
		}
	})
}

// TestOneSeriesAsATable lays one series out, with areas across.
func TestOneSeriesAsATable(t *testing.T) {
	s := sampled(t, Config{})
	a := s.table("/v1/series/gdp.cn.cny/observations?layout=wide&columns=area&frequency=A&accumulation=single")
	if len(a.Columns) != 1 || a.Columns[0]["code"] != "cn" || a.Total != 4 {
		t.Errorf("columns %v, %d rows", a.Columns, a.Total)
	}
}

func TestTablesAreRefusedByName(t *testing.T) {
	s := sampled(t, Config{CSVRows: 6})
	for _, c := range []struct{ ask, code, parameter string }{
		{"layout=wide", "third_dimension", "area"},
		{"layout=wide&area=cn-cq-lj", "competing_series", "unit"},
		{"layout=wide&area=cn&indicator=gdp", "overlapping_periods", "frequency"},
		{"layout=wide&rows=area&columns=area", "invalid_parameter", "columns"},
		{"layout=wide&rows=unit", "invalid_parameter", "rows"},
		{"layout=wide&fields=value", "parameter_conflict", "fields"},
		{"layout=wide&limit=3", "parameter_conflict", "limit"},
		{"layout=wide&vintage=all", "parameter_conflict", "vintage"},
		{"layout=long&rows=area", "parameter_conflict", "rows"},
		{"columns=area", "parameter_conflict", "columns"},
		{"layout=broad", "invalid_parameter", "layout"},
	} {
		p := s.get("/v1/observations?"+c.ask).problem(400, c.code)
		if len(p.Errors) == 0 || p.Errors[0].Parameter != c.parameter {
			t.Errorf("%s: %+v does not name %s", c.ask, p.Errors, c.parameter)
		}
	}
	p := s.get("/v1/observations.csv?layout=wide&limit=3").problem(400, "parameter_conflict")
	if len(p.Errors) != 2 || p.Errors[1].Parameter != "layout" {
		t.Errorf("a limit of a table as CSV: %+v", p.Errors)
	}
	for _, suffix := range []string{"", ".csv"} {
		p := s.get("/v1/observations"+suffix+"?layout=wide&area=cn&indicator=gdp,trade&period=2010,2011,2012,2013").problem(413, "answer_too_large")
		if !strings.Contains(p.Detail, "8 cells and one answer has at most 6: 4 rows by 2 columns") {
			t.Errorf("detail = %q", p.Detail)
		}
	}
}
