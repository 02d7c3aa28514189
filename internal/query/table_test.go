package query_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// table asks for a table and fails when it is refused.
func (a asker) table(q query.Question, l query.Layout) *query.Table {
	a.Helper()
	t, err := a.Table(context.Background(), a.now(), q, l)
	if err != nil {
		a.Fatal(err)
	}
	return t
}

// drawn writes a table as lines of cells: the value, or the status and reason
// in parentheses.
func drawn(t *query.Table) string {
	var lines []string
	head := []string{string(t.Layout.Rows)}
	for _, c := range t.Columns {
		head = append(head, strings.Join(strings.Fields(c.Code+" "+c.Unit), " "))
	}
	lines = append(lines, strings.Join(head, " | "))
	for i, r := range t.Rows {
		line := []string{strings.TrimSpace(r.Code + " " + r.Unit)}
		for j := range t.Columns {
			c := t.Cell(i, j)
			text := c.Value.Text()
			if !c.HasValue {
				text = "(" + c.Status + " " + c.Reason + ")"
			}
			if c.Flags != "" {
				text += " " + c.Flags
			}
			line = append(line, text)
		}
		lines = append(lines, strings.Join(line, " | "))
	}
	return strings.Join(lines, "\n")
}

func periodsOfText(texts ...string) []period.Period {
	var list []period.Period
	for _, text := range texts {
		list = append(list, period.MustParse(text))
	}
	return list
}

func TestTables(t *testing.T) {
	a := ask(t, sampleShelf(t))
	lj := query.Filter{Areas: []string{"CN_CQ_LJ"}, Indicators: []string{"gdp", "industrial-output", "fiscal-revenue"}}
	for _, c := range []struct {
		name string
		q    query.Question
		l    query.Layout
		want string
	}{
		{"periods down, indicators across", query.Question{Filter: lj, Range: query.Range{Periods: periodsOfText("2013-01-01/P9M", "2012-01-01/P9M")}}, query.Layout{}, `
period | gdp CNY | industrial-output CNY | fiscal-revenue CNY
2012-01-01/P9M | 114.106 | 219.981 | (O no_observation)
2013-01-01/P9M | 118.7 contradicted;guess | 251.1 contradicted;guess | 16.3`},
		{"indicators down, periods across", query.Question{Filter: lj, Range: query.Range{Periods: periodsOfText("2013-01-01/P9M", "2012-01-01/P9M")}}, query.Layout{Rows: query.ByIndicator}, `
indicator | 2012-01-01/P9M | 2013-01-01/P9M
gdp CNY | 114.106 | 118.7 contradicted;guess
industrial-output CNY | 219.981 | 251.1 contradicted;guess
fiscal-revenue CNY | (O no_observation) | 16.3`},
		{"areas across, in the order asked", query.Question{
			Filter: query.Filter{Areas: []string{"cn-cq-lj", "cn-cq", "CN"}, Indicators: []string{"gdp"}}, Range: query.Range{Periods: periodsOfText("2012", "2013")},
		}, query.Layout{Columns: query.ByArea}, `
period | cn-cq-lj CNY | cn-cq CNY | cn CNY
2012 | 147.622 | 11459.00 | 519470
2013 | (O no_observation) | 12656.69 | 588019`},
		{"areas down, indicators across, at one multiplier", query.Question{
			Filter: query.Filter{Areas: []string{"cn", "cn-cq-lj"}, Indicators: []string{"gdp", "fiscal-revenue"}}, Range: query.Range{Periods: periodsOfText("2013-01-01/P9M")},
		}, query.Layout{Rows: query.ByArea, Columns: query.ByIndicator}, `
area | gdp CNY | fiscal-revenue CNY
cn | 386762 | 98389
cn-cq-lj | 1187 contradicted;guess | 163`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := drawn(a.table(c.q, c.l))
			if got != strings.TrimSpace(c.want) {
				t.Errorf("table:\n%s\nwant:%s", got, c.want)
			}
		})
	}
}

