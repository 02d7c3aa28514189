package catalog

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bellwether/internal/fault"
	"bellwether/internal/series"
)

// check refuses what is wrong with an entry by itself.
func (b *builder) check(e placed) {
	b.checkHead(e)
	switch entry := e.entry.(type) {
	case *Indicator:
		oneOf(b, e, "kind", entry.Kind, Stock, Flow, Rate, Index)
		for _, kind := range entry.UnitKinds {
			oneOf(b, e, "unit_kinds", kind, Currency, Count, Percent, Indexed, Quantity)
		}
		b.checkTexts(e, entry.Definition.En, entry.Definition.Zh, entry.Source, entry.SourceURL, entry.Note.En, entry.Note.Zh)
		b.checkWeb(e, entry.SourceURL)
		b.checkDistinct(e, "parts", entry.Parts)
	case *Area:
		b.checkArea(e, entry)
	case *Unit:
		b.checkUnit(e, entry)
	case *Dataset:
		b.checkTexts(e, entry.Provider.En, entry.Provider.Zh, entry.Note.En, entry.Note.Zh)
		b.checkDistinct(e, "editors", entry.Editors)
	case *Dimension:
		b.checkTexts(e, entry.Note.En, entry.Note.Zh)
	case *Item:
		b.checkTexts(e, entry.Note.En, entry.Note.Zh)
	}
}

// checkHead looks at the code, the name and the labels.
func (b *builder) checkHead(e placed) {
	h := e.head()
	b.checkCode(e, "code", h.Code)
	for _, old := range h.Former {
		b.checkCode(e, "former", old)
	}
	if h.Name.IsZero() {
		b.at(e, fault.CatalogFieldMissing, "name", "", "a name in English or Chinese")
	}
	for _, name := range []string{h.Name.En, h.Name.Zh} {
		if name != "" {
			b.checkLabel(e, "name", name)
		}
	}
	for _, alias := range h.Aliases {
		b.checkLabel(e, "aliases", alias)
	}
	for _, label := range h.Shared {
		b.checkLabel(e, "shared", label)
	}
	b.checkDistinct(e, "aliases", h.Aliases)
	b.checkDistinct(e, "shared", h.Shared)
	b.checkDistinct(e, "former", h.Former)
}

// checkCode looks at a code of the entry's section.
func (b *builder) checkCode(e placed, key, code string) {
	if code == "" {
		b.at(e, fault.CatalogFieldMissing, key, "", "a code")
		return
	}
	err := series.CheckToken(code)
	switch e.section() {
	case Dimensions:
		err = series.CheckDimension(code)
	case Units:
		err = series.CheckToken(series.Fold(code))
		if err == nil && code != displayed(code) {
			b.at(e, fault.CatalogCodeInvalid, key, code, displayed(code))
		}
	case Items:
		if item, ok := e.entry.(*Item); ok && err == nil {
			err = series.CheckToken(item.Dimension + "-" + code)
		}
	}
	if err != nil {
		b.at(e, fault.CatalogCodeInvalid, key, code, fault.From(err).Expected)
	}
}

// displayed returns a unit's code in the case in which units are shown.
func displayed(code string) string {
	return series.Key{Unit: series.Fold(code)}.UnitCode()
}

func (b *builder) checkLabel(e placed, key, label string) {
	odd := strings.ContainsFunc(label, unicode.IsControl) || !utf8.ValidString(label)
	if odd || len(label) > MaxLabel || strings.TrimSpace(label) != label || label == "" {
		b.at(e, fault.CatalogValueInvalid, key, label,
			"a label of 1 to "+strconv.Itoa(MaxLabel)+" bytes on one line, without spaces around it")
	}
}

// checkTexts looks at texts that are for reading only.
func (b *builder) checkTexts(e placed, texts ...string) {
	for _, text := range texts {
		if len(text) > MaxText || !utf8.ValidString(text) {
			b.at(e, fault.CatalogTooLarge, "text", text, "at most "+strconv.Itoa(MaxText)+" bytes")
		}
	}
}

func (b *builder) checkWeb(e placed, address string) {
	if address != "" && !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		b.at(e, fault.CatalogValueInvalid, "source_url", address, "an address that begins with https:// or http://")
	}
}

