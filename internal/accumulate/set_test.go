package accumulate_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/accumulate"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// setOf takes pairs of a period and a value in billions.
func setOf(pairs ...string) *accumulate.Set {
	var levels []growth.Level
	for i := 0; i < len(pairs); i += 2 {
		levels = append(levels, growth.Level{Period: period.MustParse(pairs[i]), Value: figure.MustParse(pairs[i+1], 9), Unit: "cny"})
	}
	return setOfLevels(levels)
}

func setOfLevels(levels []growth.Level) *accumulate.Set {
	slices.SortFunc(levels, func(a, b growth.Level) int { return period.Compare(a.Period, b.Period) })
	var s accumulate.Set
	for _, l := range levels {
		s.Add(l)
	}
	return &s
}

func TestWaysToAFigure(t *testing.T) {
	for _, c := range []struct {
		name, period string
		set          *accumulate.Set
		how, value   string
		half         string
		flags        []string
	}{
		{"the difference of two cumulative figures", "2013-Q3", setOf("2013-H1", "70.0", "2013-01-01/P9M", "118.7"),
			"2013-01-01/P9M - 2013-H1", "48.7", "0.10", nil},
		{"which goes before a sum", "2013-Q2", setOf("2013-Q1", "10", "2013-04", "3", "2013-05", "4", "2013-06", "5", "2013-H1", "23"),
			"2013-H1 - 2013-Q1", "13", "1.0", nil},
		{"a quarter of its months", "2013-Q1", setOf("2013-01", "1.5", "2013-02", "2.25", "2013-03", "3"),
			"2013-01 + 2013-02 + 2013-03", "6.75", "0.555", nil},
		{"January to September of a half and a quarter", "2013-01-01/P9M", setOf("2013-Q1", "1", "2013-Q2", "2", "2013-H1", "3.1", "2013-Q3", "4"),
			"2013-H1 + 2013-Q3", "7.1", "0.55", nil},
		{"a year of its quarters", "2013", setOf("2013-Q1", "1", "2013-Q2", "2", "2013-Q3", "3", "2013-Q4", "4"),
			"2013-Q1 + 2013-Q2 + 2013-Q3 + 2013-Q4", "10", "2.0", nil},
		{"the last quarter of the year and the three others", "2013-Q4", setOf("2013-Q1", "1", "2013-Q2", "2", "2013-Q3", "3", "2013", "10.0"),
			"2013 - 2013-Q1 - 2013-Q2 - 2013-Q3", "4.0", "1.55", nil},
		{"the third quarter of the second half", "2013-Q3", setOf("2013-07-01/P6M", "9", "2013-Q4", "5"),
			"2013-H2 - 2013-Q4", "4", "1.0", nil},
		{"what is in both operands is not counted twice", "2013-05-01/P2M", setOf("2013-Q1", "1", "2013-04", "2", "2013-Q2", "9"),
			"2013-Q2 - 2013-04", "7", "1.0", nil},
		{"a fall", "2013-Q2", setOf("2013-Q1", "12.4", "2013-H1", "10.7"), "2013-H1 - 2013-Q1", "-1.7", "0.10", []string{"negative_flow"}},
		{"more than one year", "2012-01-01/P24M", setOf("2012", "1", "2013", "2"), "2012 + 2013", "3", "1.0", nil},
		{"numbers beyond 64 bits", "2013-Q2", setOf("2013-Q1", "1", "2013-H1", "123456789012345678901.5"),
			"2013-H1 - 2013-Q1", "123456789012345678900.5", "0.55", nil},
		{"its own figure is not looked at", "2013-Q1", setOf("2013-Q1", "9", "2013-01", "1", "2013-02", "2", "2013-03", "3"),
			"2013-01 + 2013-02 + 2013-03", "6", "1.5", nil},
		{"the last year there is", "2199-Q4", setOf("2199", "5", "2199-01-01/P9M", "4"), "2199 - 2199-01-01/P9M", "1", "1.0", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := c.set.Derive(period.MustParse(c.period))
			if d.Reason != "" || d.String() != c.how || d.Value.Text() != c.value || d.HalfWidth.Text() != c.half || !slices.Equal(d.Flags, c.flags) {
				t.Errorf("Derive(%s) = %s give or take %s by %q, flags %v, reason %q, want %s, %s by %q, %v",
					c.period, d.Value.Text(), d.HalfWidth.Text(), d, d.Flags, d.Reason, c.value, c.half, c.how, c.flags)
			}
		})
	}
}

