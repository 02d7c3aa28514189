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

func TestReachOfAnOpenTarget(t *testing.T) {
	for _, c := range []struct {
		name                                  string
		target, current                       growth.Level
		attainment, gap, years, total, yearly string
	}{
		{"eight years ahead", level("2020", "600"), level("2012", "147.622"), "24.60", "452.378", "8", "306.44", "19.16"},
		{"the ends of two years", level("2020-12-31", "5"), level("2010-12-31", "2"), "40.00", "3", "10", "150.00", "9.60"},
		{"the ends of a year and a half-year", level("2020-12-31", "4"), level("2012-06-30", "1"), "25.00", "3", "8.5", "300.00", "17.71"},
		{"half a year ahead", level("2013-H2", "11"), level("2013-H1", "10"), "90.91", "1", "0.5", "10.00", "21.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := growth.Reach(c.target, c.current, nil)
			if err != nil || got.Code != "" || got.Status != growth.TargetOpen || got.Road != nil {
				t.Fatalf("Reach = %+v, %v, want an open target", got, err)
			}
			for what, pair := range map[string][2]string{
				"attainment":     {got.Attainment.Text(), c.attainment},
				"gap":            {got.Gap.Text(), c.gap},
				"years":          {figure.ExactText(got.Years), c.years},
				"required total": {got.RequiredTotal.Text(), c.total},
				"required CAGR":  {got.RequiredCAGR.Text(), c.yearly},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s = %s, want %s", what, pair[0], pair[1])
				}
			}
		})
	}
}

func TestReachWithoutRequiredGrowth(t *testing.T) {
	goal := level("2020", "600")
	unstated, missing := level("2012", "147.622"), level("2012", "1")
	unstated.Period = period.Period{}
	missing.Missing = true
	for _, c := range []struct {
		name            string
		target, current growth.Level
		code            fault.Code
		status          growth.TargetStatus
		attainment, gap string
	}{
		{"met", goal, level("2019", "600"), fault.TargetMet, growth.TargetMet, "100.00", "0"},
		{"exceeded", goal, level("2019", "650"), fault.TargetMet, growth.TargetMet, "108.33", "-50"},
		{"met late", goal, level("2021", "600"), fault.TargetMet, growth.TargetMet, "100.00", "0"},
		{"missed", goal, level("2020", "599.9"), fault.TargetPeriodReached, growth.TargetMissed, "99.98", "0.1"},
		{"missed and past", goal, level("2021", "300"), fault.TargetPeriodReached, growth.TargetMissed, "50.00", "300"},
		{"from zero", goal, level("2014", "0"), fault.BaseZero, growth.TargetOpen, "0.00", "600"},
		{"from below zero", goal, level("2014", "-6"), fault.BaseNegative, growth.TargetOpen, "-1.00", "606"},
		{"no whole months between", level("2020-12-15", "5"), level("2010-12-31", "2"), fault.PeriodMismatch, growth.TargetOpen, "40.00", "3"},
		{"a figure without a period", goal, unstated, fault.PeriodUnstated, "", "24.60", "0"},
		{"nine months against a year", goal, level("2013-01-01/P9M", "118.7"), fault.PeriodLengthMismatch, "", "", ""},
		{"no figure", goal, missing, fault.ValueMissing, "", "", ""},
		{"a target of nothing", level("2020", "0"), level("2012", "1"), fault.TargetNonpositive, "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := growth.Reach(c.target, c.current, nil)
			if err != nil || got.Code != c.code || got.Status != c.status || got.HasAttainment != (c.attainment != "") || got.Years != nil {
				t.Fatalf("Reach = %+v, %v, want %s and status %q", got, err, c.code, c.status)
			}
			if c.attainment != "" && (got.Attainment.Text() != c.attainment || got.Gap.Text() != c.gap) {
				t.Errorf("attainment %s, gap %s, want %s, %s", got.Attainment.Text(), got.Gap.Text(), c.attainment, c.gap)
			}
		})
	}
}

