package accumulate_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/accumulate"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// stated is a level of one vintage.
type stated struct {
	growth.Level
	vintage string
}

func in(vintage, p, value string) stated {
	return stated{growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Unit: "cny"}, vintage}
}

// difference asks the set of vintage v1 for a period.
func difference(p string, all ...stated) accumulate.Derivation {
	set := setIn("v1", all)
	return set.Difference(period.MustParse(p))
}

func setIn(vintage string, all []stated) *accumulate.Set {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b stated) int { return period.Compare(a.Period, b.Period) })
	set := &accumulate.Set{}
	for _, s := range all {
		if s.vintage == vintage {
			set.Add(s.Level)
		} else {
			set.Elsewhere(s.Period)
		}
	}
	return set
}

func TestDerivedFigures(t *testing.T) {
	q1, h1, months9 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513"), in("v1", "2012-01-01/P9M", "1141.06")
	months9.Value = figure.MustParse("1141.06", 8)
	declared := in("v1", "2012-Q1", "0")
	declared.Value = declared.Value.Exact()
	for _, c := range []struct {
		name, period string
		given        []stated
		value, half  string
		multiplier   int
		how          string
		flags        []string
	}{
		{"a quarter", "2012-Q2", []stated{q1, h1}, "39.413", "0.0505", 9, "2012-H1 - 2012-Q1", nil},
		{"the longer one's multiplier", "2012-Q3", []stated{h1, months9}, "415.93", "0.010", 8, "2012-01-01/P9M - 2012-H1", nil},
		{"two quarters at once", "2012-04-01/P6M", []stated{q1, in("v1", "2012-01-01/P9M", "114.106")}, "81.006", "0.0505", 9, "2012-01-01/P9M - 2012-Q1", nil},
		{"a fall", "2012-Q2", []stated{q1, in("v1", "2012-H1", "30.0")}, "-3.1", "0.10", 9, "2012-H1 - 2012-Q1", []string{"negative_flow"}},
		{"a fall within the rounding", "2012-Q2", []stated{q1, in("v1", "2012-H1", "33.0")}, "-0.1", "0.10", 9, "2012-H1 - 2012-Q1", []string{"negative_flow", "within_rounding"}},
		{"a fall just beyond it", "2012-Q2", []stated{q1, in("v1", "2012-H1", "32.9")}, "-0.2", "0.10", 9, "2012-H1 - 2012-Q1", []string{"negative_flow"}},
		{"less a declared zero", "2012-Q2", []stated{declared, h1}, "72.513", "0.0005", 9, "2012-H1 - 2012-Q1", nil},
		{"February where January stands alone", "2012-02", []stated{in("v1", "2012-01", "10"), in("v1", "2012-01-01/P2M", "30")}, "20", "1.0", 9, "2012-01-01/P2M - 2012-01", nil},
		{"March after both together", "2012-03", []stated{in("v1", "2012-01-01/P2M", "30"), in("v1", "2012-Q1", "42")}, "12", "1.0", 9, "2012-Q1 - 2012-01-01/P2M", nil},
		{"an empty observation is none", "2012-Q2", []stated{q1, h1, {growth.Level{Period: period.MustParse("2012-Q2"), Missing: true}, "v1"}}, "39.413", "0.0505", 9, "2012-H1 - 2012-Q1", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := difference(c.period, c.given...)
			if got.Reason != "" || got.Value.Text() != c.value || got.HalfWidth.Text() != c.half || got.Value.Multiplier() != c.multiplier {
				t.Errorf("Difference(%s) = %s %s give or take %s at %d, want %s, %s at %d", c.period, got.Reason, got.Value.Text(), got.HalfWidth.Text(), got.Value.Multiplier(), c.value, c.half, c.multiplier)
			}
			if got.String() != c.how || !slices.Equal(got.Flags, c.flags) {
				t.Errorf("Difference(%s) by %q, flags %v, want %q, %v", c.period, got, got.Flags, c.how, c.flags)
			}
		})
	}
}

func TestWhyADifferenceCannotBeHad(t *testing.T) {
	q1, h1 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513")
	dollars := in("v1", "2012-Q1", "5")
	dollars.Unit = "usd"
	janFeb := in("v1", "2012-01-01/P2M", "20")
	for _, c := range []struct {
		name, period string
		given        []stated
		reason       fault.Code
		how          string
	}{
		{"the shorter one is not there", "2012-Q2", []stated{h1}, fault.MissingNeighbour, "missing 2012-Q1"},
		{"the longer one is not there", "2012-Q2", []stated{q1}, fault.MissingNeighbour, "missing 2012-H1"},
		{"neither is there", "2012-Q2", nil, fault.MissingNeighbour, "missing 2012-H1 and 2012-Q1"},
		{"a first quarter is not there", "2012-Q1", []stated{h1}, fault.MissingNeighbour, "missing 2012-Q1"},
		{"the shorter one is of another vintage", "2012-Q2", []stated{h1, in("v2", "2012-Q1", "33")}, fault.VintageMismatch, "missing 2012-Q1"},
		{"a first quarter is of another vintage", "2012-Q1", []stated{in("v2", "2012-Q1", "33")}, fault.VintageMismatch, "missing 2012-Q1"},
		{"one of another vintage and one nowhere", "2012-Q2", []stated{in("v2", "2012-Q1", "33")}, fault.MissingNeighbour, "missing 2012-H1"},
		{"a single figure of another vintage does not count", "2012-Q2", []stated{q1, in("v2", "2012-Q2", "40")}, fault.MissingNeighbour, "missing 2012-H1"},
		{"another currency", "2012-Q2", []stated{h1, dollars}, fault.UnitMismatch, ""},
		{"January of both together", "2012-01", []stated{janFeb}, fault.CombinedJanFeb, "missing 2012-01"},
		{"February of both together", "2012-02", []stated{janFeb}, fault.CombinedJanFeb, "missing 2012-01"},
		{"February where both together are of another vintage", "2012-02", []stated{in("v2", "2012-01-01/P2M", "20")}, fault.MissingNeighbour, "missing 2012-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, got := range []accumulate.Derivation{difference(c.period, c.given...), setIn("v1", c.given).Derive(period.MustParse(c.period))} {
				if got.Reason != c.reason || got.String() != c.how {
					t.Errorf("%s = %s %q, want %s %q", c.period, got.Reason, got, c.reason, c.how)
				}
			}
		})
	}
}

