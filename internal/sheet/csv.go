package sheet

import (
	"bytes"
	"fmt"
	"io"

	"bellwether/internal/fault"
)

// CSV reads rows of separated cells strictly as RFC 4180 has them: a quote
// opens a cell only as its first byte, closes it only before a delimiter or
// the end of the line, and is doubled inside. Lines end in LF or CRLF. Blank
// lines are left out. The text is taken to be what Inspect found good.
type CSV struct {
	src   io.Reader
	delim byte
	lim   Limits

	buf      []byte
	start    int  // of the row that is being read
	pos, end int  // the next byte; behind the last one
	done     bool // src has ended
	err      error

	above  int // lines above the table that are given as rows of one cell
	line   int // the physical line of pos
	number int // rows so far, blank ones included
	rows   int // rows so far, blank ones and those of the header left out

	spans []span // the cells of the row that is being read
	first int    // the physical line on which it begins
	fault *fault.Item

	row   Row
	cells [][]byte
}

// span is a cell's place, counted from the start of the row.
type span struct {
	from, to int
	doubled  bool // has doubled quotes
}

// NewCSV returns a reader of the rows of raw. Faults: csv_encoding_conflict
// and those of raw.
func NewCSV(raw io.Reader, o Options) (*CSV, error) {
	d, err := decode(raw, o.Encoding)
	if err != nil {
		return nil, err
	}
	c := &CSV{src: d.text, delim: o.Delimiter, lim: o.Limits.WithDefaults(), rows: -o.Header, buf: make([]byte, 4*chunk), line: 1}
	if c.delim == 0 {
		c.delim = ','
	}
	if o.CR {
		c.src = crReader{d.text}
	}
	if o.Above {
		c.above = o.Skip
		return c, nil
	}
	for range o.Skip {
		c.start = c.pos
		c.skipLine()
		c.number++
	}
	return c, nil
}

// crReader turns carriage returns into line feeds.
type crReader struct{ src io.Reader }

func (r crReader) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// Next returns the next row that is not blank, or io.EOF. The row and its
// cells are valid until the next call. A row that cannot be split has a Fault
// (csv_bare_quote, csv_stray_cr, too_many_columns, cell_too_long, row_too_long)
// and reading goes on behind it. An error ends the reading: csv_unclosed_quote,
// too_many_rows, file_too_large, or what the source returned.
func (c *CSV) Next() (*Row, error) {
	for c.err == nil {
		row, err := c.record()
		if err != nil {
			c.err = err
			break
		}
		if row == nil {
			continue
		}
		if c.rows++; c.rows > c.lim.Rows {
			expected := fmt.Sprintf("at most %d rows (limits.rows); several files instead of one", c.lim.Rows)
			c.err = fault.New(fault.TooLarge, fault.TooManyRows, "the file has more than %d rows", c.lim.Rows).
				Expect("%s", expected).With(fault.Item{Code: fault.TooManyRows, Line: row.Line, Expected: expected})
			break
		}
		return row, nil
	}
	return nil, c.err
}

