package query_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// putAt states a figure of a period, published on a day.
func (s *shelf) putAt(code, when, value, published string) {
	s.put(code, obs.Observation{Period: period.MustParse(when), Value: figure.MustParse(value, 0), Published: beijing(published)})
}

// revised is a shelf with a level that was revised twice and its base once,
// with two claims, one of which came late.
func revised(t testing.TB) *shelf {
	s := newShelf(t)
	for _, one := range [][4]string{
		{"gdp.cn.cny", "2012", "100", "2013-02-01"},
		{"gdp.cn.cny", "2013", "110", "2014-02-01"},
		{"gdp.cn.cny.yoy", "2013", "10.0", "2014-02-01"},
		{"gdp.cn.cny", "2012", "105", "2014-08-01"},
		{"gdp.cn.cny", "2013", "112", "2015-02-01"},
		{"gdp.cn.cny.yoy", "2013", "6.7", "2015-02-01"},
	} {
		s.putAt(one[0], one[1], one[2], one[3])
	}
	s.put("gdp.cn.cny", obs.Observation{Period: period.MustParse("2013"), Withdrawn: true, State: obs.Missing, Published: beijing("2015-06-01")})
	s.putAt("gdp.cn.cny", "2014", "120", "2015-06-02")
	return s
}

func TestVintages(t *testing.T) {
	a := ask(t, revised(t))
	only2013 := query.Range{Periods: []period.Period{period.MustParse("2013")}}
	for _, c := range []struct {
		name    string
		vintage query.Vintages
		rng     query.Range
		want    []map[string]string
	}{
		{"the latest is the withdrawal", "", only2013, []map[string]string{
			{"value": "", "reason": "withdrawn", "published": "2015-05-31"},
		}},
		{"the first, with the base and the claim of then", query.FirstVintage, only2013, []map[string]string{
			{"value": "110", "growth_computed": "10.00", "growth_reported": "10.0", "growth_check": "consistent", "published": "2014-01-31"},
		}},
		{"all, each with the base and the claim of then", query.AllVintages, only2013, []map[string]string{
			{"value": "110", "growth_computed": "10.00", "growth_reported": "10.0"},
			{"value": "112", "growth_computed": "6.67", "growth_reported": "6.7"},
			{"value": "", "reason": "withdrawn", "growth_computed": "", "growth_reported": "6.7"},
		}},
		{"the two newest ends are periods, not versions", query.AllVintages, query.Range{Latest: 2}, []map[string]string{
			{"period": "2013", "value": "110"}, {"period": "2013", "value": "112"}, {"period": "2013", "value": ""},
			{"period": "2014", "value": "120", "growth_computed": "", "growth_reason": "base_missing"},
		}},
		{"in force as it was told, not as it is", query.AllVintages, query.Range{Periods: []period.Period{period.MustParse("2012")}}, []map[string]string{
			{"value": "100", "published": "2013-01-31"}, {"value": "105", "published": "2014-07-31"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, p := range []page{
				a.series(a.now(), "gdp.cn.cny", query.Question{Range: c.rng, Vintage: c.vintage}),
				a.observations(a.now(), query.Question{Range: c.rng, Vintage: c.vintage}),
			} {
				if len(p.Observations) != len(c.want) || p.Total != len(c.want) {
					t.Fatalf("%d rows and a total of %d, want %d: %v", len(p.Observations), p.Total, len(c.want), p.Observations)
				}
				for i, cells := range c.want {
					want(t, p.Observations[i], cells)
				}
				if len(p.Warnings) != 0 {
					t.Errorf("warnings %v, want none", p.Warnings)
				}
			}
		})
	}
}

func TestEarlierVersionsAreNotDerived(t *testing.T) {
	a := ask(t, revised(t))
	q := query.Question{Range: query.Range{Frequency: "a"}, Vintage: query.AllVintages}
	p := a.series(a.now(), "gdp.cn.cny", q)
	if len(p.Warnings) != 1 || p.Warnings[0].Code != "not_derived" || p.Total != 6 {
		t.Errorf("%d rows with the warnings %v, want 6 with not_derived", p.Total, p.Warnings)
	}
}

// TestEveryVersionIsToldAsItWasPublished compares each row of every version
// with the answer as of its publication.
func TestEveryVersionIsToldAsItWasPublished(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyShelf(rt, t))
		all := a.observations(a.now(), query.Question{Vintage: query.AllVintages})
		seen := map[string]int{}
		for _, r := range all.Observations {
			key := r.text("series") + " " + r.text("period")
			seen[key]++
			then := a.observations(a.at(query.When{AsOf: r.text("published_at")}), query.Question{
				Filter: query.Filter{Series: []string{r.text("series")}},
				Range:  query.Range{Periods: []period.Period{period.MustParse(r.text("period"))}},
			})
			if got, want := line(r), line(only(t, then)); got != want {
				rt.Errorf("%s published %s is\n%s, and as of then\n%s", key, r.text("published_at"), got, want)
			}
		}
		a.firstsAreFirst(rt, all)
	})
}

// firstsAreFirst compares the first versions with the first rows of all that
// are no withdrawal.
func (a asker) firstsAreFirst(rt *rapid.T, all page) {
	a.Helper()
	var want []string
	last := ""
	for _, r := range all.Observations {
		if key := r.text("series") + " " + r.text("period"); key != last && r.text("reason") != "withdrawn" {
			last = key
			want = append(want, line(r))
		}
	}
	var got []string
	for _, r := range a.observations(a.now(), query.Question{Vintage: query.FirstVintage}).Observations {
		got = append(got, line(r))
	}
	if !slices.Equal(got, want) {
		rt.Errorf("first versions are\n%v, want\n%v", got, want)
	}
}

// TestVersionsInPagesAndCurrencies reads every version in pages and in dollars.
func TestVersionsInPagesAndCurrencies(t *testing.T) {
	s := revised(t)
	s.rates = sampleShelf(t).rates
	a := ask(t, s)
	q := query.Question{Vintage: query.AllVintages, View: query.View{Currencies: []string{"CNY", "USD"}}}
	whole := a.series(a.now(), "gdp.cn.cny", q)
	q.Limit = 3
	var joined []row
	for m := a.now(); ; m = a.at(query.When{Cursor: q.Cursor}) {
		p := a.series(m, "gdp.cn.cny", q)
		joined = append(joined, p.Observations...)
		if q.Cursor = p.Next; q.Cursor == "" {
			break
		}
	}
	if len(joined) != 12 || len(whole.Observations) != 12 {
		t.Fatalf("%d rows in pages and %d at once, want 12: six versions in two currencies", len(joined), len(whole.Observations))
	}
	for i := range joined {
		if got, want := line(joined[i]), line(whole.Observations[i]); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
	q.Cursor = a.series(a.now(), "gdp.cn.cny", q).Next
	q.Vintage = query.FirstVintage
	if err := a.Series(t.Context(), a.at(query.When{Cursor: q.Cursor}), "gdp.cn.cny", q, nothing{}); err == nil {
		t.Error("a cursor of all versions is taken for the first ones")
	}
}

// nothing is a sink that keeps nothing.
type nothing struct{}

func (nothing) Begin(query.Head) error { return nil }
func (nothing) Row(*query.Row) error   { return nil }
func (nothing) End(query.Tail) error   { return nil }
