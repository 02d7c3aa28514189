package fx

import "slices"

// order is the market's convention: of two currencies the one that stands
// earlier here is the base.
var order = [...]string{"EUR", "GBP", "AUD", "NZD", "USD", "CAD", "CHF", "JPY"}

// Pair returns the two currencies as base and quote, the same for either order
// of the arguments: the base is the earlier in EUR GBP AUD NZD USD CAD CHF
// JPY, then in the alphabet.
func Pair(a, b string) (base, quote string) {
	i, j := place(a), place(b)
	if i < j || i == j && a < b {
		return a, b
	}
	return b, a
}

func place(code string) int {
	if i := slices.Index(order[:], code); i >= 0 {
		return i
	}
	return len(order)
}

// quotation says how a rate is written: "CNY per USD".
func quotation(base, quote string) string { return quote + " per " + base }
