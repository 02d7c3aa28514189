package query_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func day(text string) query.Day {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return query.Day{Date: d, Set: true}
}

// levels is a shelf with a figure of one series for each period.
func levels(t testing.TB, code string, periods ...string) *shelf {
	s := newShelf(t)
	for i, text := range periods {
		s.put(code, obs.Observation{Period: period.MustParse(text), Value: figure.New(int64(100+i), 1, 9),
			Published: time.Date(2014, 1, 1, 0, 0, i, 0, time.UTC)})
	}
	return s
}

func periodsOf(p page) string {
	var list []string
	for _, r := range p.Observations {
		list = append(list, r.text("period"))
	}
	return strings.Join(list, " ")
}

func TestRanges(t *testing.T) {
	a := ask(t, levels(t, "gdp.cn.cny", "2012", "2012-H1", "2012-H2", "2013-Q1", "2013-H1", "2013-Q2", "2013-01-01/P9M", "2013-Q3", "2013-09", "2013"))
	for _, c := range []struct {
		name string
		r    query.Range
		want string
	}{
		{"everything, by end, longest first", query.Range{}, "2012-H1 2012 2012-H2 2013-Q1 2013-H1 2013-Q2 2013-01-01/P9M 2013-Q3 2013-09 2013"},
		{"by the last day, both inclusive", query.Range{Start: day("2012-12-31"), End: day("2013-06-30")}, "2012 2012-H2 2013-Q1 2013-H1 2013-Q2"},
		{"single periods", query.Range{Accumulation: "single"}, "2012-H1 2012 2012-H2 2013-Q1 2013-H1 2013-Q2 2013-Q3 2013-09 2013"},
		{"quarters", query.Range{Frequency: "q"}, "2013-Q1 2013-Q2 2013-Q3 2013-Q4"},
		{"reported quarters", query.Range{Frequency: "q", Derive: "NEVER"}, "2013-Q1 2013-Q2 2013-Q3"},
		{"from January", query.Range{Accumulation: "ytd"}, "2012-H1 2012 2013-Q1 2013-H1 2013-01-01/P9M 2013"},
		{"from January by quarters", query.Range{Accumulation: "ytd", Frequency: "Q"}, "2012-H1 2012 2013-Q1 2013-H1 2013-01-01/P9M 2013"},
		{"from January by halves", query.Range{Accumulation: "ytd", Frequency: "S"}, "2012-H1 2012 2013-H1 2013"},
		{"the newest end", query.Range{Latest: 1}, "2013"},
		{"the newest two ends", query.Range{Latest: 2}, "2013-01-01/P9M 2013-Q3 2013-09 2013"},
		{"the newest quarter", query.Range{Latest: 1, Frequency: "Q"}, "2013-Q4"},
		{"the newest reported quarter", query.Range{Latest: 1, Frequency: "Q", Derive: query.DeriveNever}, "2013-Q3"},
		{"exactly", query.Range{Periods: []period.Period{period.MustParse("2012-H1"), period.MustParse("1999")}}, "2012-H1"},
		{"nothing", query.Range{Start: day("2020-01-01")}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := a.series(a.now(), "gdp.cn.cny", query.Question{Range: c.r})
			if got := periodsOf(p); got != c.want || p.Total != len(p.Observations) {
				t.Errorf("%+v gives %s (total %d), want %s", c.r, got, p.Total, c.want)
			}
		})
	}
}

func TestOverlappingPeriodsAreSaid(t *testing.T) {
	a := ask(t, levels(t, "gdp.cn.cny", "2013-Q1", "2013-H1", "2013-Q2"))
	if p := a.series(a.now(), "gdp.cn.cny", query.Question{}); len(p.Warnings) != 1 || p.Warnings[0].Code != "overlapping_periods" {
		t.Errorf("warnings = %v", p.Warnings)
	}
	if p := a.series(a.now(), "gdp.cn.cny", query.Question{Range: query.Range{Frequency: "Q"}}); len(p.Warnings) != 0 {
		t.Errorf("warnings of quarters = %v", p.Warnings)
	}
	if p := a.series(a.now(), "gdp.cn.cny", query.Question{Range: query.Range{Accumulation: query.YTD}}); len(p.Warnings) != 0 || len(p.Observations) != 2 {
		t.Errorf("warnings of figures from January on = %v", p.Warnings)
	}
	zh := a.series(a.now(), "gdp.cn.cny", query.Question{View: query.View{Lang: "zh"}})
	if !strings.Contains(zh.Warnings[0].Message, "时期") {
		t.Errorf("message in Chinese = %s", zh.Warnings[0].Message)
	}
}

