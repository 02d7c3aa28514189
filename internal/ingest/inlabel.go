package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/series"
	"bellwether/internal/sheet"
)

// LabelNotation says what else the labels of indicators state; the zero value
// takes a label for a name and nothing else.
type LabelNotation struct {
	Unit  string            `json:"unit,omitempty"`  // brackets or comma: where the unit stands
	Words map[string]string `json:"words,omitempty"` // a word at either end to what it means
}

// Where the unit of a label stands.
const (
	unitInBrackets  = "brackets" // 总值(亿元), GDP (bn yuan), also （）
	unitBehindComma = "comma"    // GDP, GBP mn
)

// The words that say of which part of the year the figures of a label are.
const (
	wordSingle = "single" // of each period alone
	wordToDate = "ytd"    // of January to the end of each period
)

// sense is what a word in a label states: a period's part of the year, or what
// a column would state.
type sense struct {
	column meaning // periodColumn: part; measureColumn, basisColumn, adjustmentColumn, scenarioColumn: text
	text   string
}

// senseOf reads what a word is declared to mean.
func senseOf(text string) (sense, bool) {
	switch text {
	case wordSingle, wordToDate:
		return sense{periodColumn, text}, true
	case ignore:
		return sense{none, ""}, true
	}
	if strings.Contains(text, ".") {
		return sense{}, false
	}
	key, err := series.Parse("x.x.x." + text)
	if err != nil {
		key, err = series.Parse("x.x.x.yoy." + text)
		key.Measure = series.Level
	}
	switch {
	case err != nil || len(key.Breakdowns) > 0:
		return sense{}, false
	case key.Measure != series.Level:
		return sense{measureColumn, text}, true
	case key.Adjustment != "none":
		return sense{adjustmentColumn, text}, true
	case key.Scenario != series.Actual:
		return sense{scenarioColumn, text}, true
	}
	return sense{basisColumn, text}, true
}

// check refuses what labels cannot state.
func (l LabelNotation) check() error {
	if err := oneOf("labels.unit", l.Unit, []string{"", unitInBrackets, unitBehindComma}); err != nil {
		return err
	}
	for word, text := range l.Words {
		if _, ok := senseOf(text); !ok || strings.TrimSpace(word) == "" {
			return invalidSetting("labels.words."+word, text, "single, ytd, yoy, pop, saar, nominal, real, real-<year>, chained-<year>, sa, target, forecast or ignore")
		}
	}
	return nil
}

// inLabel is a label taken apart.
type inLabel struct {
	name   string
	unit   string
	senses []sense
}

// read takes a label apart: first the unit off its end, then words off both
// ends until there is none.
func (l LabelNotation) read(text string) inLabel {
	in := inLabel{name: text}
	if l.Unit != "" {
		if name, unit, ok := l.cutUnit(text); ok {
			in.name, in.unit = name, unit
		}
	}
	for len(l.Words) > 0 {
		name, word, ok := l.cutWord(in.name)
		if !ok {
			break
		}
		in.name = name
		if s, _ := senseOf(l.Words[word]); s.column != none {
			in.senses = append(in.senses, s)
		}
	}
	return in
}

func (l LabelNotation) cutUnit(text string) (name, unit string, ok bool) {
	if l.Unit == unitBehindComma {
		at := strings.LastIndexAny(text, ",，")
		if at <= 0 {
			return text, "", false
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		name, unit = strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+size:])
		return name, unit, name != "" && unit != ""
	}
	return cutBrackets(text)
}

// cutBrackets takes the brackets off the end of a text: the innermost that
// close there.
func cutBrackets(text string) (name, inside string, ok bool) {
	open := "(（"
	body, ok := strings.CutSuffix(text, ")")
	if !ok {
		body, ok = strings.CutSuffix(text, "）")
	}
	if !ok {
		open = "["
		body, ok = strings.CutSuffix(text, "]")
	}
	at := strings.LastIndexAny(body, open)
	if !ok || at <= 0 {
		return text, "", false
	}
	_, size := utf8.DecodeRuneInString(body[at:])
	name, inside = strings.TrimSpace(body[:at]), strings.TrimSpace(body[at+size:])
	return name, inside, name != "" && inside != ""
}

