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
		if code := partCode(total, part); code != "" {
			return Contributions{Total: Result{Code: code}}
		}
		exact := part.Current.Number()
		exact.Sub(exact, part.Base.Number())
		exact.Quo(exact, total.Base.Number())
		out.Parts = append(out.Parts, Contribution{exact, percent(exact)})
		rest.Sub(rest, exact)
	}
	out.Residual = percent(rest)
	return out
}

// Chained says that a price basis is that of chain-linked volumes, which do not
// add up: their contributions and shares are not_additive.
func Chained(basis string) bool { return strings.HasPrefix(basis, "chain") }

func partCode(total, part Pair) fault.Code {
	if code := incomparable(part.Current, part.Base); code != "" {
		return code
	}
	switch {
	case part.Current.Unit != total.Current.Unit:
		return fault.CurrencyDiffers
	case part.Current.Period != total.Current.Period || part.Base.Period != total.Base.Period:
		return fault.PeriodMismatch
	}
	return ""
}
