package catalog

import (
	"strings"

	"bellwether/internal/fault"
)

// Match returns the code of the entry that a text means: a code or former code
// in either case, a name in either language, an alias, or a code in another
// list, exact but for case and runs of white space. Nothing is guessed: the
// faults are unknown_code (kind NotFound), which expects the nearest entries,
// and label_ambiguous (kind Invalid), which expects those that share the label.
func (c *Catalog) Match(s Section, text string) (string, error) {
	if code, ok := c.Answer(s, text); ok {
		return code, nil
	}
	if codes := c.in(s).shared[Fold(text)]; len(codes) > 0 {
		return "", fault.New(fault.Invalid, fault.LabelAmbiguous, "%q is the label of more than one %s",
			fault.Clip(text), s).Expect("%s", c.choice(s, codes))
	}
	return "", c.Unknown(s, text)
}

// Answer is Match for those who only ask whether: it costs two look-ups, also
// where nothing is found.
func (c *Catalog) Answer(s Section, text string) (code string, ok bool) {
	folded := Fold(text)
	if current, ok := c.Current(s, folded); ok {
		return current, true
	}
	code, ok = c.in(s).labels[folded]
	return code, ok
}

// Unknown returns the fault that no entry of the section answers the text. It
// expects the three nearest ones.
func (c *Catalog) Unknown(s Section, text string) error {
	e := fault.New(fault.NotFound, fault.UnknownCode, "no %s is %q", s, fault.Clip(text))
	nearest := c.Nearest(s, text, 3)
	if len(nearest) == 0 {
		return e.Expect("nothing: the catalogue has no %s yet", s)
	}
	return e.Expect("%s", c.choice(s, nearest))
}

// choice names entries for people: code (name), code (name).
func (c *Catalog) choice(s Section, codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = code + " (" + c.Name(s, code, "en") + ")"
	}
	return strings.Join(names, ", ")
}

// LookupUnit finds a catalogued unit by its code, name or alias. The kind is
// money for a currency and otherwise the unit's own (count, percent, index,
// quantity). It has the shape that figure.UnitRules asks for.
func (c *Catalog) LookupUnit(text string) (code, kind string, ok bool) {
	code, ok = c.Answer(Units, text)
	if !ok {
		return "", "", false
	}
	u, ok := c.Unit(code)
	if u.Kind == Currency {
		return code, "money", ok
	}
	return code, string(u.Kind), ok
}