// cutWord takes the longest declared word off the end of a label, else off its
// beginning; something has to be left.
func (l LabelNotation) cutWord(text string) (name, word string, ok bool) {
	words := sortedKeys(l.Words)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, word := range words {
		if rest := len(text) - len(word); rest > 0 && strings.EqualFold(text[rest:], word) && parted(text, rest) {
			return trimLabel(text[:rest]), word, trimLabel(text[:rest]) != ""
		}
		if n := len(word); n < len(text) && strings.EqualFold(text[:n], word) && parted(text, n) {
			return trimLabel(text[n:]), word, trimLabel(text[n:]) != ""
		}
	}
	return text, "", false
}

// parted reports whether a text may be cut there: not between two letters of
// an alphabet or two digits.
func parted(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	behind, _ := utf8.DecodeRuneInString(text[at:])
	joined := func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) }
	return !joined(before) || !joined(behind)
}

// trimLabel takes off what stood between a label and a word.
func trimLabel(text string) string {
	return strings.Trim(text, " \u00A0\u3000,，:：;；-–_/()（）")
}

// indicator reads the label of an indicator and what else it states.
func (r *reader) indicator(id *identity, row *sheet.Row, p *plan) {
	text := string(p.cell(row, indicatorColumn))
	id.label = r.settings.Labels.read(text)
	if _, ok := r.labelled.said(catalog.Indicators, text); ok {
		id.label.name = text // a person names it as a whole
	}
	if id.label.unit != "" {
		if _, err := r.labels.Match(catalog.Indicators, text); err == nil {
			if _, err := r.parseUnit(id.label.unit); fault.CodeOf(err) == fault.UnitUnrecognised {
				id.label = inLabel{name: text} // the brackets belong to the name
			}
		}
	}
	id.key.Indicator = r.label(id, catalog.Indicators, indicatorColumn, []byte(id.label.name))
}

// sayWords states what the words of the label say.
func (r *reader) sayWords(id *identity, row *sheet.Row, p *plan) {
	said := map[meaning]bool{}
	for _, s := range id.label.senses {
		if said[s.column] || s.column != periodColumn && len(p.cell(row, s.column)) > 0 {
			id.problems = append(id.problems, problem{meaning: indicatorColumn, code: fault.LabelWordTwice, value: fault.Clip(string(p.cell(row, indicatorColumn))),
				expected: "one word or column that says the " + s.column.String()})
			return
		}
		said[s.column] = true
		switch s.column {
		case periodColumn:
			id.part = s.text
		case measureColumn:
			id.key.Measure = series.Measure(s.text)
		case basisColumn:
			id.key.Basis = s.text
		case adjustmentColumn:
			id.key.Adjustment = s.text
		case scenarioColumn:
			id.key.Scenario = s.text
		}
	}
}

// takeLabelUnit takes the unit of the label for that of the row. It is false
// where a column states another one.
func (r *reader) takeLabelUnit(id *identity) bool {
	switch {
	case id.label.unit == "":
		return true
	case id.unitText == "":
		id.unitText, id.unitInLabel = id.label.unit, true
		return true
	}
	inLabel, err := r.parseUnit(id.label.unit)
	inCell, other := r.parseUnit(id.unitText)
	if err == nil && other == nil && inLabel == inCell {
		return true
	}
	id.problems = append(id.problems, problem{meaning: unitColumn, code: fault.LabelUnitTwice, value: fault.Clip(id.unitText),
		expected: "an empty cell, or " + fault.Clip(id.label.unit) + " as in the label"})
	return false
}

// partOfYear turns the period of a row into the one that the word in its label
// says: a single period is what it is, and the year to date begins in January.
func (r *reader) partOfYear(row *sheet.Row, p *plan, id *identity, span period.Period) period.Period {
	if id.part == "" || span.IsZero() {
		return span
	}
	broken := func(expected string) {
		r.blame(row, p, problem{meaning: periodColumn, code: fault.LabelPeriodBroken, value: span.String(), expected: expected})
	}
	if id.part == wordSingle {
		if span.Frequency() == period.None {
			broken("one year, half-year, quarter, month or day, as the label says")
		}
		return span
	}
	year, _, _ := span.Last().YMD()
	january, err := period.NewDate(year, 1, 1)
	if err != nil || span.Start() < january {
		broken("a period within one year, as the label says the year to date")
		return span
	}
	whole, err := period.Between(january, span.End())
	if err != nil {
		broken("a period within one year, as the label says the year to date")
		return span
	}
	return whole
}
