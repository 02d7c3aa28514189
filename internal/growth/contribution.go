package growth

import (
	"math/big"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// Pair is one level and what it is compared with.
type Pair struct{ Current, Base Level }

// Contribution is what one part adds to the growth of the whole, in percentage
// points: Exact as a ratio, Points with two decimals.
type Contribution struct {
	Exact  *big.Rat
	Points figure.Value
}

// Contributions is a growth taken apart. Residual is the growth of the whole
// less that of all parts, in percentage points; it is rounded from the exact
// difference and need not be that of the printed numbers.
type Contributions struct {
	Total    Result
	Parts    []Contribution // in the order of the parts
	Residual figure.Value
}

// Contribute takes the growth of a whole apart: the contribution of a part is
// (its change) / (the base of the whole), in percentage points. All pairs are
// of the same two periods, the second a year or a period before the first.
// Total.Code says why there is nothing: not_additive for the basis of
// chain-linked volumes, else the codes of YoY, those of parts included.
func Contribute(basis string, total Pair, parts []Pair) Contributions {
	if Chained(basis) {
		return Contributions{Total: Result{Code: fault.NotAdditive}}
	}
	current, base := total.Current.Period, total.Base.Period
	whole := compare(total.Current, total.Base, onYear(current, base) || onPrevious(current, base))
	if whole.Code != "" {
		return Contributions{Total: whole}
	}
	out := Contributions{Total: whole}
	rest := changeOf(total.Current, total.Base)
	for _, part := range parts {
		contribution, code := Contributed(basis, total.Base, part)
		if code == "" && part.Current.Period != current {
			code = fault.PeriodMismatch
		}
		if code != "" {
			return Contributions{Total: Result{Code: code}}
		}
		out.Parts = append(out.Parts, contribution)
		rest.Sub(rest, contribution.Exact)
	}
	out.Residual = percent(rest)
	return out
}

// Contributed returns what one part adds to the growth of the whole, of which
// only the base is needed: (its change) / (the base of the whole), in percentage
// points. The bases are of one period, the part's figure of a year or a period
// later. The code says why there is nothing, as that of Contribute does.
func Contributed(basis string, whole Level, part Pair) (Contribution, fault.Code) {
	if Chained(basis) {
		return Contribution{}, fault.NotAdditive
	}
	if !whole.HasValue() {
		return Contribution{}, fault.BaseMissing
	}
	if code := partCode(whole, part); code != "" {
		return Contribution{}, code
	}
	exact := part.Current.Number()
	exact.Sub(exact, part.Base.Number())
	exact.Quo(exact, whole.Number())
	return Contribution{exact, percent(exact)}, ""
}

// Chained says that a price basis is that of chain-linked volumes, which do not
// add up: their contributions and shares are not_additive.
func Chained(basis string) bool { return strings.HasPrefix(basis, "chain") }

func partCode(whole Level, part Pair) fault.Code {
	if code := incomparable(part.Current, part.Base); code != "" {
		return code
	}
	current, base := part.Current.Period, part.Base.Period
	switch {
	case part.Current.Unit != whole.Unit:
		return fault.CurrencyDiffers
	case base != whole.Period || !onYear(current, base) && !onPrevious(current, base):
		return fault.PeriodMismatch
	case whole.Unit == UnitPercent:
		return fault.RateNeedsPoints
	}
	return baseCode(whole.sign())
}
