package ingest

import (
	"slices"
	"strings"
)

// isPublished reports whether a table is one of those that central banks and
// the World Bank publish, which are read without a question.
func (h *head) isPublished() bool {
	if h.settings.Layout != "" {
		return false
	}
	_, board := h.board()
	_, across := h.worldBank()
	return board || across || h.isFRB() || h.isYearly() || h.isFixings()
}

// published lays such a table out.
func (h *head) published() {
	h.out.kind = Rates
	if b, ok := h.board(); ok {
		h.fromBoard(b)
	} else if header, ok := h.worldBank(); ok {
		h.fromWorldBank(header)
	} else if h.isFRB() {
		h.frb()
	} else if h.isYearly() {
		h.yearly()
	} else {
		h.fixings()
	}
}

// feedIs reports whether the settings name one of the feeds, or none.
func (h *head) feedIs(codes ...string) bool {
	named := strings.ToLower(h.settings.Constants["feed"])
	return named == "" || slices.Contains(codes, named)
}

// ofFeed states the constants, and the feed that the content shows where the
// settings name none.
func (h *head) ofFeed(p *plan, code string) {
	h.constants(p)
	if !p.slots[feedColumn].stated {
		p.fix(feedColumn, code)
		h.out.columns = append(h.out.columns, Column{Meaning: "feed " + code + ", by the form of the table"})
	}
}

// faces makes a row further down the header.
func (h *head) faces(header textRow) {
	h.out.width, h.out.headRows = len(header.cells), header.given
	last := len(header.cells) - 1
	h.out.trailing = last > 0 && header.cells[last] == ""
}
