package diff_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
)

func present(text string, multiplier int) diff.Figure {
	return diff.Figure{Value: figure.MustParse(text, multiplier), Status: "A"}
}

func Example() {
	before, after := present("471564", 8), present("472882", 8)
	var counts diff.Counts
	for _, c := range []diff.Change{diff.Compare(&before, &after), diff.Compare(nil, &after), diff.Compare(&after, &after)} {
		fmt.Printf("%s %q\n", c.Kind, c.Percent(diff.Amount))
		counts.Add(c.Kind)
	}
	fmt.Println(counts.Changed(), counts.Unchanged)
	// Output:
	// revised "0.28"
	// new ""
	// unchanged "0.00"
	// 2 1
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
			if got := diff.Percent(c.before, c.after, diff.Amount); got != c.percent {
				t.Errorf("Percent(%v, %v) = %q, want %q", c.before, c.after, got, c.percent)
			}
			if got := diff.Percent(c.before, c.after, diff.Percentage); got != "" {
				t.Errorf("Percent(%v, %v) of percentages = %q, want none", c.before, c.after, got)
			}
		})
	}
}

// TestCompareKnowsNothingOnEitherSide holds what Compare adds to Between.
func TestCompareKnowsNothingOnEitherSide(t *testing.T) {
	one, two, minus := present("1", 0), present("2", 0), present("-1", 0)
	for _, c := range []struct {
		name          string
		before, after *diff.Figure
		want          diff.Change
		percent       string
	}{
		{"nothing twice", nil, nil, diff.Change{Kind: diff.Unchanged}, ""},
		{"something new", nil, &two, diff.Change{Kind: diff.New, After: two}, ""},
		{"something gone", &one, nil, diff.Change{Kind: diff.Removed, Before: one}, ""},
		{"something negative gone", &minus, nil, diff.Change{Kind: diff.Removed, Before: minus}, ""},
		{"another number", &one, &two, diff.Change{Kind: diff.Revised, Before: one, After: two}, "100.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := diff.Compare(c.before, c.after)
			if got != c.want {
				t.Errorf("Compare(%v, %v) = %v, want %v", c.before, c.after, got, c.want)
			}
			if percent := got.Percent(diff.Amount); percent != c.percent {
				t.Errorf("Compare(%v, %v).Percent() = %q, want %q", c.before, c.after, percent, c.percent)
			}
		})
	}
}

// TestCountsHoldEveryChange adds changes in any order and finds each counted
// once.
func TestCountsHoldEveryChange(t *testing.T) {
	kinds := []diff.Kind{diff.Unchanged, diff.New, diff.Revised, diff.Restated, diff.Withdrawn, diff.Revived, diff.Removed}
	rapid.Check(t, func(t *rapid.T) {
		var counts diff.Counts
		added := rapid.SliceOf(rapid.SampledFrom(kinds)).Draw(t, "kinds")
		changed := 0
		for _, kind := range added {
			counts.Add(kind)
			if kind != diff.Unchanged {
				changed++
			}
		}
		if counts.Changed() != changed || counts.Changed()+counts.Unchanged != len(added) {
			t.Errorf("%v counts as %+v", added, counts)
		}
	})
}
