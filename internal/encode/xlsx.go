package encode

import (
	"io"

	"bellwether/internal/query"
)

// figureSheets are the sheets of a workbook of figures; never changed.
var figureSheets = []string{dataSheet, seriesSheet, notesSheet}

// XLSX writes an answer of rows as a workbook: the sheet data has the columns
// and cells of CSV, numbers as numbers and all else as text, the sheet series
// what the rows are of, the sheet notes what else there is to the answer.
type XLSX struct {
	book
	columns []*column
	print   *printer
	asked   query.Head
}

// NewXLSX returns a sink that writes to w.
func NewXLSX(w io.Writer, o Options) *XLSX {
	return &XLSX{book: *newBook(w, o, figureSheets...), columns: choose(o.Fields, Columns()), print: newPrinter(o.Lang, o.Zone)}
}

// Begin writes the header.
func (x *XLSX) Begin(h query.Head) error {
	x.asked = h
	if h.Series != nil {
		x.listStored(h.Series.Series)
	}
	for _, c := range x.columns {
		x.head(c.name)
	}
	return x.end()
}

// Row writes one line.
func (x *XLSX) Row(r *query.Row) error {
	x.listStored(r.Version.Series)
	for _, c := range x.columns {
		if c.kind == free {
			x.text(c.text(x.print, r))
			continue
		}
		x.scratch = c.add(x.print, x.scratch[:0], r)
		if c.kind == number || c.kind == integer {
			x.number(x.scratch)
		} else {
			x.word(x.scratch)
		}
	}
	return x.end()
}

// End writes the sheets behind the rows.
func (x *XLSX) End(tail query.Tail) error { return x.finish(x.asked, tail) }

// WideXLSX writes a table as a workbook: the sheet data is laid out as WideCSV
// documents.
func WideXLSX(w io.Writer, t *query.Table, o Options) error {
	b := newBook(w, o, figureSheets...)
	if err := (&wideLines{b.cellWriter, t}).write(); err != nil {
		return err
	}
	for _, headings := range [...][]query.Heading{t.Rows, t.Columns} {
		for i := range headings {
			b.listCode(headings[i].Series)
		}
	}
	for row := range t.Rows {
		for column := range t.Columns {
			b.listCode(t.Cell(row, column).Series)
		}
	}
	return b.finish(t.Head, t.Tail)
}

// TriangleXLSX writes every version of a series as a workbook, likewise.
func TriangleXLSX(w io.Writer, t *query.Triangle, o Options) error {
	b := newBook(w, o, figureSheets...)
	b.listStored(t.Head.Series.Series)
	if err := triangleLines(&b.cellWriter, t, o.Lang); err != nil {
		return err
	}
	return b.finish(t.Head, t.Tail)
}

var _ query.Sink = (*XLSX)(nil)
