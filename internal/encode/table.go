package encode

import (
	"io"

	"bellwether/internal/query"
)

// Cell is a cell of a table: text, which is neutralised where a spreadsheet
// would take it for a formula, or a number, which stands as it is. An empty one
// is null.
type Cell struct {
	Text   string
	Number string
}

// Table writes entries with columns of their own: a header, then a line for
// each.
type Table struct {
	cellWriter
	finish func() error
}

// NewTable returns a table that writes to w as CSV, as RFC 4180 has it, with
// its header.
func NewTable(w io.Writer, o Options, columns ...string) (*Table, error) {
	out := newCSVLines(newOutput(w), o.BOM)
	return (&Table{cellWriter{lines: out}, out.flush}).headed(columns)
}

// NewTableXLSX returns a table that writes to w as a workbook: the sheet data
// has what CSV has, the sheet notes where the answer of that moment is from.
func NewTableXLSX(w io.Writer, o Options, m query.Moment, columns ...string) (*Table, error) {
	b := newBook(w, o, dataSheet, notesSheet)
	return (&Table{b.cellWriter, func() error { return b.finish(query.Head{Moment: m}, query.Tail{}) }}).headed(columns)
}

func (t *Table) headed(columns []string) (*Table, error) {
	t.heads(columns...)
	return t, t.end()
}

// Line writes one line; it has a cell for each column.
func (t *Table) Line(cells ...Cell) error {
	for _, c := range cells {
		if c.Number != "" {
			t.scratch = append(t.scratch[:0], c.Number...)
			t.number(t.scratch)
		} else {
			t.text(c.Text)
		}
	}
	return t.end()
}

// Close hands on what is left. The writer stays open.
func (t *Table) Close() error { return t.finish() }
