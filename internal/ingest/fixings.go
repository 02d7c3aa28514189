package ingest

import (
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// isFixings reports whether a header is that of a table of fixings with a
// currency in each column: a date, then nothing but codes of three capitals,
// of which most are currencies.
func (h *head) isFixings() bool {
	cells := h.rows[0].cells
	if h.settings.Layout != "" || lookUp(cells[0], rateNames) != dateColumn {
		return false
	}
	codes, known := 0, 0
	for _, header := range cells[1:] {
		if header == "" {
			continue
		}
		if !isCurrencyCode(header) {
			return false
		}
		codes++
		if isMoney(h.labels, header) {
			known++
		}
	}
	return 2*known > codes
}

func isCurrencyCode(text string) bool {
	return len(text) == 3 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// fixings makes a plan of every column of a currency: the header is what is
// quoted, the base is the one in which the feed quotes everything.
func (h *head) fixings() {
	h.out.kind = Rates
	var base plan
	h.state(&base, dateColumn, 0, h.rows[0].cells[0])
	h.constants(&base)
	if feed := h.feed(&base); !base.slots[baseColumn].stated && feed != "" {
		base.fix(baseColumn, feed)
	}
	h.needOfFixings(&base)
	seen := map[string]bool{}
	for i, header := range h.rows[0].cells {
		switch {
		case i == 0:
			continue
		case header == "":
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		case seen[header]:
			h.blame(fault.CSVDuplicateHeader, i, header, "each currency once")
			continue
		}
		seen[header] = true
		p := base
		p.skipEmpty, p.noQuote = true, h.noQuote()
		p.head(quoteColumn, header, i, h.rows[0])
		p.set(rateColumn, i, header)
		h.out.columns = append(h.out.columns, Column{sheet.Letters(i), header, "rate"})
		h.out.plans = append(h.out.plans, p)
	}
}

// feed returns the base of the feed that a constant names; empty where the
// feed has none or is not known.
func (h *head) feed(base *plan) string {
	code := strings.ToLower(string(base.slots[feedColumn].text))
	for _, f := range h.feeds {
		if f.Code == code {
			return f.Base
		}
	}
	return ""
}

func (h *head) needOfFixings(base *plan) {
	for _, m := range []meaning{feedColumn, baseColumn} {
		if !base.slots[m].stated {
			h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line,
				Reason: "no column states " + m.String(), Answer: "constants." + m.String() + "=<code>"})
		}
	}
}

// noQuote returns the words that stand where there was no fixing: N/A, and
// what the settings take for a missing number.
func (h *head) noQuote() []string {
	words := []string{"N/A"}
	for _, word := range sortedKeys(h.settings.Number.Missing) {
		if m := h.settings.Number.Missing[word]; m == "not_available" || m == "nil_or_missing" {
			words = append(words, word)
		}
	}
	return words
}

// silent reports whether a row states no rate under the plan.
func (p *plan) silent(row *sheet.Row) bool {
	if !p.skipEmpty {
		return false
	}
	cell := p.cell(row, rateColumn)
	if len(cell) == 0 {
		return true
	}
	for _, word := range p.noQuote {
		if string(cell) == word {
			return true
		}
	}
	return false
}
