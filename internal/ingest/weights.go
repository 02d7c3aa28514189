package ingest

import "bellwether/internal/fault"

// The order in which a person should look at warnings.
const (
	slipWeight      = iota // a figure is most likely wrong
	togetherWeight         // figures cannot all be true
	mannerWeight           // many rows are stated in a way that may be a slip
	loseWeight             // what stands would lose by it, or the file would not do what it says
	explainedWeight        // what looks like a contradiction and can be explained
	readWeight             // how something was read
	weights                // how many there are
)

// weight returns the place of a warning in that order.
func weight(code fault.Code) int {
	switch code {
	case fault.ValuePowerOfTen, fault.SignFlipped, fault.LabelSuspect:
		return slipWeight
	case fault.ClaimContradicted, fault.PartsTotalMismatch, fault.PartsGrowthMismatch, fault.PeriodsMismatch, fault.DatasetsDiffer,
		fault.TotalMismatch, fault.CumulativeFalls, fault.AreaRateDiffers:
		return togetherWeight
	case fault.UnitUnexpected, fault.MixedCurrency, fault.MixedMultiplier, fault.LabelUnheld, fault.XLSXHidden:
		return mannerWeight
	case fault.EmbargoNeeded, fault.WithdrawsNothing, fault.CoarserRepeat:
		return loseWeight
	case fault.ClaimPriceBasis:
		return explainedWeight
	}
	return readWeight
}

// floodedBy is how many times as many findings as are shown are too many to work
// out the numbers of each.
const floodedBy = 10

// flooded reports whether so much was found by holding figures together that no
// more of it needs its numbers.
func (t *tally) flooded() bool {
	return t.seen[slipWeight]+t.seen[togetherWeight]+t.seen[explainedWeight] >= floodedBy*t.limit
}

// contradicted counts what was found of figures that cannot all be true.
func contradicted(counts []Count) int {
	total := 0
	for _, c := range counts {
		if weight(c.Code) == togetherWeight || c.Code == fault.LabelSuspect {
			total += c.Count
		}
	}
	return total
}