func TestScaleShiftsExactly(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct{ scale, value, decimals, multiplier string }{
		{"million", "118700", "-2", "6"},
		{"yi", "1187", "0", "8"},
		{"trillion", "0.1187", "4", "12"},
		{"0", "118700000000", "-8", "0"},
		{"1000", "118700000", "-5", "3"},
	} {
		scale, err := query.ParseScale(c.scale)
		if err != nil {
			t.Fatal(err)
		}
		p := a.series(a.now(), "gdp.cn-cq-lj.cny", query.Question{Range: nineMonths(), View: query.View{Scale: scale}})
		want(t, only(t, p), map[string]string{"value": c.value, "decimals": c.decimals, "multiplier": c.multiplier, "growth_computed": "4.03"})
		if got := fmt.Sprint(p.Series["multiplier"]); got != "9" {
			t.Errorf("the series' multiplier at %s is %s, want that of the stored series, 9", c.scale, got)
		}
	}
	dollars := a.series(a.now(), "gdp.cn-cq-lj.cny", query.Question{Range: nineMonths(),
		View: query.View{Scale: query.Scale{Power: 6, Set: true}, Currencies: []string{"USD"}}})
	want(t, only(t, dollars), map[string]string{"value": "19250", "multiplier": "6", "decimals": "-1", "original_value": "118700"})
}

func TestParseScale(t *testing.T) {
	for text, power := range map[string]int{"Thousand": 3, "万": 4, "billion": 9, "12": 12, "-3": -3, "100": 2, "1000000": 6} {
		if got, err := query.ParseScale(text); err != nil || got.Power != power || !got.Set {
			t.Errorf("ParseScale(%q) = %v, %v, want %d", text, got, err, power)
		}
	}
	for _, text := range []string{"", "m", "bn", "61", "1e6", "10.5", "200"} {
		if got, err := query.ParseScale(text); fault.CodeOf(err) != fault.InvalidParameter {
			t.Errorf("ParseScale(%q) = %v, %v, want %s", text, got, err, fault.InvalidParameter)
		}
	}
}

func TestRowsThatHaveNoNumber(t *testing.T) {
	s := newShelf(t)
	put := func(text string, change func(*obs.Observation)) {
		o := obs.Observation{Period: period.MustParse(text), Value: figure.MustParse("5.0", 9), Published: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)}
		change(&o)
		s.put("gdp.cn.cny", o)
	}
	put("2009", func(*obs.Observation) {})
	put("2010", func(o *obs.Observation) { o.State, o.Reason, o.Status = obs.Missing, "not_available", "O" })
	put("2011", func(o *obs.Observation) { o.State, o.Value = obs.Nil, figure.MustParse("0", 9) })
	put("2012", func(o *obs.Observation) { o.State, o.Status = obs.BelowUnit, "N" })
	put("2013", func(o *obs.Observation) { o.Withdrawn, o.State, o.Reason = true, obs.Missing, "withdrawn" })
	put("2014", func(o *obs.Observation) { o.Value = figure.MustParse("-1", 9) })
	put("2015", func(o *obs.Observation) { o.Value = figure.MustParse("1", 9) })
	a := ask(t, s)
	got := map[string]row{}
	for _, r := range a.series(a.now(), "gdp.cn.cny", query.Question{}).Observations {
		got[r.text("period")] = r
	}
	for year, cells := range map[string]map[string]string{
		"2009": {"value": "5.0", "growth_computed": "", "growth_reason": "base_missing", "growth_base": ""},
		"2010": {"value": "", "decimals": "", "status": "O", "reason": "not_available", "growth_reason": "value_missing"},
		"2011": {"value": "0", "status": "A", "flags": "nil", "growth_reason": "base_missing"},
		"2012": {"value": "", "decimals": "1", "status": "N", "reason": "below_unit", "growth_reason": "value_missing"},
		"2013": {"value": "", "status": "O", "reason": "withdrawn", "growth_reason": "base_missing"},
		"2014": {"value": "-1", "growth_reason": "base_missing"},
		"2015": {"value": "1", "growth_computed": "", "growth_reason": "base_negative", "growth_base": "2014"},
	} {
		t.Run(year, func(t *testing.T) { want(t, got[year], cells) })
	}
}

