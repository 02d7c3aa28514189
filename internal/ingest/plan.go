package ingest

import (
	"bellwether/internal/sheet"
)

// slot is where a statement finds the text of one meaning: in a cell of its
// row, or in a text that stands once for many rows (a header, a units row, a
// setting).
type slot struct {
	stated bool
	fixed  bool
	coded  bool   // the name of a code may stand behind it
	below  bool   // in the row below
	column int    // from 0; of fixed text that stands in a header: its column
	text   []byte // where fixed, trimmed
	header string // what the column is called in findings
	line   int    // where fixed: the line and row of the header that states it
	number int
}

// plan is how one row becomes one statement. A tidy table has one plan, a
// table with periods or indicators across one for each of those columns.
type plan struct {
	slots      [meanings]slot
	dimensions []dimensionSlot
	sdmx       bool     // the columns are those of SDMX-CSV
	beside     bool     // the status stands beside or below the value
	skipEmpty  bool     // an empty value states nothing
	template   bool     // a row that nobody filled in states nothing
	series     bool     // a column states the series, as in an export
	noQuote    []string // of rates: the words that stand where there is none
	areas      bool     // of rates: the row's area says what is quoted
	months     int      // of rates: how many a date stands for by its first day; 0: the day itself
}

// dimensionSlot is the column of one dimension.
type dimensionSlot struct {
	code string
	slot slot
}

// cell returns the text of a meaning in a row, without outer white space.
func (p *plan) cell(row *sheet.Row, m meaning) []byte {
	return p.slots[m].cell(row)
}

func (s *slot) cell(row *sheet.Row) []byte {
	switch {
	case !s.stated:
		return nil
	case s.fixed:
		return s.text
	case s.column >= len(row.Cells):
		return nil
	}
	if s.coded {
		return uncoded(trim(row.Cells[s.column]))
	}
	return trim(row.Cells[s.column])
}

// told returns what the text of a cell says. In a file that states series, as
// an export does, a note, a source or words of growth that begin as a formula
// stand behind one apostrophe more; that one is taken off, and one that the
// text itself begins with stays. An address begins with http and needs none.
func (p *plan) told(m meaning, text string) string {
	if p.series && !p.slots[m].fixed {
		return sheet.Unneutralised(text)
	}
	return text
}

// raw returns the cell's text as it stands in the file.
func (p *plan) raw(row *sheet.Row, m meaning, l *layout) []byte {
	if s := p.slots[m]; s.stated && !s.fixed && s.column < len(row.Cells) {
		return row.RawText(l.whole(s.column))
	}
	return nil
}

// trim takes white space off both ends: ASCII's, the no-break space and the
// ideographic space.
func trim(cell []byte) []byte {
	if len(cell) == 0 || !mayBeSpace(cell[0], 0xC2, 0xE3) && !mayBeSpace(cell[len(cell)-1], 0xA0, 0x80) {
		return cell
	}
	for len(cell) > 0 {
		n := spaceAt(cell)
		if n == 0 {
			break
		}
		cell = cell[n:]
	}
	for len(cell) > 0 {
		n := spaceBefore(cell)
		if n == 0 {
			break
		}
		cell = cell[:len(cell)-n]
	}
	return cell
}

// mayBeSpace reports whether a byte is ASCII white space or the outer one of
// the no-break space or the ideographic space.
func mayBeSpace(b, noBreak, ideographic byte) bool {
	return b <= ' ' || b == noBreak || b == ideographic
}

const (
	noBreakSpace     = "\u00A0"
	ideographicSpace = "\u3000"
)

func spaceAt(cell []byte) int {
	if cell[0] <= ' ' {
		return 1
	}
	for _, space := range []string{noBreakSpace, ideographicSpace} {
		if len(cell) >= len(space) && string(cell[:len(space)]) == space {
			return len(space)
		}
	}
	return 0
}

func spaceBefore(cell []byte) int {
	if cell[len(cell)-1] <= ' ' {
		return 1
	}
	for _, space := range []string{noBreakSpace, ideographicSpace} {
		if len(cell) >= len(space) && string(cell[len(cell)-len(space):]) == space {
			return len(space)
		}
	}
	return 0
}

// set states a meaning by a column.
func (p *plan) set(m meaning, column int, header string) {
	p.slots[m] = slot{stated: true, column: column, header: header}
}

// fix states a meaning by a setting.
func (p *plan) fix(m meaning, text string) {
	p.slots[m] = slot{stated: true, fixed: true, text: trim([]byte(text)), column: -1, header: m.String()}
}

// head states a meaning by a text above the column.
func (p *plan) head(m meaning, text string, column int, above textRow) {
	p.slots[m] = slot{stated: true, fixed: true, text: trim([]byte(text)), column: column, header: text, line: above.line, number: above.number}
}