func TestWhatIsLacking(t *testing.T) {
	below := growth.Level{Period: period.MustParse("2013-H1"), Value: figure.MustParse("0", 9), BelowUnit: true}
	for _, c := range []struct {
		name, period string
		set          *accumulate.Set
		reason       fault.Code
		how          string
	}{
		{"the shorter figure", "2013-Q3", setOf("2013-01-01/P9M", "118.7"), fault.MissingNeighbour, "missing 2013-H1"},
		{"both", "2013-Q3", setOf("2013", "118.7"), fault.MissingNeighbour, "missing 2013-01-01/P9M and 2013-H1"},
		{"one that follows itself is not lacking", "2013-Q3", setOf("2013-Q1", "1", "2013-Q2", "2"), fault.MissingNeighbour, "missing 2013-01-01/P9M"},
		{"itself", "2013-Q1", setOf("2013-H1", "1"), fault.MissingNeighbour, "missing 2013-Q1"},
		{"a gap", "2013", setOf("2013-Q1", "1", "2013-Q2", "2", "2013-Q4", "4"), fault.MissingNeighbour, "missing 2013-Q3"},
		{"two gaps", "2013", setOf("2013-Q2", "2", "2013-11", "4"), fault.MissingNeighbour, "missing 2013-Q1 and 2013-07-01/P4M and 2013-12"},
		{"a month of a quarter", "2013-Q3", setOf("2013-07", "1", "2013-09", "2"), fault.MissingNeighbour, "missing 2013-08"},
		{"January of both together", "2013-01", setOf("2013-01-01/P2M", "1"), fault.CombinedJanFeb, "missing 2013-01"},
		{"February of both together", "2013-02", setOf("2013-01-01/P2M", "1", "2013-Q1", "2"), fault.CombinedJanFeb, "missing 2013-01"},
		{"a figure of another year", "2013-Q1", setOf("2012", "1"), fault.MissingNeighbour, "missing 2013-Q1"},
		{"a number below half a unit is none", "2013-Q3", setOfLevels([]growth.Level{below, {Period: period.MustParse("2013-01-01/P9M"), Value: figure.MustParse("4", 9)}}),
			fault.MissingNeighbour, "missing 2013-H1"},
		{"part of a month", "2013-01-01/P10D", setOf("2013-01", "1"), fault.MissingNeighbour, "missing 2013-01-01/P10D"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := c.set.Derive(period.MustParse(c.period))
			if d.Reason != c.reason || d.String() != c.how || d.Terms != nil {
				t.Errorf("Derive(%s) = %s %q from %v, want %s %q", c.period, d.Reason, d, d.Terms, c.reason, c.how)
			}
		})
	}
}

func TestAgreementIsThatOfTheHalfWidths(t *testing.T) {
	d := setOf("2013-Q1", "33.1", "2013-H1", "72.513").Derive(period.MustParse("2013-Q2"))
	for text, want := range map[string]bool{"39.4": true, "39.464": true, "39.465": false} {
		if got := d.Agrees(figure.MustParse(text, 9)); got != want {
			t.Errorf("%s give or take %s agrees with %s: %v, want %v", d.Value.Text(), d.HalfWidth.Text(), text, got, want)
		}
	}
}

// wholes are every period of whole months within 2013.
func wholes() []period.Period {
	var all []period.Period
	newYear := period.MustParse("2013").Start()
	for from := range 12 {
		for to := from + 1; to <= 12; to++ {
			p, err := period.Between(newYear.AddMonths(from), newYear.AddMonths(to))
			if err != nil {
				panic(err)
			}
			all = append(all, p)
		}
	}
	return all
}