// TestTheNewestEndsOfATable counts them over all series: a cell in which a
// figure stands is never said to be without one.
func TestTheNewestEndsOfATable(t *testing.T) {
	s := newShelf(t)
	for i, p := range []string{"2010", "2011", "2012", "2013"} {
		put(s, "exports.cn.usd", p, int64(10+i))
		if p != "2013" {
			put(s, "gdp.cn.cny", p, int64(20+i))
		}
	}
	put(s, "imports.cn.usd", "1999", 1)
	got := drawn(ask(t, s).table(query.Question{Filter: query.Filter{Areas: []string{"cn"}}, Range: query.Range{Latest: 2}}, query.Layout{}))
	if want := "period | exports USD | gdp CNY\n2012 | 1.2 | 2.2\n2013 | 1.3 | (O no_observation)"; got != want {
		t.Errorf("the newest two ends:\n%s\nwant\n%s", got, want)
	}
}

// put states a figure of one decimal in billions.
func put(s *shelf, code, p string, tenths int64) {
	s.put(code, obs.Observation{Period: period.MustParse(p), Value: figure.New(tenths, 1, 9), Published: time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func TestTablesThatAreRefused(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for _, c := range []struct {
		name      string
		q         query.Question
		l         query.Layout
		code      fault.Code
		parameter string
		says      []string
	}{
		{"several areas", query.Question{Filter: query.Filter{Indicators: []string{"gdp"}}}, query.Layout{},
			fault.ThirdDimension, "area", []string{"cn, cn-cq, cn-cq-lj", "area=cn"}},
		{"several areas that were asked for", query.Question{Filter: query.Filter{Areas: []string{"cn", "fr"}}}, query.Layout{},
			fault.ThirdDimension, "area", []string{"cn, fr"}},
		{"several periods", query.Question{Filter: query.Filter{Indicators: []string{"gdp"}}, Range: query.Range{Frequency: "A"}}, query.Layout{Rows: query.ByArea, Columns: query.ByIndicator},
			fault.ThirdDimension, "period", []string{"latest=1"}},
		{"two units of one figure", query.Question{Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"trade"}}}, query.Layout{},
			fault.CompetingSeries, "unit", []string{"trade.cn-cq-lj.cny, trade.cn-cq-lj.usd", "unit=CNY or unit=USD"}},
		{"a target beside the figure", query.Question{Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"gdp"}, Scenarios: []string{"all"}}}, query.Layout{},
			fault.CompetingSeries, "scenario", []string{"scenario=actual or scenario=target"}},
		{"two series that were named", query.Question{Filter: query.Filter{Series: []string{"trade.cn-cq-lj.cny", "trade.cn-cq-lj.usd"}}}, query.Layout{},
			fault.CompetingSeries, "series", []string{"series=trade.cn-cq-lj.cny"}},
		{"periods that overlap", query.Question{Filter: query.Filter{Areas: []string{"cn"}, Indicators: []string{"gdp"}}}, query.Layout{},
			fault.OverlappingPeriods, "frequency", []string{"2011-Q1 and 2011-H1", "frequency=A", "frequency=Q", "accumulation=ytd"}},
		{"periods of two lengths", query.Question{Filter: query.Filter{Areas: []string{"cn"}, Indicators: []string{"gdp"}}, Range: query.Range{Periods: periodsOfText("2012", "2013-Q1")}}, query.Layout{},
			fault.OverlappingPeriods, "frequency", []string{"several lengths", "2012 and 2013-Q1"}},
		{"one axis twice", query.Question{}, query.Layout{Rows: query.ByArea, Columns: query.ByArea}, fault.InvalidParameter, "columns", nil},
		{"an axis that there is none of", query.Question{}, query.Layout{Rows: "unit"}, fault.InvalidParameter, "rows", nil},
		{"all vintages", query.Question{Vintage: query.AllVintages}, query.Layout{}, fault.ParameterConflict, "vintage", nil},
		{"too many cells", query.Question{Filter: query.Filter{Areas: []string{"cn"}, Indicators: []string{"gdp", "trade"}}, Range: query.Range{Frequency: "A"}}, query.Layout{Cells: 5},
			fault.AnswerTooLarge, "", []string{"8 cells", "4 rows by 2 columns", "at most 5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := a.Table(context.Background(), a.now(), c.q, c.l)
			f := fault.From(err)
			if f == nil || f.Code != c.code {
				t.Fatalf("Table = %v, want %s", err, c.code)
			}
			if c.parameter != "" && !slices.ContainsFunc(f.Items, func(i fault.Item) bool { return i.Parameter == c.parameter }) {
				t.Errorf("the items %+v do not name %s", f.Items, c.parameter)
			}
			for _, text := range c.says {
				if !strings.Contains(f.Detail+" "+f.Expected, text) {
					t.Errorf("%q, expecting %q, does not say %q", f.Detail, f.Expected, text)
				}
			}
		})
	}
}

