package check_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func level(p, value string) growth.Level {
	return growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Unit: "cny"}
}

// years is a case of 2013 on 2012, nominal levels and a growth of that basis.
func years(value, prior, claim string, basis check.Basis) check.Case {
	return check.Case{
		Value: level("2013", value), Prior: level("2012", prior), Basis: check.Nominal,
		Claim: check.Claim{Value: figure.MustParse(claim, 0), Basis: basis},
	}
}

func with(c check.Case, change func(*check.Case)) check.Case {
	change(&c)
	return c
}

// wide is a level that is known less well than its digits say, as derived ones
// are; half is in billions.
func wide(l growth.Level, half string) growth.Level {
	l.Exact = &growth.Exact{Number: l.Value.Rat(), Half: figure.MustParse(half, 9).Rat()}
	return l
}

// A derived level is tested with its own half-width: 106.6 with 5 % more is
// 106.0 only give or take 5.9.
func TestDerivedLevelsAreTestedWithTheirOwnHalfWidth(t *testing.T) {
	for half, want := range map[string]check.Class{"0.05": check.ScopeOrRevision, "5.4": check.ScopeOrRevision, "5.9": check.Consistent} {
		c := with(years("106.0", "106.6", "5.0", check.Nominal), func(c *check.Case) { c.Value = wide(c.Value, half) })
		if got := check.Judge(&c); got.Class != want {
			t.Errorf("Judge of 106.0 give or take %s = %s, want %s", half, got.Class, want)
		}
		c = with(years("112.0", "101.0", "5.0", check.Nominal), func(c *check.Case) { c.Prior = wide(c.Prior, half) })
		if got := check.Judge(&c); got.Class != want {
			t.Errorf("Judge of 101.0 give or take %s a year earlier = %s, want %s", half, got.Class, want)
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		name   string
		given  check.Case
		class  check.Class
		reason string
		hints  []string
	}{
		{"agreement", years("105.0", "100.0", "5.0", check.Nominal), check.Consistent, "", nil},
		{"touching above", years("105.5753", "100", "5.0", check.Nominal), check.Consistent, "", nil},
		{"a hair beyond", years("105.5754", "100", "5.0", check.Nominal), check.ScopeOrRevision, "size_only", nil},
		{"touching below", years("103.4302", "100", "4.0", check.Nominal), check.Consistent, "", nil},
		{"prices", years("1265.669", "1145.9", "12.3", check.Real), check.PriceBasis, "", nil},
		{"prices, but the levels are real", with(years("1265.669", "1145.9", "12.3", check.Real), func(c *check.Case) { c.Basis = check.Real }), check.ScopeOrRevision, "size_only", nil},
		{"no basis stated", years("1265.669", "1145.9", "12.3", check.Unstated), check.ScopeOrRevision, "size_only", []string{"basis_unstated"}},
		{"no basis stated, too far for prices", years("118.7", "114.106", "16.2", check.Unstated), check.ScopeOrRevision, "size_only", nil},
		{"real, too far for prices", years("118.7", "114.106", "16.2", check.Real), check.ScopeOrRevision, "size_only", nil},
		{"price band, upper end", years("110.00", "100.0000000", "0.0000000", check.Real), check.PriceBasis, "", nil},
		{"beyond the price band", years("110.2", "100.0000000", "0.0000000", check.Real), check.ScopeOrRevision, "size_only", nil},
		{"scope band, lower end", years("75.0", "100.0000000", "0.0000000", check.Nominal), check.ScopeOrRevision, "size_only", nil},
		{"beyond the scope band", years("74.8", "100.0000000", "0.0000000", check.Nominal), check.Unexplained, "", nil},
		{"another prior", with(years("118.7", "114.106", "16.2", check.Unstated), func(c *check.Case) { c.Others = []growth.Level{level("2012", "99"), level("2012", "102.2")} }), check.ScopeOrRevision, "other_prior", nil},
		{"another prior beyond the scope band", with(years("140.0", "100.0", "5.0", check.Unstated), func(c *check.Case) { c.Others = []growth.Level{level("2012", "133.3")} }), check.ScopeOrRevision, "other_prior", nil},
		{"another prior of another period", with(years("118.7", "114.106", "16.2", check.Unstated), func(c *check.Case) { c.Others = []growth.Level{level("2011", "102.2")} }), check.ScopeOrRevision, "size_only", nil},
		{"another prior in another currency", with(years("118.7", "114.106", "16.2", check.Unstated), func(c *check.Case) {
			other := level("2012", "102.2")
			other.Unit = "usd"
			c.Others = []growth.Level{other}
		}), check.ScopeOrRevision, "size_only", nil},
		{"another prior and no basis stated", with(years("1265.669", "1145.9", "12.3", check.Unstated), func(c *check.Case) { c.Others = []growth.Level{level("2012", "1127.0")} }), check.ScopeOrRevision, "other_prior", []string{"basis_unstated"}},
		{"far off", years("140.0", "100.0", "5.0", check.Nominal), check.Unexplained, "", nil},
		{"ten times", years("1050", "100.0", "5.0", check.Nominal), check.Unexplained, "", []string{"power_of_ten:-1"}},
		{"a ten-thousandth", years("0.0105", "100.0", "5.0", check.Nominal), check.Unexplained, "", []string{"power_of_ten:4"}},
		{"a hundred thousand times", years("10500000", "100.0", "5.0", check.Nominal), check.Unexplained, "", nil},
		{"a claim below half a unit", with(years("100.0", "100.0", "0.0", check.Nominal), func(c *check.Case) { c.Claim.BelowUnit = true }), check.Consistent, "", nil},
		{"a claim below half a unit against a fall", with(years("99.0", "100.00", "0.0", check.Nominal), func(c *check.Case) { c.Claim.BelowUnit = true }), check.ScopeOrRevision, "size_only", nil},
		{"a claim of exactly nil", with(years("100.1", "100.0", "0", check.Nominal), func(c *check.Case) { c.Claim.Value = c.Claim.Value.Exact() }), check.Consistent, "", nil},
		{"a claim of exactly nil against a rise", with(years("100.2", "100.0", "0", check.Nominal), func(c *check.Case) { c.Claim.Value = c.Claim.Value.Exact() }), check.ScopeOrRevision, "size_only", nil},
		{"another multiplier", with(years("1", "100.0", "5.0", check.Nominal), func(c *check.Case) { c.Value.Value = figure.MustParse("1050.0", 8) }), check.Consistent, "", nil},
		{"too long for integers", years("105.00000000000000001", "100.00000000000000001", "5.0", check.Nominal), check.Consistent, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := check.Judge(&c.given)
			if got.Class != c.class || got.Reason != c.reason || !slices.Equal(got.Hints, c.hints) {
				t.Errorf("Judge = %s %q %v, want %s %q %v", got.Class, got.Reason, got.Hints, c.class, c.reason, c.hints)
			}
		})
	}
}

