package ingest

import (
	"bufio"
	"bytes"
	"io"

	"bellwether/internal/sheet"
	"bellwether/internal/workbook"
)

// markSink takes the cells of a marked file row by row. What fails is told in
// the end.
type markSink interface {
	cell(text []byte)
	endRow()
	close() error
}

// csvSink writes CSV in UTF-8 with a byte-order mark.
type csvSink struct {
	out    *bufio.Writer
	behind bool // a cell of the row is written
	text   []byte
}

func newCSVSink(to io.Writer) *csvSink {
	s := &csvSink{out: bufio.NewWriterSize(to, 64<<10)}
	s.out.WriteString("\ufeff") //nolint:errcheck // Flush tells
	return s
}

func (s *csvSink) cell(text []byte) {
	if s.behind {
		s.out.WriteByte(',') //nolint:errcheck // Flush tells
	}
	s.behind = true
	s.text = appendCell(s.text[:0], text)
	s.out.Write(s.text) //nolint:errcheck // Flush tells
}

func (s *csvSink) endRow() {
	s.behind = false
	s.out.WriteString("\r\n") //nolint:errcheck // Flush tells
}

func (s *csvSink) close() error { return s.out.Flush() }

// bookSink writes a workbook of one sheet, numbers as numbers.
type bookSink struct{ out *workbook.Writer }

func (s bookSink) cell(text []byte) {
	switch {
	case len(text) == 0:
		s.out.Empty()
	case isPlainNumber(text):
		s.out.Number(text)
	default:
		s.out.Text(string(text))
	}
}

func (s bookSink) endRow() { _ = s.out.EndRow() } // Close tells

func (s bookSink) close() error { return s.out.Close() }

// isPlainNumber reports whether a text is -?digits[.digits].
func isPlainNumber(text []byte) bool {
	whole, decimals, parted := bytes.Cut(bytes.TrimPrefix(text, []byte{'-'}), []byte{'.'})
	return allDigits(whole) && (!parted || allDigits(decimals))
}

func allDigits(text []byte) bool { return len(text) > 0 && len(bytes.Trim(text, "0123456789")) == 0 }

// signedNumber reports whether a text is a sign and digits, which is safe in a
// spreadsheet and should be a number there.
func signedNumber(text []byte) bool {
	return len(text) > 1 && (text[0] == '-' || text[0] == '+') && len(bytes.Trim(text[1:], "0123456789.")) == 0
}

// appendCell appends a text as a cell of CSV that no spreadsheet runs.
func appendCell(dst, text []byte) []byte {
	safe := string(text)
	if !signedNumber(text) {
		safe = sheet.Neutralised(safe)
	}
	if !bytes.ContainsAny(text, "\",\r\n") && string(bytes.TrimSpace(text)) == string(text) {
		return append(dst, safe...)
	}
	dst = append(dst, '"')
	dst = append(dst, bytes.ReplaceAll([]byte(safe), []byte{'"'}, []byte(`""`))...)
	return append(dst, '"')
}