// TestUnitsOfOneHeading lets areas differ in their unit where each has a row of
// its own with its unit, and not under the heading of an indicator.
func TestUnitsOfOneHeading(t *testing.T) {
	s := newShelf(t)
	put(s, "gdp.cn.cny", "2013", 588)
	put(s, "gdp.fr.eur", "2013", 21)
	a := ask(t, s)
	got := drawn(a.table(query.Question{}, query.Layout{Rows: query.ByArea}))
	if want := "area | 2013\ncn CNY | 58.8\nfr EUR | 2.1"; got != want {
		t.Errorf("table:\n%s\nwant\n%s", got, want)
	}
	_, err := a.Table(context.Background(), a.now(), query.Question{}, query.Layout{Rows: query.ByArea, Columns: query.ByIndicator})
	f := fault.From(err)
	if f == nil || f.Code != fault.MixedUnits || !strings.Contains(f.Expected, "unit=CNY or unit=EUR, or currency=") {
		t.Errorf("Table = %v, want %s", err, fault.MixedUnits)
	}
}

// TestAHeadingKeepsItsSeriesWithoutFigures asks by code for what has no figure in
// the range.
func TestAHeadingKeepsItsSeriesWithoutFigures(t *testing.T) {
	a := ask(t, sampleShelf(t))
	in := func(p string, codes ...string) query.Question {
		return query.Question{Filter: query.Filter{Series: codes}, Range: query.Range{Periods: periodsOfText(p)}}
	}
	for _, c := range []struct {
		name string
		q    query.Question
		l    query.Layout
		edit func(*query.Question)
		want string // series, unit and multiplier of the last heading with a unit
	}{
		{"a column", in("2012-01-01/P9M", "gdp.cn-cq-lj.cny", "trade.cn-cq-lj.usd"), query.Layout{}, nil, "trade.cn-cq-lj.usd USD 9"},
		{"a row", in("2012-01-01/P9M", "gdp.cn-cq-lj.cny", "trade.cn-cq-lj.usd"), query.Layout{Rows: query.ByIndicator}, nil, "trade.cn-cq-lj.usd USD 9"},
		{"everything", in("2099", "gdp.cn-cq-lj.cny"), query.Layout{}, nil, "gdp.cn-cq-lj.cny CNY 9"},
		{"a row of an area", in("2099", "gdp.cn.cny", "gdp.cn-cq-lj.cny"), query.Layout{Rows: query.ByArea}, nil, "gdp.cn-cq-lj.cny CNY 9"},
		{"converted and scaled", in("2099", "gdp.cn-cq-lj.cny"), query.Layout{}, func(q *query.Question) {
			q.Currencies, q.Scale = []string{"usd"}, query.Scale{Power: 6, Set: true}
		}, "gdp.cn-cq-lj.cny USD 6"},
		{"growth", in("2099", "gdp.cn-cq-lj.cny"), query.Layout{}, func(q *query.Question) { q.Transform = "yoy" }, "gdp.cn-cq-lj.cny percent 0"},
		{"by its unit", query.Question{
			Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"trade"}, Units: []string{"CNY"}}, Range: query.Range{Periods: periodsOfText("2099")},
		}, query.Layout{}, nil, "trade.cn-cq-lj.cny CNY 9"},
		{"in two units, none of which is chosen", query.Question{
			Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"trade"}}, Range: query.Range{Periods: periodsOfText("2099")},
		}, query.Layout{}, nil, "  0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.edit != nil {
				c.edit(&c.q)
			}
			table := a.table(c.q, c.l)
			headings := table.Columns
			if table.UnitsDown() {
				headings = table.Rows
			}
			h := headings[len(headings)-1]
			if got := fmt.Sprint(h.Series, " ", h.Unit, " ", h.Multiplier); got != c.want {
				t.Errorf("heading %s, want %s", got, c.want)
			}
			last := table.Cell(len(table.Rows)-1, len(table.Columns)-1)
			if last.HasValue || last.Reason != query.ReasonNoObservation {
				t.Errorf("cell %+v, want none with its reason", last)
			}
		})
	}
}

