package query_test

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

func TestNominalGrowthIsNotOfChainedVolumes(t *testing.T) {
	s := newShelf(t)
	s.say("gdp.jp.cny", "Office", "2012 100.0@2014-01-01", "2013 113.0@2014-01-01")
	s.grew("gdp.jp.cny.yoy.nominal", "13.0", 1)
	s.say("gdp.jp.cny.chained-2010", "Office", "2012 90.0@2014-01-01", "2013 95.0@2014-01-01")
	rows := rowsByFigure(ask(t, s), query.Question{Filter: everything()})
	want(t, rows["gdp.jp.cny 2013"], map[string]string{"growth_reported": "13.0", "growth_check": "consistent"})
	want(t, rows["gdp.jp.cny.chained-2010 2013"], map[string]string{
		"growth_reported": "", "growth_computed": "5.56", "growth_check": "", "growth_basis": "", "flags": ""})
}

func TestRealGrowthThatConstantPricesBearOutIsNotContradicted(t *testing.T) {
	s := newShelf(t)
	s.say("gdp.cn.cny", "Office", "2012 100.0@2014-01-01", "2013 1080.0@2014-01-01")
	s.say("gdp.cn.cny.chained-2010", "Office", "2012 90.0@2014-01-01", "2013 97.2@2014-01-01")
	s.grew("gdp.cn.cny.yoy", "8.0", 1)
	rows := rowsByFigure(ask(t, s), query.Question{Filter: everything()})
	want(t, rows["gdp.cn.cny 2013"], map[string]string{"growth_check": "unexplained", "flags": "contradicted"})
	want(t, rows["gdp.cn.cny.chained-2010 2013"], map[string]string{"growth_reported": "", "growth_check": ""})

	s.grew("gdp.cn.cny.yoy.real", "8.0", 2)
	rows = rowsByFigure(ask(t, s), query.Question{Filter: everything()})
	want(t, rows["gdp.cn.cny 2013"], map[string]string{"growth_check": "price_basis", "growth_basis": "real", "flags": ""})
	want(t, rows["gdp.cn.cny.chained-2010 2013"], map[string]string{"growth_reported": "8.0", "growth_check": "consistent"})
}

// grew records the growth of 2013 as it was published in a month of 2014.
func (s *shelf) grew(code, percent string, month time.Month) {
	s.put(code, obs.Observation{Period: period.MustParse("2013"), Value: figure.MustParse(percent, 0),
		Published: time.Date(2014, month, 1, 0, 0, 0, 0, time.UTC)})
}

// rowsByFigure returns the rows of an answer by series and period.
func rowsByFigure(a asker, q query.Question) map[string]row {
	rows := map[string]row{}
	for _, r := range a.observations(a.now(), q).Observations {
		rows[r.text("series")+" "+r.text("period")] = r
	}
	return rows
}

// anyBases draws one figure in several prices and several claims of it.
func anyBases(t *rapid.T, outer testing.TB) *shelf {
	s := newShelf(outer)
	say := func(code, p string, least, most int64) {
		if rapid.IntRange(0, 4).Draw(t, code+" "+p) == 0 {
			return
		}
		for day := range rapid.IntRange(1, 2).Draw(t, "versions") {
			o := obs.Observation{Period: period.MustParse(p), Value: figure.New(rapid.Int64Range(least, most).Draw(t, "value"), 0, 0),
				Published: time.Date(2014, 1, 1+day, 0, 0, 0, 0, time.UTC)}
			if rapid.IntRange(0, 9).Draw(t, "withdrawn") == 0 {
				o.Withdrawn, o.State = true, obs.Missing
			}
			s.put(code, o)
		}
	}
	for _, code := range []string{"gdp.cn.cny", "gdp.cn.cny.chained-2010", "gdp.cn.cny.real-2005", "gdp.cn.usd"} {
		say(code, "2012", 95, 105)
		say(code, "2013", 98, 120)
	}
	for _, code := range []string{"gdp.cn.cny.yoy", "gdp.cn.cny.yoy.real", "gdp.cn.cny.yoy.nominal"} {
		say(code, "2013", 0, 14)
	}
	return s
}

// What the report says of a claim is what the row of its level says, no row
// contradicts a claim that the report does not, and the explained figure says
// what its row says.
func TestRowsAndReportAgreeInEveryPriceBasis(t *testing.T) {
	var every []string
	for _, class := range check.Classes() {
		every = append(every, string(class))
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyBases(rt, t))
		list, err := a.Checks(context.Background(), a.now(), query.CheckFilter{Kinds: []string{"claim"}, Classes: every}, "en")
		if err != nil {
			rt.Fatal(err)
		}
		rows := rowsByFigure(a, query.Question{Filter: everything()})
		contradicted := map[string]bool{}
		for _, f := range list {
			contradicted[string(f.Basis)] = f.Contradicted
			r, there := rows[f.Series+" "+f.Period]
			if !there || r.text("growth_check") == "" || basisSaid(r) != string(f.Basis) {
				continue
			}
			if got := r.text("growth_check"); got != string(f.Class) {
				rt.Errorf("%s %s %q is %s in the report, %s in its row", f.Series, f.Period, f.Basis, f.Class, got)
			}
		}
		for name, r := range rows {
			class := r.text("growth_check")
			x, err := a.Explain(context.Background(), a.now(), r.text("series"), period.MustParse(r.text("period")), query.View{})
			if err != nil {
				rt.Fatal(err)
			}
			for _, claim := range x.Claims {
				if claim.Shown && claim.Check != nil && string(claim.Check.Class) != class {
					rt.Errorf("%s is %s where it is explained, %s in its row", name, claim.Check.Class, class)
				}
			}
			against := class == "scope_or_revision" || class == "unexplained"
			if against && r.text("unit") == "CNY" && !contradicted[basisSaid(r)] {
				rt.Errorf("%s contradicts the growth %q, and the report does not", name, basisSaid(r))
			}
		}
	})
}

// basisSaid is the basis of the claim of a row as the report has it.
func basisSaid(r row) string {
	if basis := r.text("growth_basis"); basis != "unstated" {
		return basis
	}
	return ""
}
