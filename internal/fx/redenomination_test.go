package fx

import (
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// TestAmountsOnTheWrongSideOfARedenomination converts what bears the code of
// another time, with rates of that code and without.
func TestAmountsOnTheWrongSideOfARedenomination(t *testing.T) {
	const both = `
		x USD TRL average 2004 1425500
		x USD TRY average 2005 1.3440
		x USD TRL average 2006 1428000
		x USD TRY average 2000 0.6252
		x USD TRY fixing 2005-12-30 1.3450`
	testFactors(t, []factorCase{
		{"the new code before it", both, "2004", "TRY", "USD", ByAverage, "", fault.Redenominated},
		{"into the new code before it", both, "2004", "USD", "TRY", ByAverage, "", fault.Redenominated},
		{"the new code where its rates stand", both, "2000", "TRY", "USD", ByAverage,
			"period_average published 2000 2000 TRY per USD 0.62520000 n=1 inverted", ""},
		{"the old code in its time", both, "2004", "TRL", "USD", ByAverage,
			"period_average published 2004 2004 TRL per USD 1425500.00000000 n=1 inverted", ""},
		{"the old code after its last day", both, "2005", "TRL", "USD", ByAverage, "", fault.Redenominated},
		{"into the old code after its last day", both, "2005", "USD", "TRL", ByAverage, "", fault.Redenominated},
		{"the old code after its last day, where its rates stand", both, "2006", "TRL", "USD", ByAverage,
			"period_average published 2006 2006 TRL per USD 1428000.00000000 n=1 inverted", ""},
		{"the new code across", both, "2004-07-01/P12M", "TRY", "USD", ByAverage, "", fault.Redenominated},
		{"the old code across", both, "2004-07-01/P12M", "TRL", "USD", ByAverage, "", fault.Redenominated},
		{"across, where rates of the code stand", "x USD TRY average 2004-07-01/P12M 1.4", "2004-07-01/P12M", "TRY", "USD", ByAverage,
			"period_average published 2004-07-01/P12M 2004-07-01/P12M TRY per USD 1.40000000 n=1 inverted", ""},
		{"a stock at the end of a period across", both, "2004-07-01/P18M", "TRY", "USD", ByEnd,
			"end_of_period 2005-12-30 TRY per USD 1.34500000 inverted", ""},
		{"fixings of one side only", "x EUR TRY fixing 2005-01-03 1.8320\nx EUR TRY fixing 2005-01-10 1.8400", "2004-07-01/P12M", "TRY", "EUR", ByAverage, "", fault.Redenominated},
		{"the factor of the law, whatever the time", "", "2000", "TRY", "TRL", ByAverage, "irrevocable TRL per TRY 1000000", ""},
		{"nothing to convert", "", "2000", "TRY", "TRY", ByAverage, "identity 1", ""},
		{"nothing to convert in what is no money any more", "", "2010", "TRL", "TRL", ByAverage, "", fault.Redenominated},
		{"a hole in rates of its time stays one", "x USD TRY fixing 2005-01-03 1.3", "2005", "TRY", "USD", ByAverage, "", fault.RateIncomplete},
		{"no rates in its time", "", "2005", "TRY", "USD", ByAverage, "", fault.RateMissing},
		{"the euro is no redenomination", "", "1998", "EUR", "USD", ByAverage, "", fault.RateMissing},
	})
}

// TestWhatARedenominationSays reads the words and what to ask instead.
func TestWhatARedenominationSays(t *testing.T) {
	b := bookOf(t, "")
	for _, c := range []struct{ code, period, detail, instead string }{
		{"TRY", "2000", `"TRY" is a currency since 2005-01-01, the figure is of 2000, and no rate of TRY stands for it: 1 TRY is 1000000 TRL`,
			"TRL (1 TRY = 1000000 TRL, 2005-01-01)"},
		{"TRL", "2010", `"TRL" was redenominated on 2005-01-01, the figure is of 2010, and no rate of TRL stands for it: 1 TRY is 1000000 TRL`,
			"TRY (1 TRY = 1000000 TRL, 2005-01-01)"},
		{"TRY", "2004-07-01/P12M", `2004-07-01/P12M reaches across the redenomination of 2005-01-01, and no rate of "TRY" stands for all of it: 1 TRY is 1000000 TRL`,
			"TRL ... 2004-12-31 | TRY 2005-01-01 ... (1 TRY = 1000000 TRL)"},
		{"VES", "2005", `"VES" is a currency since 2018-08-20, the figure is of 2005, and no rate of VES stands for it: 1 VES is 100000000 VEB`,
			"VEB (1 VES = 100000000 VEB, 2018-08-20)"},
		{"VEB", "2020", `"VEB" was redenominated on 2008-01-01, the figure is of 2020, and no rate of VEB stands for it: 1 VES is 100000000 VEB`,
			"VES (1 VES = 100000000 VEB, 2008-01-01)"},
		{"VEF", "2005", `"VEF" is a currency since 2008-01-01, the figure is of 2005, and no rate of VEF stands for it: 1 VEF is 1000 VEB`,
			"VEB (1 VEF = 1000 VEB, 2008-01-01)"},
	} {
		_, err := b.Factor(Ask{From: c.code, To: "USD", Period: period.MustParse(c.period), Method: ByAverage})
		if f := fault.From(err); err == nil || f.Detail != c.detail || f.Expected != c.instead {
			t.Errorf("%s of %s: %v, expected %q; want %s, expected %q", c.code, c.period, err, fault.From(err).Expected, c.detail, c.instead)
		}
	}
}

// TestADeclaredRateIsOneOfItsCode converts at a rate that the asker declares.
func TestADeclaredRateIsOneOfItsCode(t *testing.T) {
	b := bookOf(t, "")
	declare := func(code, p string) error {
		_, err := b.Factor(Ask{From: code, To: "USD", Period: period.MustParse(p), Method: ByFixed,
			Fixed: &Fixed{Rate: figure.MustParse("2", 0), DeclaredBy: "me"}})
		return err
	}
	if err := declare("TRY", "2000"); err != nil {
		t.Errorf("TRY of 2000 at a declared rate = %v, want a conversion", err)
	}
	if err := declare("TRL", "2010"); fault.CodeOf(err) != fault.Redenominated {
		t.Errorf("TRL of 2010 at a declared rate = %v, want %s", err, fault.Redenominated)
	}
}
