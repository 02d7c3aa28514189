package ingest

import (
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/sheet"
)

// board is the rows above the rates in a file of the Board's Data Download
// Program, by their first cells.
type board struct{ description, unit, multiplier, currency, identifier, names *textRow }

// board finds those rows; ok is false where the file is no such file.
func (h *head) board() (b board, ok bool) {
	if foldBoard(h.rows[0].cells[0]) != "series description" || !h.feedIs(h10Feed, g5Feed) {
		return b, false
	}
	for i := range h.rows {
		row := &h.rows[i]
		switch foldBoard(row.cells[0]) {
		case "series description":
			b.description = row
		case "unit":
			b.unit = row
		case "multiplier":
			b.multiplier = row
		case "currency":
			b.currency = row
		case "unique identifier":
			b.identifier = row
		case "time period":
			b.names = row
			return b, b.unit != nil && b.multiplier != nil && b.currency != nil && b.identifier != nil
		}
	}
	return b, false
}

func foldBoard(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), ":"))
}

// fromBoard makes a plan of every column whose unit is one currency per
// another; the direction is what the unit says.
func (h *head) fromBoard(b board) {
	h.faces(*b.names)
	var days, spans plan
	h.state(&days, dateColumn, 0, b.names.cells[0])
	h.ofFeed(&days, h10Feed)
	spans = days
	spans.slots[periodColumn], spans.slots[dateColumn] = days.slots[dateColumn], slot{}
	for i, name := range b.names.cells {
		switch {
		case i == 0:
			continue
		case name == "":
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		}
		base, quote, ok := perUnit(cellAt(*b.unit, i), cellAt(*b.currency, i))
		kind, dated := boardKind(cellAt(*b.identifier, i))
		switch {
		case !ok:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), name, "its unit " + cellAt(*b.unit, i) + " is not one currency per another"})
			continue
		case !dated:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), name, "its identifier does not say that it is of days, months or years"})
			continue
		case cellAt(*b.multiplier, i) != "1":
			h.blame(fault.RateInvalid, i, cellAt(*b.multiplier, i), "the multiplier 1")
			continue
		}
		p := spans
		if kind == fx.Fixing {
			p = days
		}
		h.quotes(&p, i, *b.names, frbSeries{base: base, quote: quote, kind: kind})
	}
}

// perUnit reads a unit such as Currency:_Per_USD, USD:_Per_Currency or
// USD:_Per_EUR: what stands before is quoted for one of what stands behind,
// and Currency is the one that the row of currencies names.
func perUnit(unit, currency string) (base, quote string, ok bool) {
	quote, base, ok = strings.Cut(strings.ReplaceAll(unit, " ", "_"), ":_Per_")
	for _, side := range []*string{&base, &quote} {
		if *side == "Currency" {
			*side = currency
		}
	}
	return base, quote, ok && isCurrencyCode(base) && isCurrencyCode(quote) && base != quote
}

// boardKind reads how often a series is from its identifier, such as
// H10/H10/RXI_N.B.CH: business days or days, or averages of months or years.
func boardKind(identifier string) (fx.Kind, bool) {
	parts := strings.Split(identifier, ".")
	if len(parts) < 3 {
		return "", false
	}
	switch parts[len(parts)-2] {
	case "B", "D":
		return fx.Fixing, true
	case "M", "A":
		return fx.Mean, true
	}
	return "", false
}
