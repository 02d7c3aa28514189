package encode

import (
	"io"
	"slices"
	"strings"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/sheet"
	"bellwether/internal/workbook"
)

// The sheets of a workbook that is an answer.
const (
	dataSheet   = sheet.OwnData
	seriesSheet = "series"
	notesSheet  = sheet.OwnNotes
)

// book is an answer as a workbook: the sheet data has what CSV has, numbers as
// numbers that show their published decimals and everything else as text; the
// sheet series has what the figures are of; the sheet notes says in three
// columns, what, of what and text, where the answer is from and what is to be
// known of it. Its first cell is sheet.MadeHere.
type book struct {
	cellWriter
	file    *workbook.Writer
	options Options
	sheets  []string
	known   map[string]bool
	series  []seriesEntry
	last    string // the code of the series that was listed last
}

// seriesEntry is one line of the sheet series.
type seriesEntry struct {
	meta   *query.SeriesMeta
	stored bool // the multiplier is known
}

// newBook returns a book with the sheets, of which series may be left out.
func newBook(w io.Writer, o Options, sheets ...string) *book {
	file := workbook.New(w, sheets...)
	file.Next()
	return &book{cellWriter: cellWriter{lines: bookLines{file}}, file: file, options: o, sheets: sheets, known: map[string]bool{}}
}

// bookLines writes lines as rows of a sheet.
type bookLines struct{ *workbook.Writer }

func (b bookLines) head(text string)    { b.Heading(text) }
func (b bookLines) text(text string)    { b.Text(sheet.Neutralised(text)) }
func (b bookLines) word(word []byte)    { b.Text(string(word)) }
func (b bookLines) number(plain []byte) { b.Number(plain) }
func (b bookLines) end() error          { return b.EndRow() }

// list puts a series on the sheet series, once.
func (b *book) list(code string, describe func(*query.Legend) seriesEntry) {
	if code == b.last || code == "" || b.options.Legend == nil || b.known[code] {
		return
	}
	b.last, b.known[code] = code, true
	if e := describe(b.options.Legend); e.meta != nil {
		b.series = append(b.series, e)
	}
}

// listStored lists a series as it is stored.
func (b *book) listStored(s *obs.Series) {
	b.list(s.Code, func(l *query.Legend) seriesEntry {
		kept := *s
		return seriesEntry{l.Series(&kept), true}
	})
}

// listCode lists a series of which the code alone is at hand.
func (b *book) listCode(code string) {
	b.list(code, func(l *query.Legend) seriesEntry { return seriesEntry{meta: l.SeriesOf(code)} })
}

// finish writes the sheets behind the figures.
func (b *book) finish(h query.Head, tail query.Tail) error {
	if slices.Contains(b.sheets, seriesSheet) {
		b.file.Next()
		if err := b.seriesLines(); err != nil {
			return err
		}
	}
	b.file.Next()
	if err := b.notes(h, tail); err != nil {
		return err
	}
	return b.file.Close()
}

func (b *book) seriesLines() error {
	b.heads("code", "title", "indicator", "area", "unit", "multiplier", "kind", "measure", "price_basis", "adjustment", "scenario", "dataset", "breakdowns")
	if err := b.end(); err != nil {
		return err
	}
	for _, e := range b.series {
		key := e.meta.Series.Key
		for _, text := range [...]string{e.meta.Series.Code, e.meta.Title, key.Indicator, key.Area, e.meta.Unit} {
			b.text(text)
		}
		b.integer(e.meta.Multiplier, e.stored)
		var breakdowns []string
		for _, d := range key.Breakdowns {
			breakdowns = append(breakdowns, d.Dimension+"="+d.Item)
		}
		for _, text := range [...]string{e.meta.Kind, string(key.Measure), key.Basis, key.Adjustment, key.Scenario, key.Dataset, strings.Join(breakdowns, ";")} {
			b.text(text)
		}
		if err := b.end(); err != nil {
			return err
		}
	}
	return nil
}

// notes writes where the answer is from and what is to be known of it.
func (b *book) notes(h query.Head, tail query.Tail) error {
	b.note(sheet.MadeHere, dataSheet, catalog.Text{
		En: "the answer is on the sheet data, and what its series are on the sheet series where there is one; an import reads the sheet data",
		Zh: "结果在工作表 data，所涉序列（如有）在工作表 series；导入时读取工作表 data",
	}.In(b.options.Lang))
	links := b.options.Links
	b.note("link", "self", links.Self)
	b.note("link", "state", links.State)
	b.note("link", "rows", links.Rows)
	b.note("link", "label_suspect", links.LabelSuspect(tail.Suspects))
	b.note("state", "", h.Moment.Token)
	b.note("as_of", "", h.Moment.AsOf)
	b.note("recorded_as_of", "", h.Moment.Recorded)
	b.note("fx_as_of", "", h.View.FXAsOf)
	if !h.Moment.Updated.IsZero() {
		b.note("updated_at", "", h.Moment.Updated.UTC().Format(time.RFC3339Nano))
	}
	b.note("transform", "", h.Transform)
	b.note("licence", "", b.options.Office.Licence)
	b.note("attribution", "", b.options.Office.Attribution)
	for _, warning := range tail.Warnings {
		b.note("warning", warning.Code, warning.Message)
	}
	b.definitions()
	b.conversion(tail.Conversion)
	b.unlike()
	return b.end()
}

// note writes one line, where there is something to say.
func (b *book) note(what, of, text string) {
	if text == "" {
		return
	}
	b.text(what)
	b.text(of)
	b.text(text)
	_ = b.end() // what failed is kept and comes back from the next end
}

// definitions says what the indicators are defined as.
func (b *book) definitions() {
	told := map[string]bool{}
	for _, e := range b.series {
		indicator := e.meta.Series.Key.Indicator
		if told[indicator] {
			continue
		}
		told[indicator] = true
		name, definition, source := b.options.Legend.Definition(indicator)
		b.note("name", indicator, name)
		b.note("definition", indicator, definition)
		b.note("definition_source", indicator, source)
	}
}

// unlike says what stands otherwise than in CSV.
func (b *book) unlike() {
	if b.file.NumbersAsText() > 0 {
		b.note("numbers_as_text", "", catalog.Text{
			En: "numbers with more digits than a spreadsheet holds exactly (15) are written as text",
			Zh: "位数超过电子表格精确位数（15 位）的数值以文本写出",
		}.In(b.options.Lang))
	}
	if b.file.TextsCut() > 0 {
		b.note("texts_cut", "", catalog.Text{
			En: "texts longer than a cell may be (32,767 characters) are cut; CSV has them whole",
			Zh: "超过单元格长度上限（32,767 个字符）的文本已被截断；CSV 中是全文",
		}.In(b.options.Lang))
	}
}
