package ingest

import (
	"bufio"
	"io"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// WorkbookEncoding is told instead of an encoding where the file is a workbook.
const WorkbookEncoding sheet.Encoding = "xlsx"

// recogniseWorkbook finds out by its bytes whether the file is a workbook, and
// looks into it. A spreadsheet of another kind is refused.
func (j *job) recogniseWorkbook() (is bool, err error) {
	raw, err := j.file.Open()
	if err != nil {
		return false, err
	}
	defer raw.Close()
	b := bufio.NewReader(raw)
	head, err := b.Peek(sheet.MarkBytes)
	if err != nil && err != io.EOF || !sheet.MayBeWorkbook(head) {
		return false, ended(err)
	}
	digest := sheet.NewDigest(b, j.options.Limits.WithDefaults().Bytes)
	copied, err := NewSpool("", func(w io.Writer) error {
		_, err := io.Copy(w, digest)
		return err
	})
	if err != nil {
		return false, err
	}
	defer copied.Close()
	j.facts = sheet.Facts{SHA256: digest.Sum(), Bytes: digest.Bytes()}
	if is, err = sheet.IsWorkbook(copied.file, copied.size, j.options.Limits); !is || err != nil {
		return err != nil, err
	}
	j.facts.Encoding, j.text = WorkbookEncoding, j.file
	if j.options.Book, err = sheet.InspectWorkbook(copied.file, copied.size, j.options); err != nil {
		return true, err
	}
	return true, j.takeSheet(j.options.Book)
}

func ended(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// takeSheet says in every finding and origin which sheet is read, and warns of
// what is hidden. What says how text is written does not go with a workbook.
func (j *job) takeSheet(b *sheet.Book) error {
	j.sheet(b.Sheet)
	for _, item := range b.Hidden {
		f := findingOf(item)
		j.warnings.add(f)
	}
	s := j.settings
	for key, declared := range map[string]string{"encoding": s.Encoding, "delimiter": s.Delimiter, "line_ending": s.LineEnding} {
		if declared != "" {
			return invalidSetting(key, declared, "nothing, since the file is a workbook")
		}
	}
	return nil
}

func (j *job) sheet(name string) {
	j.errors.sheet, j.warnings.sheet, j.reader.sheet = name, name, name
	j.report.File.Sheet = name
}

// endsReading are the faults of a file that end its reading; read only.
var endsReading = []fault.Code{fault.CSVUnclosedQuote, fault.TooManyRows, fault.XMLInvalid, fault.XLSXInvalid, fault.XLSXTooLarge, fault.CellTooLong}

// rowsOf opens the rows of a text; what was opened for them is closed by
// calling done.
func rowsOf(text io.Reader, o sheet.Options) (rows sheet.Rows, done func(), err error) {
	rows, err = sheet.NewRows(text, o)
	done = func() {
		if c, ok := rows.(io.Closer); ok {
			_ = c.Close()
		}
	}
	return rows, done, err
}

// refused reports whether cells of the row say nothing that can be taken. An
// error or a truth value that is declared to be a word for a missing value is
// taken; what a format hides is asked for once.
func (t *table) refused(row *sheet.Row) bool {
	found := false
	for _, item := range row.Refused {
		_, declared := t.missing[item.Value]
		switch {
		case declared && (item.Code == fault.XLSXErrorCell || item.Code == fault.XLSXBooleanCell):
			continue
		case item.Code == fault.AskShownNumbers && t.shown == nil:
			t.shown = &Question{Need: "shown_numbers", Code: item.Code, Line: item.Line, Column: item.Column, Value: item.Value,
				Reason: "the format of the cell " + item.Cell + " shows fewer decimals than it holds", Answer: item.Expected}
		case item.Code != fault.AskShownNumbers:
			t.note(findingOf(item))
		}
		found = true
	}
	return found
}

// skipHeader passes over the rows of the header, whose cells must say
// something.
func (t *table) skipHeader(rows int) error {
	for range rows {
		row, err := t.rows.Next()
		if err != nil {
			return err
		}
		if t.refused(row) {
			t.faced = true
		}
		for i := range row.Cells {
			if isFormula(row.Cells[i]) {
				t.blame(row, fault.CSVFormulaCell, i, noFormula(row))
				t.faced = true
			}
		}
	}
	return nil
}

// noFormula says what is expected instead of a formula.
func noFormula(row *sheet.Row) string {
	if row.Raw != nil {
		return "the value instead of the formula, or a text that does not begin with = or @"
	}
	return "a text that does not begin with = or @"
}