func TestTheClaimThatIsShown(t *testing.T) {
	at := func(d int) time.Time { return time.Date(2014, 1, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		claims map[string]int // by series, the day of publication
		basis  string
	}{
		{"the last one", map[string]int{"gdp.cn.cny.yoy.nominal": 1, "gdp.cn.cny.yoy.real": 2}, "real"},
		{"on a tie nominal", map[string]int{"gdp.cn.cny.yoy": 1, "gdp.cn.cny.yoy.real": 1, "gdp.cn.cny.yoy.nominal": 1}, "nominal"},
		{"on a tie real before unstated", map[string]int{"gdp.cn.cny.yoy": 1, "gdp.cn.cny.yoy.real": 1}, "real"},
		{"not that of another unit", map[string]int{"gdp.cn.usd.yoy.nominal": 3, "gdp.cn.cny.yoy": 1}, "unstated"},
		{"not another comparison", map[string]int{"gdp.cn.cny.pop.nominal": 3, "gdp.cn.cny.yoy": 1}, "unstated"},
		{"none", map[string]int{"gdp.cn-cq.cny.yoy": 3}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := levels(t, "gdp.cn.cny", "2013")
			for code, d := range c.claims {
				s.put(code, obs.Observation{Period: period.MustParse("2013"), Value: figure.MustParse("7.5", 0), Published: at(d)})
			}
			a := ask(t, s)
			want(t, only(t, a.series(a.now(), "gdp.cn.cny", query.Question{})), map[string]string{"growth_basis": c.basis})
		})
	}
}

// TestAnotherVersionOfThePriorExplainsAClaim has a growth that fits the first
// release of the year before and not the revised one.
func TestAnotherVersionOfThePriorExplainsAClaim(t *testing.T) {
	s := newShelf(t)
	put := func(code, year, value string, multiplier, d int) {
		s.put(code, obs.Observation{Period: period.MustParse(year), Value: figure.MustParse(value, multiplier), Published: time.Date(2014, 1, d, 0, 0, 0, 0, time.UTC)})
	}
	put("gdp.cn.cny", "2012", "100.0", 9, 1)
	put("gdp.cn.cny", "2012", "104.0", 9, 2)
	put("gdp.cn.cny", "2013", "110.0", 9, 3)
	put("gdp.cn.cny.yoy.nominal", "2013", "10.0", 0, 3)
	a := ask(t, s)
	exact := query.Question{Range: query.Range{Periods: []period.Period{period.MustParse("2013")}}}
	cells := map[string]string{"growth_check": "scope_or_revision", "growth_reason": "other_prior", "flags": "contradicted", "growth_computed": "5.77"}
	want(t, only(t, a.series(a.now(), "gdp.cn.cny", exact)), cells)
	want(t, only(t, a.observations(a.now(), exact)), cells)
	earlier := a.at(query.When{AsOf: "2014-01-03"})
	want(t, only(t, a.series(earlier, "gdp.cn.cny", exact)), cells)
}

func TestFiguresThatAreNotConverted(t *testing.T) {
	a := ask(t, sampleShelf(t))
	in := query.View{Currencies: []string{"USD", "CNY"}}
	old := a.series(a.now(), "gdp.cn-cq-lj.cny", query.Question{Range: query.Range{Periods: []period.Period{period.MustParse("2012")}}, View: in})
	if len(old.Observations) != 2 {
		t.Fatalf("%d rows, want one for each currency", len(old.Observations))
	}
	want(t, old.Observations[0], map[string]string{"value": "23.3975", "unit": "USD", "original_value": "147.622"})
	want(t, old.Observations[1], map[string]string{"value": "147.622", "unit": "CNY", "original_value": "", "fx_rate": ""})
	goal := a.series(a.now(), "gdp.cn-cq-lj.cny.target", query.Question{View: in})
	want(t, goal.Observations[0], map[string]string{"value": "", "unit": "USD", "status": "O", "reason": "rate_missing", "original_value": "600", "original_unit": "CNY", "growth_reported": ""})
	growth := a.series(a.now(), "gdp.cn-cq-lj.cny.yoy", query.Question{Range: nineMonths(), View: in})
	want(t, growth.Observations[0], map[string]string{"value": "", "unit": "percent", "status": "O", "reason": "rate_not_convertible"})
	fixed := a.series(a.now(), "gdp.cn-cq-lj.cny.target", query.Question{View: query.View{Currencies: []string{"usd"}, FX: "fixed:6.06"}})
	want(t, only(t, fixed), map[string]string{"value": "99.0", "fx_rate": "6.06", "fx_method": "fixed_declared", "fx_source": ""})
}

