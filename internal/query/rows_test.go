package query_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func clock() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }

// asker asks a service and reads the rows of its answers as CSV has them.
type asker struct {
	testing.TB
	*query.Service
}

// ask asks a service over the store that knows a feed without rates too.
func ask(t testing.TB, s query.Store) asker {
	return asker{t, query.New(s, clock, fx.Feed{Code: "ecb", Rank: 1}, fx.Feed{Code: "frb-h10", Rank: 2})}
}

func (a asker) now() query.Moment { return a.at(query.When{}) }

func (a asker) at(when query.When) query.Moment {
	a.Helper()
	m, err := a.At(context.Background(), when)
	if err != nil {
		a.Fatal(err)
	}
	return m
}

type row map[string]any

func (r row) text(column string) string {
	if r[column] == nil {
		return ""
	}
	return fmt.Sprint(r[column])
}

type page struct {
	Series       map[string]any    `json:"series"`
	Observations []row             `json:"observations"`
	Total        int               `json:"total"`
	Next         string            `json:"next"`
	Warnings     []query.Warning   `json:"warnings"`
	Conversion   *conversion       `json:"conversion"`
	Links        map[string]string `json:"links"`
}

type conversion struct {
	To   []string         `json:"to"`
	Rows []map[string]any `json:"rows"`
}

// series reads the rows of one series.
func (a asker) series(m query.Moment, code string, q query.Question) page {
	a.Helper()
	return a.page(func(sink query.Sink) error { return a.Series(context.Background(), m, code, q, sink) })
}

// observations reads the rows across series.
func (a asker) observations(m query.Moment, q query.Question) page {
	a.Helper()
	return a.page(func(sink query.Sink) error { return a.Observations(context.Background(), m, q, sink) })
}

func (a asker) page(run func(query.Sink) error) page {
	a.Helper()
	var out bytes.Buffer
	if err := run(encode.NewJSON(&out, encode.Options{Fields: []string{encode.AllFields}, Links: encode.Links{Series: "/v1/series"}})); err != nil {
		a.Fatal(err)
	}
	var p page
	decoder := json.NewDecoder(&out)
	decoder.UseNumber()
	if err := decoder.Decode(&p); err != nil {
		a.Fatal(err)
	}
	return p
}

func only(t testing.TB, p page) row {
	t.Helper()
	if len(p.Observations) != 1 {
		t.Fatalf("%d rows, want 1: %v", len(p.Observations), p.Observations)
	}
	return p.Observations[0]
}

func want(t testing.TB, r row, cells map[string]string) {
	t.Helper()
	for column, cell := range cells {
		if got := r.text(column); got != cell {
			t.Errorf("%s = %q, want %q", column, got, cell)
		}
	}
}

func nineMonths() query.Range {
	return query.Range{Periods: []period.Period{period.MustParse("2013-01-01/P9M")}}
}

func TestLiangjiangProductOfNineMonths(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.series(a.now(), "gdp.cn-cq-lj.cny", query.Question{Range: nineMonths()})
	want(t, only(t, p), map[string]string{
		"period": "2013-01-01/P9M", "start": "2013-01-01", "end": "2013-09-30", "months": "9", "ytd": "true",
		"value": "118.7", "unit": "CNY", "multiplier": "9", "decimals": "1", "status": "A", "flags": "contradicted;guess", "reason": "",
		"growth_reported": "16.2", "growth_comparison": "yoy", "growth_basis": "unstated",
		"growth_computed": "4.03", "growth_base": "2012-01-01/P9M", "growth_check": "scope_or_revision", "growth_reason": "size_only",
	})
	if p.Series["title"] != "GDP, Liangjiang New Area" || p.Total != 1 {
		t.Errorf("title %v, total %d", p.Series["title"], p.Total)
	}
}

func TestLiangjiangProductInDollars(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.series(a.now(), "GDP.cn_cq_lj.CNY", query.Question{Range: nineMonths(), View: query.View{Currencies: []string{"usd"}}})
	want(t, only(t, p), map[string]string{
		"value": "19.25", "unit": "USD", "multiplier": "9", "decimals": "2", "original_value": "118.7", "original_unit": "CNY",
		"fx_rate": "6.16738889", "fx_method": "period_average", "fx_source": "frb-h10",
		"growth_reported": "16.2", "growth_computed": "4.03",
	})
	if len(p.Conversion.Rows) != 1 {
		t.Fatalf("%d disclosures, want 1", len(p.Conversion.Rows))
	}
	for key, value := range map[string]string{"averaging": "monthly_averages", "observations": "9", "inverted": "true",
		"quotation": "CNY per USD", "rate": "6.16738889", "first": "2013-01", "last": "2013-09"} {
		if got := fmt.Sprint(p.Conversion.Rows[0][key]); got != value {
			t.Errorf("conversion %s = %s, want %s", key, got, value)
		}
	}
}

