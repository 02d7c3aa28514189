package cli

import (
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// amountOf is an amount as it is typed: a number and the scale word behind it,
// such as 118.7 and bn, with its power of ten.
type amountOf struct {
	number     string
	scale      string // empty without one; never the currency that stood there
	multiplier int
}

// minus is the minus sign, which is no hyphen.
const minus = "−"

// withAmounts lets an amount below zero stand where a flag could: its minus is
// written as the sign that no flag begins with. readAmount takes it back.
func withAmounts(args []string) []string {
	if !slices.Contains(args, "convert") {
		return args
	}
	taken := slices.Clone(args)
	for i, arg := range taken {
		if arg == "--" {
			break
		}
		if len(arg) > 1 && arg[0] == '-' && strings.ContainsRune(".0123456789", rune(arg[1])) {
			taken[i] = minus + arg[1:]
		}
	}
	return taken
}

// readAmount parts a number from the word behind it: a scale, a currency or both,
// which must be the one that the amount is in, as in 118.7bn, 118.7亿元 and
// 20亿美元. The number itself is read by the service.
func readAmount(text, currency string) (amountOf, error) {
	if rest, ok := strings.CutPrefix(text, minus); ok {
		text = "-" + rest
	}
	end := strings.LastIndexAny(text, "0123456789.") + 1
	a := amountOf{number: text[:end]}
	word := strings.TrimSpace(text[end:])
	switch {
	case a.number == "":
		return a, fault.New(fault.Invalid, fault.NumberMalformed, "AMOUNT is %q, which has no number", fault.Clip(text)).
			Expect("a number, with a scale word or not, such as 118.7, 118.7bn or 118.7亿元")
	case word == "":
		return a, nil
	}
	unit, err := unitBehind(word, currency)
	if err != nil {
		return a, unknownWord(err, text, word)
	}
	if !strings.EqualFold(unit.Code, currency) {
		return a, fault.New(fault.Invalid, fault.UsageError, "AMOUNT is %q, in %s, and FROM is %s", fault.Clip(text), unit.Code, fault.Clip(currency)).
			Expect("one currency, such as %s %s", a.number+scaleOf(word, unit), unit.Code)
	}
	a.scale, a.multiplier = scaleOf(word, unit), unit.Multiplier
	return a, nil
}

// unitBehind reads the word behind a number: with a currency in it, or as the
// scale of the currency given.
func unitBehind(word, currency string) (figure.Unit, error) {
	rules := figure.UnitRules{Currency: currency, Lookup: func(code string) (string, string, bool) {
		return currency, figure.Money, strings.EqualFold(code, currency)
	}}
	if unit, err := rules.Parse(word); err == nil && unit.Kind == figure.Money {
		return unit, nil
	}
	return rules.Parse(word + " " + currency)
}

// scaleOf returns the scale in the word behind a number: what is left of it
// without the currency, and all of it where that is none.
func scaleOf(word string, unit figure.Unit) string {
	if !unit.Scaled {
		return ""
	}
	for end := range word {
		left := strings.TrimSpace(word[:end])
		if scale, err := unitBehind(left, unit.Code); left != "" && err == nil && scale.Scaled && scale.Multiplier == unit.Multiplier {
			return left
		}
	}
	return word
}

// unknownWord says which word behind a number is none that is known.
func unknownWord(err error, text, word string) error {
	if fault.CodeOf(err) != fault.UnitUnrecognised {
		return err
	}
	return fault.New(fault.Invalid, fault.UnitUnrecognised, "AMOUNT is %q, and %q is no scale word that is known here", fault.Clip(text), fault.Clip(word)).
		Expect("a number with bn, million, 亿, 亿元 or no word behind it, such as 118.7bn")
}

// whole returns the amount without its scale word: 118.7 and bn are
// 118700000000. What is no number is left to the service.
func (a amountOf) whole() string {
	v, err := figure.Parse(a.number, a.multiplier)
	if err != nil {
		return a.number
	}
	return v.At(0).Text()
}
