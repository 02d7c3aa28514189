package sheet

import (
	"io"
	"slices"
	"strconv"
)

// MadeHere stands in the first cell of the sheet notes of a workbook that the
// service wrote itself: its figures are on the sheet data.
const MadeHere = "bellwether"

// The sheets of such a workbook.
const (
	OwnData  = "data"
	OwnNotes = "notes"
)

// madeHere reports whether a workbook with these visible sheets is one that the
// service wrote itself, also where another program saved it since.
func (b *Book) madeHere(p *parts, filled []sheetInfo) (bool, error) {
	named := func(name string) int {
		return slices.IndexFunc(filled, func(s sheetInfo) bool { return s.name == name })
	}
	notes := named(OwnNotes)
	if notes < 0 || named(OwnData) < 0 {
		return false, nil
	}
	text, err := b.firstCell(p, filled[notes].part)
	return text == MadeHere, err
}

// firstCell returns the text in the first cell of a sheet, empty where none is
// there.
func (b *Book) firstCell(p *parts, part string) (string, error) {
	src, err := p.open(part)
	if err != nil {
		return "", err
	}
	defer src.Close()
	w := &worksheet{xml: newTokens(part, src, p.lim), lim: p.lim}
	if err := w.next(); err == io.EOF {
		return "", nil
	} else if err != nil {
		return "", err
	}
	if w.number != 1 || len(w.cells) == 0 || w.cells[0].column != 0 {
		return "", nil
	}
	c := w.cells[0]
	if c.kind != "s" {
		return string(c.text), nil
	}
	texts, err := readShared(p, b.shared)
	if err != nil {
		return "", err
	}
	defer texts.close()
	at, err := strconv.Atoi(string(c.text))
	if err != nil {
		return "", nil // the sheet says so when it is read
	}
	text, _, _, err := texts.get(at)
	return string(text), err
}