func TestTradeKeepsThePrintedYuanAndIsSuspect(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.series(a.now(), "trade.cn-cq-lj.cny", query.Question{Range: nineMonths()})
	want(t, only(t, p), map[string]string{"value": "20.2", "unit": "CNY", "flags": "label_suspect:trade.cn-cq-lj.usd"})
	if got := p.Links["label_suspect"]; got != "/v1/series/trade.cn-cq-lj.usd/observations/2013-01-01--P9M" {
		t.Errorf("link to the suspect = %q", got)
	}
	dollars := a.series(a.now(), "trade.cn-cq-lj.usd", query.Question{Range: nineMonths()})
	if flags := only(t, dollars).text("flags"); strings.Contains(flags, "label_suspect") {
		t.Errorf("the earlier dollar figure has flags %q", flags)
	}
	across := a.observations(a.now(), query.Question{Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"trade"}}, Range: nineMonths()})
	if len(across.Observations) != 2 || across.Observations[0].text("flags") != "label_suspect:trade.cn-cq-lj.usd" {
		t.Errorf("across series: %v", across.Observations)
	}
}

func TestAsOfAnswersWithoutWhatCameLater(t *testing.T) {
	a := ask(t, sampleShelf(t))
	m := a.at(query.When{AsOf: "2013-12-31"})
	p := a.series(m, "gdp.cn-cq-lj.cny", query.Question{})
	for _, r := range p.Observations {
		if r.text("period") == "2013-01-01/P9M" {
			t.Errorf("the page of 2014 is there: %v", r)
		}
	}
	if m.AsOf != "2013-12-31" || m.Token == a.now().Token {
		t.Errorf("as of %q with the state of now: %v", m.AsOf, m.Token == a.now().Token)
	}
	if pinned := a.at(query.When{State: m.Token}); pinned.Point != m.Point || !pinned.Pinned {
		t.Errorf("the token leads to %v, want %v", pinned.Point, m.Point)
	}
}

func TestAllFiveIndicatorsOfThePageAreThere(t *testing.T) {
	a := ask(t, sampleShelf(t))
	p := a.observations(a.now(), query.Question{Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Units: []string{"CNY"}}, Range: nineMonths()})
	got := map[string]string{}
	for _, r := range p.Observations {
		got[r.text("series")] = r.text("value") + " " + r.text("growth_reported")
	}
	for code, figures := range map[string]string{
		"gdp.cn-cq-lj.cny": "118.7 16.2", "industrial-output.cn-cq-lj.cny": "251.1 34.1", "fixed-investment.cn-cq-lj.cny": "104.8 18.1",
		"fiscal-revenue.cn-cq-lj.cny": "16.3 20.2", "trade.cn-cq-lj.cny": "20.2 20",
	} {
		if got[code] != figures {
			t.Errorf("%s = %q, want %q", code, got[code], figures)
		}
	}
}

func TestUnknownSeriesSuggestsTheNearest(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct{ asked, suggested string }{
		{"gdp.liangjiang.cny", "gdp.cn-cq-lj.cny"},
		{"gpd.cn-cq-lj.cny", "gdp.cn-cq-lj.cny"},
		{"gdp.cn-cq-lj.eur", "gdp.cn-cq-lj.cny"},
		{"no code at all", ""},
	} {
		err := a.Series(context.Background(), a.now(), c.asked, query.Question{}, encode.NewCSV(&bytes.Buffer{}, encode.Options{}))
		f := fault.From(err)
		if f == nil || f.Kind != fault.NotFound || f.Code != fault.UnknownSeries {
			t.Fatalf("Series(%q) = %v, want %s", c.asked, err, fault.UnknownSeries)
		}
		if !strings.HasPrefix(f.Expected, c.suggested) {
			t.Errorf("Series(%q) suggests %q, want %q first", c.asked, f.Expected, c.suggested)
		}
	}
}
