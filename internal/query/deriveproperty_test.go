package query_test

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// anyReported is a shelf of one series with figures of some periods of two years.
func anyReported(t *rapid.T, tb testing.TB) *shelf {
	s := newShelf(tb)
	for _, year := range []string{"2012", "2013"} {
		newYear := period.MustParse(year).Start()
		for from := range 12 {
			for to := from + 1; to <= 12; to++ {
				chance := 9
				if from == 0 || to-from == 1 || from%3 == 0 && to-from == 3 {
					chance = 1
				}
				if rapid.IntRange(0, chance).Draw(t, "reported") > 0 {
					continue
				}
				p, err := period.Between(newYear.AddMonths(from), newYear.AddMonths(to))
				if err != nil {
					t.Fatal(err)
				}
				value := figure.New(rapid.Int64Range(-50, 100_000).Draw(t, "value"), rapid.IntRange(0, 3).Draw(t, "decimals"), rapid.SampledFrom([]int{8, 9}).Draw(t, "multiplier"))
				s.put(liangjiang, obs.Observation{Period: p, Value: value, Published: time.Date(2014, 1, 1, 0, 0, len(s.versions), 0, time.UTC)})
			}
		}
	}
	if len(s.versions) == 0 {
		s.state(liangjiang, "2013", "1")
	}
	return s
}

// TestDerivedRowsAreWhatTheySay computes every derived row again from what it
// says, out of the rows that are reported.
func TestDerivedRowsAreWhatTheySay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := ask(t, anyReported(rt, t))
		known := map[string]row{}
		for _, r := range a.series(a.now(), liangjiang, query.Question{}).Observations {
			known[r.text("period")] = r
		}
		r := query.Range{
			Frequency:    rapid.SampledFrom([]string{"", "A", "S", "Q", "M"}).Draw(rt, "frequency"),
			Accumulation: rapid.SampledFrom([]string{query.Single, query.YTD}).Draw(rt, "accumulation"),
		}
		seen := map[string]bool{}
		for _, got := range a.series(a.now(), liangjiang, query.Question{Range: r}).Observations {
			p, how := got.text("period"), got.text("derivation")
			if seen[p] {
				rt.Errorf("%s stands twice", p)
			}
			seen[p] = true
			reported, is := known[p]
			switch {
			case is:
				if got.text("value") != reported.text("value") || strings.Contains(got.text("flags"), "derived") || how != "" {
					rt.Errorf("%s is %s, want %s as reported", p, line(got), line(reported))
				}
			case got.text("value") == "":
				if !strings.HasPrefix(how, "missing ") || got.text("reason") == "" || got.text("status") != "O" {
					rt.Errorf("%s is null: %s", p, line(got))
				}
			default:
				value, half := evaluated(rt, how, known)
				if figure.MustParse(got.text("value"), 0).Rat().Cmp(value) != 0 || figure.MustParse(got.text("half_width"), 0).Rat().Cmp(half) != 0 {
					rt.Errorf("%s is %s give or take %s by %q, want %s, %s", p, got.text("value"), got.text("half_width"), how, value.FloatString(6), half.FloatString(6))
				}
			}
		}
		for p := range known {
			if q := period.MustParse(p); !seen[p] && r.Frequency != "" && r.Accumulation == query.Single && string(q.Frequency()) == r.Frequency {
				rt.Errorf("reported %s is not there", p)
			}
		}
	})
}

// TestDerivedRowsKnowNothingLater asks as of every instant, and of a shelf that
// never held what came later.
func TestDerivedRowsKnowNothingLater(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := anyReported(rt, t)
		n := rapid.IntRange(1, len(s.versions)).Draw(rt, "known")
		then := *s
		then.versions = s.versions[:n]
		a, b := ask(t, s), ask(t, &then)
		as := a.at(query.When{AsOf: s.versions[n-1].Published.Format(time.RFC3339Nano)})
		for _, r := range []query.Range{quarters(), toDate("M"), {Frequency: "A"}, {Accumulation: query.Single}} {
			got, want := a.series(as, liangjiang, query.Question{Range: r}), b.series(b.now(), liangjiang, query.Question{Range: r})
			if len(got.Observations) != len(want.Observations) {
				rt.Fatalf("%+v gives %d rows, want %d", r, len(got.Observations), len(want.Observations))
			}
			for i := range got.Observations {
				if line(got.Observations[i]) != line(want.Observations[i]) {
					rt.Errorf("%+v: %s, want %s", r, line(got.Observations[i]), line(want.Observations[i]))
				}
			}
		}
	})
}

// evaluated computes a derivation such as "2013-H1 - 2013-Q1" from rows.
func evaluated(t *rapid.T, how string, known map[string]row) (value, half *big.Rat) {
	value, half = new(big.Rat), new(big.Rat)
	sign := "+"
	for _, word := range strings.Fields(how) {
		if word == "+" || word == "-" {
			sign = word
			continue
		}
		r, is := known[word]
		if !is {
			t.Fatalf("%q names %s, which is not reported", how, word)
		}
		v := figure.MustParse(r.text("value"), 0)
		decimals, err := strconv.Atoi(r.text("decimals"))
		if err != nil {
			t.Fatal(err)
		}
		half.Add(half, figure.New(5, decimals+1, 0).Rat())
		if sign == "-" {
			value.Sub(value, v.Rat())
		} else {
			value.Add(value, v.Rat())
		}
	}
	return value, half
}