func TestNotTestable(t *testing.T) {
	good := years("105.0", "100.0", "5.0", check.Nominal)
	for _, c := range []struct {
		name   string
		change func(*check.Case)
		reason string
	}{
		{"no prior", func(c *check.Case) { c.Prior = growth.Level{} }, "base_missing"},
		{"a prior without a value", func(c *check.Case) { c.Prior.Missing = true }, "base_missing"},
		{"no value", func(c *check.Case) { c.Value.Missing = true }, "value_missing"},
		{"two years earlier", func(c *check.Case) { c.Prior = level("2011", "100.0") }, "period_mismatch"},
		{"half a year", func(c *check.Case) { c.Prior = level("2012-H1", "100.0") }, "period_mismatch"},
		{"another currency", func(c *check.Case) { c.Prior.Unit = "usd" }, "currency_differs"},
		{"a series in percent", func(c *check.Case) { c.Value.Unit, c.Prior.Unit = growth.UnitPercent, growth.UnitPercent }, "rate_needs_points"},
		{"a prior that may be zero", func(c *check.Case) { c.Prior = level("2012", "0.0") }, "base_nonpositive"},
		{"a prior below zero", func(c *check.Case) { c.Prior = level("2012", "-1") }, "base_nonpositive"},
		{"a prior below half a unit", func(c *check.Case) { c.Prior.BelowUnit = true }, "base_nonpositive"},
		{"a value that may be zero", func(c *check.Case) { c.Value = level("2013", "0") }, "value_nonpositive"},
		{"a value below half a unit", func(c *check.Case) { c.Value.BelowUnit = true }, "value_nonpositive"},
		{"a derived prior that may be zero", func(c *check.Case) { c.Prior = wide(c.Prior, "100") }, "base_nonpositive"},
		{"a derived value that may be less", func(c *check.Case) { c.Value = wide(c.Value, "200") }, "value_nonpositive"},
		{"nothing left", func(c *check.Case) { c.Claim.Value = figure.MustParse("-100.0", 0) }, "growth_at_or_below_minus_100"},
		{"less than nothing left", func(c *check.Case) { c.Claim.Value = figure.MustParse("-150", 0) }, "growth_at_or_below_minus_100"},
		{"the period before the currency", func(c *check.Case) { c.Prior = level("2011", "0"); c.Prior.Unit = "usd" }, "period_mismatch"},
		{"the base before the value", func(c *check.Case) { c.Prior, c.Value = level("2012", "0"), level("2013", "0") }, "base_nonpositive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			given := with(good, c.change)
			got := check.Explain(&given)
			if got.Class != check.NotTestable || got.Reason != c.reason || !got.ImpliedPrior.IsZero() {
				t.Errorf("Explain = %s %q, want not_testable %q without figures", got.Class, got.Reason, c.reason)
			}
		})
	}
	almost := years("0.1", "100.0", "-99.9", check.Nominal)
	if got := check.Judge(&almost); got.Class != check.Consistent {
		t.Errorf("Judge of -99.9 %% = %s %q, want consistent", got.Class, got.Reason)
	}
}

