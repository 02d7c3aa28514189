package query

import (
	"testing"

	"pgregory.net/rapid"

	"bellwether/internal/catalog"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// yuanPerDollar has an average of every month from January 1999 to December
// 2026, other than those of 2010.
func yuanPerDollar(t testing.TB) *book {
	t.Helper()
	known, err := fx.NewCurrencies([]fx.Currency{{Code: "CNY"}, {Code: "USD"}})
	if err != nil {
		t.Fatal(err)
	}
	var rates []fx.Rate
	for i := range 28 * 12 {
		if i/12 == 11 {
			continue
		}
		rates = append(rates, fx.Rate{Feed: "frb-h10", Base: "USD", Quote: "CNY", Kind: fx.Mean, Period: monthOf(i), Value: figure.New(int64(60_000+i), 4, 0)})
	}
	made, err := fx.NewBook(rates, known)
	if err != nil {
		t.Fatal(err)
	}
	return &book{Book: made, known: known, factors: newFactors(factorsSize), declared: newFactors(declaredSize)}
}

// monthOf returns the i-th month from January 1999 on.
func monthOf(i int) period.Period {
	first := period.MustParseDate("1999-01-01")
	p, err := period.Between(first.AddMonths(i), first.AddMonths(i+1))
	if err != nil {
		panic(err)
	}
	return p
}

// rowOf returns the row of a figure of a month, and what it is a figure of.
func rowOf(i int) (*Row, *lineMeta) {
	v := &obs.Version{Observation: obs.Observation{Period: monthOf(i), Value: figure.New(int64(1187+i), 1, 9)}}
	return &Row{Version: v, HasValue: true, Value: v.Value, Unit: "CNY", Multiplier: 9},
		&lineMeta{unit: "CNY", multiplier: 9, kind: string(catalog.Flow), isMoney: true}
}

// TestRowsAreConvertedAsEachByItself converts figures of periods in any order,
// some of them again and some without a rate: each as if it were the only one,
// and each rate disclosed once, in the order of the rows.
func TestRowsAreConvertedAsEachByItself(t *testing.T) {
	b := yuanPerDollar(t)
	rapid.Check(t, func(t *rapid.T) {
		view := View{Currencies: []string{"USD"}, FX: rapid.SampledFrom([]string{"", "fixed:6.06"}).Draw(t, "fx")}
		m, err := newMoney(view, b)
		if err != nil {
			t.Fatal(err)
		}
		var want []period.Period
		disclosed := map[period.Period]bool{}
		for _, i := range rapid.SliceOfN(rapid.IntRange(100, 160), 1, 60).Draw(t, "months") {
			r, l := rowOf(i)
			m.convert(r, l, "USD")
			alone, err := newMoney(view, b)
			if err != nil {
				t.Fatal(err)
			}
			single, l := rowOf(i)
			alone.convert(single, l, "USD")
			if r.Value != single.Value || r.Rate != single.Rate || r.Reason != single.Reason || r.HasValue != single.HasValue {
				t.Fatalf("%s is %v %s at %q, by itself %v %s at %q", monthOf(i), r.Value, r.Reason, r.Rate, single.Value, single.Reason, single.Rate)
			}
			if p := monthOf(i); r.HasValue && !disclosed[p] {
				disclosed[p] = true
				want = append(want, p)
			}
		}
		if len(m.shown) != len(want) {
			t.Fatalf("%d rates are disclosed, want %d", len(m.shown), len(want))
		}
		for i, d := range m.shown {
			factor, err := b.factor(fx.Ask{From: "CNY", To: "USD", Period: want[i], Method: d.methodAsked(view), Fixed: m.fixed})
			if err != nil || d.Period != want[i] || d.Disclosure != factor.Disclosure() {
				t.Fatalf("the rate disclosed at %d is of %s, want %s of the factor that is kept (%v)", i, d.Period, want[i], err)
			}
		}
	})
}

// methodAsked is what a flow is converted by.
func (d *Disclosed) methodAsked(v View) fx.Method {
	if v.FX != "" {
		return fx.ByFixed
	}
	return fx.ByAverage
}

// TestAConvertedRowDoesNotAllocate converts the rows of a series whose factors
// are known, at market rates and at a declared one, and compares two lengths.
func TestAConvertedRowDoesNotAllocate(t *testing.T) {
	b := yuanPerDollar(t)
	for _, way := range []string{"", "fixed:6.06"} {
		answer := func(rows int) func() {
			list, l := make([]*Row, rows), (*lineMeta)(nil)
			for i := range list {
				list[i], l = rowOf(i % 132)
			}
			return func() {
				m, err := newMoney(View{Currencies: []string{"USD"}, FX: way}, b)
				if err != nil {
					t.Error(err)
				}
				m.figures, m.shown = rows, make([]Disclosed, 0, rows)
				for _, r := range list {
					converted := *r
					m.convert(&converted, l, "USD")
				}
			}
		}
		few, many := testing.AllocsPerRun(20, answer(12)), testing.AllocsPerRun(20, answer(132))
		if each := (many - few) / 120; each > 0.05 {
			t.Errorf("fx=%s: a converted row allocates %v times, want 0", way, each)
		}
	}
}
