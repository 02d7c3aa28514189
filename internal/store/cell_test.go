package store_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/store"
)

func TestAPlainCellContradictsAnotherValue(t *testing.T) {
	for _, c := range []struct {
		cell, value string
		indexed     bool
		want        bool
	}{
		{"118.7", "118.70", false, false},
		{"118.7", "118.8", false, true},
		{"118.7", "1187", false, true},
		{"118.7", "-118.7", false, true},
		{" 1,187.5 ", "1187.5", false, false},
		{"1,187.5", "1188.5", false, true},
		{"1.187,5", "1187.5", false, false},
		{"12,34,567", "1234567", false, false},
		{"1,234", "1234", false, false},
		{"1,234", "1.234", false, false},
		{"1,234", "1235", false, true},
		{"1\u00a0234", "1234", false, false},
		{"7.7%", "7.7", false, false},
		{"7.7 ％", "7.8", false, true},
		{"(3.2)", "-3.2", false, false},
		{"(3.2%)", "-3.2", false, false},
		{"3.2-", "-3.2", false, false},
		{"−3.2", "3.2", false, true},
		{"+3.2", "3.2", false, false},
		{"-0", "0", false, false},
		{"007", "7", false, false},
		{"107.7", "7.7", true, false},
		{"107.7", "7.8", true, true},
		{"107.7", "107.7", true, true},
		{"118.7p", "1", false, false},
		{"118.7万亿", "1", false, false},
		{"1.2E3", "1", false, false},
		{"2013-01", "1", false, false},
		{"(3.2", "1", false, false},
		{".5", "1", false, false},
		{"", "1", false, false},
		{"%", "1", false, false},
	} {
		if got := store.Contradicts(c.cell, c.value, c.indexed); got != c.want {
			t.Errorf("Contradicts(%q, %q, %t) = %t, want %t", c.cell, c.value, c.indexed, got, c.want)
		}
	}
}

// TestNoCellContradictsWhatAnImportReadsInIt reads random cells in random
// notations as an import does.
func TestNoCellContradictsWhatAnImportReadsInIt(t *testing.T) {
	read := 0
	rapid.Check(t, func(rt *rapid.T) {
		separator := rapid.SampledFrom([]string{"", ",", ".", " ", "'", "’", "\u00a0", "\u202f", "，"})
		n := figure.Notation{
			Decimal: rapid.SampledFrom([]string{"", ".", ","}).Draw(rt, "decimal"), Thousands: separator.Draw(rt, "thousands"),
			Grouping:  rapid.SampledFrom([]figure.Grouping{figure.ByThree, figure.ByTwosAtThree}).Draw(rt, "grouping"),
			Negatives: figure.Negatives{Parentheses: rapid.Bool().Draw(rt, "parentheses"), TrailingMinus: rapid.Bool().Draw(rt, "trailing")},
			Exponent:  rapid.Bool().Draw(rt, "exponent"), Marks: map[string]string{"p": "provisional", "*": "estimated"},
			Multiplier: rapid.SampledFrom([]int{0, 4, 8}).Draw(rt, "multiplier"),
		}
		draw := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(rt, name) }
		cell := draw("before", "", "", "-", "−", "+", "(", " ", "*") + draw("first", "0", "7", "12", "118", "1187") +
			draw("second", "", "", n.Thousands+"034", n.Thousands+"56", n.Thousands+"034"+n.Thousands+"567") +
			draw("point", "", n.Decimal, ".", ",") + draw("fraction", "", "5", "70", "125", "0000") +
			draw("behind", "", "", "%", " %", "%)", ")", "-", "p", "e3")
		got, err := n.Read(cell, rapid.SampledFrom([]figure.Kind{figure.Level, figure.Percent}).Draw(rt, "kind"))
		if err != nil || got.State != figure.Present {
			return
		}
		read++
		if store.Contradicts(cell, got.Value.Text(), false) {
			rt.Errorf("%q contradicts its own value %s", cell, got.Value.Text())
		}
		growth := figure.Rounded(new(big.Rat).Sub(figure.MustParse(got.Value.Text(), 0).Rat(), big.NewRat(100, 1)), got.Value.Decimals(), 0)
		if store.Contradicts(cell, growth.Text(), true) {
			rt.Errorf("the index %q contradicts its own growth %s", cell, growth.Text())
		}
	})
	if read == 0 {
		t.Error("no cell was a number")
	}
}

// TestVerifyHoldsValuesAgainstTheirCells changes values behind the guards.
func TestVerifyHoldsValuesAgainstTheirCells(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		plain, index, zero, words := entry("gdp.cn.cny", "2013", "1187.0"), entry("gdp.cn.cny.yoy", "2013", "7.7"), entry("gdp.cn.cny", "2012", "0"), entry("gdp.cn.cny", "2011", "5")
		plain.Origin = obs.Origin{Line: 2, Column: 3, Cell: "1,187.0"}
		index.Origin, index.Indexed = obs.Origin{Line: 2, Column: 4, Cell: "107.7"}, true
		zero.State = obs.Nil
		words.Origin = obs.Origin{Line: 4, Column: 3, Cell: "5 万"}
		revision := f.publish(time.Time{}, plain, index, zero, words)
		f.checkSound()
		raw := f.db.Raw(t)
		for _, statement := range append(dropped(f.db, "observation"), `UPDATE observation SET value = value + 1`) {
			if _, err := raw.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		found, err := f.Verify(t.Context(), silent)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, one := range found {
			if one.Where != "observation" { // whose guards are gone
				got = append(got, one.Where+": "+one.What)
			}
		}
		of := " of revision " + revision.ID
		want := []string{
			"observation gdp.cn.cny 2012" + of + ": the value is 1, and a declared zero",
			"observation gdp.cn.cny 2013" + of + ": the value is 1188.0, and its cell in line 2 says 1,187.0",
			"observation gdp.cn.cny.yoy 2013" + of + ": the value is 8.7, and its cell in line 2 says 107.7",
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("Verify = %q, want %q", got, want)
		}
	})
}
