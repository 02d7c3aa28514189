package figure

import (
	"strings"

	"bellwether/internal/fault"
)

// The kinds of unit that are known without a catalogue. A catalogue has more
// of its own.
const (
	Money = "money"
	Count = "count"
)

// Unit is what a figure is counted in.
type Unit struct {
	Kind       string // Money, Count, or the kind that the catalogue gives
	Code       string // a currency's three letters, persons, or the catalogue's code
	Multiplier int    // the power of ten of the scale word; 0 without one
	Scaled     bool   // whether there is a scale word
}

// At adds the power of ten of a multiplier column. A unit with a scale word
// has one already: unit_multiplier_twice, whatever the two are.
func (u Unit) At(multiplier int) (Unit, error) {
	if u.Scaled {
		return Unit{}, fault.New(fault.Invalid, fault.UnitMultiplierTwice, "the unit has a scale word, and the multiplier is %d", multiplier).
			Expect("a scale word in the unit or a multiplier column, not both")
	}
	u.Multiplier = multiplier
	return u, nil
}

// UnitRules are what a reader of unit cells knows from outside.
type UnitRules struct {
	// Currency is the declared one, which a plain 元 and $ stand for: the
	// file's, else the office's. Empty when none is declared.
	Currency string
	// Lookup finds a catalogued unit by a folded text: lower case, single
	// spaces. It may be nil.
	Lookup func(folded string) (code, kind string, ok bool)
}

// Parse reads a unit cell: at most one scale word and one currency or counting
// word, in either order and with or without spaces between, or a catalogued
// unit. Case does not matter. A currency is never guessed: 元 and $ without a
// declared currency are unit_currency_undeclared, and $ too where the declared
// currency is not written so. The letters m, b and k as a scale are
// unit_ambiguous; anything else that is not known is unit_unrecognised.
func (r UnitRules) Parse(text string) (Unit, error) {
	text = strings.TrimSpace(text)
	if len(text) > MaxBytes {
		return Unit{}, unrecognisedUnit(text)
	}
	folded := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	if folded == "" {
		return Unit{}, fault.New(fault.Invalid, fault.UnitEmpty, "the unit is empty").Expect("a unit such as CNY bn")
	}
	unit, code := r.read(folded)
	switch code {
	case "":
		return unit, nil
	case fault.UnitAmbiguous:
		return Unit{}, fault.New(fault.Invalid, code, "%q has a letter for its scale", fault.Clip(text)).
			Expect("thousand, million or billion, or mn or bn")
	case fault.UnitCurrencyUndeclared:
		return Unit{}, fault.New(fault.Invalid, code, "%q is the sign of several currencies", fault.Clip(text)).
			Expect("the currency's code, such as CNY")
	}
	return Unit{}, unrecognisedUnit(text)
}

func unrecognisedUnit(text string) error {
	return fault.New(fault.Invalid, fault.UnitUnrecognised, "%q is not a unit that is known here", fault.Clip(text)).
		Expect("a scale word and a currency, such as CNY bn or 亿元, or a catalogued unit")
}

// read tries the whole text as a unit without a scale, and then every scale
// word at its beginning and end.
func (r UnitRules) read(folded string) (Unit, fault.Code) {
	if isAmbiguous(folded) {
		return Unit{}, fault.UnitAmbiguous
	}
	unit, code := r.base(folded)
	if code != fault.UnitUnrecognised {
		return unit, code
	}
	for _, scale := range scales {
		for _, rest := range scale.around(folded) {
			unit, code := r.base(rest)
			if code == fault.UnitUnrecognised || code == "" && !unit.takesScale() {
				continue
			}
			unit.Multiplier, unit.Scaled = scale.exponent, true
			return unit, code
		}
	}
	return Unit{}, r.unread(folded)
}

// unread tells a scale that is one ambiguous letter from no unit at all.
func (r UnitRules) unread(folded string) fault.Code {
	for _, letter := range ambiguousScales {
		for _, rest := range (scale{word: letter}).around(folded) {
			if _, code := r.base(rest); code != fault.UnitUnrecognised {
				return fault.UnitAmbiguous
			}
		}
	}
	return fault.UnitUnrecognised
}

// base reads a unit without a scale word.
func (r UnitRules) base(word string) (Unit, fault.Code) {
	switch word {
	case "元":
		return r.declared()
	case "$":
		if ownSign(r.Currency) {
			return Unit{}, fault.UnitCurrencyUndeclared
		}
		return r.declared()
	case "人", "persons":
		return Unit{Kind: Count, Code: "persons"}, ""
	}
	if currency, ok := currencyWords[word]; ok {
		return Unit{Kind: Money, Code: currency}, ""
	}
	if r.Lookup != nil && word != "" {
		if code, kind, ok := r.Lookup(word); ok {
			return Unit{Kind: kind, Code: code}, ""
		}
	}
	return Unit{}, fault.UnitUnrecognised
}

func (r UnitRules) declared() (Unit, fault.Code) {
	if r.Currency == "" {
		return Unit{}, fault.UnitCurrencyUndeclared
	}
	return Unit{Kind: Money, Code: strings.ToUpper(r.Currency)}, ""
}

// takesScale says whether a scale word beside the unit makes sense: there are
// no billions of percent, nor of an index.
func (u Unit) takesScale() bool { return u.Kind != "percent" && u.Kind != "index" }