// record reads one row; nil without an error is a blank line.
func (c *CSV) record() (*Row, error) {
	c.start, c.first = c.pos, c.line
	c.spans, c.fault = c.spans[:0], nil
	if c.pos == c.end && !c.more() {
		return nil, c.ended()
	}
	c.number++
	if c.number <= c.above {
		return c.lineAbove(), nil
	}
	for {
		more, err := c.cell()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	if c.err != nil {
		return nil, c.err
	}
	if c.fault == nil && len(c.spans) == 1 && c.spans[0] == (span{}) {
		return nil, nil
	}
	return c.finish(), nil
}

// lineAbove gives a line above the table as one cell; nil is a blank line.
func (c *CSV) lineAbove() *Row {
	c.skipLine()
	line := bytes.TrimRight(c.buf[c.start:c.pos], "\r\n")
	if len(line) == 0 && c.fault == nil {
		return nil
	}
	c.add(span{to: len(line)})
	return c.finish()
}

// ended returns why there is no further byte.
func (c *CSV) ended() error {
	if c.err != nil {
		return c.err
	}
	return io.EOF
}

// cell reads one cell and what ends it, and reports whether the row goes on.
func (c *CSV) cell() (more bool, err error) {
	if c.ready() && c.buf[c.pos] == '"' {
		return c.quoted()
	}
	return c.plain()
}

// plain reads a cell without quotes.
func (c *CSV) plain() (bool, error) {
	from := c.pos - c.start
	for c.ready() {
		at := c.pos
		for at < c.end {
			if b := c.buf[at]; b == c.delim || b <= '"' && (b == '\n' || b == '\r' || b == '"') {
				break
			}
			at++
		}
		c.pos = at
		if at == c.end {
			continue
		}
		switch c.buf[at] {
		case '"':
			c.blame(fault.CSVBareQuote, c.line, "the whole cell in quotes, with each quote inside doubled")
			return c.skipLine(), nil
		case '\r':
			to := c.pos - c.start
			if !c.endOfLine() {
				c.blame(fault.CSVStrayCR, c.line, "lines that all end in LF or CRLF")
				return c.skipLine(), nil
			}
			c.add(span{from: from, to: to})
			return false, nil
		default:
			c.add(span{from: from, to: c.pos - c.start})
			return c.pass(), nil
		}
	}
	c.add(span{from: from, to: c.pos - c.start})
	return false, nil
}

// pass takes the delimiter or line feed at pos and reports which it was.
func (c *CSV) pass() (delimiter bool) {
	b := c.buf[c.pos]
	c.pos++
	if b == '\n' {
		c.line++
		return false
	}
	return true
}

// endOfLine takes a CRLF at pos. A carriage return at the end of the text
// counts as one; any other is left where it is.
func (c *CSV) endOfLine() bool {
	c.pos++
	if !c.ready() {
		return true
	}
	if c.buf[c.pos] == '\n' {
		c.pos++
		c.line++
		return true
	}
	return false
}

// quoted reads a cell that begins with a quote.
func (c *CSV) quoted() (bool, error) {
	opened := c.line
	c.pos++
	s := span{from: c.pos - c.start}
	for c.ready() {
		data := c.buf[c.pos:c.end]
		at := bytes.IndexByte(data, '"')
		if at < 0 {
			c.line += bytes.Count(data, []byte{'\n'})
			c.pos = c.end
			continue
		}
		c.line += bytes.Count(data[:at], []byte{'\n'})
		c.pos += at + 1
		if c.ready() && c.buf[c.pos] == '"' {
			s.doubled = true
			c.pos++
			continue
		}
		s.to = c.pos - 1 - c.start
		c.add(s)
		return c.behindQuote(opened), nil
	}
	if c.err != nil {
		return false, c.err
	}
	const expected = "a closing quote, or none"
	return false, fault.New(fault.Refused, fault.CSVUnclosedQuote, "the quote that opens on line %d never closes", opened).
		Expect(expected).
		With(fault.Item{Code: fault.CSVUnclosedQuote, Line: opened, Column: Letters(len(c.spans)),
			Cell: c.coordinate(len(c.spans)), Expected: expected})
}

// behindQuote reads what follows a closing quote: a delimiter, the end of the
// line, or nothing.
func (c *CSV) behindQuote(opened int) bool {
	if !c.ready() {
		return false
	}
	switch b := c.buf[c.pos]; {
	case b == c.delim || b == '\n':
		return c.pass()
	case b == '\r' && c.endOfLine():
		return false
	}
	expected := "nothing between a closing quote and the delimiter, and each quote inside doubled"
	if opened != c.line {
		expected = fmt.Sprintf("the quote that opens on line %d closed on that line", opened)
	}
	c.blame(fault.CSVBareQuote, c.line, expected)
	return c.skipLine()
}

// skipLine leaves the rest of a line that cannot be split.
func (c *CSV) skipLine() bool {
	for c.ready() {
		at := bytes.IndexByte(c.buf[c.pos:c.end], '\n')
		if at < 0 {
			c.pos = c.end
			continue
		}
		c.pos += at + 1
		c.line++
		break
	}
	return false
}

// add keeps a cell, or says why the row is refused.
func (c *CSV) add(s span) {
	switch {
	case c.fault != nil:
	case len(c.spans) == c.lim.Columns:
		c.blame(fault.TooManyColumns, c.first, fmt.Sprintf("at most %d columns (limits.columns)", c.lim.Columns))
	case s.to-s.from > c.lim.CellBytes:
		c.blame(fault.CellTooLong, c.first, fmt.Sprintf("at most %d bytes in a cell (limits.cell_bytes)", c.lim.CellBytes))
	default:
		c.spans = append(c.spans, s)
	}
}

// blame notes the first fault of the row at the cell that comes next.
func (c *CSV) blame(code fault.Code, line int, expected string) {
	if c.fault == nil {
		c.fault = &fault.Item{Code: code, Line: line, Column: Letters(len(c.spans)),
			Cell: c.coordinate(len(c.spans)), Expected: expected}
	}
}

func (c *CSV) coordinate(column int) string {
	return (&Row{Number: c.number}).Coordinate(column)
}

// finish cuts the row that was read into cells.
func (c *CSV) finish() *Row {
	c.cells = c.cells[:0]
	if c.fault == nil {
		for _, s := range c.spans {
			cell := c.buf[c.start+s.from : c.start+s.to : c.start+s.to]
			if s.doubled {
				cell = undouble(cell)
			}
			c.cells = append(c.cells, cell)
		}
	}
	c.row = Row{Line: c.first, Number: c.number, Cells: c.cells, Fault: c.fault}
	if c.fault != nil {
		text := bytes.TrimRight(c.buf[c.start:c.pos], "\r\n")
		c.row.Text = text[:min(len(text), c.lim.CellBytes)]
	}
	return &c.row
}

// undouble makes one quote of two, in place.
func undouble(cell []byte) []byte {
	out := cell[:0]
	for i := 0; i < len(cell); i++ {
		out = append(out, cell[i])
		if cell[i] == '"' {
			i++
		}
	}
	return out
}

// ready reports whether there is a byte at pos, and reads on when the buffer
// is used up.
func (c *CSV) ready() bool { return c.pos < c.end || c.more() }

// more reads on; the row that is being read stays in the buffer, unless it is
// longer than a row may be.
func (c *CSV) more() bool {
	if c.done || c.err != nil {
		return false
	}
	c.makeRoom()
	for tries := 0; c.pos == c.end; tries++ {
		n, err := c.src.Read(c.buf[c.end:])
		c.end += n
		switch {
		case err == io.EOF:
			c.done = true
			return n > 0
		case err != nil:
			c.err = err
			return false
		case tries == 100:
			c.err = io.ErrNoProgress
			return false
		}
	}
	return true
}

func (c *CSV) makeRoom() {
	if c.start > 0 {
		copy(c.buf, c.buf[c.start:c.end])
		c.pos -= c.start
		c.end -= c.start
		c.start = 0
	}
	if c.end < len(c.buf) {
		return
	}
	if len(c.buf) < rowBytes {
		grown := make([]byte, 2*len(c.buf))
		copy(grown, c.buf)
		c.buf = grown
		return
	}
	c.blame(fault.RowTooLong, c.first, fmt.Sprintf("at most %d bytes in a row; is a quote left open?", rowBytes))
	c.pos, c.end = 0, 0
}
