package sheet

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"bellwether/internal/fault"
)

// XLSX gives the rows of one sheet of a workbook. The file lies on the disk;
// one row is held at a time.
type XLSX struct {
	book  *Book
	mode  string
	skip  int
	head  int // rows of the header
	rows  int // rows given
	file  *scratch
	src   io.ReadCloser
	texts *sharedTexts
	sheet *worksheet
	err   error

	merged   []area // that end below or on the row that is being read
	begun    int    // merged ranges of the book that begin above or on it
	reported map[area]bool

	row   Row
	cells [][]byte
	raw   [][]byte
}

// NewXLSX returns a reader of the rows of the workbook in raw, which is the one
// that the book of the options was made of. It reads raw to its end. It is to
// be closed. Faults: those of InspectWorkbook.
func NewXLSX(raw io.Reader, o Options) (*XLSX, error) {
	file, err := scratchOf(raw)
	if err != nil {
		return nil, err
	}
	x := &XLSX{book: o.Book, mode: o.Shown, skip: o.Skip, head: o.Header, file: file, reported: map[area]bool{}}
	if err := x.open(o.Limits); err != nil {
		_ = x.Close()
		return nil, err
	}
	return x, nil
}

func (x *XLSX) open(lim Limits) error {
	p, err := openParts(x.file, x.file.size, lim)
	if err != nil {
		return err
	}
	if x.texts, err = readShared(p, x.book.shared); err != nil {
		return err
	}
	if x.src, err = p.open(x.book.part); err != nil {
		return err
	}
	x.sheet = &worksheet{xml: newTokens(x.book.part, x.src, p.lim), lim: p.lim}
	return nil
}

// Close forgets the file.
func (x *XLSX) Close() error {
	if x.src != nil {
		_ = x.src.Close()
	}
	if x.texts != nil {
		x.texts.close()
	}
	return x.file.Close()
}

// Next returns the next row that holds something, as wide as the widest of the
// sheet, or io.EOF. Line and number are the row's number in the sheet. It is
// valid until the next call. A row with Refused states nothing of the cells
// that it names. Faults: those of InspectWorkbook, too_many_rows.
func (x *XLSX) Next() (*Row, error) {
	for x.err == nil {
		if x.err = x.sheet.next(); x.err != nil {
			break
		}
		if x.sheet.number <= x.skip {
			continue
		}
		if x.rows++; x.rows-x.head > x.sheet.lim.Rows {
			expected := fmt.Sprintf("at most %d rows (limits.rows); several files instead of one", x.sheet.lim.Rows)
			x.err = fault.New(fault.TooLarge, fault.TooManyRows, "the file has more than %d rows", x.sheet.lim.Rows).
				Expect("%s", expected).With(fault.Item{Code: fault.TooManyRows, Line: x.sheet.number, Expected: expected})
			break
		}
		row, err := x.give()
		if err != nil {
			x.err = err
			break
		}
		return row, nil
	}
	return nil, x.err
}

// give turns the cells of the sheet's row into texts.
func (x *XLSX) give() (*Row, error) {
	w := x.sheet
	x.row = Row{Line: w.number, Number: w.number, Fault: w.fault}
	if w.fault != nil {
		return &x.row, nil
	}
	x.cells, x.raw = resized(x.cells, x.book.width), resized(x.raw, x.book.width)
	for i := range w.cells {
		c := &w.cells[i]
		if c.column >= x.book.width {
			return nil, invalidAt(w.number, x.row.Coordinate(c.column), "the workbook is not the one that was looked at")
		}
		said, err := x.say(c)
		if err != nil {
			return nil, err
		}
		x.cells[c.column], x.raw[c.column] = []byte(said.text), []byte(said.raw)
		if said.code != "" {
			x.refuse(c.column, said)
		}
	}
	x.row.Cells, x.row.Raw = x.cells, x.raw
	x.checkMerged()
	return &x.row, nil
}

func resized(cells [][]byte, width int) [][]byte {
	if len(cells) != width {
		return make([][]byte, width)
	}
	clear(cells)
	return cells
}

func (x *XLSX) refuse(column int, said cellText) {
	x.row.Refused = append(x.row.Refused, fault.Item{Code: said.code, Line: x.row.Line, Column: Letters(column),
		Cell: x.row.Coordinate(column), Value: fault.Clip(said.raw), Expected: said.expected})
}

// say returns what a cell says.
func (x *XLSX) say(c *rawCell) (cellText, error) {
	text := string(c.text)
	if c.formula {
		says := "=" + string(c.says)
		return cellText{text: says, raw: says}, nil
	}
	if c.kind == "s" || c.kind == "str" || c.kind == "inlineStr" {
		return x.text(c, text)
	}
	switch c.kind {
	case "", "n":
		return x.number(c, text), nil
	case "b":
		if text != "0" && text != "1" {
			return broken(text, "1 or 0 in a cell of TRUE or FALSE"), nil
		}
		word := map[string]string{"0": "FALSE", "1": "TRUE"}[text]
		return cellText{text: word, raw: word, code: fault.XLSXBooleanCell, expected: "a number or a text, or number.missing." + word + "=<meaning>"}, nil
	case "e":
		return cellText{text: text, raw: text, code: fault.XLSXErrorCell, expected: "the value, or number.missing." + fault.Clip(text) + "=not_available"}, nil
	case "d":
		return x.isoDate(c, text), nil
	}
	return broken(text, "a cell of a known kind, not "+fault.Clip(c.kind)), nil
}