func TestReachRefusesAnotherCurrency(t *testing.T) {
	goal, current, dollars := level("2020", "600"), level("2014", "186.07"), level("2012", "30")
	dollars.Unit = "usd"
	if _, err := growth.Reach(goal, dollars, nil); fault.CodeOf(err) != fault.CurrencyDiffers {
		t.Errorf("Reach of dollars against yuan: %v, want currency_differs", err)
	}
	if _, err := growth.Reach(goal, current, &dollars); fault.CodeOf(err) != fault.CurrencyDiffers {
		t.Errorf("Reach from dollars against yuan: %v, want currency_differs", err)
	}
}

func TestTheRoadSoFar(t *testing.T) {
	missing := level("2012", "1")
	missing.Missing = true
	for _, c := range []struct {
		name             string
		current, base    growth.Level
		actual, required string
		onTrack          bool
		code             fault.Code
	}{
		{"behind", level("2014", "186.07"), level("2012", "147.622"), "12.27", "19.16", false, ""},
		{"ahead", level("2014", "300"), level("2012", "147.622"), "42.56", "19.16", true, ""},
		{"exactly on it", level("2016", "300"), level("2012", "150"), "18.92", "18.92", true, ""},
		{"behind by less than is printed", level("2016", "299.999"), level("2012", "150"), "18.92", "18.92", false, ""},
		{"no base", level("2014", "186.07"), missing, "", "", false, fault.BaseMissing},
		{"a base of zero", level("2014", "186.07"), level("2012", "0"), "", "", false, fault.BaseZero},
		{"a base below zero", level("2014", "186.07"), level("2012", "-1"), "", "", false, fault.BaseNegative},
		{"a base of half a year", level("2014", "186.07"), level("2012-H1", "72.513"), "", "", false, fault.PeriodLengthMismatch},
		{"a base that is the figure itself", level("2014", "186.07"), level("2014", "186.07"), "", "", false, fault.BaseNotEarlier},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := growth.Reach(level("2020", "600"), c.current, &c.base)
			if err != nil || got.Code != "" || got.Road == nil || got.Road.Code != c.code {
				t.Fatalf("Reach = %+v, %v, want a road with code %q", got, err, c.code)
			}
			r := got.Road
			if c.code == "" && (r.Actual.Text() != c.actual || r.Required.Text() != c.required || r.OnTrack != c.onTrack) {
				t.Errorf("road = %s against %s, on track %v, want %s, %s, %v", r.Actual.Text(), r.Required.Text(), r.OnTrack, c.actual, c.required, c.onTrack)
			}
		})
	}
}

// On track never contradicts the printed rates, and a figure exactly on the
// road is on track: base × r^soFar with the target at base × r^all.
func TestOnTrackAgreesWithTheRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		soFar, ahead := rapid.IntRange(1, 8).Draw(t, "so far"), rapid.IntRange(1, 8).Draw(t, "ahead")
		at := func(years int, v figure.Value) growth.Level {
			p, _ := period.MustParse("2000").Shift(12 * years)
			return growth.Level{Period: p, Value: v}
		}
		yearly := big.NewRat(rapid.Int64Range(11, 20).Draw(t, "yearly"), 10)
		exactly := func(years int) figure.Value { return figure.Rounded(power(yearly, years), 18, 0) }
		base, goal := at(0, figure.New(1, 0, 0)), at(soFar+ahead, exactly(soFar+ahead))
		got, err := growth.Reach(goal, at(soFar, exactly(soFar)), &base)
		if err != nil || got.Road == nil || !got.Road.OnTrack {
			t.Fatalf("Reach of a figure on the road = %+v, %v, want it on track", got.Road, err)
		}
		current := at(soFar, figure.New(rapid.Int64Range(1, 1000).Draw(t, "current"), 2, 0))
		if got, _ = growth.Reach(goal, current, &base); got.Code == "" {
			if order := got.Road.Actual.Cmp(got.Road.Required); order != 0 && got.Road.OnTrack != (order > 0) {
				t.Errorf("%s against %s is on track %v", got.Road.Actual.Text(), got.Road.Required.Text(), got.Road.OnTrack)
			}
		}
	})
}
