package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/fault"
)

// The bounds of the parts that say how a workbook is made up.
const (
	planBytes = 8 << 20
	maxStyles = 1 << 16
	maxSheets = 1 << 10
)

// Book is what is known of a workbook and of the one sheet that is read: what
// its rows are to be read with.
type Book struct {
	Sheet  string       // its name
	Hidden []fault.Item // what of it is hidden, as warnings

	part, shared string
	date1904     bool
	formats      []*numberFormat // by the style of a cell
	merged       []area          // by their first row
	width        int             // of its rows
}

// sheetInfo is one sheet of a workbook.
type sheetInfo struct {
	name, part string
	visible    bool
}

// InspectWorkbook opens a workbook, chooses the sheet and reads it to its end.
// The sheet is the one that the options name, by name or by number from 1,
// else the only visible one that holds something, else the one named data of a
// workbook that the service wrote itself. Faults: xlsx_invalid,
// xlsx_too_large, xlsx_active_content, sheet_unknown, ask_sheet, csv_empty,
// cell_too_long.
func InspectWorkbook(src io.ReaderAt, size int64, o Options) (*Book, error) {
	p, err := openParts(src, size, o.Limits)
	if err != nil {
		return nil, err
	}
	if err := p.refuseActive(); err != nil {
		return nil, err
	}
	var b *Book
	var sheets []sheetInfo
	if err := guarded(func() (err error) {
		b, sheets, err = readPlan(p)
		return err
	}); err != nil {
		return nil, err
	}
	if err := b.choose(p, sheets, o.Sheet); err != nil {
		return nil, err
	}
	return b, b.survey(p, sheets)
}

// guarded calls what a library does; where that panics the workbook is to
// blame.
func guarded(call func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = invalid("the workbook cannot be understood: %s", fault.Clip(fmt.Sprint(cause)))
		}
	}()
	return call()
}

// readPlan reads the sheets, styles and dates of a workbook. The library gets
// the parts that say these alone, and in the place of each sheet one cell that
// holds the name of its part, so that its memory does not grow with the file.
func readPlan(p *parts) (*Book, []sheetInfo, error) {
	plan, err := planOf(p)
	if err != nil {
		return nil, nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(plan), excelize.Options{UnzipSizeLimit: 4 * planBytes, UnzipXMLSizeLimit: planBytes})
	if err != nil {
		return nil, nil, brokenPart("the workbook", err)
	}
	defer f.Close()
	b := &Book{}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, nil, brokenPart("the workbook", err)
	}
	b.date1904 = props.Date1904 != nil && *props.Date1904
	if p.files["xl/sharedstrings.xml"] != nil {
		b.shared = "xl/sharedstrings.xml"
	}
	if err := b.readStyles(f); err != nil {
		return nil, nil, err
	}
	var sheets []sheetInfo
	for _, name := range f.GetSheetList() {
		if len(sheets) == maxSheets {
			return nil, nil, tooLarge("the workbook has more than %d sheets", maxSheets)
		}
		part, err := f.GetCellValue(name, "A1")
		if missing := (excelize.ErrSheetNotExist{}); errors.As(err, &missing) {
			continue // a sheet of a chart alone
		}
		if err != nil {
			return nil, nil, brokenPart("the sheet "+name, err)
		}
		visible, err := f.GetSheetVisible(name)
		if err != nil {
			return nil, nil, brokenPart("the workbook", err)
		}
		sheets = append(sheets, sheetInfo{name, part, visible})
	}
	return b, sheets, nil
}

