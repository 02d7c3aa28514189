package growth_test

import (
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/growth"
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
