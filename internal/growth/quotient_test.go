package growth_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

func ExamplePer() {
	product := growth.Level{Period: period.MustParse("2013"), Value: figure.MustParse("147.6", 9), Unit: "cny"}
	people := growth.Level{Period: period.MustParse("2013"), Value: figure.MustParse("2.35", 6), Unit: "persons"}
	// 62,808.51 with a half-width of 154.93: known to a hundred.
	perHead := growth.Per(product, people).At(0)
	fmt.Println(perHead.Text(), perHead.Decimals())
	// Output: 62800 -2
}

func counted(p, value string, multiplier int) growth.Level {
	return growth.Level{Period: period.MustParse(p), Value: figure.MustParse(value, multiplier), Unit: "persons"}
}

func TestPer(t *testing.T) {
	missing := counted("2013", "2", 6)
	missing.Missing = true
	small := counted("2013", "2", 6)
	small.BelowUnit = true
	tens := counted("2013", "0", 0)
	tens.Value = figure.New(1, 0, 0) // between 0.5 and 1.5
	tens.Exact = &growth.Exact{Number: big.NewRat(1, 1), Half: big.NewRat(1, 1)}
	nothing := counted("2013", "0", 9)
	nothing.Value = nothing.Value.Exact()
	for _, c := range []struct {
		name        string
		current, by growth.Level
		multiplier  int
		want        string
		code        fault.Code
	}{
		{"known to a hundred", counted("2013", "147.6", 9), counted("2013", "2.35", 6), 0, "62800", ""},
		{"in millions", counted("2013", "147.6", 9), counted("2013", "2.35", 6), 6, "0.0628", ""},
		{"below zero", counted("2013", "-147.6", 9), counted("2013", "2.35", 6), 0, "-62800", ""},
		{"small", counted("2013", "2.350", 6), counted("2013", "147.622", 9), 0, "0.000015919", ""},
		{"a declared zero is exact", nothing, counted("2013", "2.35", 6), 0, "0.00", ""},
		{"nothing stands", counted("2013", "1", 0), growth.Level{}, 0, "", fault.BaseMissing},
		{"no value", counted("2013", "1", 0), missing, 0, "", fault.BaseMissing},
		{"below half a unit", counted("2013", "1", 0), small, 0, "", fault.BaseMissing},
		{"the figure has no value", missing, counted("2013", "1", 0), 0, "", fault.ValueMissing},
		{"by zero", counted("2013", "1", 0), counted("2013", "0", 0), 0, "", fault.BaseZero},
		{"by less", counted("2013", "1", 0), counted("2013", "-1", 0), 0, "", fault.BaseNegative},
		{"by what may be zero", counted("2013", "1", 0), tens, 0, "", fault.BaseNonpositive},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := growth.Per(c.current, c.by)
			text := ""
			if got.Code == "" {
				text = got.At(c.multiplier).Text()
			}
			if got.Code != c.code || text != c.want {
				t.Errorf("Per = %q %q, want %q %q", text, got.Code, c.want, c.code)
			}
		})
	}
}

func TestDeflate(t *testing.T) {
	for _, c := range []struct {
		name              string
		current, deflator growth.Level
		want              string
		code              fault.Code
	}{
		{"at the prices of the base", counted("2013", "118.70", 9), counted("2013", "108.4", 0), "109.5", ""},
		{"the base itself", counted("2010", "118.70", 9), counted("2010", "100.0000", 0), "118.70", ""},
		{"another period", counted("2013", "118.70", 9), counted("2012", "108.4", 0), "", fault.PeriodMismatch},
		{"no deflator", counted("2013", "118.70", 9), growth.Level{}, "", fault.BaseMissing},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := growth.Deflate(c.current, c.deflator)
			text := ""
			if got.Code == "" {
				text = got.At(9).Text()
			}
			if got.Code != c.code || text != c.want {
				t.Errorf("Deflate = %q %q, want %q %q", text, got.Code, c.want, c.code)
			}
		})
	}
}

func TestShare(t *testing.T) {
	dollars := level("2013", "40")
	dollars.Unit = "usd"
	rate := level("2013", "40")
	rate.Unit = growth.UnitPercent
	for _, c := range []struct {
		name        string
		part, whole growth.Level
		want        string
		code        fault.Code
	}{
		{"a third", level("2013", "40"), level("2013", "120"), "33.33", ""},
		{"all", level("2013", "40"), level("2013", "40"), "100.00", ""},
		{"below zero", level("2013", "-1"), level("2013", "8"), "-12.50", ""},
		{"another currency", dollars, level("2013", "120"), "", fault.CurrencyDiffers},
		{"another period", level("2013", "40"), level("2012", "120"), "", fault.PeriodMismatch},
		{"percentages", rate, rate, "", fault.RateNotAdditive},
		{"nothing stands", level("2013", "40"), growth.Level{}, "", fault.BaseMissing},
		{"of zero", level("2013", "40"), level("2013", "0"), "", fault.BaseZero},
		{"of less", level("2013", "40"), level("2013", "-1"), "", fault.BaseNegative},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, code := growth.Share(c.part, c.whole)
			text := ""
			if code == "" {
				text = got.Text()
			}
			if code != c.code || text != c.want {
				t.Errorf("Share = %q %q, want %q %q", text, code, c.want, c.code)
			}
		})
	}
}

