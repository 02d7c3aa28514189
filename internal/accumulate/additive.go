package accumulate

import (
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
)

// Additive refuses what does not add up over time: stocks (stock_not_cumulative),
// and rates, indices and every other kind but flows (rate_not_additive).
func Additive(kind catalog.Kind) error {
	switch kind {
	case catalog.Flow:
		return nil
	case catalog.Stock:
		return fault.New(fault.Invalid, fault.StockNotCumulative, "a stock is a level at a date and is not cumulative")
	}
	return fault.New(fault.Invalid, fault.RateNotAdditive, "figures of kind %q cannot be subtracted from one another", kind)
}
