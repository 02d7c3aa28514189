package growth_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func level(p, value string) growth.Level {
	return growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 9), Unit: "cny"}
}

func TestComparisons(t *testing.T) {
	type compare = func(current, base growth.Level) growth.Result
	dollars := level("2012", "100")
	dollars.Unit = "usd"
	missing, below := level("2012", "0"), level("2012", "0")
	missing.Missing, below.BelowUnit = true, true
	rate, rateBase := level("2013", "4.3"), level("2012", "4.1")
	rate.Unit, rateBase.Unit = growth.UnitPercent, growth.UnitPercent
	for _, c := range []struct {
		name          string
		run           compare
		current, base growth.Level
		want          string
		code          fault.Code
	}{
		{"year on year of nine months", growth.YoY, level("2013-01-01/P9M", "118.7"), level("2012-01-01/P9M", "114.106"), "4.03", ""},
		{"year on year of a leap February", growth.YoY, level("2013-02", "29"), level("2012-02", "28"), "3.57", ""},
		{"year on year of a day", growth.YoY, level("2013-12-31", "3"), level("2012-12-31", "2"), "50.00", ""},
		{"nine months on a year", growth.YoY, level("2013-01-01/P9M", "1"), level("2012", "1"), "", fault.PeriodMismatch},
		{"two years on", growth.YoY, level("2014", "1"), level("2012", "1"), "", fault.PeriodMismatch},
		{"the wrong way round", growth.YoY, level("2012", "1"), level("2013", "1"), "", fault.PeriodMismatch},
		{"quarter on quarter", growth.PoP, level("2013-Q1", "102"), level("2012-Q4", "100"), "2.00", ""},
		{"three months that are no quarter", growth.PoP, level("2013-02-01/P3M", "102"), level("2012-11-01/P3M", "100"), "2.00", ""},
		{"quarters with a gap", growth.PoP, level("2013-Q3", "1"), level("2013-Q1", "1"), "", fault.PeriodMismatch},
		{"month on month over a year's end", growth.PoP, level("2013-01", "49"), level("2012-12", "50"), "-2.00", ""},
		{"March on January and February", growth.PoP, level("2013-03", "1"), level("2013-01-01/P2M", "1"), "", fault.PeriodMismatch},
		{"half on half", growth.PoP, level("2013-H2", "3"), level("2013-H1", "2"), "50.00", ""},
		{"base of zero", growth.YoY, level("2013", "5"), level("2012", "0"), "", fault.BaseZero},
		{"base below zero", growth.YoY, level("2013", "5"), level("2012", "-4"), "", fault.BaseNegative},
		{"no base", growth.YoY, level("2013", "5"), growth.Level{}, "", fault.BaseMissing},
		{"a base without a value", growth.YoY, level("2013", "5"), missing, "", fault.BaseMissing},
		{"a base below half a unit", growth.YoY, level("2013", "5"), below, "", fault.BaseMissing},
		{"no current value", growth.YoY, growth.Level{}, level("2012", "5"), "", fault.ValueMissing},
		{"two currencies", growth.YoY, level("2013", "5"), dollars, "", fault.CurrencyDiffers},
		{"a series in percent", growth.YoY, rate, rateBase, "", fault.RateNeedsPoints},
		{"a tie goes away from zero", growth.YoY, level("2013", "801"), level("2012", "800"), "0.13", ""},
		{"a falling tie too", growth.YoY, level("2013", "799"), level("2012", "800"), "-0.13", ""},
		{"no negative zero", growth.YoY, level("2013", "99996"), level("2012", "100000"), "0.00", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.run(c.current, c.base)
			if got.Code != c.code || c.code == "" && got.Percent.Text() != c.want {
				t.Errorf("growth of %s on %s = %s %q, want %s %q", c.current.Period, c.base.Period, got.Percent.Text(), got.Code, c.want, c.code)
			}
		})
	}
}

