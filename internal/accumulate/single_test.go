package accumulate_test

import (
	"math/big"
	"reflect"
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

func in(vintage, p, value string) accumulate.Observation {
	return accumulate.Observation{
		Level:   growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Unit: "cny"},
		Vintage: vintage,
	}
}

func single(t *testing.T, p string, observations ...accumulate.Observation) accumulate.Single {
	t.Helper()
	got, err := accumulate.Singles(catalog.Flow, "v1", observations, []period.Period{period.MustParse(p)})
	if err != nil {
		t.Fatal(err)
	}
	return got[0]
}

func texts(periods []period.Period) []string {
	var out []string
	for _, p := range periods {
		out = append(out, p.String())
	}
	return out
}

func TestDerivedFigures(t *testing.T) {
	q1, h1, months9 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513"), in("v1", "2012-01-01/P9M", "1141.06")
	months9.Value = figure.MustParse("1141.06", 8)
	declared := in("v1", "2012-Q1", "0")
	declared.Value = declared.Value.Exact()
	for _, c := range []struct {
		name, period string
		given        []accumulate.Observation
		value, half  string
		multiplier   int
		from, flags  []string
	}{
		{"a quarter", "2012-Q2", []accumulate.Observation{q1, h1}, "39.413", "0.0505", 9, []string{"2012-H1", "2012-Q1"}, nil},
		{"the longer one's multiplier", "2012-Q3", []accumulate.Observation{h1, months9}, "415.93", "0.010", 8, []string{"2012-01-01/P9M", "2012-H1"}, nil},
		{"two quarters at once", "2012-04-01/P6M", []accumulate.Observation{q1, in("v1", "2012-01-01/P9M", "114.106")}, "81.006", "0.0505", 9, []string{"2012-01-01/P9M", "2012-Q1"}, nil},
		{"a fall", "2012-Q2", []accumulate.Observation{q1, in("v1", "2012-H1", "30.0")}, "-3.1", "0.10", 9, []string{"2012-H1", "2012-Q1"}, []string{"negative_flow"}},
		{"a fall within the rounding", "2012-Q2", []accumulate.Observation{q1, in("v1", "2012-H1", "33.0")}, "-0.1", "0.10", 9, []string{"2012-H1", "2012-Q1"}, []string{"negative_flow", "within_rounding"}},
		{"a fall just beyond it", "2012-Q2", []accumulate.Observation{q1, in("v1", "2012-H1", "32.9")}, "-0.2", "0.10", 9, []string{"2012-H1", "2012-Q1"}, []string{"negative_flow"}},
		{"less a declared zero", "2012-Q2", []accumulate.Observation{declared, h1}, "72.513", "0.0005", 9, []string{"2012-H1", "2012-Q1"}, nil},
		{"February where January stands alone", "2012-02", []accumulate.Observation{in("v1", "2012-01", "10"), in("v1", "2012-01-01/P2M", "30")}, "20", "1.0", 9, []string{"2012-01-01/P2M", "2012-01"}, nil},
		{"March after both together", "2012-03", []accumulate.Observation{in("v1", "2012-01-01/P2M", "30"), in("v1", "2012-Q1", "42")}, "12", "1.0", 9, []string{"2012-Q1", "2012-01-01/P2M"}, nil},
		{"an empty observation is none", "2012-Q2", []accumulate.Observation{q1, h1, {Level: growth.Level{Period: period.MustParse("2012-Q2"), Missing: true}, Vintage: "v1"}}, "39.413", "0.0505", 9, []string{"2012-H1", "2012-Q1"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := single(t, c.period, c.given...)
			if got.Status != accumulate.Derived || got.Value.Text() != c.value || got.HalfWidth.Text() != c.half || got.Value.Multiplier() != c.multiplier {
				t.Errorf("Singles = %s %s (half-width %s) at %d, want %s (%s) at %d", got.Status, got.Value.Text(), got.HalfWidth.Text(), got.Value.Multiplier(), c.value, c.half, c.multiplier)
			}
			if from := texts(got.From); !slices.Equal(from, c.from) || !slices.Equal(got.Flags, c.flags) {
				t.Errorf("Singles from %v, flags %v, want %v, %v", from, got.Flags, c.from, c.flags)
			}
		})
	}
}

func TestNullFigures(t *testing.T) {
	q1, h1 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513")
	dollars := in("v1", "2012-Q1", "5")
	dollars.Unit = "usd"
	janFeb := in("v1", "2012-01-01/P2M", "20")
	for _, c := range []struct {
		name, period string
		given        []accumulate.Observation
		reason       fault.Code
		missing      []string
	}{
		{"the shorter one is not there", "2012-Q2", []accumulate.Observation{h1}, fault.MissingNeighbour, []string{"2012-Q1"}},
		{"the longer one is not there", "2012-Q2", []accumulate.Observation{q1}, fault.MissingNeighbour, []string{"2012-H1"}},
		{"neither is there", "2012-Q2", nil, fault.MissingNeighbour, []string{"2012-H1", "2012-Q1"}},
		{"a first quarter is not there", "2012-Q1", []accumulate.Observation{h1}, fault.MissingNeighbour, []string{"2012-Q1"}},
		{"the shorter one is of another vintage", "2012-Q2", []accumulate.Observation{h1, in("v2", "2012-Q1", "33")}, fault.VintageMismatch, []string{"2012-Q1"}},
		{"a first quarter is of another vintage", "2012-Q1", []accumulate.Observation{in("v2", "2012-Q1", "33")}, fault.VintageMismatch, []string{"2012-Q1"}},
		{"one of another vintage and one nowhere", "2012-Q2", []accumulate.Observation{in("v2", "2012-Q1", "33")}, fault.MissingNeighbour, []string{"2012-H1"}},
		{"a single figure of another vintage does not count", "2012-Q2", []accumulate.Observation{q1, in("v2", "2012-Q2", "40")}, fault.MissingNeighbour, []string{"2012-H1"}},
		{"another currency", "2012-Q2", []accumulate.Observation{h1, dollars}, fault.UnitMismatch, nil},
		{"January of both together", "2012-01", []accumulate.Observation{janFeb}, fault.CombinedJanFeb, []string{"2012-01"}},
		{"February of both together", "2012-02", []accumulate.Observation{janFeb}, fault.CombinedJanFeb, []string{"2012-01"}},
		{"February where both together are of another vintage", "2012-02", []accumulate.Observation{in("v2", "2012-01-01/P2M", "20")}, fault.MissingNeighbour, []string{"2012-01"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := single(t, c.period, c.given...)
			if missing := texts(got.Missing); got.Status != accumulate.Null || got.Reason != c.reason || !slices.Equal(missing, c.missing) {
				t.Errorf("Singles = %s %q, missing %v, want null %q, %v", got.Status, got.Reason, missing, c.reason, c.missing)
			}
		})
	}
}