// checkDistinct refuses a text that stands twice in one list.
func (b *builder) checkDistinct(e placed, key string, list []string) {
	seen := map[string]bool{}
	for _, text := range list {
		if folded := Fold(text); seen[folded] {
			b.at(e, fault.CatalogLabelDuplicate, key, text, "each once")
		} else {
			seen[folded] = true
		}
	}
}

func (b *builder) checkArea(e placed, a *Area) {
	oneOf(b, e, "kind", a.Kind, Country, Group, Province, City, District, NewArea, Other)
	b.checkValidity(e, a.Validity)
	b.checkTexts(e, a.Note.En, a.Note.Zh)
	b.checkOtherCodes(e, a.Codes)
	for _, relation := range a.Relations {
		oneOf(b, e, "relations", relation.Kind, PartOf, Overlaps, Continues)
		if relation.Area == a.Code {
			b.at(e, fault.CatalogReferenceCircle, "relations", a.Code, "another area")
		}
	}
}

func (b *builder) checkUnit(e placed, u *Unit) {
	oneOf(b, e, "kind", u.Kind, Currency, Count, Percent, Indexed, Quantity)
	b.checkValidity(e, u.Validity)
	b.checkTexts(e, u.Note.En, u.Note.Zh)
	b.checkOtherCodes(e, u.Codes)
	if isCurrencyCode(u.Code) != (u.Kind == Currency) {
		b.at(e, fault.CatalogValueInvalid, "kind", string(u.Kind),
			"currency for a code of three letters (ISO 4217), and for no other")
	}
	if u.Digits != nil && (u.Kind != Currency || *u.Digits < 0 || *u.Digits > 9) {
		b.at(e, fault.CatalogValueInvalid, "digits", strconv.Itoa(*u.Digits), "0 to 9, of a currency")
	}
	if u.Successor != nil {
		b.checkSuccessor(e, u)
	}
}

// isCurrencyCode reports whether a unit's code has the shape of ISO 4217.
func isCurrencyCode(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func (b *builder) checkSuccessor(e placed, u *Unit) {
	s := u.Successor
	if u.To == "" {
		b.at(e, fault.CatalogFieldMissing, "valid_to", "", "the last day of a currency that has a successor")
	}
	if s.Rate == "" {
		if s.From != "" {
			b.at(e, fault.CatalogFieldMissing, "successor: rate", "", "the rate that holds from that day")
		}
		return
	}
	if !positiveDecimal(s.Rate) {
		b.at(e, fault.CatalogValueInvalid, "successor: rate", s.Rate, "a positive decimal number in plain digits")
	}
	if s.From == "" || !s.From.valid() {
		b.at(e, fault.CatalogValueInvalid, "successor: from", string(s.From), "the first day of the rate as YYYY-MM-DD")
	}
	if s.Source == "" {
		b.at(e, fault.CatalogFieldMissing, "successor: source", "", "the act that fixed the rate")
	}
}

// positiveDecimal reports whether text is digits, at most 18, with at most one
// point between them, and not zero.
func positiveDecimal(text string) bool {
	whole, fraction, point := strings.Cut(text, ".")
	digits := whole + fraction
	if whole == "" || point && fraction == "" || len(digits) > 18 || strings.Trim(digits, "0123456789") != "" {
		return false
	}
	return strings.Trim(digits, "0") != ""
}

func (b *builder) checkValidity(e placed, v Validity) {
	for _, day := range []Day{v.From, v.To} {
		if !day.valid() {
			b.at(e, fault.CatalogValueInvalid, "validity", string(day), "a date as YYYY-MM-DD")
			return
		}
	}
	if v.To != "" && v.From > v.To {
		b.at(e, fault.CatalogValueInvalid, "valid_to", string(v.To), "a day on or after valid_from")
	}
}

func (b *builder) checkOtherCodes(e placed, codes map[string]string) {
	for list, code := range codes {
		if series.CheckToken(list) != nil {
			b.at(e, fault.CatalogCodeInvalid, "codes", list, "the name of the list as a token, such as iso3166-1-alpha3")
		}
		b.checkLabel(e, "codes", code)
	}
}

// oneOf refuses a word that is not one of those that its key takes.
func oneOf[W ~string](b *builder, e placed, key string, word W, known ...W) {
	if slices.Contains(known, word) {
		return
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	code := fault.CatalogValueInvalid
	if word == "" {
		code = fault.CatalogFieldMissing
	}
	b.at(e, code, key, string(word), strings.Join(names, ", "))
}