func TestADeclaredZeroIsConvertedToZero(t *testing.T) {
	s := sampleShelf(t)
	s.put("trade.cn-cq.cny", obs.Observation{Period: nineMonths().Periods[0], State: obs.Nil, Value: figure.MustParse("0", 9), Published: beijing("2014-01-01")})
	a := ask(t, s)
	p := a.series(a.now(), "trade.cn-cq.cny", query.Question{View: query.View{Currencies: []string{"USD"}}})
	want(t, only(t, p), map[string]string{"value": "0.00", "unit": "USD", "flags": "nil", "original_value": "0"})
}

func TestQuestionsThatAreRefused(t *testing.T) {
	a := ask(t, sampleShelf(t))
	now := a.now()
	for _, c := range []struct {
		name string
		q    query.Question
		want fault.Code
		says string
	}{
		{"an unknown indicator", query.Question{Filter: query.Filter{Indicators: []string{"gpd"}}}, fault.UnknownCode, "gdp"},
		{"an unknown area", query.Question{Filter: query.Filter{Areas: []string{"liangjang"}}}, fault.UnknownCode, "cn-cq-lj"},
		{"an unknown measure", query.Question{Filter: query.Filter{Measures: []string{"mom"}}}, fault.InvalidParameter, "pop"},
		{"an unknown series", query.Question{Filter: query.Filter{Series: []string{"gdp.cn-cq-lj.cny", "gdp.liangjiang.cny"}}}, fault.UnknownSeries, "gdp.cn-cq-lj.cny"},
		{"series beside another dimension", query.Question{Filter: query.Filter{Series: []string{"gdp.cn.cny"}, Areas: []string{"cn"}}}, fault.ParameterConflict, "area"},
		{"a frequency", query.Question{Range: query.Range{Frequency: "W"}}, fault.InvalidParameter, "A, S, Q"},
		{"an accumulation", query.Question{Range: query.Range{Accumulation: "sum"}}, fault.InvalidParameter, "ytd"},
		{"period with start", query.Question{Range: query.Range{Periods: nineMonths().Periods, Start: day("2013-01-01")}}, fault.ParameterConflict, "start"},
		{"fx without currency", query.Question{View: query.View{FX: "average"}}, fault.ParameterConflict, "currency"},
		{"a unit that is no currency", query.Question{View: query.View{Currencies: []string{"persons"}}}, fault.InvalidParameter, "currency"},
		{"a fixed rate over all units", query.Question{View: query.View{Currencies: []string{"USD"}, FX: "fixed:6"}}, fault.InvalidParameter, "unit"},
		{"a rate that is none", query.Question{View: query.View{Currencies: []string{"USD"}, FX: "fixed:0"}}, fault.InvalidParameter, "fixed"},
		{"an unknown feed", query.Question{View: query.View{Currencies: []string{"USD"}, FXSource: "frb"}}, fault.UnknownFeed, "frb-h10"},
		{"an unknown feed beside a currency that changes nothing", query.Question{Filter: query.Filter{Units: []string{"CNY"}}, View: query.View{Currencies: []string{"CNY"}, FXSource: "nope"}}, fault.UnknownFeed, "ecb, frb-h10"},
		{"a feed beside a fixed rate", query.Question{Filter: query.Filter{Units: []string{"CNY"}}, View: query.View{Currencies: []string{"USD"}, FX: "fixed:6.06", FXSource: "frb-h10"}}, fault.ParameterConflict, "fx_source"},
		{"an end before the start", query.Question{Range: query.Range{Start: day("2013-01-02"), End: day("2013-01-01")}}, fault.PeriodReversed, "2013-01-01"},
		{"an invented cursor", query.Question{Cursor: "abc"}, fault.CursorInvalid, "next"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			err := a.Observations(context.Background(), now, c.q, encode.NewCSV(&out, encode.Options{}))
			f := fault.From(err)
			if f == nil || f.Code != c.want {
				t.Fatalf("%+v = %v, want %s", c.q, err, c.want)
			}
			if len(f.Items) == 0 || f.Items[0].Parameter == "" || !strings.Contains(f.Items[0].Expected, c.says) {
				t.Errorf("items = %+v, want one that expects %s", f.Items, c.says)
			}
			if out.Len() > 0 {
				t.Errorf("something was written before the refusal: %s", out.String())
			}
		})
	}
}