// planOf packs the parts that say how a workbook is made up.
func planOf(p *parts) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	total := int64(0)
	for _, name := range sortedNames(p.files) {
		file := p.files[name]
		var text []byte
		switch {
		case strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml"):
			text = []byte(standIn(name))
		case name == "[content_types].xml", name == "_rels/.rels", strings.HasPrefix(name, "xl/_rels/"), name == "xl/workbook.xml", name == "xl/styles.xml":
			src, err := p.open(name)
			if err != nil {
				return nil, err
			}
			text, err = io.ReadAll(io.LimitReader(src, planBytes+1))
			_ = src.Close()
			if err != nil {
				return nil, brokenPart(file.Name, err)
			}
			if total += int64(len(text)); total > planBytes {
				return nil, tooLarge("%s and its like have more than %d bytes", file.Name, planBytes)
			}
		default:
			continue
		}
		member, err := w.Create(strings.ReplaceAll(file.Name, "\\", "/"))
		if err != nil {
			return nil, err
		}
		if _, err := member.Write(text); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// standIn is a sheet whose one cell holds the name of the part that it stands
// for.
func standIn(part string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="str"><v>` +
		strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(part) + `</v></c></row></sheetData></worksheet>`
}

func sortedNames(files map[string]*zip.File) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// readStyles takes the number format of every style of cells.
func (b *Book) readStyles(f *excelize.File) error {
	_, _ = f.GetStyle(0) // reads the part; where it has no style, or is not there, nothing follows
	if f.Styles == nil || f.Styles.CellXfs == nil {
		b.formats = []*numberFormat{parseFormat("General")}
		return nil
	}
	codes := maps.Clone(builtIn)
	if f.Styles.NumFmts != nil {
		for _, own := range f.Styles.NumFmts.NumFmt {
			codes[own.NumFmtID] = own.FormatCode
		}
	}
	known := map[string]*numberFormat{}
	for _, style := range f.Styles.CellXfs.Xf {
		if len(b.formats) == maxStyles {
			return tooLarge("the workbook has more than %d styles", maxStyles)
		}
		code := "General"
		if style.NumFmtID != nil {
			var ok bool
			if code, ok = codes[*style.NumFmtID]; !ok {
				code = ofLanguage
			}
		}
		if known[code] == nil {
			known[code] = parseFormat(code)
		}
		b.formats = append(b.formats, known[code])
	}
	if len(b.formats) == 0 {
		b.formats = []*numberFormat{parseFormat("General")}
	}
	return nil
}

// choose takes the sheet that is named, or the only one that can be meant.
func (b *Book) choose(p *parts, sheets []sheetInfo, named string) error {
	if named != "" {
		return b.take(sheets, named)
	}
	var filled []sheetInfo
	for _, s := range sheets {
		if !s.visible {
			continue
		}
		some, err := holdsSomething(p, s.part)
		if err != nil {
			return inSheet(err, s.name)
		}
		if some {
			filled = append(filled, s)
		}
	}
	switch len(filled) {
	case 0:
		return refuse(fault.CSVEmpty, 0, "no visible sheet of the workbook holds anything", "a header and rows, or sheet=<name> of one that is hidden")
	case 1:
		return b.take(sheets, filled[0].name)
	}
	own, err := b.madeHere(p, filled)
	if err != nil {
		return inSheet(err, OwnNotes)
	}
	if own {
		return b.take(sheets, OwnData)
	}
	var names []string
	for _, s := range filled {
		names = append(names, s.name)
	}
	answer := "sheet=" + strings.Join(names, ", or sheet=")
	return fault.New(fault.Refused, fault.AskSheet, "several sheets hold something: %s", fault.Clip(strings.Join(names, ", "))).
		Expect("%s", answer).With(fault.Item{Code: fault.AskSheet, Value: fault.Clip(strings.Join(names, ", ")), Expected: answer})
}

func (b *Book) take(sheets []sheetInfo, named string) error {
	for _, s := range sheets {
		if s.name == named {
			b.Sheet, b.part = s.name, s.part
			return nil
		}
	}
	var names []string
	for i, s := range sheets {
		if strings.EqualFold(s.name, named) || strconv.Itoa(i+1) == named {
			b.Sheet, b.part = s.name, s.part
			return nil
		}
		names = append(names, s.name)
	}
	expected := "one of " + strings.Join(names, ", ") + ", or a number from 1 on"
	return fault.New(fault.Refused, fault.SheetUnknown, "the workbook has no sheet %q", fault.Clip(named)).Expect("%s", expected).
		With(fault.Item{Code: fault.SheetUnknown, Parameter: "sheet", Value: fault.Clip(named), Expected: expected})
}

// inSheet says in which sheet a fault was met.
func inSheet(err error, name string) error {
	if e := fault.From(err); len(e.Items) > 0 && e.Items[0].Sheet == "" {
		e.Items[0].Sheet = name
	}
	return err
}

func holdsSomething(p *parts, part string) (bool, error) {
	src, err := p.open(part)
	if err != nil {
		return false, err
	}
	defer src.Close()
	w := &worksheet{xml: newTokens(part, src, p.lim), lim: p.lim}
	err = w.next()
	if err == io.EOF {
		return false, nil
	}
	return err == nil, err
}

// survey reads the sheet to its end: how wide it is, which cells are merged
// and what is hidden.
func (b *Book) survey(p *parts, sheets []sheetInfo) error {
	src, err := p.open(b.part)
	if err != nil {
		return err
	}
	defer src.Close()
	w := &worksheet{xml: newTokens(b.part, src, p.lim), lim: p.lim}
	rows, first := 0, 0
	for err = w.next(); err == nil; err = w.next() {
		if n := len(w.cells); n > 0 {
			b.width = max(b.width, w.cells[n-1].column+1)
		}
		if w.hidden {
			if rows++; first == 0 {
				first = w.number
			}
		}
	}
	if err != io.EOF {
		return inSheet(err, b.Sheet)
	}
	if b.width == 0 {
		return inSheet(refuse(fault.CSVEmpty, 0, "the sheet holds nothing", "a header and rows"), b.Sheet)
	}
	b.merged = w.merged
	slices.SortStableFunc(b.merged, func(x, y area) int { return x.top - y.top })
	b.notice(rows, first, "rows", b.Sheet)
	columns := 0
	for _, a := range w.masked {
		columns += max(0, min(a.right, b.width)-a.left+1)
	}
	b.notice(columns, 0, "columns", b.Sheet)
	masked := 0
	for _, s := range sheets {
		if !s.visible {
			masked++
		}
	}
	b.notice(masked, 0, "sheets", "")
	return nil
}

// notice says how much is hidden.
func (b *Book) notice(count, line int, what, sheet string) {
	if count == 0 {
		return
	}
	expected := "nothing; they are read as the others"
	if what == "sheets" {
		expected = "nothing; they are not read unless sheet= names one"
	}
	b.Hidden = append(b.Hidden, fault.Item{Code: fault.XLSXHidden, Sheet: sheet, Line: line,
		Value: strconv.Itoa(count) + " hidden " + what, Expected: expected})
}
