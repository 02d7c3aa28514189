package series

import (
	"strings"

	"bellwether/internal/fault"
)

const codeShape = "indicator.area.unit, then what is not the default: breakdowns (dimension-item), " +
	"yoy, pop or saar, price basis, adjustment, scenario, @dataset"

const tailWords = "a measure (yoy, pop, saar), a price basis (real-<year>, chained-<year>, nominal, real), " +
	"an adjustment (sa, ca, sca, tc), a scenario (target, forecast) or a breakdown (dimension-item)"

// Parse reads a code. Case does not matter and an underscore is a hyphen; the
// order of the tokens does, and a default is never stated, so that a series
// has one code. The key is normal.
//
// Faults, each with what was expected: series_code_invalid,
// series_code_too_long, series_token_reserved, series_token_unknown,
// series_token_repeated, series_basis_mismatch, and series_code_not_canonical,
// which expects the code as it should be written.
func Parse(code string) (Key, error) {
	if len(code) > MaxCode {
		return Key{}, tooLong(len(code))
	}
	folded := Fold(code)
	k, err := split(folded)
	if err != nil {
		return Key{}, err
	}
	normal, err := k.Normal()
	if err != nil {
		return Key{}, err
	}
	if canonical := normal.Code(); canonical != folded {
		return Key{}, fault.New(fault.Invalid, fault.SeriesCodeNotCanonical,
			"%q has its tokens out of order or states a default", code).Expect("%s", canonical)
	}
	return normal, nil
}

// MustParse is Parse for codes that stand in the program; it panics on a fault.
func MustParse(code string) Key {
	k, err := Parse(code)
	if err != nil {
		panic(err)
	}
	return k
}

// split takes a folded code apart without looking at order and defaults.
func split(folded string) (Key, error) {
	head, dataset, stated := strings.Cut(folded, "@")
	tokens := strings.Split(head, ".")
	if len(tokens) < 3 || stated && dataset == "" {
		return Key{}, fault.New(fault.Invalid, fault.SeriesCodeInvalid,
			"%q is not the code of a series", folded).Expect(codeShape)
	}
	for _, token := range tokens {
		if err := CheckToken(token); err != nil {
			return Key{}, err
		}
	}
	k := Key{Dataset: dataset, Indicator: tokens[0], Area: tokens[1], Unit: tokens[2]}
	for _, token := range tokens[3:] {
		if err := k.take(token); err != nil {
			return Key{}, err
		}
	}
	return k, nil
}

// take sets the part of the key that one token after the unit states.
func (k *Key) take(token string) error {
	switch partOf(token) {
	case measurePart:
		return set((*string)(&k.Measure), token, "measure")
	case basisPart:
		return set(&k.Basis, token, "price basis")
	case adjustmentPart:
		return set(&k.Adjustment, token, "adjustment")
	case scenarioPart:
		return set(&k.Scenario, token, "scenario")
	}
	dimension, item, ok := strings.Cut(token, "-")
	if !ok || item == "" || IsReserved(dimension) {
		return fault.New(fault.Invalid, fault.SeriesTokenUnknown,
			"%q after the unit of a code is not known", token).Expect(tailWords)
	}
	k.Breakdowns = append(k.Breakdowns, Breakdown{dimension, item})
	return nil
}

func set(field *string, token, part string) error {
	if *field != "" {
		return repeated(token, part)
	}
	*field = token
	return nil
}