func drawCase(t *rapid.T) check.Case {
	draw := func(name string, low int64) figure.Value {
		n := rapid.OneOf(rapid.Int64Range(low, 3000), rapid.Int64Range(low, 1<<62)).Draw(t, name)
		v := figure.New(n, rapid.IntRange(0, 6).Draw(t, name+" decimals"), rapid.IntRange(6, 9).Draw(t, name+" multiplier"))
		if rapid.IntRange(0, 4).Draw(t, name+" exact") == 0 {
			return v.Exact()
		}
		return v
	}
	c := years("1", "1", "0", rapid.SampledFrom([]check.Basis{check.Unstated, check.Nominal, check.Real}).Draw(t, "basis"))
	c.Value.Value, c.Prior.Value = draw("value", 1), draw("prior", 1)
	c.Claim.Value = figure.New(rapid.Int64Range(-99, 3000).Draw(t, "claim"), rapid.IntRange(0, 4).Draw(t, "claim decimals"), 0)
	c.Claim.BelowUnit = rapid.IntRange(0, 6).Draw(t, "below") == 0
	if rapid.Bool().Draw(t, "near") { // the printed growth of the two levels
		change, _ := growth.PercentChange(c.Value.Value, c.Prior.Value)
		if change.Cmp(figure.New(-100, 0, 0)) > 0 {
			c.Claim.Value, c.Claim.BelowUnit = change, false
		}
	}
	return c
}

// The integers of the cheap test and the fractions of the full one agree, and
// no point of a grid over the intervals contradicts them.
func TestConsistencyAgainstAGrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCase(t)
		judged, explained := check.Judge(&c), check.Explain(&c)
		if judged.Class != explained.Class || judged.Why() != explained.Why() {
			t.Fatalf("Judge = %s %s, Explain = %s %s", judged.Class, judged.Why(), explained.Class, explained.Why())
		}
		claim := growth.Level{Value: c.Claim.Value, BelowUnit: c.Claim.BelowUnit}.Interval()
		value, prior := c.Value.Interval(), c.Prior.Interval()
		lowest, highest := grow(prior.Low, claim.Low), grow(prior.High, claim.High)
		consistent := lowest.Cmp(value.High) <= 0 && value.Low.Cmp(highest) <= 0
		if (judged.Class == check.Consistent) != consistent {
			t.Fatalf("Judge = %s, the products %s to %s against %s to %s say consistent %v", judged.Class,
				lowest, highest, value.Low, value.High, consistent)
		}
		for i := range 4 {
			for j := range 4 {
				product := grow(between(prior, i), between(claim, j))
				inside := value.Low.Cmp(product) <= 0 && product.Cmp(value.High) <= 0
				if inside && judged.Class != check.Consistent {
					t.Errorf("Judge = %s, but %s on %s gives %s", judged.Class, between(claim, j), between(prior, i), product)
				}
			}
		}
	})
}

