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
	out := newCSVLines(newOutput(w), o.BOM)
	if err := (&wideLines{cellWriter{lines: out}, t}).write(); err != nil {
		return err
	}
	return out.flush()
}

// wideLines writes a table line by line.
type wideLines struct {
	cellWriter
	table *query.Table
}

func (w *wideLines) write() error {
	w.header()
	if err := w.end(); err != nil {
		return err
	}
	for row := range w.table.Rows {
		if err := w.row(row); err != nil {
			return err
		}
	}
	return nil
}

func (w *wideLines) header() {
	t := w.table
	w.heads(string(t.Layout.Rows), "label")
	if t.Layout.Rows == query.ByPeriod {
		w.heads("start", "end")
	} else if t.UnitsDown() {
		w.heads("series", "unit", "multiplier")
		if w.several() {
			w.head("currency")
		}
	}
	for i := range t.Columns {
		h := &t.Columns[i]
		name := h.Code
		if w.several() && h.Currency != "" {
			name += " " + h.Currency
		}
		w.heads(name+bracketed(h), name+" status")
	}
}

// several reports whether there is more than one currency to tell apart.
func (w *wideLines) several() bool { return len(w.table.Head.View.Currencies) > 1 }

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

func (w *wideLines) row(row int) error {
	t := w.table
	h := &t.Rows[row]
	w.text(h.Code)
	w.text(h.Label)
	if !h.Period.IsZero() {
		w.date(h.Period.Start())
		w.date(h.Period.Last())
	} else if t.UnitsDown() {
		w.text(h.Series)
		w.text(h.Unit)
		w.integer(h.Multiplier, h.Unit != "")
		if w.several() {
			w.text(h.Currency)
		}
	}
	for column := range t.Columns {
		cell := t.Cell(row, column)
		w.value(cell.Value, cell.HasValue)
		w.status(&cell)
	}
	return w.end()
}

// status writes what is to be known of a value.
func (w *cellWriter) status(c *query.Cell) {
	w.scratch = appendStatus(w.scratch[:0], c)
	w.word(w.scratch)
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
