package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func Example() {
	subject := []time.Duration{105, 230, 99}
	baseline := []time.Duration{100, 200, 100}
	fmt.Println(spreadOf(speeds(subject, baseline)))
	// Output: {0.952 0.870 1.010}
}

func TestSpeed(t *testing.T) {
	for _, c := range []struct {
		name              string
		subject, baseline time.Duration
		want              string
	}{
		{"as fast", 1000, 1000, "1.000"},
		{"half as fast", 2000, 1000, "0.500"},
		{"twice as fast", 500, 1000, "2.000"},
		{"rounded up", 3, 2, "0.667"},
		{"rounded down", 3, 1, "0.333"},
		{"half of a thousandth", 2000, 1, "0.001"},
		{"less than half of one", 2001, 1, "0.000"},
		{"no time", 0, 1000, "0.000"},
		{"an hour", time.Hour, 2 * time.Hour, "2.000"},
	} {
		if got := speed(c.subject, c.baseline).String(); got != c.want {
			t.Errorf("%s: speed(%d, %d) = %s, want %s", c.name, c.subject, c.baseline, got, c.want)
		}
	}
}

func TestThousandthsAreNumbersOfJSON(t *testing.T) {
	for r, want := range map[thousandths]string{0: "0.000", 7: "0.007", 950: "0.950", 12_345: "12.345", -20: "-0.020"} {
		got, err := json.Marshal(r)
		if err != nil || string(got) != want {
			t.Errorf("Marshal(%d) = %s, %v, want %s", int64(r), got, err, want)
		}
	}
}

func TestSpreadOf(t *testing.T) {
	for _, c := range []struct {
		name     string
		measured []time.Duration
		want     spread[time.Duration]
	}{
		{"none", nil, spread[time.Duration]{}},
		{"one", []time.Duration{5}, spread[time.Duration]{5, 5, 5}},
		{"an odd number", []time.Duration{9, 1, 4}, spread[time.Duration]{4, 1, 9}},
		{"an even number", []time.Duration{9, 1, 4, 7}, spread[time.Duration]{5, 1, 9}},
		{"one that is far off", []time.Duration{3, 3, 3, 3, 900}, spread[time.Duration]{3, 3, 900}},
	} {
		if got := spreadOf(c.measured); got != c.want {
			t.Errorf("%s: spreadOf(%v) = %v, want %v", c.name, c.measured, got, c.want)
		}
	}
}

func TestSpreadLiesAmongWhatWasMeasured(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		measured := rapid.SliceOfN(rapid.Int64Range(0, 1<<62), 1, 20).Draw(t, "measured")
		kept := slices.Clone(measured)
		durations := make([]time.Duration, len(measured))
		for i, n := range measured {
			durations[i] = time.Duration(n)
		}
		s := spreadOf(durations)
		below, above := 0, 0
		for _, n := range kept {
			if n <= int64(s.Median) {
				below++
			}
			if n >= int64(s.Median) {
				above++
			}
		}
		if 2*below < len(kept) || 2*above < len(kept) {
			t.Errorf("median of %v is %d: %d are not above it, %d are not below it", kept, s.Median, below, above)
		}
		if int64(s.Min) != slices.Min(kept) || int64(s.Max) != slices.Max(kept) {
			t.Errorf("spread of %v is from %d to %d", kept, s.Min, s.Max)
		}
	})
}

func TestARoundThatIsSlowForBothChangesNoRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject := rapid.Int64Range(1, 1_000_000).Draw(t, "subject")
		baseline := rapid.Int64Range(1, 1_000_000).Draw(t, "baseline")
		slower := rapid.Int64Range(1, 1_000).Draw(t, "slower")
		quick, slow := speed(time.Duration(subject), time.Duration(baseline)), speed(time.Duration(slower*subject), time.Duration(slower*baseline))
		if quick != slow {
			t.Errorf("speed(%d, %d) = %s, and %s when both take %d times as long", subject, baseline, quick, slow, slower)
		}
	})
}