// TestRenamedCodesGoOnAnswering renames an indicator twice over: once where
// figures stand under the present code, once where they do not yet.
func TestRenamedCodesGoOnAnswering(t *testing.T) {
	s := levels(t, "gdp.cn.cny", "2012", "2013")
	renamed, _, err := s.words.Merge(catalog.File{Name: "indicators.yaml", Body: []byte(
		"indicators:\n  - code: product\n    name: {en: Product, zh: 产值}\n    kind: flow\n    former: [gdp]\n")})
	if err != nil {
		t.Fatal(err)
	}
	s.words = renamed
	a := ask(t, s)
	code, moved, err := a.Resolve(context.Background(), a.now(), "GDP.cn.cny")
	if err != nil || moved || code != "gdp.cn.cny" {
		t.Errorf("Resolve before the first figure = %s, %t, %v", code, moved, err)
	}
	if p := a.series(a.now(), "gdp.cn.cny", query.Question{}); p.Total != 2 || p.Series["title"] != "Product, China" {
		t.Errorf("%d rows of %v", p.Total, p.Series["title"])
	}
	s.put("product.cn.cny", obs.Observation{Period: period.MustParse("2014"), Value: figure.New(1, 0, 9), Published: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)})
	code, moved, err = a.Resolve(context.Background(), a.now(), "gdp.cn.cny")
	if err != nil || !moved || code != "product.cn.cny" {
		t.Errorf("Resolve after it = %s, %t, %v", code, moved, err)
	}
	if p := a.observations(a.now(), query.Question{Filter: query.Filter{Indicators: []string{"gdp"}}}); p.Total != 3 {
		t.Errorf("%d rows of the indicator under its former code, want 3", p.Total)
	}
}

func TestMomentsThatAreRefused(t *testing.T) {
	a := ask(t, sampleShelf(t))
	other := ask(t, levels(t, "gdp.cn.cny", "2013")).now().Token
	for _, c := range []struct {
		name string
		when query.When
		want fault.Code
	}{
		{"in the future", query.When{AsOf: "2026-01-02"}, fault.AsOfInFuture},
		{"no instant", query.When{AsOf: "yesterday"}, fault.InstantUnrecognised},
		{"an invented state", query.When{State: "abc"}, fault.UnknownState},
		{"the state of another service", query.When{State: other}, fault.UnknownState},
		{"a state and a date", query.When{State: a.now().Token, AsOf: "2013-12-31"}, fault.ParameterConflict},
		{"a cursor that is none", query.When{Cursor: "x-y-z"}, fault.CursorInvalid},
	} {
		if _, err := a.At(context.Background(), c.when); fault.CodeOf(err) != c.want {
			t.Errorf("%s: At(%+v) = %v, want %s", c.name, c.when, err, c.want)
		}
	}
	if m := a.at(query.When{State: strings.ToUpper(a.now().Token)}); m.Token != a.now().Token {
		t.Errorf("a token in capitals leads to %s", m.Token)
	}
	if m := a.at(query.When{AsOf: "2026-01-01"}); m.Token != a.now().Token {
		t.Errorf("as of today is %s, want the state of now", m.Token)
	}
}

// TestDisclosuresAreWrittenAlike compares the conversion that stands behind
// rows with the one of an explanation.
func TestDisclosuresAreWrittenAlike(t *testing.T) {
	a := ask(t, sampleShelf(t))
	view := query.View{Currencies: []string{"USD", "EUR"}}
	rows := a.series(a.now(), "gdp.cn-cq-lj.cny", query.Question{Range: nineMonths(), View: view})
	x, err := a.Explain(context.Background(), a.now(), "gdp.cn-cq-lj.cny", nineMonths().Periods[0], view)
	if err != nil {
		t.Fatal(err)
	}
	explained, ok := asJSON(t, x)["conversion"].([]any)
	if !ok || len(explained) != len(rows.Conversion.Rows) || len(explained) == 0 {
		t.Fatalf("%d disclosures explained, %d behind the rows", len(explained), len(rows.Conversion.Rows))
	}
	for i := range explained {
		if got, want := fmt.Sprint(explained[i]), fmt.Sprint(rows.Conversion.Rows[i]); got != want {
			t.Errorf("explained %s\nbehind the rows %s", got, want)
		}
	}
}

func Example() {
	s := sampleShelf(&testing.T{})
	reader := query.New(s, clock)
	m, _ := reader.At(context.Background(), query.When{AsOf: "2014-12-31"})
	one, _ := reader.One(context.Background(), m, "gdp.cn-cq-lj.cny", "en")
	fmt.Println(one.Title, one.Latest.Label, one.Latest.Value, one.Latest.GrowthReported, one.Latest.GrowthComputed)
	// Output: GDP, Liangjiang New Area Jan–Sep 2013 118.7 16.2 4.03
}
