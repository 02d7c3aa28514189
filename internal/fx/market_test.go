package fx

import (
	"fmt"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// told is the part of a disclosure that a case of the market is about.
func told(d Disclosure) string {
	text := d.Method
	for _, part := range []string{d.Averaging, d.First, d.Last, d.RateDate, d.Quotation, d.Rate, d.Via} {
		if part != "" {
			text += " " + part
		}
	}
	if d.Observations > 0 {
		text += fmt.Sprintf(" n=%d", d.Observations)
	}
	if d.Inverted {
		text += " inverted"
	}
	for _, flag := range d.Flags {
		text += " " + flag
	}
	return text
}

func TestMarket(t *testing.T) {
	const september = `
		x USD CNY fixing 2013-09-02 6.12
		x USD CNY fixing 2013-09-16 6.13
		x USD CNY fixing 2013-09-30 6.14`
	const cross = `
		x EUR USD fixing 2013-09-02 1.25
		x EUR CNY fixing 2013-09-02 8.00
		x EUR USD fixing 2013-09-16 1.30
		x EUR CNY fixing 2013-09-16 7.80
		x EUR CNY fixing 2013-09-23 7.70
		x EUR USD fixing 2013-09-27 1.33`
	testFactors(t, []factorCase{
		{"the day before the end counts and the end does not", september + `
			x USD CNY fixing 2013-08-31 9
			x USD CNY fixing 2013-10-01 9`, "2013-09", "USD", "CNY", ByAverage,
			"period_average daily_fixings 2013-09-02 2013-09-30 CNY per USD 6.13000000 n=3", ""},
		{"holes of 14 days at both edges and inside", `
			x USD CNY fixing 2013-09-15 6.12
			x USD CNY fixing 2013-09-29 6.13
			x USD CNY fixing 2013-10-13 6.14
			x USD CNY fixing 2013-10-17 6.15`, "2013-09-01/P2M", "USD", "CNY", ByAverage,
			"period_average daily_fixings 2013-09-15 2013-10-17 CNY per USD 6.13500000 n=4", ""},
		{"a first fixing on the 15th day after the start", `
			x USD CNY fixing 2013-09-16 6.12
			x USD CNY fixing 2013-09-30 6.13`, "2013-09", "USD", "CNY", ByAverage, "", fault.RateIncomplete},
		{"a last fixing on the 15th day before the last", `
			x USD CNY fixing 2013-09-02 6.12
			x USD CNY fixing 2013-09-15 6.13`, "2013-09", "USD", "CNY", ByAverage, "", fault.RateIncomplete},
		{"a hole of 15 days", `
			x USD CNY fixing 2013-09-08 6.12
			x USD CNY fixing 2013-09-23 6.13`, "2013-09", "USD", "CNY", ByAverage, "", fault.RateIncomplete},
		{"a hole outside the window", september + `
			x USD CNY fixing 2013-08-01 6.1
			x USD CNY fixing 2013-11-01 6.1`, "2013-09", "USD", "CNY", ByAverage,
			"period_average daily_fixings 2013-09-02 2013-09-30 CNY per USD 6.13000000 n=3", ""},
		{"no fixing", september, "2013-10", "USD", "CNY", ByAverage, "", fault.RateMissing},
		{"another pair", september, "2013-09", "USD", "KRW", ByAverage, "", fault.RateMissing},
		{"the published average of the period first", september + `
			x USD CNY average 2013-09 6.1198`, "2013-09", "CNY", "USD", ByAverage,
			"period_average published 2013-09 2013-09 CNY per USD 6.11980000 n=1 inverted", ""},
		{"fixings before months", september + `
			x USD CNY fixing 2013-10-14 6.10
			x USD CNY fixing 2013-10-28 6.10
			x USD CNY average 2013-09 6
			x USD CNY average 2013-10 6`, "2013-09-01/P2M", "USD", "CNY", ByAverage,
			"period_average daily_fixings 2013-09-02 2013-10-28 CNY per USD 6.11800000 n=5", ""},
		{"months where the fixings have a hole", september + `
			x USD CNY average 2013-09 6.1
			x USD CNY average 2013-10 6.0
			x USD CNY average 2013-11 6.2`, "2013-09-01/P3M", "USD", "CNY", ByAverage,
			"period_average monthly_averages 2013-09 2013-11 CNY per USD 6.10000000 n=3", ""},
		{"a month is missing", `
			x USD CNY average 2013-09 6.1
			x USD CNY average 2013-11 6.2`, "2013-09-01/P3M", "USD", "CNY", ByAverage, "", fault.RateIncomplete},
		{"months do not make up half a month", `
			x USD CNY average 2013-09 6.1`, "2013-09-01/P15D", "USD", "CNY", ByAverage, "", fault.RateMissing},
		{"quarters are no months", `
			x USD CNY average 2013-Q1 6.1
			x USD CNY average 2013-Q2 6.2`, "2013-H1", "USD", "CNY", ByAverage, "", fault.RateMissing},
		{"published the other way round", `
			x CNY USD fixing 2013-09-16 0.16
			x CNY USD fixing 2013-09-09 0.17`, "2013-09-01/P28D", "CNY", "USD", ByAverage,
			"period_average daily_fixings 2013-09-09 2013-09-16 USD per CNY 0.16500000 n=2", ""},
		{"published both ways, the usual one", september + `
			x CNY USD average 2013-09 0.17`, "2013-09", "CNY", "USD", ByAverage,
			"period_average daily_fixings 2013-09-02 2013-09-30 CNY per USD 6.13000000 n=3 inverted", ""},

		{"end: the last fixing inside", september, "2013-Q3", "CNY", "USD", ByEnd,
			"end_of_period 2013-09-30 CNY per USD 6.14000000 inverted", ""},
		{"end: 14 days before the last day", september, "2013-09-01/P44D", "USD", "CNY", ByEnd,
			"end_of_period 2013-09-30 CNY per USD 6.14000000", ""},
		{"end: 15 days before the last day", september, "2013-09-01/P45D", "USD", "CNY", ByEnd, "", fault.RateStale},
		{"end: none inside", september, "2013-10", "USD", "CNY", ByEnd, "", fault.RateMissing},
		{"end: published for the period", september + `
			x USD CNY end_of_period 2013-Q3 6.1480`, "2013-Q3", "USD", "CNY", ByEnd,
			"end_of_period 2013-09-30 CNY per USD 6.14800000", ""},
		{"end: published for the last month of the period", `
			x USD CNY end_of_period 2013-12 6.0969`, "2013", "USD", "CNY", ByEnd,
			"end_of_period 2013-12-31 CNY per USD 6.09690000", ""},
		{"end: never an average", `x USD CNY average 2013-12 6.0738`, "2013-12", "USD", "CNY", ByEnd, "", fault.RateMissing},

		{"spot: seven days back", september, "2013-09-23", "USD", "CNY", BySpot,
			"spot_previous 2013-09-16 CNY per USD 6.13000000", ""},
		{"spot: eight days back", september, "2013-09-24", "USD", "CNY", BySpot, "", fault.RateStale},
		{"spot: never a later one", september, "2013-09-01", "USD", "CNY", BySpot, "", fault.RateMissing},

		{"cross: the mean of the shared days' crosses", cross, "2013-09-01/P28D", "CNY", "USD", ByAverage,
			"period_average daily_fixings 2013-09-02 2013-09-16 CNY per USD 6.20000000 EUR n=2 inverted", ""},
		{"cross: a hole between shared days", `
			x EUR USD fixing 2013-09-02 1.25
			x EUR CNY fixing 2013-09-02 8.00
			x EUR USD fixing 2013-09-10 1.25
			x EUR USD fixing 2013-09-18 1.30
			x EUR CNY fixing 2013-09-18 7.80`, "2013-09", "CNY", "USD", ByAverage, "", fault.RateIncomplete},
		{"cross: the end is the last shared day", cross, "2013-09", "CNY", "USD", ByEnd,
			"end_of_period 2013-09-16 CNY per USD 6.00000000 EUR inverted", ""},
		{"cross: both legs on the last shared day", cross, "2013-09-23", "CNY", "USD", BySpot,
			"spot_previous 2013-09-16 CNY per USD 6.00000000 EUR inverted", ""},
		{"cross: the last shared day is too old", cross, "2013-09-24", "CNY", "USD", BySpot, "", fault.RateStale},
		{"cross: no shared day", `
			x EUR USD fixing 2013-09-02 1.25
			x EUR CNY fixing 2013-09-03 8.00`, "2013-09", "CNY", "USD", ByAverage, "", fault.RateMissing},
		{"cross: through legs of both directions", `
			x EUR USD fixing 2013-09-16 1.25
			x USD CNY fixing 2013-09-16 6.12`, "2013-09-09/P14D", "CNY", "EUR", ByAverage,
			"period_average daily_fixings 2013-09-16 2013-09-16 CNY per EUR 7.65000000 USD n=1 inverted", ""},
		{"cross: the first pivot of the usual order", `
			x USD CNY fixing 2013-09-16 6
			x USD KRW fixing 2013-09-16 1200
			x JPY CNY fixing 2013-09-16 0.06
			x JPY KRW fixing 2013-09-16 11
			x CNY HKD fixing 2013-09-16 1.26
			x HKD KRW fixing 2013-09-16 140`, "2013-09-16", "CNY", "KRW", BySpot,
			"spot_previous 2013-09-16 KRW per CNY 200.00000000 USD", ""},
		{"cross: published averages of exactly the period", `
			x EUR USD average 2013 1.25
			x USD CNY average 2013 6.20`, "2013", "EUR", "CNY", ByAverage,
			"period_average published 2013 2013 CNY per EUR 7.75000000 USD n=1 cross_of_averages", ""},
		{"cross: never of the means of months", `
			x EUR USD average 2013-01 1.25
			x EUR USD average 2013-02 1.25
			x USD CNY average 2013-01 6.20
			x USD CNY average 2013-02 6.20`, "2013-01-01/P2M", "EUR", "CNY", ByAverage, "", fault.RateMissing},
		{"cross: never of an average and fixings", `
			x EUR USD average 2013-09 1.25` + september, "2013-09", "EUR", "CNY", ByAverage, "", fault.RateMissing},
		{"cross: of end-of-period rates", `
			x EUR USD end_of_period 2013-12 1.25
			x USD CNY end_of_period 2013-12 6.00`, "2013-12", "EUR", "CNY", ByEnd,
			"end_of_period 2013-12-31 CNY per EUR 7.50000000 USD", ""},
		{"cross: not where the pair's own fixings have a hole", `
			x USD CNY fixing 2013-09-02 6.12
			x EUR USD fixing 2013-09-16 1.25
			x EUR CNY fixing 2013-09-16 8.00`, "2013-09-02/P28D", "USD", "CNY", ByAverage, "", fault.RateIncomplete},

		{"unknown currency", september, "2013-09", "XXX", "USD", ByAverage, "", fault.CurrencyUnknown},
		{"no such method", september, "2013-09", "CNY", "USD", "middle", "", fault.FXMethodUnknown},
	})
}

func TestFixed(t *testing.T) {
	rate := figure.MustParse("6.060", 0)
	for _, c := range []struct {
		name  string
		fixed *Fixed
		want  string
		code  fault.Code
	}{
		{"in its own quotation", &Fixed{Rate: rate, DeclaredBy: "page author", Base: "USD", Quote: "CNY"}, "fixed_declared CNY per USD 6.060 inverted", ""},
		{"the other way round", &Fixed{Rate: rate, DeclaredBy: "page author", Base: "CNY", Quote: "USD"}, "fixed_declared USD per CNY 6.060", ""},
		{"in the usual quotation", &Fixed{Rate: rate, DeclaredBy: "page author"}, "fixed_declared CNY per USD 6.060 inverted", ""},
		{"of another pair", &Fixed{Rate: rate, DeclaredBy: "page author", Base: "USD", Quote: "KRW"}, "", fault.RateMissing},
		{"declared by nobody", &Fixed{Rate: rate}, "", fault.RateInvalid},
		{"zero", &Fixed{DeclaredBy: "page author"}, "", fault.RateInvalid},
		{"not given", nil, "", fault.RateInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := bookOf(t, "").Factor(Ask{From: "CNY", To: "USD", Period: period.MustParse("2013"), Method: ByFixed, Fixed: c.fixed})
			if fault.CodeOf(err) != c.code {
				t.Fatalf("error %v, want code %q", err, c.code)
			}
			if err != nil {
				return
			}
			if got := told(*f.Disclosure()); got != c.want {
				t.Errorf("disclosure %q, want %q", got, c.want)
			}
			if by := f.Disclosure().DeclaredBy; by != "page author" {
				t.Errorf("declared by %q, want page author", by)
			}
		})
	}
}

func TestSameCurrency(t *testing.T) {
	c, err := bookOf(t, "").Convert(Ask{Amount: figure.MustParse("118.70", 9), From: "CNY", To: "CNY", Period: period.MustParse("2013"), Method: ByAverage})
	if err != nil || c.Amount.Text() != "118.70" || c.Disclosure.Rate != "1" || c.Disclosure.MethodWord() != Identity {
		t.Errorf("Convert = %s at %s by %q, %v, want 118.70 at 1 by %s", c.Amount.Text(), c.Disclosure.Rate, c.Disclosure.MethodWord(), err, Identity)
	}
}

func TestNoPeriod(t *testing.T) {
	if _, err := bookOf(t, "").Factor(Ask{From: "CNY", To: "USD", Method: ByAverage}); fault.CodeOf(err) != fault.RateMissing {
		t.Errorf("Factor without a period = %v, want %s", err, fault.RateMissing)
	}
}