// anyYear draws true months, and printed figures for some periods of them.
func anyYear(t *rapid.T) (truth func(period.Period) *big.Rat, set *accumulate.Set) {
	months := make([]*big.Rat, 12)
	for i := range months {
		months[i] = big.NewRat(rapid.Int64Range(-100_000, 1_000_000_000).Draw(t, "month"), 1_000_003)
	}
	truth = func(p period.Period) *big.Rat {
		sum := new(big.Rat)
		_, first, _ := p.Start().YMD()
		n, _ := p.Months()
		for i := range n {
			sum.Add(sum, months[first-1+i])
		}
		return sum
	}
	var levels []growth.Level
	for _, p := range wholes() {
		if rapid.IntRange(0, 5).Draw(t, "printed") > 0 {
			continue
		}
		printed := figure.Rounded(truth(p), rapid.IntRange(0, 4).Draw(t, "decimals"), rapid.IntRange(0, 3).Draw(t, "multiplier"))
		levels = append(levels, growth.Level{Period: p, Value: printed})
	}
	return truth, setOfLevels(levels)
}

// Whatever was printed, the true figure lies within the half-width of what
// follows, and the half-width is that of its terms.
func TestTheTrueFigureIsWithinWhateverFollows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		truth, set := anyYear(t)
		for _, p := range wholes() {
			d := set.Derive(p)
			if d.Reason != "" {
				if len(d.Missing) == 0 {
					t.Errorf("Derive(%s) = %s, want what is missing", p, d.Reason)
				}
				continue
			}
			gap := new(big.Rat).Sub(d.Value.Rat(), truth(p))
			if gap.Abs(gap).Cmp(d.HalfWidth.Rat()) > 0 {
				t.Errorf("Derive(%s) = %s give or take %s by %q, and the true one is %s", p, d.Value, d.HalfWidth, d, truth(p).FloatString(6))
			}
			if covered := covers(d.Terms); !slices.Equal(covered, months(p)) {
				t.Errorf("Derive(%s) by %q covers the months %v", p, d, covered)
			}
		}
	})
}

// A figure that follows never follows from what would be needed besides: what
// is called missing is enough to get there.
func TestWhatIsMissingIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		truth, set := anyYear(t)
		for _, p := range wholes() {
			d := set.Derive(p)
			if d.Reason != fault.MissingNeighbour || slices.Equal(d.Missing, []period.Period{p}) {
				continue
			}
			var levels []growth.Level
			for _, q := range wholes() {
				if slices.Contains(d.Missing, q) || q != p && set.Has(q) {
					levels = append(levels, growth.Level{Period: q, Value: figure.Rounded(truth(q), 3, 0)})
				}
			}
			if again := setOfLevels(levels).Derive(p); again.Reason != "" {
				t.Errorf("Derive(%s) = %q, and with that %q", p, d, again)
			}
		}
	})
}

// From twelve months come the cumulative figures, and from these the months
// again, exactly, with half-widths that have added up on the way.
func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var singles []growth.Level
		for i := range 12 {
			p, _ := period.MustParse("2013-01").Shift(i)
			value := figure.New(rapid.Int64Range(-1000, 1_000_000).Draw(t, "value"), rapid.IntRange(-2, 6).Draw(t, "decimals"), rapid.IntRange(0, 9).Draw(t, "multiplier"))
			singles = append(singles, growth.Level{Period: p, Value: value})
		}
		set := setOfLevels(slices.Clone(singles))
		var toDate []growth.Level
		for i := range 12 {
			p, _ := period.Between(period.MustParse("2013").Start(), singles[i].Period.End())
			level := singles[0]
			if i > 0 {
				d := set.Derive(p)
				level = growth.Level{Period: p, Value: d.Value}
				if d.Reason != "" || len(d.Terms) != i+1 {
					t.Fatalf("Derive(%s) = %q %s", p, d, d.Reason)
				}
			}
			toDate = append(toDate, level)
		}
		back := setOfLevels(toDate)
		for _, single := range singles[1:] {
			if d := back.Derive(single.Period); d.Reason != "" || !d.Value.Equal(single.Value) {
				t.Errorf("Derive(%s) = %s %s, want %s", single.Period, d.Value, d.Reason, single.Value)
			}
		}
	})
}

// covers returns how often each month of the year is added.
func covers(terms []accumulate.Term) []int {
	count := make([]int, 12)
	for _, term := range terms {
		for i, n := range months(term.Period) {
			if term.Minus {
				n = -n
			}
			count[i] += n
		}
	}
	return count
}

func months(p period.Period) []int {
	count := make([]int, 12)
	_, first, _ := p.Start().YMD()
	n, _ := p.Months()
	for i := range n {
		count[first-1+i] = 1
	}
	return count
}
