package fx

import "math/big"

// Verdict is what a comparison of two levels says about their labels.
type Verdict string

// The verdicts. None is given without a rate to compare by.
const (
	NoVerdict    Verdict = ""
	LabelClear   Verdict = "ok"
	LabelSuspect Verdict = "label_suspect"
)

// Suspicion is a verdict and which of the two levels it falls on.
type Suspicion struct {
	Verdict Verdict
	First   bool // the first level's label is suspect
	Second  bool
}

// Suspect compares two levels that differ in their currency only: the same
// state, period and rest of the key. The factor is that of the period's
// average from the first currency to the second; nil gives no verdict. Where
// the two meet as bare numbers, within their half-widths, and do not meet when
// converted, one was labelled with the wrong currency: the one published
// later, or both where they came together.
func Suspect(first, second Level, average *Factor) Suspicion {
	if average == nil {
		return Suspicion{}
	}
	aLow, aHigh := first.bounds()
	bLow, bHigh := second.bounds()
	bare := meet(aLow, aHigh, bLow, bHigh)
	rate := average.Exact()
	if !bare || meet(aLow.Mul(aLow, rate), aHigh.Mul(aHigh, rate), bLow, bHigh) {
		return Suspicion{Verdict: LabelClear}
	}
	order := first.PublishedAt.Compare(second.PublishedAt)
	return Suspicion{Verdict: LabelSuspect, First: order >= 0, Second: order <= 0}
}

// meet says whether two closed intervals have a point in common.
func meet(aLow, aHigh, bLow, bHigh *big.Rat) bool {
	return aLow.Cmp(bHigh) <= 0 && bLow.Cmp(aHigh) <= 0
}