// anyFigure draws a level with a half-width from its decimals.
func anyFigure(t *rapid.T, name string, least int64) growth.Level {
	v := figure.New(rapid.Int64Range(least, 1_000_000_000).Draw(t, name), rapid.IntRange(-2, 6).Draw(t, name+" decimals"), 0)
	return growth.Level{Period: period.MustParse("2013"), Value: v, Unit: "cny"}
}

// TestAQuotientIsWithinItsHalfWidth divides true numbers at and between the
// bounds of both levels: each quotient lies in an interval of twice the
// half-width, whose ends are reached.
func TestAQuotientIsWithinItsHalfWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, by := anyFigure(t, "value", -1_000_000_000), anyFigure(t, "divisor", 1)
		q := growth.Per(current, by)
		if q.Code != "" {
			t.Fatalf("Per = %q, want a quotient", q.Code)
		}
		least, most := (*big.Rat)(nil), (*big.Rat)(nil)
		for _, a := range []*big.Rat{current.Interval().Low, current.Value.Rat(), current.Interval().High} {
			for _, b := range []*big.Rat{by.Interval().Low, by.Value.Rat(), by.Interval().High} {
				exact := new(big.Rat).Quo(a, b)
				if least == nil || exact.Cmp(least) < 0 {
					least = exact
				}
				if most == nil || exact.Cmp(most) > 0 {
					most = exact
				}
			}
		}
		twice := new(big.Rat).Sub(most, least)
		if twice.Cmp(new(big.Rat).Add(q.Half, q.Half)) != 0 {
			t.Errorf("Per(%s, %s) has the half-width %v, want half of %v", current.Value, by.Value, q.Half, twice)
		}
		shown := q.At(0)
		if shown.HalfRat().Cmp(q.Half) > 0 && shown.Decimals() < figure.MaxDecimals {
			t.Errorf("%s is coarser than its half-width %v", shown, q.Half)
		}
		if finer := figure.New(1, shown.Decimals()-1, 0); finer.HalfRat().Cmp(q.Half) <= 0 {
			t.Errorf("%s says more than its half-width %v", shown, q.Half)
		}
	})
}

// TestAnExactNumberDecides holds every comparison of a level that was
// multiplied by any rate to that of the levels as they are: a rate that both
// share drops out, whatever it does to their decimals.
func TestAnExactNumberDecides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := anyFigure(t, "base", 1), anyFigure(t, "current", 1)
		base.Period = period.MustParse("2012")
		rate := big.NewRat(rapid.Int64Range(1, 1<<40).Draw(t, "numerator"), rapid.Int64Range(1, 1<<40).Draw(t, "denominator"))
		turned := func(l growth.Level) growth.Level {
			half := new(big.Rat).Mul(l.Value.HalfRat(), rate)
			l.Exact = &growth.Exact{Number: new(big.Rat).Mul(l.Value.Rat(), rate), Half: half}
			l.Value = figure.Value{}
			return l
		}
		a, b := growth.YoY(current, base), growth.YoY(turned(current), turned(base))
		if a.Code != "" || a.Percent.Text() != b.Percent.Text() || b.Code != "" {
			t.Errorf("YoY = %v %q, and with a rate %v %q", a.Percent, a.Code, b.Percent, b.Code)
		}
		c, d := growth.CAGR(current, base), growth.CAGR(turned(current), turned(base))
		if c.Percent.Text() != d.Percent.Text() || c.Code != d.Code {
			t.Errorf("CAGR = %v %q, and with a rate %v %q", c.Percent, c.Code, d.Percent, d.Code)
		}
		e, eCode := growth.OnBase(current, base.Number())
		f, fCode := growth.OnBase(turned(current), turned(base).Number())
		if eCode != "" || fCode != "" || e.Text() != f.Text() {
			t.Errorf("OnBase = %s %q, and with a rate %s %q", e.Text(), eCode, f.Text(), fCode)
		}
	})
}

func TestBaseMeanTakesEveryPart(t *testing.T) {
	known := map[string]string{"2012-Q1": "1", "2012-Q2": "2", "2012-Q3": "3", "2012-Q4": "5", "2012": "11", "2012-02-01/P3M": "7", "2014-H1": "5", "2014-H2": "-5"}
	at := func(p period.Period) growth.Level {
		if value, there := known[p.String()]; there {
			return level(p.String(), value)
		}
		return growth.Level{}
	}
	for _, c := range []struct {
		base, part, want string
		code             fault.Code
	}{
		{"2012", "2012-Q1", "2.75", ""},
		{"2012", "2013", "11", ""},
		{"2012-H2", "2012-Q1", "4", ""},
		{"2012", "2012-01", "", fault.BasePeriodIncomplete},
		{"2012", "2012-01-01/P9M", "", fault.PeriodMismatch},
		{"2012-Q1", "2012", "", fault.PeriodMismatch},
		{"2012-Q1", "2012-01-01/P40D", "", fault.PeriodMismatch},
		{"2012-01-01/P40D", "2012-Q1", "", fault.PeriodMismatch},
		{"2012", "2012-01-01/P61D", "", fault.BasePeriodIncomplete},
		{"2013", "2012-Q1", "", fault.BasePeriodIncomplete},
		{"2014", "2014-H1", "", fault.BaseZero},
		{"2014-H2", "2014-H1", "", fault.BaseNegative},
	} {
		mean, code := growth.BaseMean(period.MustParse(c.base), period.MustParse(c.part).Length(), at)
		if code != c.code || code == "" && mean.Cmp(level("2012", c.want).Value.Rat()) != 0 {
			t.Errorf("BaseMean of %s by %s = %v %q, want %s %q", c.base, c.part, mean, code, c.want, c.code)
		}
	}
}
