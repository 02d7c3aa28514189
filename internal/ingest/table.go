package ingest

import (
	"io"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// maxHeld is how many rows with nothing but a first cell may stand together.
const maxHeld = 1000

// table gives the rows of figures of one file: without its header, blank rows
// and footnotes, each as wide as the header.
type table struct {
	rows   sheet.Rows
	layout *layout
	tally  *tally // nil on readings whose findings are known already
	footer bool   // footnotes are declared

	missing map[string]string // the words that are declared for missing values
	shown   *Question         // of a workbook: the first number that its format shows otherwise

	held   []textRow // rows that are footnotes if nothing follows
	queue  []textRow // held rows that turned out to be none
	after  *sheet.Row
	ended  bool
	peeked *sheet.Row // below a row that may have its statuses there
	ending error      // what came instead
	below  place      // where the statuses of the row stand
	row    sheet.Row

	given int      // rows given out
	blank int      // rows without a text
	faced bool     // some row was refused
	notes []string // the footnotes
	lines []int    // their lines
}

// newTable skips the header of rows.
func newTable(rows sheet.Rows, l *layout, s Settings, t *tally) (*table, error) {
	table := &table{rows: rows, layout: l, tally: t, footer: s.Footer == SingleCell, missing: s.Number.Missing}
	return table, table.skipHeader(l.headRows)
}

// next returns the next row that can be read, or io.EOF. It is valid until the
// next call.
func (t *table) next() (*sheet.Row, error) {
	for {
		row, err := t.following()
		if err != nil {
			return nil, err
		}
		if !t.fits(row) || !t.extend(row) {
			t.faced = true
			continue
		}
		if row, err = t.paired(row); err != nil {
			return nil, err
		}
		if row != nil {
			t.given++
			return row, nil
		}
	}
}

// following returns the row that was looked at already, else the next one.
func (t *table) following() (*sheet.Row, error) {
	if row := t.peeked; row != nil {
		t.peeked = nil
		return row, nil
	}
	if t.ending != nil {
		return nil, t.ending
	}
	return t.candidate()
}

// candidate returns the next row that is neither blank nor held back.
func (t *table) candidate() (*sheet.Row, error) {
	for {
		if len(t.queue) > 0 {
			row := t.restore(t.queue[0])
			t.queue = t.queue[1:]
			return row, nil
		}
		if t.after != nil {
			row := t.after
			t.after = nil
			return row, nil
		}
		row, err := t.rows.Next()
		if err == io.EOF {
			t.end()
			return nil, io.EOF
		}
		if err != nil {
			return nil, err
		}
		switch {
		case row.Fault == nil && row.Blank():
			t.blank++
		case row.Fault == nil && len(row.Refused) == 0 && onlyFirst(row) && t.layout.width > 1 && len(t.held) < maxHeld:
			t.held = append(t.held, copyRow(row))
		case len(t.held) > 0:
			t.queue, t.held, t.after = t.held, nil, row
		default:
			return row, nil
		}
	}
}

// onlyFirst reports whether nothing but the first cell of a row has a text.
func onlyFirst(row *sheet.Row) bool {
	if len(trim(row.Cells[0])) == 0 {
		return false
	}
	for _, cell := range row.Cells[1:] {
		if len(trim(cell)) > 0 {
			return false
		}
	}
	return true
}

func (t *table) restore(held textRow) *sheet.Row {
	t.row = sheet.Row{Line: held.line, Number: held.number}
	for _, cell := range held.cells {
		t.row.Cells = append(t.row.Cells, []byte(cell))
	}
	return &t.row
}

// end takes the rows that are still held for footnotes.
func (t *table) end() {
	if t.ended {
		return
	}
	t.ended = true
	for _, held := range t.held {
		t.notes = append(t.notes, held.cells[0])
		t.lines = append(t.lines, held.line)
		for i, cell := range held.cells {
			if isFormula([]byte(cell)) {
				t.blame(t.restore(held), fault.CSVFormulaCell, i, "a text that does not begin with = or @")
			}
		}
	}
	t.held = nil
}

// question asks about rows below the table, when they are not declared.
func (t *table) question() (Question, bool) {
	if t.footer || len(t.notes) == 0 {
		return Question{}, false
	}
	return Question{Need: "footer", Code: fault.AskFooter, Line: t.lines[0], Value: fault.Clip(t.notes[0]),
		Reason: "rows with nothing but a first cell stand below the table", Answer: "footer=" + SingleCell}, true
}

// fits refuses a row that is not split, has a formula or is not as wide as the
// header.
func (t *table) fits(row *sheet.Row) bool {
	if row.Fault != nil {
		t.note(findingOf(*row.Fault))
		return false
	}
	good := !t.refused(row)
	for i, cell := range row.Cells {
		if isFormula(cell) {
			t.blame(row, fault.CSVFormulaCell, i, noFormula(row))
			good = false
		}
	}
	if len(row.Cells) != t.layout.width {
		t.note(Finding{Code: fault.CSVRagged, Line: row.Line, Value: strconv.Itoa(len(row.Cells)) + " cells",
			Expected: strconv.Itoa(t.layout.width) + " cells, as the header has"})
		return false
	}
	for _, column := range t.layout.unnamed {
		if len(trim(row.Cells[column])) > 0 {
			t.blame(row, fault.CSVRagged, column, "an empty cell, or a header above it")
			good = false
		}
	}
	return good
}

// isFormula reports whether a spreadsheet would compute the cell.
func isFormula(cell []byte) bool {
	if len(cell) > 0 && mayBeSpace(cell[0], 0xC2, 0xE3) {
		cell = trim(cell)
	}
	return len(cell) > 0 && (cell[0] == '=' || cell[0] == '@')
}

func (t *table) blame(row *sheet.Row, code fault.Code, column int, expected string) {
	t.note(Finding{Code: code, Line: row.Line, Column: sheet.Letters(column), Cell: row.Coordinate(column),
		Value: fault.Clip(string(row.Cells[column])), Expected: expected})
}

func (t *table) note(f Finding) {
	if t.tally != nil {
		t.tally.add(f)
	}
}
