package query_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/period"
	"bellwether/internal/query"
)

// A growth of 2013 changes when 2012 is revised, also where 2013 itself is not
// stated again: each column is what was answered as of its day.
func TestTriangleTellsGrowthAsOfEachPublication(t *testing.T) {
	s := newShelf(t)
	s.putAt("gdp.cn.cny", "2012", "100", "2013-02-20")
	s.putAt("gdp.cn.cny", "2013", "120", "2014-02-20")
	s.putAt("gdp.cn.cny.yoy", "2013", "20.0", "2014-02-20")
	s.putAt("gdp.cn.cny", "2012", "110", "2014-03-20")
	s.putAt("gdp.cn.cny", "2012", "96", "2014-04-20")
	a := ask(t, s)
	for asked, want := range map[string]string{
		"":    "not_published 120 120!contradicted 120!contradicted",
		"yoy": "not_published 20.00 9.09!contradicted 25.00!contradicted",
	} {
		table, err := a.Triangle(t.Context(), a.now(), "gdp.cn.cny", query.Question{Transform: asked}, 0)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for release := range table.Releases {
			cell := table.Cell(1, release)
			got = append(got, told(cell.Cell))
		}
		if strings.ReplaceAll(strings.Join(got, " "), ";guess", "") != want {
			t.Errorf("2013 in %q is %v, want %s", asked, got, want)
		}
	}
}

// told is a cell in one word.
func told(c query.Cell) string {
	text := c.Reason
	if c.HasValue {
		text = c.Value.String()
	}
	if c.Flags != "" {
		text += "!" + c.Flags
	}
	return text
}

// TestTriangleIsWhatWasAnsweredThen compares each cell with the answer as of the
// publication that its column is named for.
func TestTriangleIsWhatWasAnsweredThen(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyShelf(rt, t))
		transform := rapid.SampledFrom([]string{"", "yoy", "pop", "cagr:2011", "index:2012", "share:gdp.cn-cq.cny", "contribution:gdp.cn-cq.cny"}).Draw(rt, "transform")
		if strings.Contains(transform, "cn-cq") && !slices.Contains(a.codes(), "gdp.cn-cq.cny") || !slices.Contains(a.codes(), "gdp.cn.cny") {
			return
		}
		table, err := a.Triangle(t.Context(), a.now(), "gdp.cn.cny", query.Question{Transform: transform}, 0)
		if err != nil {
			rt.Fatal(err)
		}
		for release, r := range table.Releases {
			sink := cells{}
			asOf := a.at(query.When{AsOf: r.At.Format(time.RFC3339Nano)})
			if err := a.Series(t.Context(), asOf, "gdp.cn.cny", query.Question{Transform: transform}, &sink); err != nil {
				continue // the series that is compared with was not there yet
			}
			for i, row := range table.Rows {
				want := query.ReasonNotPublished
				if cell, there := sink[row.Period]; there {
					want = told(cell)
				}
				if got := told(table.Cell(i, release).Cell); got != want {
					rt.Errorf("%s of %s at %s is %s, and was answered then as %s", transform, row.Period, r.Code, got, want)
				}
			}
		}
	})
}

// codes returns the series that have figures.
func (a asker) codes() []string {
	var codes []string
	for _, r := range a.observations(a.now(), query.Question{}).Observations {
		codes = append(codes, r.text("series"))
	}
	return codes
}

// cells keeps the cell of each period.
type cells map[period.Period]query.Cell

func (c cells) Begin(query.Head) error { return nil }
func (c cells) Row(r *query.Row) error { c[r.Version.Period] = query.NewCell(r); return nil }
func (c cells) End(query.Tail) error   { return nil }
