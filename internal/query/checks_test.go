package query_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/check"
	"bellwether/internal/fault"
	"bellwether/internal/query"
	"bellwether/internal/testdb"
)

// found writes everything that was found on lines, with every number.
func (a asker) found(when query.When, f query.CheckFilter) []string {
	a.Helper()
	list, err := a.Checks(context.Background(), a.at(when), f, "en")
	if err != nil {
		a.Fatal(err)
	}
	var lines []string
	for _, c := range list {
		lines = append(lines, fmt.Sprintf("%+v", c))
	}
	return lines
}

// doubtfulShelf is the sample with a total that its parts do not make, and
// quarters that do not make their half.
func doubtfulShelf(t testing.TB) *shelf {
	s := sampleShelf(t)
	s.say("trade.us.usd", "Office", "2013 30.0@2014-02-01")
	s.say("exports.us.usd", "Office", "2013 20.0@2014-02-01")
	s.say("imports.us.usd", "Office", "2013 11.0@2014-03-01")
	s.say("gdp.us.usd", "Office", "2014-Q1 10.0@2014-05-01", "2014-Q2 10.0@2014-08-01", "2014-H1 21.0@2014-08-01")
	return s
}

func TestDatabasesFindWhatTheShelfFinds(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		s := doubtfulShelf(t)
		inMemory, inDatabase := ask(t, s), ask(t, fill(t, db, s))
		var every []string
		for _, class := range check.Classes() {
			every = append(every, string(class))
		}
		for _, asOf := range []string{"", "2012-12-31", "2013-12-31", "2014-02-28", "2014-07-31"} {
			for _, f := range []query.CheckFilter{
				{}, {Classes: every}, {Areas: []string{"us"}, Indicators: []string{"exports"}}, {Kinds: []string{"periods"}},
			} {
				when := query.When{AsOf: asOf}
				if diff := cmp.Diff(inMemory.found(when, f), inDatabase.found(when, f)); diff != "" {
					t.Errorf("as of %q %+v (-in memory +in the database):\n%s", asOf, f, diff)
				}
			}
		}
	})
}

func TestChecksAreOfTheStateThatIsAsked(t *testing.T) {
	a := ask(t, doubtfulShelf(t))
	for _, c := range []struct {
		asOf  string
		kinds []string
		want  []string
	}{
		{"2014-02-28", []string{"parts_total", "periods"}, nil},
		{"2014-03-31", []string{"parts_total", "periods"}, []string{"parts_total_mismatch trade.us.usd 2013 30.0 31.0"}},
		{"2014-12-31", []string{"parts_total", "periods"}, []string{
			"periods_mismatch gdp.us.usd 2014-H1 21.0 20.0", "parts_total_mismatch trade.us.usd 2013 30.0 31.0"}},
		{"2013-12-31", []string{"label", "claim"}, []string{
			"price_basis gdp.cn.cny 2012-Q1 8.1 12.13", "price_basis gdp.cn.cny 2012-H1 7.8 11.07", "price_basis gdp.cn.cny 2012-01-01/P9M 7.7 10.22",
			"price_basis gdp.cn.cny 2012 7.7 9.69", "price_basis gdp.cn.cny 2013-Q1 7.7 10.06", "price_basis gdp.cn.cny 2013-H1 7.6 9.21",
			"price_basis gdp.cn.cny 2013-01-01/P9M 7.7 9.42"}},
	} {
		list, err := a.Checks(context.Background(), a.at(query.When{AsOf: c.asOf}), query.CheckFilter{Kinds: c.kinds}, "en")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range list {
			got = append(got, fmt.Sprintf("%s %s %s %s %s", f.Class, f.Series, f.Period, f.Reported, f.Computed))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("as of %s:\n%s\nwant\n%s", c.asOf, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// The class of a claim is the one that its row says.
func TestChecksSayWhatTheRowsSay(t *testing.T) {
	a := ask(t, sampleShelf(t))
	all := query.CheckFilter{Kinds: []string{"claim"}, Classes: []string{"price_basis", "scope_or_revision", "unexplained", "not_testable", "consistent"}}
	list, err := a.Checks(context.Background(), a.now(), all, "en")
	if err != nil {
		t.Fatal(err)
	}
	classes := map[string]string{}
	for _, f := range list {
		classes[f.Series+" "+f.Period] = string(f.Class) + " " + string(f.Computed)
	}
	tested := 0
	for _, r := range a.observations(a.now(), query.Question{}).Observations {
		if said := r.text("growth_check"); said != "" {
			tested++
			computed := r.text("growth_computed")
			if got := classes[r.text("series")+" "+r.text("period")]; got != said+" "+computed {
				t.Errorf("%s %s is %q in the report, %q %q in its row", r.text("series"), r.text("period"), got, said, computed)
			}
		}
	}
	if tested < 20 {
		t.Errorf("%d rows have a test, want more", tested)
	}
}

func TestChecksRefuse(t *testing.T) {
	a := ask(t, sampleShelf(t))
	for want, f := range map[fault.Code]query.CheckFilter{
		fault.UnknownCode:      {Areas: []string{"atlantis"}},
		fault.InvalidParameter: {Classes: []string{"wrong"}},
	} {
		if _, err := a.Checks(context.Background(), a.now(), f, "en"); fault.CodeOf(err) != want {
			t.Errorf("Checks(%+v): %v, want %s", f, err, want)
		}
	}
}