// grow returns prior × (1 + percent/100).
func grow(prior, percent *big.Rat) *big.Rat {
	f := new(big.Rat).Quo(percent, big.NewRat(100, 1))
	return f.Mul(prior, f.Add(f, big.NewRat(1, 1)))
}

// between returns the point i thirds into the interval.
func between(i growth.Interval, thirds int) *big.Rat {
	step := new(big.Rat).Sub(i.High, i.Low)
	step.Mul(step, big.NewRat(int64(thirds), 3))
	return step.Add(step, i.Low)
}

// Whatever the true numbers are, printing them never makes them contradict one
// another.
func TestTrueNumbersAreConsistentHoweverTheyArePrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prior := big.NewRat(rapid.Int64Range(1_000_000, 1<<50).Draw(t, "prior"), 1_000_003)
		change := big.NewRat(rapid.Int64Range(-900_000, 5_000_000).Draw(t, "growth"), 1_000_007)
		value := grow(prior, new(big.Rat).Mul(change, big.NewRat(100, 1)))
		decimals := func(name string) int { return rapid.IntRange(0, 5).Draw(t, name) }
		c := years("1", "1", "0", check.Nominal)
		c.Value.Value = figure.Rounded(value, decimals("value"), 0)
		c.Prior.Value = figure.Rounded(prior, decimals("prior"), 0)
		c.Claim.Value = growth.PercentOf(change, decimals("claim"))
		if got := check.Judge(&c); got.Class != check.Consistent && got.Class != check.NotTestable {
			t.Errorf("Judge of %s on %s, %s %% = %s", c.Value.Value, c.Prior.Value, c.Claim.Value, got.Class)
		}
	})
}

func TestJudgeOfAConsistentCaseDoesNotAllocate(t *testing.T) {
	c := years("105.0", "100.0", "5.0", check.Nominal)
	if n := testing.AllocsPerRun(100, func() { check.Judge(&c) }); n != 0 {
		t.Errorf("Judge allocates %v times, want none", n)
	}
}

func TestFlagsAndReasons(t *testing.T) {
	for _, c := range []struct {
		name  string
		given check.Verdict
		flags []string
		why   string
	}{
		{"consistent", check.Verdict{Class: check.Consistent}, nil, ""},
		{"prices are no contradiction", check.Verdict{Class: check.PriceBasis}, nil, ""},
		{"not testable", check.Verdict{Class: check.NotTestable, Reason: "base_missing"}, nil, "base_missing"},
		{"a guess", check.Verdict{Class: check.ScopeOrRevision, Reason: check.SizeOnly, Hints: []string{check.HintBasisUnstated}}, []string{"contradicted", "guess"}, "size_only;basis_unstated"},
		{"another prior", check.Verdict{Class: check.ScopeOrRevision, Reason: check.OtherPrior}, []string{"contradicted"}, "other_prior"},
		{"unexplained", check.Verdict{Class: check.Unexplained, Hints: []string{"power_of_ten:1"}}, []string{"contradicted"}, "power_of_ten:1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.given.Flags(); !slices.Equal(got, c.flags) {
				t.Errorf("Flags = %v, want %v", got, c.flags)
			}
			if got := c.given.Why(); got != c.why {
				t.Errorf("Why = %q, want %q", got, c.why)
			}
		})
	}
}

func TestBasisOf(t *testing.T) {
	for name, want := range map[string]check.Basis{
		"current": check.Nominal, "nominal": check.Nominal, "real": check.Real, "real-2010": check.Real,
		"chained-2015": check.Real, "": check.Unstated, "unstated": check.Unstated,
	} {
		if got := check.BasisOf(name); got != want {
			t.Errorf("BasisOf(%q) = %q, want %q", name, got, want)
		}
	}
}
