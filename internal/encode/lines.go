package encode

import (
	"strconv"

	"bellwether/internal/figure"
)

// lines takes the cells of a table one after the other, whatever file they are
// written to.
type lines interface {
	head(text string)    // of a column
	text(text string)    // any text, neutralised where a spreadsheet would run it
	word(word []byte)    // text that needs no quoting anywhere
	number(plain []byte) // a decimal or a whole number; none leaves the cell empty
	end() error          // of a line
}

// csvLines writes lines as RFC 4180 has them.
type csvLines struct {
	output
	begun bool
}

func newCSVLines(out output, bom bool) *csvLines {
	if bom {
		out.buffer = append(out.buffer, byteOrderMark...)
	}
	return &csvLines{output: out}
}

func (c *csvLines) separate() {
	if c.begun {
		c.buffer = append(c.buffer, ',')
	}
	c.begun = true
}

func (c *csvLines) head(text string) { c.text(text) }

func (c *csvLines) text(text string) {
	c.separate()
	c.buffer = appendCell(c.buffer, text)
}

func (c *csvLines) word(word []byte) {
	c.separate()
	c.buffer = append(c.buffer, word...)
}

func (c *csvLines) number(plain []byte) { c.word(plain) }

func (c *csvLines) end() error {
	c.buffer = append(c.buffer, lineEnd...)
	c.begun = false
	return c.spill()
}

// cellWriter writes the figures of tables to lines.
type cellWriter struct {
	lines
	scratch []byte
}

func (w *cellWriter) heads(texts ...string) {
	for _, text := range texts {
		w.head(text)
	}
}

func (w *cellWriter) value(v figure.Value, there bool) {
	w.scratch = w.scratch[:0]
	if there {
		w.scratch = v.AppendText(w.scratch)
	}
	w.number(w.scratch)
}

func (w *cellWriter) integer(n int, there bool) {
	w.scratch = w.scratch[:0]
	if there {
		w.scratch = strconv.AppendInt(w.scratch, int64(n), 10)
	}
	w.number(w.scratch)
}

func (w *cellWriter) date(d interface{ AppendTo([]byte) []byte }) {
	w.scratch = d.AppendTo(w.scratch[:0])
	w.word(w.scratch)
}
