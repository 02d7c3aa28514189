package query_test

import (
	"fmt"
	"math/big"
	"strconv"
	"testing"

	"bellwether/internal/figure"
	"bellwether/internal/query"
)

// everything lifts the default of every dimension.
func everything() query.Filter {
	return query.Filter{Measures: []string{query.All}, Scenarios: []string{query.All}, Datasets: []string{query.All}}
}

// scales are the powers of ten that the tests show figures in; the first is
// that of the series.
func scales() []query.Scale {
	list := []query.Scale{{}}
	for _, power := range []int{-3, 0, 3, 4, 6, 8, 9, 12} {
		list = append(list, query.Scale{Power: power, Set: true})
	}
	return list
}

// TestConvertedValueIsTheOriginalAtTheRate takes every figure of the sample in
// two currencies at every scale: the value is the original value, divided or
// multiplied once by the rate that is disclosed, rounded to the decimals that
// stand beside it; and the original value is the stored figure.
func TestConvertedValueIsTheOriginalAtTheRate(t *testing.T) {
	a := ask(t, sampleShelf(t))
	stored := map[string]*big.Rat{}
	for _, r := range a.observations(a.now(), query.Question{Filter: everything()}).Observations {
		if r.text("value") != "" {
			stored[r.text("series")+" "+r.text("period")] = inOnes(r, "value")
		}
	}
	for _, scale := range scales() {
		p := a.observations(a.now(), query.Question{Filter: everything(), View: query.View{Currencies: []string{"USD", "EUR"}, Scale: scale}})
		rates := factors(p.Conversion)
		converted := 0
		for _, r := range p.Observations {
			name := fmt.Sprintf("%s %s in %s at %+v", r.text("series"), r.text("period"), r.text("unit"), scale)
			if scale.Set && r.text("unit") != "percent" && r.text("multiplier") != fmt.Sprint(scale.Power) {
				t.Errorf("%s: multiplier %s", name, r.text("multiplier"))
			}
			if r.text("original_value") == "" {
				continue
			}
			if original := stored[r.text("series")+" "+r.text("period")]; inOnes(r, "original_value").Cmp(original) != 0 {
				t.Errorf("%s: original_value %s at %s, the figure is %s", name, r.text("original_value"), r.text("multiplier"), original.RatString())
			}
			if r.text("value") == "" {
				continue
			}
			converted++
			rate := rates[r.text("period")+r.text("original_unit")+r.text("unit")+r.text("fx_method")]
			if rate == nil {
				t.Errorf("%s: no disclosure", name)
				continue
			}
			decimals, err := strconv.Atoi(r.text("decimals"))
			if err != nil {
				t.Fatal(err)
			}
			exact := new(big.Rat).Mul(rate, decimal(r, "original_value"))
			if got, want := decimal(r, "value"), rounded(exact, decimals); got.Cmp(want) != 0 {
				t.Errorf("%s: value %s, want %s × rate = %s", name, r.text("value"), r.text("original_value"), want.RatString())
			}
		}
		if converted < 30 {
			t.Errorf("%d figures were converted at %+v, want most of the sample", converted, scale)
		}
	}
}

// factors returns what each disclosure says that an amount is multiplied by.
func factors(c *conversion) map[string]*big.Rat {
	found := map[string]*big.Rat{}
	for _, d := range c.Rows {
		rate, _ := new(big.Rat).SetString(fmt.Sprint(d["rate_exact"]))
		if d["inverted"] == true {
			rate.Inv(rate)
		}
		found[fmt.Sprint(d["period"], d["from"], d["to"], d["method"])] = rate
	}
	return found
}

// decimal returns a number of a row, and inOnes the same in ones.
func decimal(r row, column string) *big.Rat { return figure.MustParse(r.text(column), 0).Rat() }

func inOnes(r row, column string) *big.Rat {
	n, _ := new(big.Rat).SetString(r.text(column) + "e" + r.text("multiplier"))
	return n
}

// rounded rounds half away from zero; negative decimals round to tens.
func rounded(exact *big.Rat, decimals int) *big.Rat {
	unit, _ := new(big.Rat).SetString(fmt.Sprintf("1e%d", -decimals))
	whole, _ := new(big.Rat).SetString(figure.RoundHalfAway(new(big.Rat).Quo(exact, unit), 0))
	return whole.Mul(whole, unit)
}
