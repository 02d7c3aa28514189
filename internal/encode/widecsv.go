package encode

import (
	"io"
	"strconv"

	"bellwether/internal/query"
)

// WideCSV writes a table as CSV: what each row is, then for every column its
// values and beside them their status.
//
// The header of the values is the column's code, followed where the column has
// a unit by the unit and the power of ten in brackets: "gdp [CNY 10^9]", and
// "population [persons]" for the power 0. Where several currencies are asked for
// the code is followed by the one of the column, also where figures in no
// currency stay what they are: "gdp USD [USD 10^9]", "population USD [persons]";
// units that belong to the rows have a column currency then. The header of the status is the code
// and the word status. A status is joined by ";" of the letters of the status,
// the reason where the value is empty, and the flags: "A;contradicted;guess",
// "O;no_observation".
func WideCSV(w io.Writer, t *query.Table, o Options) error {
	c := wideCSV{newOutput(w), t}
	if o.BOM {
		c.buffer = append(c.buffer, byteOrderMark...)
	}
	c.header()
	for row := range t.Rows {
		if err := c.row(row); err != nil {
			return err
		}
	}
	return c.flush()
}

type wideCSV struct {
	output
	table *query.Table
}

func (c *wideCSV) header() {
	t := c.table
	dst := append(append(c.buffer, t.Layout.Rows...), ",label"...)
	if t.Layout.Rows == query.ByPeriod {
		dst = append(dst, ",start,end"...)
	} else if t.UnitsDown() {
		dst = append(dst, ",series,unit,multiplier"...)
		if c.several() {
			dst = append(dst, ",currency"...)
		}
	}
	for i := range t.Columns {
		h := &t.Columns[i]
		name := h.Code
		if c.several() && h.Currency != "" {
			name += " " + h.Currency
		}
		dst = appendCell(append(dst, ','), name+bracketed(h))
		dst = appendCell(append(dst, ','), name+" status")
	}
	c.buffer = append(dst, lineEnd...)
}

// several reports whether there is more than one currency to tell apart.
func (c *wideCSV) several() bool { return len(c.table.Head.View.Currencies) > 1 }

// bracketed is the unit of a column behind its code.
func bracketed(h *query.Heading) string {
	switch {
	case h.Unit == "":
		return ""
	case h.Multiplier == 0:
		return " [" + h.Unit + "]"
	}
	return " [" + h.Unit + " 10^" + strconv.Itoa(h.Multiplier) + "]"
}

func (c *wideCSV) row(row int) error {
	t := c.table
	h := &t.Rows[row]
	dst := appendCell(c.buffer, h.Code)
	dst = appendCell(append(dst, ','), h.Label)
	if !h.Period.IsZero() {
		dst = h.Period.Start().AppendTo(append(dst, ','))
		dst = h.Period.Last().AppendTo(append(dst, ','))
	} else if t.UnitsDown() {
		dst = appendCell(append(dst, ','), h.Series)
		dst = append(appendCell(append(dst, ','), h.Unit), ',')
		if h.Unit != "" {
			dst = strconv.AppendInt(dst, int64(h.Multiplier), 10)
		}
		if c.several() {
			dst = appendCell(append(dst, ','), h.Currency)
		}
	}
	for column := range t.Columns {
		cell := t.Cell(row, column)
		dst = append(dst, ',')
		if cell.HasValue {
			dst = cell.Value.AppendText(dst)
		}
		dst = appendStatus(append(dst, ','), &cell)
	}
	c.buffer = append(dst, lineEnd...)
	return c.spill()
}

// appendStatus appends what is to be known of a value.
func appendStatus(dst []byte, c *query.Cell) []byte {
	dst = append(dst, c.Status...)
	for _, more := range [...]string{c.Reason, c.Flags} {
		if more != "" {
			dst = append(append(dst, ';'), more...)
		}
	}
	return dst
}
