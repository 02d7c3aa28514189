package fx

import (
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// steps writes the legs of a disclosure, or the one it is.
func steps(d Disclosure) string {
	if len(d.Legs) == 0 {
		return told(d)
	}
	parts := make([]string, len(d.Legs))
	for i, leg := range d.Legs {
		parts[i] = told(Disclosure{Leg: leg})
	}
	if told(Disclosure{Leg: d.Leg}) != "" {
		parts = append(parts, "and one step of its own")
	}
	return strings.Join(append([]string{strings.Join(parts, " | ")}, d.Flags...), " ")
}

// factorCase asks one book for one factor: its disclosure as steps writes it,
// or the code of the refusal.
type factorCase struct {
	name, rates, period, from, to string
	method                        Method
	want                          string
	code                          fault.Code
}

func testFactors(t *testing.T, cases []factorCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, err := bookOf(t, c.rates).Factor(Ask{From: c.from, To: c.to, Period: period.MustParse(c.period), Method: c.method})
			if fault.CodeOf(err) != c.code {
				t.Fatalf("error %v, want code %q", err, c.code)
			}
			if err != nil {
				return
			}
			if got := steps(*f.Disclosure()); got != c.want {
				t.Errorf("disclosure\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRetiredCurrencies(t *testing.T) {
	const euro2000 = `
		x EUR USD average 2000 0.9236
		x EUR GRD average 2000 336.63
		x EUR SKK average 2005 38.599`
	testFactors(t, []factorCase{
		{"into the euro", "", "2000", "DEM", "EUR", ByAverage, "irrevocable DEM per EUR 1.95583 inverted", ""},
		{"from the euro", "", "2000", "EUR", "DEM", ByAverage, "irrevocable DEM per EUR 1.95583", ""},
		{"a stock", "", "2001-12-31", "DEM", "EUR", ByEnd, "irrevocable DEM per EUR 1.95583 inverted", ""},
		{"the last day", "", "2001-12-31", "DEM", "EUR", BySpot, "irrevocable DEM per EUR 1.95583 inverted", ""},
		{"the day after", "", "2002-01-01", "DEM", "EUR", BySpot, "", fault.CurrencyRetired},
		{"the year after", "", "2002", "DEM", "EUR", ByAverage, "", fault.CurrencyRetired},
		{"into a retired one", "", "2013", "EUR", "DEM", ByAverage, "", fault.CurrencyRetired},
		{"a stock at a day after", "", "2001-07-01/P12M", "DEM", "EUR", ByEnd, "", fault.CurrencyRetired},
		{"before the euro", "", "1998", "DEM", "EUR", ByAverage, "irrevocable DEM per EUR 1.95583 inverted pre_euro_fixed_rate", ""},
		{"before the euro, the other way", "", "1998", "EUR", "DEM", ByAverage, "irrevocable DEM per EUR 1.95583 pre_euro_fixed_rate", ""},
		{"partly before the euro", "", "1998-07-01/P12M", "DEM", "EUR", ByAverage, "irrevocable DEM per EUR 1.95583 inverted pre_euro_fixed_rate", ""},

		{"between two", "", "2000", "DEM", "FRF", ByAverage,
			"irrevocable DEM per EUR 1.95583 inverted | irrevocable FRF per EUR 6.55957", ""},
		{"between two before the euro, by the market", "x FRF DEM average 1990 0.2967", "1990", "DEM", "FRF", ByAverage,
			"period_average published 1990 1990 DEM per FRF 0.29670000 n=1 inverted", ""},
		{"between two before the euro, without a market", "", "1990", "DEM", "FRF", ByAverage,
			"irrevocable DEM per EUR 1.95583 inverted | irrevocable FRF per EUR 6.55957 pre_euro_fixed_rate", ""},

		{"on through the euro", euro2000, "2000", "DEM", "USD", ByAverage,
			"irrevocable DEM per EUR 1.95583 inverted | period_average published 2000 2000 USD per EUR 0.92360000 n=1", ""},
		{"to it through the euro", euro2000, "2000", "USD", "DEM", ByAverage,
			"period_average published 2000 2000 USD per EUR 0.92360000 n=1 inverted | irrevocable DEM per EUR 1.95583", ""},
		{"on through the euro, by the feed's own rate first", euro2000 + `
			x USD DEM average 2000 2.1177`, "2000", "DEM", "USD", ByAverage,
			"period_average published 2000 2000 DEM per USD 2.11770000 n=1 inverted", ""},
		{"before the euro into dollars, without rates", "x EUR USD average 1998 1.12", "1998", "DEM", "USD", ByAverage, "", fault.RateMissing},
		{"before the euro into dollars, by rates", "x USD DEM average 1998 1.7597", "1998", "DEM", "USD", ByAverage,
			"period_average published 1998 1998 DEM per USD 1.75970000 n=1 inverted", ""},
		{"a hole behind the euro", "x EUR USD fixing 2000-01-03 1.0090", "2000", "DEM", "USD", ByAverage, "", fault.RateIncomplete},

		{"not yet a member: the market", euro2000, "2000", "GRD", "EUR", ByAverage,
			"period_average published 2000 2000 GRD per EUR 336.63000000 n=1 inverted", ""},
		{"not yet a member: no market", "", "2000", "GRD", "EUR", ByAverage, "", fault.RateMissing},
		{"not yet a member against a member", euro2000, "2000", "GRD", "DEM", ByAverage,
			"period_average published 2000 2000 GRD per EUR 336.63000000 n=1 inverted | irrevocable DEM per EUR 1.95583", ""},
		{"a later member, floating", euro2000, "2005", "SKK", "EUR", ByAverage,
			"period_average published 2005 2005 SKK per EUR 38.59900000 n=1 inverted", ""},
		{"a later member before the euro", "", "1998", "SKK", "EUR", ByAverage, "irrevocable SKK per EUR 30.1260 inverted pre_euro_fixed_rate", ""},

		{"zeros struck off, at any time", "", "1998", "TRL", "TRY", ByAverage, "irrevocable TRL per TRY 1000000 inverted", ""},
		{"zeros struck off, retired", "", "2005", "TRL", "TRY", ByAverage, "", fault.Redenominated},
		{"zeros struck off, on from there", "x USD TRY average 2004 1.4255", "2004", "TRL", "USD", ByAverage,
			"irrevocable TRL per TRY 1000000 inverted | period_average published 2004 2004 TRY per USD 1.42550000 n=1 inverted", ""},
		{"zeros struck off twice", "", "2007", "VEB", "VES", ByAverage,
			"irrevocable VEB per VEF 1000 inverted | irrevocable VEF per VES 100000 inverted", ""},
		{"a successor without a rate", "", "1990", "SUR", "RUB", ByAverage, "", fault.RateMissing},
	})
}

func TestIrrevocableIsNeverRounded(t *testing.T) {
	amount := figure.MustParse("1000", 6)
	c, err := bookOf(t, "").Convert(Ask{Amount: amount, From: "DEM", To: "FRF", Period: period.MustParse("2000"), Method: ByAverage})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.AmountExact.RatString(); got != "655957000000000/195583" || c.Amount.Text() != "3354" || c.Amount.Multiplier() != 6 {
		t.Errorf("1000m DEM = %s (%s), want 655957000000000/195583 (3354 at 6)", got, c.Amount)
	}
	if d := c.Disclosure; d.Source != "" || d.RateExact != nil {
		t.Errorf("source %q, rate_exact %v, want neither", d.Source, d.RateExact)
	}
}
