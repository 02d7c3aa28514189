package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
)

// likely is what a file probably means where nothing in it states a meaning; a
// person has to say it.
func (j *job) likely(q Question, name string, rows []textRow) []Proposal {
	switch name {
	case areaColumn.String():
		return j.likelyArea(q, rows)
	case feedColumn.String():
		return j.likelyFeed(q, rows[0].cells)
	}
	return nil
}

// likelyArea offers the country whose currency the units of a file are in, and
// the areas within it. The first two letters of the code of a currency are
// those of its country (ISO 4217).
func (j *job) likelyArea(q Question, rows []textRow) []Proposal {
	currency := j.currencyIn(rows)
	if len(currency) < 2 {
		return nil
	}
	country, ok := j.labels.Current(catalog.Areas, strings.ToLower(currency[:2]))
	if !ok {
		return nil
	}
	p := q.proposed("constants.area", country, "nothing in the file names an area, and its figures are in "+currency)
	p.Ask, p.Others = true, j.within(country)
	return []Proposal{p}
}

// mostWithin is how many areas are offered beside a country.
const mostWithin = 6

// within returns areas that lie in another one, directly or through others.
func (j *job) within(area string) []string {
	inside := []string{area}
	for _, a := range j.labels.Areas() {
		partOf := func(r catalog.Relation) bool {
			return r.Kind == catalog.PartOf && slices.Contains(inside, r.Area)
		}
		if slices.ContainsFunc(a.Relations, partOf) && len(inside) <= mostWithin {
			inside = append(inside, a.Code)
		}
	}
	return inside[1:]
}

// currencyIn returns the currency of the first unit that is stated in one: by a
// constant, a column, a label or a line above. A plain 元 is of the currency
// that the settings or the office say.
func (j *job) currencyIn(rows []textRow) string {
	plain := j.settings.Currency
	if plain == "" {
		plain = j.moment.Currency
	}
	rules := figure.UnitRules{Lookup: j.labels.LookupUnit, Currency: plain}
	texts := []string{j.settings.Constants["unit"]}
	if unit, _, err := j.unitAbove(); err == nil {
		texts = append(texts, unit)
	}
	for _, row := range rows {
		for column, cell := range row.cells {
			texts = append(texts, labelUnit(cell))
			if lookUp(cellAt(rows[0], column), tidyNames) == unitColumn {
				texts = append(texts, cell)
			}
		}
	}
	for _, text := range texts {
		if unit, err := rules.Parse(text); err == nil && unit.Kind == figure.Money {
			return unit.Code
		}
	}
	return ""
}

// labelUnit returns the unit at the end of a label, wherever it may stand.
func labelUnit(label string) string {
	for _, where := range []string{unitInBrackets, unitBehindComma} {
		if _, unit, ok := (LabelNotation{Unit: where}).cutUnit(label); ok {
			return unit
		}
	}
	return ""
}

// likelyFeed offers the feeds that quote everything in a currency which has no
// column of its own in a table of fixings, the preferred one first.
func (j *job) likelyFeed(q Question, header []string) []Proposal {
	if isYearlyHeader(header) {
		p := q.proposed("constants.feed", g5Feed, "the table has the columns of release G.5A, whose rates are local currency for one dollar; nothing in it says which way its rates are quoted")
		p.Ask = true
		return []Proposal{p}
	}
	var codes []string
	base := ""
	for _, f := range slices.SortedStableFunc(slices.Values(j.moment.Feeds), func(a, b fx.Feed) int { return a.Rank - b.Rank }) {
		if f.Base != "" && len(f.Areas) == 0 && !slices.Contains(header, f.Base) {
			codes = append(codes, f.Code)
			base = orElse(base, f.Base)
		}
	}
	if len(codes) == 0 {
		return nil
	}
	p := q.proposed("constants.feed", codes[0], "every column is a currency, "+base+" is none of them, and "+codes[0]+" quotes all in "+base)
	p.Others = codes[1:]
	return []Proposal{p}
}

// proposedConfirmations are what a person confirms rates by that are refused
// until somebody does: all of a code at once or, where they are few, one
// currency.
func (j *job) proposedConfirmations(errors []Finding) []Proposal {
	var all []Proposal
	for _, code := range confirmable {
		var currencies []string
		for _, c := range j.refused {
			if string(c.code) == code {
				currencies = append(currencies, c.currency)
			}
		}
		at := slices.IndexFunc(errors, func(f Finding) bool { return string(f.Code) == code })
		if len(currencies) == 0 || at < 0 {
			continue
		}
		slices.Sort(currencies)
		p := Proposal{Code: errors[at].Code, Line: errors[at].Line, Key: "confirm", Value: code + ":" + strings.Join(currencies, ","), Ask: true,
			Reason: "rates are refused until somebody says that they are right, such as " + errors[at].Value}
		if 1 < len(currencies) && len(currencies) <= mostLabels {
			for _, currency := range currencies {
				p.Others = append(p.Others, code+":"+currency)
			}
		}
		all = append(all, p)
	}
	return all
}

// proposedForMoney offers to leave out the areas whose money nobody knows; its
// currency only a person can say.
func proposedForMoney(errors []Finding) []Proposal {
	var all []Proposal
	for _, f := range errors {
		if f.Code == fault.AreaCurrencyUnknown && len(all) < mostLabels {
			all = append(all, Proposal{Code: f.Code, Line: f.Line, Key: "areas." + f.Value, Value: ignore, Ask: true,
				Reason: "nobody knows which currency " + f.Value + " is quoted in; its code, or ignore for its rows"})
		}
	}
	return all
}