// TestATableInSeveralCurrencies has a column, or a row, for each, in the order
// asked, with the stored figures where their own currency is asked for.
func TestATableInSeveralCurrencies(t *testing.T) {
	a := ask(t, sampleShelf(t))
	q := query.Question{
		Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"gdp", "industrial-output"}}, Range: query.Range{Periods: periodsOfText("2013-01-01/P9M")},
		View: query.View{Currencies: []string{"usd", "CNY", "EUR"}},
	}
	want := "period | gdp USD | gdp CNY | gdp EUR | industrial-output USD | industrial-output CNY | industrial-output EUR\n" +
		"2013-01-01/P9M | 19.25 contradicted;guess | 118.7 contradicted;guess | (O rate_missing) contradicted;guess | " +
		"40.71 contradicted;guess | 251.1 contradicted;guess | (O rate_missing) contradicted;guess"
	if got := drawn(a.table(q, query.Layout{})); got != want {
		t.Errorf("table:\n%s\nwant\n%s", got, want)
	}
	q.Indicators = []string{"gdp"}
	want = "indicator | 2013-01-01/P9M\ngdp USD | 19.25 contradicted;guess\ngdp CNY | 118.7 contradicted;guess\ngdp EUR | (O rate_missing) contradicted;guess"
	if got := drawn(a.table(q, query.Layout{Rows: query.ByIndicator})); got != want {
		t.Errorf("table:\n%s\nwant\n%s", got, want)
	}
}

// TestPeriodsFromJanuaryAreOneLineWhenAskedFor lets cumulative periods overlap.
func TestPeriodsFromJanuaryAreOneLineWhenAskedFor(t *testing.T) {
	a := ask(t, levels(t, "gdp.cn.cny", "2013-Q1", "2013-H1", "2013-01-01/P9M", "2013"))
	q := query.Question{Filter: query.Filter{Areas: []string{"cn"}}, Range: query.Range{Accumulation: "ytd", Frequency: "Q"}}
	if got := a.table(q, query.Layout{}); len(got.Rows) != 4 || got.Tail.Total != 4 {
		t.Errorf("table of %d rows, total %d, want 4:\n%s", len(got.Rows), got.Tail.Total, drawn(got))
	}
}

// TestWhatIsAskedForIsInTheTable holds columns and rows of which nothing is
// known, and the one value of the third dimension.
func TestWhatIsAskedForIsInTheTable(t *testing.T) {
	a := ask(t, levels(t, "gdp.cn.cny", "2013"))
	got := a.table(query.Question{
		Filter: query.Filter{Areas: []string{"cn"}, Indicators: []string{"trade", "gdp"}}, Range: query.Range{Periods: periodsOfText("2014")},
	}, query.Layout{})
	if want := "period | trade | gdp CNY\n2014 | (O no_observation) | (O no_observation)"; drawn(got) != want {
		t.Errorf("table:\n%s\nwant\n%s", drawn(got), want)
	}
	if got.Fixed.Code != "cn" || got.Fixed.Label != "China" {
		t.Errorf("fixed = %+v, want China", got.Fixed)
	}
	empty := a.table(query.Question{Range: query.Range{Start: day("2020-01-01")}}, query.Layout{})
	if len(empty.Rows) != 0 || len(empty.Columns) != 0 || empty.Fixed.Code != "" {
		t.Errorf("a table of nothing is %+v", empty)
	}
}

