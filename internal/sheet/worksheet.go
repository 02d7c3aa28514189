package sheet

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bellwether/internal/fault"
)

// The size of a sheet.
const (
	sheetRows    = 1 << 20
	sheetColumns = 1 << 14
	maxMerged    = 4096 // ranges of merged cells
)

// area is a range of cells, from 1, ends included.
type area struct{ top, left, bottom, right int }

func (a area) String() string {
	return Letters(a.left-1) + strconv.Itoa(a.top) + ":" + Letters(a.right-1) + strconv.Itoa(a.bottom)
}

// rawCell is a cell as its part states it.
type rawCell struct {
	column  int // from 0
	style   string
	kind    string // the attribute t
	text    []byte // the value, or the text of an inline string
	formula bool
	says    []byte // the formula
	tooLong bool
}

// worksheet reads the part of one sheet row by row.
type worksheet struct {
	xml    *tokens
	lim    Limits
	number int // of the row
	hidden bool
	cells  []rawCell // of the row, those that hold something
	bytes  int       // of their texts
	last   int       // the column of the last cell, from 1
	fault  *fault.Item
	inside bool // of the rows
	began  bool
	merged []area
	masked []area // columns that are hidden
}

// next reads up to the next row that holds something, or io.EOF when the part
// was read to its end. Faults: xlsx_invalid, xlsx_too_large, cell_too_long.
func (w *worksheet) next() error {
	for {
		token, err := w.xml.next()
		if err != nil {
			return w.placed(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			found, err := w.element(t)
			if found || err != nil {
				return w.placed(err)
			}
		case xml.EndElement:
			if t.Name.Local == "sheetData" {
				w.inside = false
			}
		}
	}
}

// placed says which row a fault of the part was met behind.
func (w *worksheet) placed(err error) error {
	if e := fault.From(err); err != nil && err != io.EOF && len(e.Items) > 0 && e.Items[0].Line == 0 {
		e.Items[0].Line = max(w.number, 1)
	}
	return err
}

func (w *worksheet) element(e xml.StartElement) (row bool, err error) {
	switch name := e.Name.Local; {
	case name == "sheetData":
		if w.began {
			return false, invalid("%s has its rows twice", w.xml.name)
		}
		w.began, w.inside = true, true
	case name == "row" && w.inside:
		return w.row(e)
	case name == "mergeCell":
		a, ok := parseArea(attribute(e, "ref"))
		if !ok {
			return false, invalid("%s merges the cells %q", w.xml.name, fault.Clip(attribute(e, "ref")))
		}
		if len(w.merged) == maxMerged {
			return false, tooLarge("the sheet has more than %d ranges of merged cells", maxMerged)
		}
		if a.top != a.bottom || a.left != a.right {
			w.merged = append(w.merged, a)
		}
	case name == "col" && isTrue(attribute(e, "hidden")) && len(w.masked) < sheetColumns:
		from, err1 := strconv.Atoi(attribute(e, "min"))
		to, err2 := strconv.Atoi(attribute(e, "max"))
		if err1 == nil && err2 == nil && from >= 1 && from <= to {
			w.masked = append(w.masked, area{left: from, right: to})
		}
	}
	return false, nil
}

// row reads one row; false is one that holds nothing.
func (w *worksheet) row(e xml.StartElement) (bool, error) {
	number := w.number + 1
	if text := attribute(e, "r"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n <= w.number || n > sheetRows {
			return false, invalidAt(w.number+1, "", "the row %s behind row %d", fault.Clip(text), w.number)
		}
		number = n
	}
	if number > sheetRows {
		return false, invalidAt(w.number, "", "more than %d rows", sheetRows)
	}
	w.number, w.hidden, w.last, w.bytes, w.fault, w.cells = number, isTrue(attribute(e, "hidden")), 0, 0, nil, w.cells[:0]
	for {
		token, err := w.xml.next()
		if err != nil {
			return false, atEnd(err, w.xml.name)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				err = w.skip()
			} else {
				err = w.cell(t)
			}
			if err != nil {
				return false, err
			}
		case xml.EndElement:
			return len(w.cells) > 0 || w.fault != nil, nil
		}
	}
}

// skip leaves out an element.
func (w *worksheet) skip() error {
	for depth := w.xml.depth; w.xml.depth >= depth; {
		if _, err := w.xml.next(); err != nil {
			return atEnd(err, w.xml.name)
		}
	}
	return nil
}

