package ingest

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
	"bellwether/internal/workbook"
)

// maxMarks is how many errors, and how many warnings of each weight, are marked
// in a file.
const maxMarks = 20_000

// Marked is a file with what was found in it, ready to be written as CSV.
type Marked struct {
	Report *Report // of the reading that found it
	job    *job
	marks  marksByLine
	done   func() error
}

// Mark reads a file as Review does. Faults: those of Review, and those of the
// report where the bytes are no text that cells can be told in.
func (s *Service) Mark(ctx context.Context, req Request) (*Marked, error) {
	req, _, err := s.accepted(ctx, req)
	if err != nil {
		return nil, err
	}
	j, err := s.job(ctx, req)
	if err != nil {
		return nil, err
	}
	j.errors, j.warnings = newErrors(maxMarks), newWarnings(maxMarks)
	j.errors.alike = newGrouped(0)
	report, err := j.check(ctx)
	if err != nil {
		return nil, err
	}
	if j.unreadable() {
		return nil, report.Fault()
	}
	return &Marked{Report: report, job: j, marks: marksOf(report), done: func() error { return nil }}, nil
}

// MarkImport is Mark of an import that was kept, with the settings that it was
// read with, against the state as it is now. Faults: unknown_import, those of
// Mark.
func (s *Service) MarkImport(ctx context.Context, importID, by string) (*Marked, error) {
	kept, err := s.store.Import(ctx, importID)
	if err != nil {
		return nil, err
	}
	settings, err := ParseSettings(kept.Profile)
	if err != nil {
		return nil, err
	}
	spool, err := s.original(ctx, kept)
	if err != nil {
		return nil, err
	}
	m, err := s.Mark(ctx, Request{File: File{Name: kept.Name, Open: spool.Open}, Settings: settings, ReadWith: kept.ReadWith, By: by})
	if err != nil {
		_ = spool.Close()
		return nil, err
	}
	m.done = spool.Close
	return m, nil
}

// Close ends the use of the file.
func (m *Marked) Close() error { return m.done() }

// unreadable reports whether something is wrong with the bytes, so that there
// are no cells to mark.
func (j *job) unreadable() bool {
	for _, c := range j.report.ErrorCounts {
		if rank(c.Code) == byteRank {
			return true
		}
	}
	for _, q := range j.report.Questions {
		if rank(q.Code) == byteRank {
			return true
		}
	}
	return false
}

// IsWorkbook reports whether the file is one, and is given back as one.
func (m *Marked) IsWorkbook() bool { return m.job.options.Book != nil }

// Write writes the file: of a workbook the sheet that was read as one of xlsx,
// else CSV in UTF-8 with a byte-order mark. What was found in a row stands in a
// column of its own before the first, headed !, and a cell with an error stands
// between ⟦ and ⟧. Every row stays on its line, in a workbook in its row. In CSV
// what a spreadsheet would run stands behind an apostrophe, numbers as they are.
func (m *Marked) Write(ctx context.Context, to io.Writer) error {
	text, err := m.job.text.Open()
	if err != nil {
		return err
	}
	defer text.Close()
	rows, done, err := rowsOf(text, m.job.wholeFile())
	if err != nil {
		return err
	}
	defer done()
	w := &markWriter{markSink: m.sink(to), line: 1, marks: m.marks, head: m.job.headLine(), book: m.IsWorkbook()}
	for n := 1; ; n++ {
		row, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			if e := fault.From(err); len(e.Items) == 0 {
				return err
			}
			w.cut = true // why is among what was found
			break
		}
		if n%everyRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		w.row(row)
	}
	w.rest(m.Report)
	return w.close()
}

func (m *Marked) sink(to io.Writer) markSink {
	if m.IsWorkbook() {
		out := workbook.New(to, m.job.options.Book.Sheet)
		out.Next()
		return bookSink{out}
	}
	return newCSVSink(to)
}

// wholeFile is how a file is read from its first line on.
func (j *job) wholeFile() sheet.Options {
	o := j.options
	o.Header = o.Skip
	if j.layout != nil {
		o.Header += j.layout.headRows
	}
	o.Above = true
	if o.Book != nil {
		o.Skip = 0
	}
	return o
}

// headLine is the line on which the table begins, as far as that is known.
func (j *job) headLine() int { return j.options.Skip + 1 }

// markWriter writes rows line by line.
type markWriter struct {
	markSink
	line  int // that comes next
	marks marksByLine
	head  int  // the line of the header
	cut   bool // nothing more can be read
	book  bool // lines are the rows of a workbook, so that none is within a cell
}

// row writes a row, and empty lines before it.
func (w *markWriter) row(row *sheet.Row) {
	w.upTo(row.Line)
	last := row.Line + w.lines(row.Text)
	for _, cell := range row.Cells {
		last += w.lines(cell)
	}
	found := w.marks.take(last)
	w.first(found, row.Line)
	if row.Fault != nil {
		w.put(row.Text, true)
	}
	for i, cell := range row.Cells {
		w.put(cell, found.wrong(i))
	}
	w.end()
}

// lines is how many lines end within a text.
func (w *markWriter) lines(text []byte) int {
	if w.book {
		return 0
	}
	return bytes.Count(text, []byte{'\n'})
}

// upTo writes the lines before one: empty, or with what was found there.
func (w *markWriter) upTo(line int) {
	for w.line < line {
		if found := w.marks.take(w.line); len(found) > 0 {
			w.first(found, w.line)
		}
		w.end()
	}
}

// rest writes what was found where no row is, and how much is not marked.
func (w *markWriter) rest(r *Report) {
	if last := w.marks.last(); last >= w.line {
		w.upTo(last + 1)
	}
	if w.cut {
		w.cell([]byte("what follows cannot be told apart and is left out"))
		w.end()
	}
	for _, left := range []struct {
		what string
		n    int
	}{{"errors", r.ErrorTotal - len(r.Errors)}, {"warnings", r.WarningTotal - len(r.Warnings)}} {
		if left.n > 0 {
			w.cell([]byte(strconv.Itoa(left.n) + " further " + left.what + " are not marked"))
			w.end()
		}
	}
}

// first writes the column that says what was found.
func (w *markWriter) first(found lineMarks, line int) {
	text := found.text()
	if line == w.head {
		text = strings.TrimSpace("! " + text)
	}
	w.cell([]byte(text))
}

// put writes a further cell of the line.
func (w *markWriter) put(text []byte, wrong bool) {
	if wrong {
		text = []byte("⟦" + string(text) + "⟧")
	}
	w.line += w.lines(text)
	w.cell(text)
}

func (w *markWriter) end() {
	w.endRow()
	w.line++
}
