package diff_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

func present(text string, multiplier int) diff.Figure {
	return diff.Figure{Value: figure.MustParse(text, multiplier), Status: "A"}
}

func Example() {
	before := []diff.Entry{
		{Family: "gdp.cn", Code: "gdp.cn.cny", Period: period.MustParse("2011"), Figure: present("471564", 8)},
		{Family: "gdp.cn", Code: "gdp.cn.cny", Period: period.MustParse("2012"), Figure: present("519322", 8)},
	}
	c := diff.NewComparer(before, func(d diff.Change) error {
		fmt.Println(d.Kind, d.Code, d.Period, d.Before.Value, d.After.Value, d.Percent())
		return nil
	})
	revised := before[0]
	revised.Figure = present("472882", 8)
	_ = c.Next(revised)
	_ = c.Next(before[1])
	_ = c.End()
	fmt.Println(c.Counts.Revised, c.Counts.Unchanged)
	// Output:
	// revised gdp.cn.cny 2011 471564e8 472882e8 0.28
	// 1 1
}

func TestBetween(t *testing.T) {
	withdrawn := diff.Figure{State: obs.Missing, Status: "O", Reason: "withdrawn", Withdrawn: true}
	missing := diff.Figure{State: obs.Missing, Status: "O", Reason: "not_available"}
	provisional := present("118.7", 9)
	provisional.Status = "P"
	for _, c := range []struct {
		name          string
		before, after diff.Figure
		want          diff.Kind
		percent       string
	}{
		{"the same", present("118.7", 9), present("118.7", 9), diff.Unchanged, "0.00"},
		{"the same at another multiplier", present("118.7", 9), diff.Figure{Value: figure.MustParse("118.7", 9).At(6), Status: "A"}, diff.Unchanged, "0.00"},
		{"another number", present("118.7", 9), present("120.0", 9), diff.Revised, "1.10"},
		{"downwards from a negative number", present("-2", 0), present("-3", 0), diff.Revised, "-50.00"},
		{"from zero", present("0", 0), present("3", 0), diff.Revised, ""},
		{"more precise", present("118.7", 9), present("118.70", 9), diff.Restated, "0.00"},
		{"provisional becomes final", provisional, present("118.7", 9), diff.Restated, "0.00"},
		{"a number for none", missing, present("1", 0), diff.Revised, ""},
		{"none for a number", present("1", 0), missing, diff.Revised, ""},
		{"missing as before", missing, missing, diff.Unchanged, ""},
		{"withdrawn", present("1", 0), withdrawn, diff.Withdrawn, ""},
		{"still withdrawn", withdrawn, withdrawn, diff.Unchanged, ""},
		{"revived", withdrawn, present("1", 0), diff.Revived, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := diff.Between(c.before, c.after); got != c.want {
				t.Errorf("Between(%v, %v) = %v, want %v", c.before, c.after, got, c.want)
			}
			if got := diff.Percent(c.before, c.after); got != c.percent {
				t.Errorf("Percent(%v, %v) = %q, want %q", c.before, c.after, got, c.percent)
			}
		})
	}
}

// TestComparerAgreesWithMaps compares the walk over sorted states with what
// two maps say.
func TestComparerAgreesWithMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := states(t, "before"), states(t, "after")
		want := diff.Counts{}
		for key, f := range after {
			if old, ok := before[key]; ok {
				want.Add(diff.Between(old.Figure, f.Figure))
			} else {
				want.Add(diff.New)
			}
		}
		for key := range before {
			if _, ok := after[key]; !ok {
				want.Add(diff.Removed)
			}
		}
		seen := 0
		c := diff.NewComparer(sorted(before), func(diff.Change) error { seen++; return nil })
		for _, e := range sorted(after) {
			if err := c.Next(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.End(); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, c.Counts); d != "" {
			t.Errorf("counts (-want +got):\n%s", d)
		}
		all := want.New + want.Revised + want.Restated + want.Withdrawn + want.Revived + want.Removed
		if seen != all {
			t.Errorf("%d changes were given, want %d", seen, all)
		}
	})
}

func TestAnErrorEndsTheWalk(t *testing.T) {
	stop := errors.New("stop")
	c := diff.NewComparer(nil, func(diff.Change) error { return stop })
	e := diff.Entry{Family: "gdp.cn", Code: "gdp.cn.cny", Period: period.MustParse("2011"), Figure: present("1", 0)}
	if err := c.Next(e); !errors.Is(err, stop) {
		t.Errorf("Next = %v, want %v", err, stop)
	}
}

func states(t *rapid.T, name string) map[string]diff.Entry {
	all := map[string]diff.Entry{}
	for range rapid.IntRange(0, 12).Draw(t, name) {
		e := diff.Entry{
			Family: rapid.SampledFrom([]string{"gdp.cn", "gdp.cn-cq"}).Draw(t, "family"),
			Period: period.MustParse(rapid.SampledFrom([]string{"2011", "2012-Q1", "2012-H1", "2012"}).Draw(t, "period")),
			Figure: present(rapid.SampledFrom([]string{"1", "1.0", "2"}).Draw(t, "value"), 0),
		}
		e.Code = e.Family + "." + rapid.SampledFrom([]string{"cny", "usd"}).Draw(t, "unit")
		e.Withdrawn = rapid.Bool().Draw(t, "withdrawn")
		all[e.Code+" "+e.Period.String()] = e
	}
	return all
}

func sorted(state map[string]diff.Entry) []diff.Entry {
	var list []diff.Entry
	for _, e := range state {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b diff.Entry) int { return diff.Order(&a, &b) })
	return list
}
