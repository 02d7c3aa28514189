package check_test

import (
	"testing"

	"bellwether/internal/check"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
)

func part(value, claim string) check.Part {
	return check.Part{Level: level("2013", value), Claim: check.Claim{Value: figure.MustParse(claim, 0)}}
}

func TestParts(t *testing.T) {
	below := part("0.0", "0.0")
	below.Level.BelowUnit = true
	for _, c := range []struct {
		name          string
		parts         []check.Part
		total         check.Part
		addUp         bool
		low, high     string
		consistent    bool
		notTestableBy fault.Code
	}{
		{"trade of nine months", []check.Part{part("6.903", "75.8"), part("13.320", "3.1")}, part("20.223", "20.0"), true, "19.9844", "20.1065", true, ""},
		{"a growth that the parts rule out", []check.Part{part("6.903", "75.8"), part("13.320", "3.1")}, part("20.223", "20.2"), true, "19.9844", "20.1065", false, ""},
		{"levels that do not add up", []check.Part{part("6.903", "75.8"), part("13.320", "3.1")}, part("20.225", "20.0"), false, "19.9963", "20.1184", true, ""},
		{"levels that just add up", []check.Part{part("1", "0"), part("1", "0")}, part("3.0", "0"), true, "-2.1583", "206.5250", true, ""},
		{"levels that just do not", []check.Part{part("1", "0"), part("1", "0")}, part("3.1", "0"), false, "1.1583", "216.5750", false, ""},
		{"a part below zero", []check.Part{part("-10", "100"), part("110", "10")}, part("100", "5"), true, "3.4571", "7.1065", true, ""},
		{"a part below half a unit", []check.Part{below, part("10.0", "10.0")}, part("10.0", "10.0"), true, "8.2635", "11.1560", true, ""},
		{"no parts", nil, part("1", "1"), false, "", "", false, fault.ValueMissing},
		{"priors that may be nothing", []check.Part{part("0.0", "1.0")}, part("1", "1"), false, "", "", false, fault.BaseNonpositive},
		{"a total that may be nothing", []check.Part{part("1.0", "1.0")}, part("0", "1"), false, "", "", false, fault.ValueNonpositive},
		{"a part that vanished", []check.Part{part("1.0", "-100")}, part("1.0", "1"), false, "", "", false, fault.GrowthAtOrBelowMinus100},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := check.Parts(c.parts, c.total)
			if got.Reason != c.notTestableBy {
				t.Fatalf("Parts reason %q, want %q", got.Reason, c.notTestableBy)
			}
			if c.notTestableBy != "" {
				return
			}
			low, high := got.ImpliedLow.Text(), got.ImpliedHigh.Text()
			if got.LevelsAddUp != c.addUp || low != c.low || high != c.high || got.Consistent != c.consistent {
				t.Errorf("Parts = add up %v, %s to %s, consistent %v, want %v, %s to %s, %v",
					got.LevelsAddUp, low, high, got.Consistent, c.addUp, c.low, c.high, c.consistent)
			}
		})
	}
}

func TestPartsOfTwoCurrenciesOrWithoutAValue(t *testing.T) {
	dollars, missing := part("1", "1"), part("1", "1")
	dollars.Level.Unit = "usd"
	missing.Level = growth.Level{Unit: "cny", Missing: true}
	if got := check.Parts([]check.Part{dollars}, part("1", "1")); got.Reason != fault.CurrencyDiffers {
		t.Errorf("Parts in dollars of a total in yuan: %q, want currency_differs", got.Reason)
	}
	if got := check.Parts([]check.Part{missing}, part("1", "1")); got.Reason != fault.ValueMissing {
		t.Errorf("Parts of which one is missing: %q, want value_missing", got.Reason)
	}
}
