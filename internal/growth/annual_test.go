package growth_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func adjusted(p, value string) growth.Level {
	l := level(p, value)
	l.Adjusted = true
	return l
}

func TestSAAR(t *testing.T) {
	for _, c := range []struct {
		name          string
		current, base growth.Level
		want, exact   string
		code          fault.Code
	}{
		{"a month", adjusted("2013-09", "100.5"), adjusted("2013-08", "100.0"), "6.17", "0.061677811864499568789707617431640625", ""},
		{"a quarter", adjusted("2013-Q3", "102"), adjusted("2013-Q2", "100"), "8.24", "0.08243216", ""},
		{"a half", adjusted("2013-H2", "110"), adjusted("2013-H1", "100"), "21.00", "0.21", ""},
		{"a year", adjusted("2013", "110"), adjusted("2012", "100"), "10.00", "0.1", ""},
		{"nine months have no exact rate", adjusted("2013-10-01/P9M", "104"), adjusted("2013-01-01/P9M", "100"), "5.37", "", ""},
		{"two years", adjusted("2014-01-01/P24M", "121"), adjusted("2012-01-01/P24M", "100"), "10.00", "", ""},
		{"not adjusted", level("2013-Q3", "102"), level("2013-Q2", "100"), "", "", fault.NeedsSeasonalAdjustment},
		{"not adjacent", adjusted("2013-Q3", "102"), adjusted("2013-Q1", "100"), "", "", fault.PeriodMismatch},
		{"no base", adjusted("2013-Q3", "102"), growth.Level{}, "", "", fault.BaseMissing},
		{"base of zero", adjusted("2013-Q3", "102"), adjusted("2013-Q2", "0"), "", "", fault.BaseZero},
		{"ends at zero", adjusted("2013-Q3", "0"), adjusted("2013-Q2", "1"), "", "", fault.NonpositiveValue},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := growth.SAAR(c.current, c.base)
			exact := ""
			if got.Exact != nil {
				exact = figure.ExactText(got.Exact)
			}
			if got.Code != c.code || exact != c.exact || c.code == "" && got.Percent.Text() != c.want {
				t.Errorf("SAAR = %s (%s) %q, want %s (%s) %q", got.Percent.Text(), exact, got.Code, c.want, c.exact, c.code)
			}
		})
	}
}

func TestCAGR(t *testing.T) {
	for _, c := range []struct {
		name              string
		current, base     growth.Level
		want, years, over string
		code              fault.Code
	}{
		{"an exact root", level("2014", "121"), level("2012", "100"), "10.00", "2", "1.21", ""},
		{"a year and a half", level("2014-H1", "2"), level("2012-H2", "1"), "58.74", "1.5", "2", ""},
		{"a quarter of a year", level("2013-Q2", "102"), level("2013-Q1", "100"), "8.24", "0.25", "1.02", ""},
		{"a fall", level("2014", "81"), level("2012", "100"), "-10.00", "2", "0.81", ""},
		{"half a hundredth down", level("2014", "0.9999000025"), level("2012", "1.0000"), "-0.01", "2", "0.9999000025", ""},
		{"half a hundredth up", level("2014", "1.0001000025"), level("2012", "1.0000"), "0.01", "2", "1.0001000025", ""},
		{"just above half down", level("2014", "0.9999000026"), level("2012", "1.0000"), "0.00", "2", "0.9999000026", ""},
		{"ends of June and December", level("2020-12-31", "4"), level("2012-06-30", "1"), "17.71", "8.5", "4", ""},
		{"two lengths", level("2014", "121"), level("2012-H1", "100"), "", "", "", fault.PeriodMismatch},
		{"the same period", level("2014", "121"), level("2014", "100"), "", "", "", fault.PeriodMismatch},
		{"backwards", level("2012", "121"), level("2014", "100"), "", "", "", fault.PeriodMismatch},
		{"days that are no months apart", level("2014-03-05", "2"), level("2013-02-04", "1"), "", "", "", fault.PeriodMismatch},
		{"ends below zero", level("2014", "-5"), level("2012", "100"), "", "", "", fault.NonpositiveValue},
		{"base of zero", level("2014", "5"), level("2012", "0"), "", "", "", fault.BaseZero},
		{"base below zero", level("2014", "5"), level("2012", "-1"), "", "", "", fault.BaseNegative},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := growth.CAGR(c.current, c.base)
			if got.Code != c.code {
				t.Fatalf("CAGR code %q, want %q", got.Code, c.code)
			}
			if c.code != "" {
				return
			}
			years, ratio := figure.ExactText(got.Years), figure.ExactText(got.Ratio)
			if got.Percent.Text() != c.want || years != c.years || ratio != c.over {
				t.Errorf("CAGR = %s over %s years of %s, want %s, %s, %s", got.Percent.Text(), years, ratio, c.want, c.years, c.over)
			}
		})
	}
}

// A rounded root k is right when (1+k-half)^months <= ratio^12 <= (1+k+half)^months,
// with a tie only on the side away from zero.
func TestCAGRIsTheNearestHundredth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 400).Draw(t, "months")
		base := figure.New(rapid.Int64Range(1, 1_000_000_000).Draw(t, "base"), 3, 9)
		current := figure.New(rapid.Int64Range(1, 1_000_000_000).Draw(t, "current"), 3, 9)
		from := period.MustParse("2000-01")
		to, _ := from.Shift(months)
		got := growth.CAGR(
			growth.Level{Period: to, Value: current, Unit: "cny"},
			growth.Level{Period: from, Value: base, Unit: "cny"})
		if got.Code != "" {
			t.Fatalf("CAGR code %q, want a rate", got.Code)
		}
		factor := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(got.Percent.Rat(), big.NewRat(100, 1)))
		half := big.NewRat(1, 20_000)
		ratio := power(new(big.Rat).Quo(current.Rat(), base.Rat()), 12)
		below := power(new(big.Rat).Sub(factor, half), months).Cmp(ratio)
		above := power(new(big.Rat).Add(factor, half), months).Cmp(ratio)
		if new(big.Rat).Sub(factor, half).Sign() < 0 {
			below = -1
		}
		if below > 0 || above < 0 || below == 0 && got.Percent.Sign() <= 0 || above == 0 && got.Percent.Sign() >= 0 {
			t.Errorf("CAGR of %s on %s over %d months = %s, which is not the nearest", current, base, months, got.Percent.Text())
		}
	})
}

func power(r *big.Rat, n int) *big.Rat {
	product := big.NewRat(1, 1)
	for range n {
		product.Mul(product, r)
	}
	return product
}
