package growth_test

import (
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func pair(current, base growth.Level) growth.Pair { return growth.Pair{Current: current, Base: base} }

func TestContributionsAddUpToTheGrowth(t *testing.T) {
	got := growth.Contribute("nominal", pair(level("2014", "110"), level("2013", "90")), []growth.Pair{
		pair(level("2014", "60"), level("2013", "50")),
		pair(level("2014", "-3"), level("2013", "-1")),
	})
	if got.Total.Code != "" || got.Total.Percent.Text() != "22.22" {
		t.Fatalf("Contribute total = %s %q, want 22.22", got.Total.Percent.Text(), got.Total.Code)
	}
	for i, want := range []string{"11.11", "-2.22"} {
		if points := got.Parts[i].Points.Text(); points != want {
			t.Errorf("contribution %d = %s, want %s", i, points, want)
		}
	}
	// 20/90 less 10/90 and less -2/90 is 12/90.
	if got.Residual.Text() != "13.33" {
		t.Errorf("residual = %s, want 13.33", got.Residual.Text())
	}
}

func TestContributionsAreRefused(t *testing.T) {
	total := pair(level("2014", "110"), level("2013", "90"))
	dollars := pair(level("2014", "60"), level("2013", "50"))
	dollars.Current.Unit, dollars.Base.Unit = "usd", "usd"
	for _, c := range []struct {
		name  string
		basis string
		total growth.Pair
		part  growth.Pair
		want  fault.Code
	}{
		{"chain-linked volumes", "chain_linked", total, total, fault.NotAdditive},
		{"chained in the words of a series", "chained-2010", total, total, fault.NotAdditive},
		{"no base of the whole", "nominal", pair(level("2014", "110"), growth.Level{}), total, fault.BaseMissing},
		{"no base of a part", "nominal", total, pair(level("2014", "60"), growth.Level{}), fault.BaseMissing},
		{"another period", "nominal", total, pair(level("2014-H1", "60"), level("2013-H1", "50")), fault.PeriodMismatch},
		{"another currency", "nominal", total, dollars, fault.CurrencyDiffers},
		{"a whole of zero", "nominal", pair(level("2014", "1"), level("2013", "0")), total, fault.BaseZero},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := growth.Contribute(c.basis, c.total, []growth.Pair{c.part}); got.Total.Code != c.want || got.Parts != nil {
				t.Errorf("Contribute = %q with %d parts, want %q", got.Total.Code, len(got.Parts), c.want)
			}
		})
	}
}

func TestRebase(t *testing.T) {
	missing := level("2013-H2", "0")
	missing.Missing = true
	halves := []growth.Level{level("2013-H1", "121"), level("2012-H2", "115"), level("2012-H1", "105"), missing}
	got := growth.Rebase(halves, period.MustParse("2012"))
	if got.Code != "" || figure.ExactText(got.Base) != "110000000000" {
		t.Fatalf("Rebase base = %v %q, want 110 billion", got.Base, got.Code)
	}
	for i, want := range []string{"110", "1150/11", "1050/11"} {
		if value := figure.ExactText(got.Values[i]); value != want {
			t.Errorf("value %d = %s, want %s", i, value, want)
		}
	}
	if got.Values[3] != nil {
		t.Errorf("value of a missing half = %v, want none", got.Values[3])
	}
}

func TestRebaseIsRefused(t *testing.T) {
	h1, h2 := level("2012-H1", "105"), level("2012-H2", "115")
	missing := h2
	missing.Missing = true
	for _, c := range []struct {
		name   string
		levels []growth.Level
		want   fault.Code
	}{
		{"a half is not there", []growth.Level{h1}, fault.BasePeriodIncomplete},
		{"a half has no value", []growth.Level{h1, missing}, fault.BasePeriodIncomplete},
		{"a half stands twice", []growth.Level{h1, h1, h2}, fault.BasePeriodIncomplete},
		{"nothing", nil, fault.BasePeriodIncomplete},
		{"halves and a year", []growth.Level{h1, h2, level("2012", "220")}, fault.PeriodMismatch},
		{"a mean of zero", []growth.Level{h1, level("2012-H2", "-105")}, fault.BaseZero},
		{"a mean below zero", []growth.Level{h1, level("2012-H2", "-106")}, fault.BaseNegative},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := growth.Rebase(c.levels, period.MustParse("2012")); got.Code != c.want {
				t.Errorf("Rebase = %q, want %q", got.Code, c.want)
			}
		})
	}
}
