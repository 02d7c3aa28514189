package encode

import "io"

// Cell is a cell of a table: text, which is neutralised where a spreadsheet
// would take it for a formula, or a number, which stands as it is. An empty one
// is null.
type Cell struct {
	Text   string
	Number string
}

// Table writes CSV with columns of its own, as RFC 4180 has it: a header, then
// a line for each entry.
type Table struct{ output }

// NewTable returns a table that writes to w, with its header.
func NewTable(w io.Writer, o Options, columns ...string) *Table {
	t := &Table{newOutput(w)}
	if o.BOM {
		t.buffer = append(t.buffer, byteOrderMark...)
	}
	for i, name := range columns {
		if i > 0 {
			t.buffer = append(t.buffer, ',')
		}
		t.buffer = append(t.buffer, name...)
	}
	t.buffer = append(t.buffer, lineEnd...)
	return t
}

// Line writes one line; it has a cell for each column.
func (t *Table) Line(cells ...Cell) error {
	for i, c := range cells {
		if i > 0 {
			t.buffer = append(t.buffer, ',')
		}
		if c.Number != "" {
			t.buffer = append(t.buffer, c.Number...)
		} else {
			t.buffer = appendCell(t.buffer, c.Text)
		}
	}
	t.buffer = append(t.buffer, lineEnd...)
	return t.spill()
}

// Close hands on what is left.
func (t *Table) Close() error { return t.flush() }