// atEnd is the fault of a part that ends in the middle.
func atEnd(err error, name string) error {
	if err == io.EOF {
		return invalid("%s ends in the middle", name)
	}
	return err
}

// cell reads one cell, and keeps it when it holds something.
func (w *worksheet) cell(e xml.StartElement) error {
	column := w.last + 1
	if ref := attribute(e, "r"); ref != "" {
		row, at, ok := parseReference(ref)
		if !ok || row != w.number || at <= w.last {
			return invalidAt(w.number, ref, "the cell %s in row %d behind column %d", fault.Clip(ref), w.number, w.last)
		}
		column = at
	}
	if column > sheetColumns {
		return invalidAt(w.number, "", "more than %d columns in row %d", sheetColumns, w.number)
	}
	w.last = column
	c := rawCell{column: column - 1, style: attribute(e, "s"), kind: attribute(e, "t")}
	value := richText{limit: w.lim.CellBytes}
	if err := w.content(&c, &value); err != nil {
		return err
	}
	c.tooLong = value.tooLong
	c.text = value.text
	if len(c.text) == 0 && !c.formula && !c.tooLong {
		return nil
	}
	w.keep(c)
	return nil
}

// content reads what stands in a cell: a value, a formula, or a text.
func (w *worksheet) content(c *rawCell, value *richText) error {
	part := ""
	depth := w.xml.depth
	for {
		token, err := w.xml.next()
		if err != nil {
			return atEnd(err, w.xml.name)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if w.xml.depth == depth+1 {
				part = t.Name.Local
				c.formula = c.formula || part == "f"
				value.inText = part == "v"
				continue
			}
			if part == "is" {
				value.take(token)
			}
		case xml.EndElement:
			if w.xml.depth < depth {
				return nil
			}
			if part == "is" {
				value.take(token)
			}
			if w.xml.depth == depth {
				part, value.inText = "", false
			}
		case xml.CharData:
			if part == "f" && len(c.says) < 256 {
				c.says = append(c.says, t[:min(len(t), 256)]...)
			}
			if part == "v" || part == "is" {
				value.take(token)
			}
		}
	}
}

// keep takes a cell into the row, or says why the row is refused.
func (w *worksheet) keep(c rawCell) {
	at := Letters(c.column) + strconv.Itoa(w.number)
	blame := func(code fault.Code, expected string) {
		if w.fault == nil {
			w.fault = &fault.Item{Code: code, Line: w.number, Column: Letters(c.column), Cell: at, Expected: expected}
		}
	}
	w.bytes += len(c.text)
	switch {
	case c.column >= w.lim.Columns:
		blame(fault.TooManyColumns, fmt.Sprintf("at most %d columns (limits.columns)", w.lim.Columns))
	case c.tooLong:
		blame(fault.CellTooLong, fmt.Sprintf("at most %d bytes in a cell (limits.cell_bytes)", w.lim.CellBytes))
	case w.bytes > rowBytes:
		blame(fault.RowTooLong, fmt.Sprintf("at most %d bytes in a row", rowBytes))
	case w.fault == nil:
		w.cells = append(w.cells, c)
	}
}

func invalidAt(row int, cell, format string, args ...any) error {
	err := fault.From(invalid(format, args...))
	err.Items[0].Line, err.Items[0].Cell = row, fault.Clip(cell)
	return err
}

// parseReference reads A1 as row 1, column 1.
func parseReference(ref string) (row, column int, ok bool) {
	at := 0
	for at < len(ref) && at < 4 && ref[at] >= 'A' && ref[at] <= 'Z' {
		column = column*26 + int(ref[at]-'A') + 1
		at++
	}
	row, err := strconv.Atoi(ref[at:])
	return row, column, err == nil && at > 0 && column <= sheetColumns && row >= 1 && row <= sheetRows && ref[at] != '+'
}

// parseArea reads A1:C1, or A1.
func parseArea(ref string) (area, bool) {
	from, to, both := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !both {
		to = from
	}
	top, left, ok1 := parseReference(from)
	bottom, right, ok2 := parseReference(to)
	return area{top, left, bottom, right}, ok1 && ok2 && top <= bottom && left <= right
}