func TestASignChangeIsComputedAndFlagged(t *testing.T) {
	got := growth.YoY(level("2013", "-50"), level("2012", "100"))
	if got.Percent.Text() != "-150.00" || !got.SignChange {
		t.Errorf("YoY = %s, sign change %v, want -150.00 with one", got.Percent.Text(), got.SignChange)
	}
	if growth.YoY(level("2013", "50"), level("2012", "100")).SignChange {
		t.Error("a fall above zero is a sign change, want none")
	}
}

func drawValue(t *rapid.T, name string) figure.Value {
	coefficient := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64(), rapid.SampledFrom([]int64{math.MaxInt64, math.MinInt64, 1, -1})).Draw(t, name)
	return figure.New(coefficient, rapid.IntRange(0, 18).Draw(t, name+" decimals"), rapid.IntRange(-5, 20).Draw(t, name+" multiplier"))
}

// The integer path gives what fractions give, and where it cannot the fallback
// does.
func TestPercentChangeIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, base := drawValue(t, "current"), drawValue(t, "base")
		got, code := growth.PercentChange(current, base)
		switch {
		case base.Sign() == 0:
			if code != fault.BaseZero {
				t.Errorf("PercentChange(%s, %s) code %q, want base_zero", current, base, code)
			}
		case base.Sign() < 0:
			if code != fault.BaseNegative {
				t.Errorf("PercentChange(%s, %s) code %q, want base_negative", current, base, code)
			}
		default:
			ratio := new(big.Rat).Quo(current.Rat(), base.Rat())
			ratio.Mul(ratio.Sub(ratio, big.NewRat(1, 1)), big.NewRat(100, 1))
			if want := figure.RoundHalfAway(ratio, 2); code != "" || got.Text() != want || got.Decimals() != 2 {
				t.Errorf("PercentChange(%s, %s) = %s %q, want %s", current, base, got.Text(), code, want)
			}
		}
	})
}

func TestPercentChangeDoesNotAllocate(t *testing.T) {
	current, base := figure.MustParse("1187.00", 8), figure.MustParse("114.106", 9)
	if n := testing.AllocsPerRun(100, func() { growth.PercentChange(current, base) }); n != 0 {
		t.Errorf("PercentChange allocates %v times, want none", n)
	}
}

func TestPoints(t *testing.T) {
	rate := func(p, value string) growth.Level {
		return growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, 0), Unit: growth.UnitPercent}
	}
	for _, c := range []struct {
		name          string
		current, base growth.Level
		want          string
		code          fault.Code
	}{
		{"on the year", rate("2013", "4.3"), rate("2012", "4.1"), "0.2", ""},
		{"the finer precision", rate("2013-02", "4"), rate("2013-01", "4.15"), "-0.15", ""},
		{"no base", rate("2013", "4"), growth.Level{}, "", fault.BaseMissing},
		{"two years on", rate("2014", "4"), rate("2012", "4"), "", fault.PeriodMismatch},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, code := growth.Points(c.current, c.base)
			if code != c.code || code == "" && got.Text() != c.want {
				t.Errorf("Points = %s %q, want %s %q", got.Text(), code, c.want, c.code)
			}
		})
	}
}

func TestIntervals(t *testing.T) {
	below := level("2013", "0.0")
	below.BelowUnit = true
	declared := level("2013", "0")
	declared.Value = declared.Value.Exact()
	for _, c := range []struct {
		name      string
		level     growth.Level
		low, high string
	}{
		{"half a unit either way", level("2013", "118.7"), "118650000000", "118750000000"},
		{"below half a unit", below, "0", "50000000"},
		{"a declared zero", declared, "0", "0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.level.Interval()
			if low, high := figure.ExactText(got.Low), figure.ExactText(got.High); low != c.low || high != c.high {
				t.Errorf("Interval = %s to %s, want %s to %s", low, high, c.low, c.high)
			}
		})
	}
}
