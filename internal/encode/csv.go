package encode

import (
	"io"

	"bellwether/internal/query"
)

const (
	byteOrderMark = "\uFEFF"
	lineEnd       = "\r\n"
)

// CSV writes an answer as RFC 4180 has it: a header, then a line for each row,
// all columns unless fields are chosen. Nothing else of the answer is in it.
type CSV struct {
	output
	options Options
	columns []*column
	print   *printer
}

// NewCSV returns a sink that writes to w.
func NewCSV(w io.Writer, o Options) *CSV {
	return &CSV{output: newOutput(w), options: o, columns: choose(o.Fields, Columns()), print: newPrinter(o.Lang, o.Zone)}
}

// Begin writes the header.
func (c *CSV) Begin(query.Head) error {
	if c.options.BOM {
		c.buffer = append(c.buffer, byteOrderMark...)
	}
	for i, column := range c.columns {
		if i > 0 {
			c.buffer = append(c.buffer, ',')
		}
		c.buffer = append(c.buffer, column.name...)
	}
	c.buffer = append(c.buffer, lineEnd...)
	return nil
}

// Row writes one line.
func (c *CSV) Row(r *query.Row) error {
	dst := c.buffer
	for i, column := range c.columns {
		if i > 0 {
			dst = append(dst, ',')
		}
		if column.kind == free {
			dst = appendCell(dst, column.text(c.print, r))
		} else {
			dst = column.add(c.print, dst, r)
		}
	}
	c.buffer = append(dst, lineEnd...)
	return c.spill()
}

// End hands on what is left.
func (c *CSV) End(query.Tail) error { return c.flush() }
