package encode

import (
	"io"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// ExportColumns returns the header of an export: what stands in a publication
// and nothing that is derived or belongs to a node.
func ExportColumns() []string {
	return []string{"series", "period", "value", "decimals", "multiplier", "status", "growth_text", "note",
		"published_at", "source", "source_url"}
}

// The words that stand in the cell of a value that is none, and in the status
// of a withdrawal. An import reads each back as what it was.
const (
	wordZero         = "zero"
	wordBelowUnit    = "below_unit"
	wordNotAvailable = "n/a"
	wordNilOrMissing = "-"
	statusWithdrawn  = "withdrawn"
)

// The reasons of a missing value that have a word of their own.
const (
	reasonNotAvailable = "not_available"
	reasonNilOrMissing = "nil_or_missing"
)

// Export writes versions as the file that an import elsewhere turns into the
// same versions. Its header stands first, also when there are no versions.
type Export struct {
	cellWriter
	list   func(*obs.Series) // of a workbook: puts a series on the sheet series
	finish func() error
	err    error // of the header
}

// NewExport returns an export that writes CSV to w.
func NewExport(w io.Writer, o Options) *Export {
	out := newCSVLines(newOutput(w), o.BOM)
	return (&Export{cellWriter: cellWriter{lines: out}, list: func(*obs.Series) {}, finish: out.flush}).headed()
}

// NewExportXLSX returns an export that writes a workbook to w, with the sheets
// of one of figures at that moment.
func NewExportXLSX(w io.Writer, o Options, m query.Moment) *Export {
	b := newBook(w, o, figureSheets...)
	finish := func() error { return b.finish(query.Head{Moment: m}, query.Tail{}) }
	return (&Export{cellWriter: b.cellWriter, list: b.listStored, finish: finish}).headed()
}

func (e *Export) headed() *Export {
	e.heads(ExportColumns()...)
	e.err = e.end()
	return e
}

// Version writes one line.
func (e *Export) Version(v *obs.Version) error {
	if e.err != nil {
		return e.err
	}
	e.list(v.Series)
	e.text(v.Series.Code)
	e.date(v.Period)
	e.figure(v)
	if v.Withdrawn {
		e.text(statusWithdrawn)
	} else {
		e.text(v.Status)
	}
	e.text(v.Text)
	e.text(v.Note)
	e.scratch = v.Published.UTC().AppendFormat(e.scratch[:0], time.RFC3339Nano)
	e.word(e.scratch)
	e.text(v.Source.Name)
	e.text(v.Source.URL)
	return e.end()
}

// Close hands on what is left. The writer stays open.
func (e *Export) Close() error {
	if e.err != nil {
		return e.err
	}
	return e.finish()
}

// figure writes the value as printed, or the word for there being none, and its
// decimals and multiplier, which a value that is none has only when it lies
// below half a unit.
func (e *Export) figure(v *obs.Version) {
	if word, is := wordOf(v); is {
		e.scratch = append(e.scratch[:0], word...)
		e.word(e.scratch)
	} else {
		e.value(v.Value, true)
	}
	precise := !v.Withdrawn && v.State != obs.Missing && v.State != obs.InWords
	e.integer(v.Value.Decimals(), precise)
	e.integer(v.Value.Multiplier(), precise)
}

// wordOf returns the word for there being no number, which may be none.
func wordOf(v *obs.Version) (word string, is bool) {
	switch {
	case v.Withdrawn || v.State == obs.InWords:
		return "", true
	case v.State == obs.BelowUnit:
		return wordBelowUnit, true
	case v.State == obs.Nil:
		return wordZero, true
	case v.State == obs.Present:
		return "", false
	case v.Reason == reasonNotAvailable:
		return wordNotAvailable, true
	case v.Reason == reasonNilOrMissing:
		return wordNilOrMissing, true
	}
	return "", true
}
