package encode

import (
	"io"
	"strconv"

	"bellwether/internal/figure"
	"bellwether/internal/query"
)

// wide writes a table cell by cell.
type wide struct {
	JSON
	table *query.Table
}

// WideJSON writes a table as one object: what its columns are, its rows, each
// with a cell for every column, and what is to be known of them.
func WideJSON(w io.Writer, t *query.Table, o Options) error {
	j := wide{JSON{output: newOutput(w), options: o, head: t.Head}, t}
	j.buffer = append(j.buffer, `{"layout":{"rows":`...)
	j.buffer = appendString(j.buffer, string(t.Layout.Rows))
	j.buffer = append(textMember(j.buffer, "columns", string(t.Layout.Columns)), '}')
	j.buffer = appendFixed(member(j.buffer, "fixed"), t)
	j.buffer = append(member(j.buffer, "columns"), '[')
	for i := range t.Columns {
		j.buffer = append(j.heading(separated(j.buffer, i), &t.Columns[i], !t.UnitsDown()), '}')
		if err := j.spill(); err != nil {
			return err
		}
	}
	j.buffer = append(member(append(j.buffer, ']'), "rows"), '[')
	for i := range t.Rows {
		if err := j.row(i); err != nil {
			return err
		}
	}
	j.buffer = appendCount(append(j.buffer, ']'), t.Tail)
	if err := j.conversion(t.Tail.Conversion); err != nil {
		return err
	}
	j.buffer = j.appendMoment(j.buffer, t.Tail)
	return j.flush()
}

// separated appends a comma before every entry of a list but the first.
func separated(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}

// appendFixed appends the one value of the dimension that is neither the rows
// nor the columns.
func appendFixed(dst []byte, t *query.Table) []byte {
	if t.Fixed.Code == "" {
		return append(dst, "null"...)
	}
	dst = append(dst, `{"dimension":`...)
	dst = appendString(dst, string(t.Layout.Third()))
	dst = textMember(dst, "code", t.Fixed.Code)
	dst = textMember(dst, "label", t.Fixed.Label)
	return append(dst, '}')
}

// heading appends what a row or a column is, without the end of the object.
func (j *wide) heading(dst []byte, h *query.Heading, units bool) []byte {
	dst = append(dst, `{"code":`...)
	dst = appendString(dst, h.Code)
	dst = textMember(dst, "label", h.Label)
	if !h.Period.IsZero() {
		dst = append(append(member(dst, "start"), '"'), h.Period.Start().String()...)
		dst = append(append(member(append(dst, '"'), "end"), '"'), h.Period.Last().String()...)
		return append(dst, '"')
	}
	if j.table.Layout.Rows == query.ByPeriod || j.table.Layout.Columns == query.ByPeriod {
		dst = textMember(dst, "series", h.Series)
	}
	if !units {
		return dst
	}
	dst = textMember(dst, "unit", h.Unit)
	dst = appendMultiplier(member(dst, "multiplier"), h)
	return given(dst, "currency", h.Currency)
}

// appendMultiplier appends the multiplier of a heading with a unit, else null.
func appendMultiplier(dst []byte, h *query.Heading) []byte {
	if h.Unit == "" {
		return append(dst, "null"...)
	}
	return strconv.AppendInt(dst, int64(h.Multiplier), 10)
}

func (j *wide) row(row int) error {
	j.buffer = j.heading(separated(j.buffer, row), &j.table.Rows[row], j.table.UnitsDown())
	j.buffer = append(member(j.buffer, "cells"), '[')
	for column := range j.table.Columns {
		c := j.table.Cell(row, column)
		j.buffer = j.cellOf(separated(j.buffer, column), &c)
		if err := j.spill(); err != nil {
			return err
		}
	}
	j.buffer = append(j.buffer, ']', '}')
	return nil
}

// cellOf appends a cell. Where neither its row nor its column tells its series
// the cell does.
func (j *wide) cellOf(dst []byte, c *query.Cell) []byte {
	dst = appendCellFigure(dst, c, j.options.Strings)
	if j.table.Mixed() {
		dst = textMember(dst, "series", c.Series)
	}
	if j.head.Derived {
		dst = appendFigure(member(dst, "half_width"), c.HalfWidth, c.HasHalfWidth, j.options.Strings)
		dst = textMember(dst, "derivation", c.Derivation)
	}
	if j.head.Transform != "" {
		dst = textMember(dst, "base", c.Base)
	}
	return append(dst, '}')
}

// appendFigure appends a number, null where there is none.
func appendFigure(dst []byte, v figure.Value, there, quoted bool) []byte {
	switch {
	case !there:
		return append(dst, "null"...)
	case quoted:
		return append(v.AppendText(append(dst, '"')), '"')
	}
	return v.AppendText(dst)
}