func TestAReportedFigureWins(t *testing.T) {
	q1, h1 := in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513")
	for _, c := range []struct {
		name, value string
		multiplier  int
		beside      string
		agrees      bool
	}{
		{"and differs", "39.9", 9, "39.413", false},
		{"and agrees", "39.4", 9, "39.413", true},
		{"and touches", "39.464", 9, "39.413", true},
		{"and is a hair beyond", "39.465", 9, "39.413", false},
		{"at another multiplier", "3941", 7, "3941.3", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			reported := in("v1", "2012-Q2", "0")
			reported.Value = figure.MustParse(c.value, c.multiplier)
			got := single(t, "2012-Q2", q1, h1, reported)
			if got.Status != accumulate.Reported || got.Value.Text() != c.value || got.Beside == nil {
				t.Fatalf("Singles = %s %s, want reported %s with a difference beside it", got.Status, got.Value.Text(), c.value)
			}
			if got.Beside.Value.Text() != c.beside || got.Agrees != c.agrees {
				t.Errorf("beside it %s, agrees %v, want %s, %v", got.Beside.Value.Text(), got.Agrees, c.beside, c.agrees)
			}
		})
	}
	alone := single(t, "2012-Q2", q1, in("v1", "2012-Q2", "39.9"))
	if alone.Status != accumulate.Reported || alone.Beside != nil {
		t.Errorf("a reported figure whose neighbour is lacking = %+v, want it alone", alone)
	}
	first := single(t, "2012-Q1", q1, h1)
	if first.Status != accumulate.Reported || first.Beside != nil || first.HalfWidth.Text() != "0.05" {
		t.Errorf("a first quarter = %+v, want it reported, alone", first)
	}
	dollars := in("v1", "2012-Q2", "6")
	dollars.Unit = "usd"
	if other := single(t, "2012-Q2", q1, h1, dollars); other.Beside != nil {
		t.Error("a reported figure in dollars has a difference in yuan beside it, want none")
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
		if _, err := accumulate.Singles(kind, "v1", nil, nil); fault.CodeOf(err) != want {
			t.Errorf("Singles of kind %q: %v, want %s", kind, err, want)
		}
	}
}

// Quarters that are added up and rounded again never contradict the derived
// ones: the true figure lies within the half-width.
func TestTheTrueFigureIsWithinTheHalfWidth(t *testing.T) {
	ends := []period.Period{period.MustParse("2012-Q1"), period.MustParse("2012-H1"), period.MustParse("2012-01-01/P9M"), period.MustParse("2012")}
	quarters := []period.Period{period.MustParse("2012-Q1"), period.MustParse("2012-Q2"), period.MustParse("2012-Q3"), period.MustParse("2012-Q4")}
	rapid.Check(t, func(t *rapid.T) {
		var observations []accumulate.Observation
		var truths []*big.Rat
		sum := new(big.Rat)
		for _, end := range ends {
			truth := big.NewRat(rapid.Int64Range(-1_000_000, 1_000_000_000).Draw(t, "quarter"), 1_000_003)
			truths = append(truths, truth)
			sum.Add(sum, truth)
			printed := figure.Rounded(sum, rapid.IntRange(0, 4).Draw(t, "decimals"), rapid.IntRange(0, 3).Draw(t, "multiplier"))
			observations = append(observations, accumulate.Observation{Level: growth.Level{Period: end, Value: printed}})
		}
		singles, err := accumulate.Singles(catalog.Flow, "", observations, quarters)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range singles {
			gap := new(big.Rat).Sub(s.Value.Rat(), truths[i])
			if gap.Abs(gap).Cmp(s.HalfWidth.Rat()) > 0 {
				t.Errorf("%s of %s is %s give or take %s, the true one %s", s.Status, s.Period, s.Value, s.HalfWidth, truths[i].FloatString(6))
			}
		}
	})
}

func TestOrderOfObservationsDoesNotMatter(t *testing.T) {
	observations := []accumulate.Observation{in("v1", "2012-Q1", "33.1"), in("v1", "2012-H1", "72.513"), in("v1", "2012", "147.622")}
	a := single(t, "2012-07-01/P6M", observations...)
	slices.Reverse(observations)
	if b := single(t, "2012-07-01/P6M", observations...); !reflect.DeepEqual(a, b) {
		t.Errorf("Singles = %+v, and %+v in the other order", a, b)
	}
}
