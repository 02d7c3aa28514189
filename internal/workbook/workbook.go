// Package workbook owns how an xlsx workbook is written: its parts, its sheets
// row by row, and what a cell is made of so that no spreadsheet changes it.
//
// A number is written with the digits that it is given, under a format that
// always shows its decimals; one that a spreadsheet cannot hold exactly is
// written as text. A text is a text in the format @, so that nothing in it is
// taken for a date, a number or a formula. Nothing depends on the clock: the
// same cells are the same bytes.
//
// The package reads no workbooks and knows nothing of figures.
package workbook

import (
	"archive/zip"
	"io"
	"strconv"
	"time"

	"github.com/klauspost/compress/flate"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// MediaType is what a workbook is called in Content-Type.
const MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// The bounds of a sheet, which every spreadsheet program has.
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384
)

// flushAt is how many bytes of a sheet are gathered before they are packed.
const flushAt = 32 << 10

// packing is how hard parts are packed: a sheet of a million rows has gigabytes
// to pack.
const packing = flate.BestSpeed

// made is when every part says it was made.
var made = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Writer writes a workbook sheet by sheet, row by row and cell by cell, in
// memory that does not grow with it. The first thing that fails is kept and is
// what Close returns.
type Writer struct {
	zip    *zip.Writer
	part   io.Writer
	buffer []byte
	err    error

	sheets []string
	sheet  int // that is being written, from 1; 0 before the first
	row    int // that is being written, from 1
	cell   int // that comes next, from 0
	begun  bool

	numbersAsText, textsCut int
}

// New returns a writer of a workbook with the sheets of these names, in this
// order.
func New(w io.Writer, sheets ...string) *Writer {
	b := &Writer{zip: zip.NewWriter(w), sheets: sheets, buffer: make([]byte, 0, flushAt+4<<10)}
	b.zip.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, packing) })
	b.whole("[Content_Types].xml", contentTypes(sheets))
	b.whole("_rels/.rels", packageRelations)
	b.whole("xl/workbook.xml", plan(sheets))
	b.whole("xl/_rels/workbook.xml.rels", relations(sheets))
	b.whole("xl/styles.xml", styles())
	return b
}

// NumbersAsText returns how many numbers were written as text so far, because
// a spreadsheet would not hold them exactly.
func (b *Writer) NumbersAsText() int { return b.numbersAsText }

// TextsCut returns how many texts were cut so far to what a cell may hold.
func (b *Writer) TextsCut() int { return b.textsCut }

// Next ends the sheet before and begins the following one. Its first row stays
// in sight.
func (b *Writer) Next() {
	b.endSheet()
	b.sheet++
	b.row, b.cell = 0, 0
	b.create("xl/worksheets/sheet" + strconv.Itoa(b.sheet) + ".xml")
	b.buffer = append(b.buffer, sheetBegin...)
}

// EndRow ends the row, which may have no cells, and reports what failed so far.
// More rows or columns than a sheet has are answer_too_large.
func (b *Writer) EndRow() error {
	b.beginRow()
	b.buffer = append(b.buffer, "</row>"...)
	b.bound("rows", b.row, MaxRows)
	b.bound("columns", b.cell, MaxColumns)
	b.begun, b.cell = false, 0
	if len(b.buffer) >= flushAt {
		b.flush()
	}
	return b.err
}

// bound refuses more than a sheet has.
func (b *Writer) bound(what string, there, most int) {
	if there > most && b.err == nil {
		b.err = fault.New(fault.TooLarge, fault.AnswerTooLarge, "there are %d %s and a sheet has at most %d", there, what, most).
			Expect("CSV, or less at once")
	}
}

// Empty leaves the next cell empty.
func (b *Writer) Empty() { b.cell++ }

// Blank leaves the next cell empty and makes it one for text: what is typed
// there stays as it is typed.
func (b *Writer) Blank() {
	b.beginCell(textStyle)
	b.buffer = append(b.buffer, "/>"...)
}

// Heading writes a text as the head of a column.
func (b *Writer) Heading(text string) { b.text(headStyle, text) }

// Text writes a text. An empty one leaves the cell empty. What is longer than a
// cell may be is cut.
func (b *Writer) Text(text string) { b.text(textStyle, text) }

// Number writes a plain decimal number: -?digits[.digits]. None leaves the cell
// empty.
func (b *Writer) Number(number []byte) {
	if len(number) == 0 {
		b.cell++
		return
	}
	w := measure(number)
	if !w.exact() {
		b.numbersAsText++
		b.text(textStyle, string(number))
		return
	}
	b.beginCell(numberStyle + w.decimals)
	b.buffer = append(append(append(b.buffer, "><v>"...), number...), "</v></c>"...)
}

// Close ends the workbook. The writer below stays open.
func (b *Writer) Close() error {
	for b.sheet < len(b.sheets) {
		b.Next()
	}
	b.endSheet()
	if err := b.zip.Close(); b.err == nil {
		b.err = err
	}
	return b.err
}

func (b *Writer) text(style int, text string) {
	if text == "" {
		b.cell++
		return
	}
	if kept := clipped(text); len(kept) < len(text) {
		b.textsCut++
		text = kept
	}
	b.beginCell(style)
	b.buffer = append(b.buffer, ` t="inlineStr"><is><t xml:space="preserve">`...)
	b.buffer = appendText(b.buffer, text)
	b.buffer = append(b.buffer, "</t></is></c>"...)
}

func (b *Writer) beginRow() {
	if b.begun {
		return
	}
	b.begun = true
	b.row++
	b.buffer = append(strconv.AppendInt(append(b.buffer, `<row r="`...), int64(b.row), 10), `">`...)
}

// beginCell begins the next cell, up to the end of its style.
func (b *Writer) beginCell(style int) {
	b.beginRow()
	b.buffer = append(append(b.buffer, `<c r="`...), sheet.Letters(b.cell)...)
	b.buffer = append(strconv.AppendInt(b.buffer, int64(b.row), 10), `" s="`...)
	b.buffer = append(strconv.AppendInt(b.buffer, int64(style), 10), '"')
	b.cell++
}

func (b *Writer) endSheet() {
	if b.sheet == 0 {
		return
	}
	b.buffer = append(b.buffer, sheetEnd...)
	b.flush()
}

// whole writes a part at once.
func (b *Writer) whole(name, text string) {
	b.create(name)
	b.buffer = append(b.buffer, text...)
	b.flush()
}

func (b *Writer) create(name string) {
	if b.err == nil {
		b.part, b.err = b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: made})
	}
}

func (b *Writer) flush() {
	if b.err == nil {
		_, b.err = b.part.Write(b.buffer)
	}
	b.buffer = b.buffer[:0]
}

// exactDigits is how many significant digits every number may have that comes
// back out of a binary double as it was: 2^53 is above 10^15.
const exactDigits = 15

// written is what of a number decides whether a spreadsheet can hold and show
// it: its digits without zeros in front, those of them that are significant, and
// those behind the point.
type written struct{ digits, significant, decimals int }

func measure(number []byte) written {
	var w written
	behind := false
	for _, c := range number {
		if c == '.' {
			behind = true
		}
		if c < '0' || c > '9' {
			continue
		}
		if behind {
			w.decimals++
		}
		if c != '0' || w.digits > 0 {
			w.digits++
		}
		if c != '0' {
			w.significant = w.digits
		}
	}
	return w
}

// exact reports whether a spreadsheet holds the number as it is written and can
// show all of it.
func (w written) exact() bool {
	return w.significant <= exactDigits && w.digits <= maxDigits && w.decimals <= maxDecimals
}
