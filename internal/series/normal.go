package series

import (
	"bellwether/internal/fault"
)

// Normal returns the key with its texts folded, its defaults filled in and its
// breakdowns sorted, or a fault that says which part is wrong. Other words for
// a default are read as it: nominal for the current prices of a level,
// unspecified for the unstated basis of a claim, nsa for no adjustment.
//
// Faults: those of CheckToken and CheckDimension, series_token_unknown,
// series_token_repeated (two items of one dimension), series_basis_mismatch,
// series_code_too_long.
func (k Key) Normal() (Key, error) {
	n := k.folded()
	for _, token := range []string{n.Indicator, n.Area, n.Unit, n.Dataset} {
		if err := CheckToken(token); err != nil {
			return Key{}, err
		}
	}
	if err := n.checkWords(); err != nil {
		return Key{}, err
	}
	if err := n.checkBasis(); err != nil {
		return Key{}, err
	}
	if err := checkBreakdowns(n.Breakdowns); err != nil {
		return Key{}, err
	}
	if length := len(n.AppendCode(nil)); length > MaxCode {
		return Key{}, tooLong(length)
	}
	return n, nil
}

func (k Key) folded() Key {
	n := Key{
		Dataset:    foldOr(k.Dataset, Main),
		Indicator:  Fold(k.Indicator),
		Area:       Fold(k.Area),
		Unit:       Fold(k.Unit),
		Measure:    Measure(foldOr(string(k.Measure), string(Level))),
		Adjustment: foldOr(k.Adjustment, None),
		Scenario:   foldOr(k.Scenario, Actual),
	}
	n.Basis = foldOr(k.Basis, defaultBasis(n.Measure))
	if n.IsClaim() && n.Basis == "unspecified" || !n.IsClaim() && n.Basis == Nominal {
		n.Basis = defaultBasis(n.Measure)
	}
	if n.Adjustment == "nsa" {
		n.Adjustment = None
	}
	for _, b := range sortBreakdowns(k.Breakdowns) {
		n.Breakdowns = append(n.Breakdowns, Breakdown{Fold(b.Dimension), Fold(b.Item)})
	}
	n.Breakdowns = sortBreakdowns(n.Breakdowns)
	return n
}

func foldOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return Fold(text)
}

func (k Key) checkWords() error {
	switch {
	case partOf(string(k.Measure)) != measurePart:
		return unknownWord("measure", string(k.Measure), "level, yoy, pop or saar")
	case partOf(k.Adjustment) != adjustmentPart:
		return unknownWord("adjustment", k.Adjustment, "none, sa, ca, sca or tc")
	case partOf(k.Scenario) != scenarioPart:
		return unknownWord("scenario", k.Scenario, "actual, target or forecast")
	}
	return nil
}

func unknownWord(part, word, expected string) error {
	return fault.New(fault.Invalid, fault.SeriesTokenUnknown, "%q is no %s", word, part).Expect("%s", expected)
}

// checkBasis refuses a price basis that the measure cannot have: a level has
// current, real-<year> or chained-<year>; a claim has unstated, nominal or
// real.
func (k Key) checkBasis() error {
	if partOf(k.Basis) != basisPart {
		return unknownWord("price basis", k.Basis, basesOf(k.Measure))
	}
	fits := k.Basis == Current || IsPriceYear(k.Basis)
	if k.IsClaim() {
		fits = k.Basis == Unstated || k.Basis == Nominal || k.Basis == Real
	}
	if fits {
		return nil
	}
	return fault.New(fault.Invalid, fault.SeriesBasisMismatch,
		"the price basis %q does not go with the measure %q", k.Basis, k.Measure).Expect("%s", basesOf(k.Measure))
}

func basesOf(m Measure) string {
	if m == Level {
		return "current, real-<year> or chained-<year>"
	}
	return "unstated, nominal or real"
}

// checkBreakdowns takes sorted breakdowns.
func checkBreakdowns(sorted []Breakdown) error {
	for i, b := range sorted {
		if err := CheckDimension(b.Dimension); err != nil {
			return err
		}
		if err := CheckToken(b.Item); err != nil {
			return err
		}
		if len(b.Dimension)+1+len(b.Item) > MaxToken {
			return fault.New(fault.Invalid, fault.SeriesCodeTooLong,
				"the breakdown %s-%s is longer than %d bytes", b.Dimension, b.Item, MaxToken).
				Expect("at most %d bytes", MaxToken)
		}
		if i > 0 && sorted[i-1].Dimension == b.Dimension {
			return repeated(b.Dimension+"-"+b.Item, "item of "+b.Dimension)
		}
	}
	return nil
}

func repeated(token, what string) error {
	return fault.New(fault.Invalid, fault.SeriesTokenRepeated,
		"%q is a second %s", token, what).Expect("one %s", what)
}

func tooLong(length int) error {
	return fault.New(fault.Invalid, fault.SeriesCodeTooLong,
		"a code of %d bytes is longer than %d", length, MaxCode).Expect("at most %d bytes", MaxCode)
}