// A difference is strict: what other ways lead to is left to Derive.
func TestADifferenceIsOfTwo(t *testing.T) {
	given := []stated{in("v1", "2012-Q1", "1"), in("v1", "2012-Q2", "2"), in("v1", "2012-01-01/P9M", "6")}
	if d := difference("2012-Q3", given...); d.Reason != fault.MissingNeighbour || d.String() != "missing 2012-H1" {
		t.Errorf("Difference(2012-Q3) = %s %q, want missing 2012-H1", d.Reason, d)
	}
	given[1].Unit = "usd"
	if d := setIn("v1", given).Derive(period.MustParse("2012-Q3")); d.Reason != fault.UnitMismatch || d.Terms != nil {
		t.Errorf("Derive(2012-Q3) of two units = %s %q, want unit_mismatch", d.Reason, d)
	}
}

// A reported figure is not looked at, and is held against what follows without
// it, whatever its multiplier.
func TestAReportedFigureStandsBesideTheDifference(t *testing.T) {
	q1, h1 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513")
	for _, c := range []struct {
		name, value string
		multiplier  int
		agrees      bool
	}{
		{"and differs", "39.9", 9, false},
		{"and agrees", "39.4", 9, true},
		{"and touches", "39.464", 9, true},
		{"and is a hair beyond", "39.465", 9, false},
		{"at another multiplier", "3941", 7, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported := in("v1", "2012-Q2", "0")
			reported.Value = figure.MustParse(c.value, c.multiplier)
			got := difference("2012-Q2", q1, h1, reported)
			if got.Value.Text() != "39.413" || got.Agrees(reported.Value) != c.agrees {
				t.Errorf("Difference(2012-Q2) = %s, agrees %v, want 39.413, %v", got.Value.Text(), got.Agrees(reported.Value), c.agrees)
			}
		})
	}
}

func TestWhatDoesNotAddUpOverTimeIsRefused(t *testing.T) {
	for kind, want := range map[catalog.Kind]fault.Code{
		catalog.Stock: fault.StockNotCumulative,
		catalog.Rate:  fault.RateNotAdditive,
		catalog.Index: fault.RateNotAdditive,
		"growth":      fault.RateNotAdditive,
		"":            fault.RateNotAdditive,
	} {
		if err := accumulate.Additive(kind); fault.CodeOf(err) != want {
			t.Errorf("Additive(%q) = %v, want %s", kind, err, want)
		}
	}
}

// Quarters that are added up and rounded again never contradict the derived
// ones: the true figure lies within the half-width.
func TestTheTrueFigureIsWithinTheHalfWidth(t *testing.T) {
	ends := []period.Period{period.MustParse("2012-Q1"), period.MustParse("2012-H1"), period.MustParse("2012-01-01/P9M"), period.MustParse("2012")}
	quarters := []period.Period{period.MustParse("2012-Q2"), period.MustParse("2012-Q3"), period.MustParse("2012-Q4")}
	rapid.Check(t, func(t *rapid.T) {
		var observations []stated
		var truths []*big.Rat
		sum := new(big.Rat)
		for _, end := range ends {
			truth := big.NewRat(rapid.Int64Range(-1_000_000, 1_000_000_000).Draw(t, "quarter"), 1_000_003)
			truths = append(truths, truth)
			sum.Add(sum, truth)
			printed := figure.Rounded(sum, rapid.IntRange(0, 4).Draw(t, "decimals"), rapid.IntRange(0, 3).Draw(t, "multiplier"))
			observations = append(observations, stated{Level: growth.Level{Period: end, Value: printed}})
		}
		set := setIn("", observations)
		for i, p := range quarters {
			d, truth := set.Difference(p), truths[i+1]
			gap := new(big.Rat).Sub(d.Value.Rat(), truth)
			if d.Reason != "" || gap.Abs(gap).Cmp(d.HalfWidth.Rat()) > 0 {
				t.Errorf("Difference(%s) = %s %s give or take %s, the true one %s", p, d.Reason, d.Value, d.HalfWidth, truth.FloatString(6))
			}
		}
	})
}

// What answers tell is the difference wherever there is one.
func TestADifferenceGoesBeforeEveryOtherWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, set := anyYear(t)
		for _, p := range wholes() {
			d, whole := set.Difference(p), set.Derive(p)
			if d.Reason == "" && (d.String() != whole.String() || !d.Value.Equal(whole.Value) || !d.HalfWidth.Equal(whole.HalfWidth)) {
				t.Errorf("Derive(%s) = %q, and the difference is %q", p, whole, d)
			}
			if whole.Reason != "" && d.Reason != whole.Reason {
				t.Errorf("Derive(%s) lacks %q, and the difference %q", p, whole, d)
			}
		}
	})
}