func TestATableInDollars(t *testing.T) {
	a := ask(t, sampleShelf(t))
	got := a.table(query.Question{
		Filter: query.Filter{Areas: []string{"cn-cq-lj"}, Indicators: []string{"gdp", "fiscal-revenue"}}, Range: query.Range{Latest: 1, Accumulation: "ytd", Frequency: "Q"},
		View: query.View{Currencies: []string{"USD"}, Scale: query.Scale{Power: 6, Set: true}},
	}, query.Layout{})
	if want := "period | gdp USD | fiscal-revenue USD\n2013-01-01/P9M | 19250 contradicted;guess | 2640"; drawn(got) != want {
		t.Errorf("table:\n%s\nwant\n%s", drawn(got), want)
	}
	if c := got.Tail.Conversion; c == nil || len(c.Rows) != 1 || c.Rows[0].Period != period.MustParse("2013-01-01/P9M") {
		t.Errorf("conversion = %+v, want that of the one period shown", c)
	}
}

// TestATableHoldsTheRows draws figures at random and compares every cell with
// the rows.
func TestATableHoldsTheRows(t *testing.T) {
	indicators, areas := []string{"gdp", "trade", "exports"}, []string{"cn", "fr", "de"}
	rapid.Check(t, func(r *rapid.T) {
		s := newShelf(t)
		expected := map[string]string{}
		for range rapid.IntRange(1, 30).Draw(r, "figures") {
			indicator, area := rapid.SampledFrom(indicators).Draw(r, "indicator"), rapid.SampledFrom(areas).Draw(r, "area")
			year, tenths := rapid.IntRange(2000, 2006).Draw(r, "year"), rapid.Int64Range(-50, 50).Draw(r, "tenths")
			put(s, indicator+"."+area+".cny", fmt.Sprint(year), tenths)
			expected[fmt.Sprint(indicator, area, year)] = figure.New(tenths, 1, 9).Text()
		}
		area := rapid.SampledFrom(areas).Draw(r, "shown")
		latest := rapid.IntRange(0, 4).Draw(r, "latest")
		most := rapid.IntRange(0, 3).Draw(r, "most")
		a := ask(t, s)
		table, err := a.Table(context.Background(), a.now(), query.Question{Filter: query.Filter{Areas: []string{area}}, Range: query.Range{Latest: latest}}, query.Layout{Cells: most})
		years := map[int]bool{}
		columns := map[string]bool{}
		for year := 2006; year >= 2000; year-- {
			for _, indicator := range indicators {
				if expected[fmt.Sprint(indicator, area, year)] != "" && (latest == 0 || len(years) < latest || years[year]) {
					years[year], columns[indicator] = true, true
				}
			}
		}
		cells := len(years) * len(columns)
		if most > 0 && cells > most {
			if fault.CodeOf(err) != fault.AnswerTooLarge {
				r.Fatalf("a table of %d cells where %d are allowed: %v", cells, most, err)
			}
			return
		}
		if err != nil {
			r.Fatal(err)
		}
		if len(table.Rows) != len(years) || len(table.Columns) != len(columns) {
			r.Fatalf("%d rows by %d columns, want %d by %d", len(table.Rows), len(table.Columns), len(years), len(columns))
		}
		for i, row := range table.Rows {
			for j, column := range table.Columns {
				got := ""
				if c := table.Cell(i, j); c.HasValue {
					got = c.Value.Text()
				}
				if want := expected[column.Code+area+row.Code]; got != want {
					r.Fatalf("cell %s %s = %q, want %q", row.Code, column.Code, got, want)
				}
			}
		}
	})
}
