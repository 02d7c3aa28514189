package sheet

import (
	"strconv"

	"bellwether/internal/fault"
)

// Row is one row of a table. Its cells are valid until the next row is read.
type Row struct {
	Line   int         // the physical line on which the row begins, from 1
	Number int         // the row as a spreadsheet counts it, blank ones included, from 1
	Cells  [][]byte    // UTF-8, unquoted, otherwise as they stand in the file
	Fault  *fault.Item // why the row cannot be split into cells; Cells is empty then
	Text   []byte      // what stands there then, of CSV, no longer than a cell may be

	Raw     [][]byte     // of a workbook: each cell as the file holds it, and as the sheet shows it where that differs
	Refused []fault.Item // of a workbook: its cells that say nothing that can be taken
}

// RawText returns the cell of a column as it stands in the file.
func (r *Row) RawText(column int) []byte {
	if r.Raw != nil {
		return r.Raw[column]
	}
	return r.Cells[column]
}

// Blank reports whether no cell of the row has anything but spaces and tabs.
func (r *Row) Blank() bool {
	for _, cell := range r.Cells {
		for _, b := range cell {
			if b != ' ' && b != '\t' {
				return false
			}
		}
	}
	return true
}

// Coordinate returns where the cell of the column stands, such as E14; columns
// count from 0.
func (r *Row) Coordinate(column int) string {
	return Letters(column) + strconv.Itoa(r.Number)
}

// Letters returns the name that a spreadsheet gives to a column counted from
// 0: A to Z, AA and so on.
func Letters(column int) string {
	var buf [8]byte
	at := len(buf)
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		at--
		buf[at] = byte('A' + (n-1)%26)
	}
	return string(buf[at:])
}

// Limits bounds what is read. The fault of the input that breaks a bound names
// it and the setting that it comes from. Zero takes the default.
type Limits struct {
	Bytes     int64 // of the file, 1 GiB
	Rows      int   // rows below the header that are not blank, 5,000,000
	Columns   int   // cells of one row, 1,000
	CellBytes int   // bytes of one cell, 64 KiB
}

// rowBytes bounds one row as it stands in the file.
const rowBytes = 8 << 20

// WithDefaults returns the limits with every zero replaced by its default.
func (l Limits) WithDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 1 << 30
	}
	if l.Rows <= 0 {
		l.Rows = 5_000_000
	}
	if l.Columns <= 0 {
		l.Columns = 1_000
	}
	if l.CellBytes <= 0 || l.CellBytes > rowBytes {
		l.CellBytes = 64 << 10
	}
	return l
}
