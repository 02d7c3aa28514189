package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
)

// likelyWords are words that offices write into labels, and what they most
// likely mean; a person says whether they do.
var likelyWords = []struct{ word, means string }{
	{"累计同比", "yoy"}, {"当季同比", "yoy"}, {"当月同比", "yoy"}, {"当季值", wordSingle}, {"当月值", wordSingle}, {"当期值", wordSingle}, {"本月值", wordSingle},
	{"累计值", wordToDate}, {"year to date", wordToDate}, {"ytd", wordToDate},
}

// labelTexts returns the labels of indicators in the rows that were looked at.
func (h *head) labelTexts(p *plan) []string {
	s := p.slots[indicatorColumn]
	switch {
	case !s.stated:
		return nil
	case s.fixed:
		return []string{string(s.text)}
	}
	var texts []string
	for _, row := range h.rows[min(len(h.rows), h.out.headRows):] {
		if text := cellAt(row, s.column); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// unitsInLabels reports whether labels state units, as far as is declared; and
// asks where they look as if they did.
func (h *head) unitsInLabels(texts []string) bool {
	if h.settings.Labels.Unit != "" {
		return true
	}
	for _, where := range []string{unitInBrackets, unitBehindComma} {
		notation := LabelNotation{Unit: where}
		for _, text := range texts {
			_, unit, ok := notation.cutUnit(text)
			if !ok {
				continue
			}
			if _, err := (figure.UnitRules{Lookup: h.labels.LookupUnit}).Parse(unit); err == nil || fault.CodeOf(err) == fault.UnitCurrencyUndeclared {
				h.ask(Question{Need: "labels.unit", Code: fault.AskLabelUnit, Line: h.rows[0].line, Value: fault.Clip(text),
					Reason: "no column states unit, and labels look as if theirs stood in them", Answer: "labels.unit=" + where})
				return true
			}
		}
	}
	return false
}

// askWords asks what a word in labels means that looks as if it said of which
// part of the year the figures are, once for each word.
func (h *head) askWords(texts []string) {
	var asked []string
	for _, text := range texts {
		name := h.settings.Labels.read(text).name
		if _, _, bracketed := cutBrackets(name); bracketed {
			name, _, _ = cutBrackets(name)
		}
		if _, err := h.labels.Match(catalog.Indicators, name); err == nil {
			continue
		}
		for _, likely := range likelyWords {
			_, _, found := LabelNotation{Words: map[string]string{likely.word: likely.means}}.cutWord(name)
			if !found {
				continue
			}
			if !slices.Contains(asked, likely.word) {
				asked = append(asked, likely.word)
				h.ask(Question{Need: "labels.words", Code: fault.AskLabelWords, Line: h.rows[0].line, Value: fault.Clip(text),
					Reason: "a word in labels seems to say what part of the year or what growth the figures are",
					Answer: strings.Join([]string{"labels.words.", likely.word, "=", likely.means}, "")})
			}
			break
		}
	}
}