// text reads a cell that holds a text, which its format may change as that of
// a number.
func (x *XLSX) text(c *rawCell, text string) (said cellText, err error) {
	if c.kind == "s" {
		said, err = x.sharedText(text)
	} else {
		said = plainText(unescaped(c.text))
	}
	if f := x.format(c); err == nil && said.code == "" && f != nil && f.text && x.mode != StoredNumbers {
		said.code, said.expected = fault.XLSXNumberFormat, "a format that shows the text alone, or number.shown=stored"
	}
	return said, err
}

func plainText(text []byte) cellText {
	if !utf8.Valid(text) {
		return broken(string(text), "a text in characters that there are")
	}
	return cellText{text: string(text), raw: string(text)}
}

func broken(text, expected string) cellText {
	return cellText{text: text, raw: text, code: fault.XLSXInvalid, expected: expected}
}

func (x *XLSX) sharedText(index string) (cellText, error) {
	at, err := strconv.Atoi(index)
	if err != nil {
		at = -1
	}
	text, long, ok, err := x.texts.get(at)
	switch {
	case err != nil:
		return cellText{}, err
	case !ok:
		return broken(index, "the number of a text that the workbook has"), nil
	case long:
		return cellText{raw: index, code: fault.CellTooLong, expected: fmt.Sprintf("at most %d bytes in a cell (limits.cell_bytes)", x.sheet.lim.CellBytes)}, nil
	}
	return plainText(text), nil
}

// format returns the number format of a cell; nil where its style is unknown.
func (x *XLSX) format(c *rawCell) *numberFormat {
	at := 0
	if c.style != "" {
		var err error
		if at, err = strconv.Atoi(c.style); err != nil || at < 0 || at >= len(x.book.formats) {
			return nil
		}
	}
	return x.book.formats[at]
}

// number reads a cell that holds a number: a date where its format is one.
func (x *XLSX) number(c *rawCell, text string) cellText {
	d, ok := parseDouble(text)
	if !ok {
		return broken(text, "digits with a point")
	}
	f := x.format(c)
	if f == nil {
		return broken(text, "a style that the workbook has, not "+fault.Clip(c.style))
	}
	if !f.date {
		return both(text, f.number(d, x.mode))
	}
	at, expected := momentOf(d, x.book.date1904)
	if expected != "" {
		return cellText{text: text, raw: text, code: fault.XLSXDate, expected: expected}
	}
	return date(text, at, f.positive.date)
}

func (x *XLSX) isoDate(c *rawCell, text string) cellText {
	at, ok := momentOfISO(text)
	if !ok {
		return cellText{text: text, raw: text, code: fault.XLSXDate, expected: "a day such as 2013-09-15"}
	}
	shows := dateParts{any: true, year: true, month: true, day: true, hour: at.seconds != 0}
	if f := x.format(c); f != nil && f.date {
		shows = f.positive.date
	}
	return date(text, at, shows)
}

func date(text string, at moment, shows dateParts) cellText {
	said, expected := at.text(shows)
	if expected != "" {
		return cellText{text: text, raw: text, code: fault.XLSXDate, expected: expected}
	}
	return both(text, cellText{text: said, raw: said})
}

// both keeps in the raw text what the file holds and what the sheet shows,
// where they differ.
func both(stored string, c cellText) cellText {
	if c.raw == "" {
		c.raw = c.text
	}
	if c.raw != stored {
		c.raw = stored + " shown as " + c.raw
	}
	return c
}

// checkMerged refuses merged cells among the rows of figures, and everywhere
// what stands under others: a value must not be taken for that of its
// neighbour. A text alone in the first cell of a row may be as wide as it likes.
func (x *XLSX) checkMerged() {
	number := x.row.Number
	for x.begun < len(x.book.merged) && x.book.merged[x.begun].top <= number {
		x.merged = append(x.merged, x.book.merged[x.begun])
		x.begun++
	}
	kept := x.merged[:0]
	for _, m := range x.merged {
		if m.bottom < number {
			continue
		}
		kept = append(kept, m)
		for _, c := range x.sheet.cells {
			if under := c.column+1 >= m.left && c.column+1 <= m.right && (c.column+1 != m.left || number != m.top); under {
				x.refuse(c.column, cellText{raw: string(x.raw[c.column]), code: fault.XLSXMergedCells,
					expected: "nothing under the merged cells " + m.String()})
			}
		}
		note := m.top == m.bottom && len(x.sheet.cells) == 1 && x.sheet.cells[0].column+1 == m.left
		if x.rows > x.head && !note && !x.reported[m] {
			x.reported[m] = true
			x.refuse(m.left-1, cellText{raw: m.String(), code: fault.XLSXMergedCells, expected: "cells that are not merged, each with its value"})
		}
	}
	x.merged = kept
}
