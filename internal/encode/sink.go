package encode

import (
	"io"
	"time"

	"bellwether/internal/query"
)

// Options says how an answer of rows is written.
type Options struct {
	Fields  []string       // the columns, in order, as ParseField gives them; nil: the default ones
	Strings bool           // decimal numbers as strings of JSON
	BOM     bool           // a byte-order mark before CSV, for Excel
	Lang    string         // en or zh, for the column label
	Zone    *time.Location // the office's, for the column published; nil: UTC
	Office  Office
	Links   Links
	Legend  *query.Legend // what the codes mean, for the sheets behind the figures of a workbook; nil: they stay empty
}

// Office is what an answer says of the one who publishes it.
type Office struct {
	Licence     string
	Attribution string
}

// Links lead on from an answer. Series and Observations are the addresses of
// the list of series, below which each has its own, and of the observations
// across series.
type Links struct {
	Self         string
	State        string                     // the same answer for ever; empty: not given
	CSV          string                     // empty: none
	Rows         string                     // of a table: the same figures as rows; empty: none
	Next         func(cursor string) string // the address of the page that begins at a cursor; nil: none is given
	Series       string
	Observations string
}

// flushAt is how many bytes are gathered before they are handed on.
const flushAt = 8 << 10

// output gathers bytes for a writer.
type output struct {
	w      io.Writer
	buffer []byte
}

func newOutput(w io.Writer) output { return output{w: w, buffer: make([]byte, 0, flushAt+2<<10)} }

// spill hands the bytes on when there are many.
func (o *output) spill() error {
	if len(o.buffer) < flushAt {
		return nil
	}
	return o.flush()
}

func (o *output) flush() error {
	_, err := o.w.Write(o.buffer)
	o.buffer = o.buffer[:0]
	return err
}

var (
	_ query.Sink = (*JSON)(nil)
	_ query.Sink = (*CSV)(nil)
)
