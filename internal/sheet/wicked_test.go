package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

func coordinate(n int) string { return strconv.Itoa(n) }

// repacked packs the parts of a workbook anew, each as change makes it.
func repacked(t testing.TB, raw []byte, change func(name, text string) string, more map[string]string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name, text string) {
		m, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(m, text)
		must(t, err)
	}
	for _, file := range r.File {
		src, err := file.Open()
		must(t, err)
		text, err := io.ReadAll(src)
		must(t, err)
		put(file.Name, change(file.Name, string(text)))
	}
	for name, text := range more {
		put(name, text)
	}
	must(t, w.Close())
	return b.Bytes()
}

func rewritten(t testing.TB, raw []byte, part, from, to string) []byte {
	return repacked(t, raw, func(name, text string) string {
		if name == part {
			return strings.ReplaceAll(text, from, to)
		}
		return text
	}, nil)
}

func whole(_, text string) string { return text }

// sheetOf makes a workbook whose sheet has these rows.
func sheetOf(t testing.TB, rows string) []byte {
	t.Helper()
	raw := workbook(t, func(f *excelize.File) { must(t, f.SetCellValue("Data", "A1", "x")) })
	return repacked(t, raw, func(name, text string) string {
		if name == "xl/worksheets/sheet1.xml" {
			return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
		}
		return text
	}, nil)
}

func TestWickedWorkbooks(t *testing.T) {
	plain := workbook(t, func(f *excelize.File) { must(t, f.SetCellValue("Data", "A1", "x")) })
	cell := func(ref string) string { return `<c r="` + ref + `"><v>1</v></c>` }
	for name, test := range map[string]struct {
		raw  []byte
		code fault.Code
		line int
	}{
		"a cell twice":          {sheetOf(t, `<row r="1">`+cell("A1")+cell("A1")+`</row>`), fault.XLSXInvalid, 1},
		"cells out of order":    {sheetOf(t, `<row r="1">`+cell("B1")+cell("A1")+`</row>`), fault.XLSXInvalid, 1},
		"a cell of another row": {sheetOf(t, `<row r="1">`+cell("A2")+`</row>`), fault.XLSXInvalid, 1},
		"rows out of order":     {sheetOf(t, `<row r="2">`+cell("A2")+`</row><row r="1">`+cell("A1")+`</row>`), fault.XLSXInvalid, 3},
		"a row beyond the end":  {sheetOf(t, `<row r="1048577">`+cell("A1048577")+`</row>`), fault.XLSXInvalid, 1},
		"no such cell":          {sheetOf(t, `<row r="1">`+cell("XFE1")+`</row>`), fault.XLSXInvalid, 1},
		"broken off":            {sheetOf(t, `<row r="1"><c r="A1"><v>1</v>`), fault.XLSXInvalid, 1},
		"laughs":                {rewritten(t, plain, "xl/worksheets/sheet1.xml", "<worksheet", `<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet`), fault.XLSXInvalid, 1},
		"an entity":             {sheetOf(t, `<row r="1"><c r="A1" t="str"><v>&laugh;</v></c></row>`), fault.XLSXInvalid, 1},
		"depth":                 {sheetOf(t, strings.Repeat("<a>", 100)), fault.XLSXInvalid, 1},
		"an endless text":       {sheetOf(t, `<row r="1"><c r="A1" t="str"><v>`+strings.Repeat("x", 4<<20)+`</v></c></row>`), fault.XLSXInvalid, 1},
		"merged nonsense":       {rewritten(t, plain, "xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData><mergeCells><mergeCell ref="B2:A1"/></mergeCells>`), fault.XLSXInvalid, 1},
		"macros":                {repacked(t, plain, whole, map[string]string{"xl/vbaProject.bin": "x"}), fault.XLSXActiveContent, 0},
		"links":                 {repacked(t, plain, whole, map[string]string{"xl/externalLinks/externalLink1.xml": "x"}), fault.XLSXActiveContent, 0},
		"objects":               {repacked(t, plain, whole, map[string]string{"xl/embeddings/oleObject1.bin": "x"}), fault.XLSXActiveContent, 0},
		"a part twice":          {repacked(t, plain, whole, map[string]string{"XL/workbook.xml": "x"}), fault.XLSXInvalid, 0},
		"a bomb":                {sheetOf(t, `<row r="1">`+cell("A1")+`</row>`+strings.Repeat("<x/>"+strings.Repeat(" ", 1020), 40<<10)), fault.XLSXTooLarge, 1},
		"a broken workbook":     {rewritten(t, plain, "xl/workbook.xml", "<sheets>", "<sheets"), fault.XLSXInvalid, 0},
		"a broken style":        {rewritten(t, plain, "xl/styles.xml", "<cellXfs", "<cellXfs <"), fault.XLSXInvalid, 0},
		"cut off":               {plain[:len(plain)/2], fault.XLSXInvalid, 0},
		"nothing in it":         {sheetOf(t, ""), fault.CSVEmpty, 0},
	} {
		_, _, err := readBook(test.raw, sheet.Options{})
		if fault.CodeOf(err) != test.code {
			t.Errorf("%s: %v, want %s", name, err, test.code)
			continue
		}
		if item := fault.From(err).Items[0]; item.Line != test.line || item.Expected == "" {
			t.Errorf("%s: %+v, want line %d and what to do", name, item, test.line)
		}
	}
}

func TestRowsThatAreTooWide(t *testing.T) {
	raw := sheetOf(t, `<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`)
	_, rows, err := readBook(raw, sheet.Options{})
	if err != nil || len(rows) != 2 || rows[1].fault == nil || rows[1].fault.Code != fault.TooManyColumns || rows[1].fault.Cell != "XFD1048576" {
		t.Errorf("rows %+v, %v, want %s at XFD1048576", rows, err, fault.TooManyColumns)
	}
	long := sheetOf(t, `<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>`+strings.Repeat("x", 70<<10)+`</v></c></row>`)
	_, rows, err = readBook(long, sheet.Options{})
	if err != nil || rows[0].fault == nil || rows[0].fault.Code != fault.CellTooLong || rows[0].fault.Cell != "B1" {
		t.Errorf("rows %+v, %v, want %s at B1", rows, err, fault.CellTooLong)
	}
}

func TestOtherSpreadsheetsAreNamed(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 70<<10)
	var locked strings.Builder
	for _, b := range "EncryptedPackage" {
		fmt.Fprintf(&locked, "%c\x00", b)
	}
	other := func(names ...string) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, name := range names {
			_, err := w.Create(name)
			must(t, err)
		}
		must(t, w.Close())
		return b.String()
	}
	for says, raw := range map[string]string{
		".xls":               ole,
		"password":           ole + locked.String(),
		".xlsb":              other("[Content_Types].xml", "xl/workbook.bin"),
		".ods":               other("mimetype", "content.xml"),
		"without a workbook": other("[Content_Types].xml", "word/document.xml"),
	} {
		_, err := sheet.IsWorkbook(strings.NewReader(raw), int64(len(raw)), sheet.Limits{})
		if fault.CodeOf(err) != fault.WorkbookUnsupported || !strings.Contains(err.Error(), says) {
			t.Errorf("IsWorkbook = %v, want %s that says %s", err, fault.WorkbookUnsupported, says)
		}
	}
	for _, raw := range []string{zipped(t, "a,b\n"), "a,b\n", ""} {
		if is, err := sheet.IsWorkbook(strings.NewReader(raw), int64(len(raw)), sheet.Limits{}); is || err != nil {
			t.Errorf("IsWorkbook(%q) = %v, %v, want no", raw, is, err)
		}
	}
}

// The memory of reading is that of a row and of what is held of texts, however
// many rows there are.
func TestMemoryDoesNotGrowWithTheWorkbook(t *testing.T) {
	live := func(rows int) uint64 {
		var b strings.Builder
		for i := 1; i <= rows; i++ {
			fmt.Fprintf(&b, `<row r="%d"><c r="A%d" t="inlineStr"><is><t>area %d</t></is></c><c r="B%d"><v>%d.5</v></c></row>`, i, i, i*7919, i, i*104729)
		}
		raw := sheetOf(t, b.String())
		b.Reset()
		book, err := sheet.InspectWorkbook(bytes.NewReader(raw), int64(len(raw)), sheet.Options{})
		must(t, err)
		table, err := sheet.NewXLSX(bytes.NewReader(raw), sheet.Options{Book: book})
		must(t, err)
		defer table.Close()
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for n := 1; ; n++ {
			if _, err := table.Next(); err == io.EOF {
				t.Fatal("the rows ended early")
			}
			if n == rows*9/10 {
				break
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(raw)
		return after.HeapAlloc - min(after.HeapAlloc, before.HeapAlloc)
	}
	if grown := live(60_000); grown > 4<<20 {
		t.Errorf("after 54,000 rows %d bytes more are live, want a few", grown)
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(workbook(f, func(x *excelize.File) {
		must(f, x.SetSheetRow("Data", "A1", &[]any{"indicator", "value", 2011}))
		must(f, x.SetSheetRow("Data", "A2", &[]any{"gdp", 118.7, true}))
		must(f, x.MergeCell("Data", "A3", "B3"))
	}))
	f.Add(sheetOf(f, `<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		is, err := sheet.IsWorkbook(bytes.NewReader(raw), int64(len(raw)), sheet.Limits{})
		if err == nil && is {
			_, _, err = readBook(raw, sheet.Options{Limits: sheet.Limits{Rows: 1000, Bytes: 1 << 20}})
		}
		if err != nil && (fault.CodeOf(err) == fault.InternalError || len(fault.From(err).Items) == 0) {
			t.Errorf("%v is no fault of the file", err)
		}
	})
}

// A part inside the archive is what a fuzzer seldom meets through its checksums.
func FuzzWorksheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "0.0;(0.0)")
	f.Add(`<row><c><v>1</v></c><c t="b"><v>1</v></c></row>`, "yyyy-mm")
	f.Fuzz(func(t *testing.T, rows, format string) {
		raw := workbook(t, func(x *excelize.File) {
			if style, err := x.NewStyle(&excelize.Style{CustomNumFmt: &format}); err == nil {
				must(t, x.SetCellStyle("Data", "A1", "A1", style))
			}
		})
		raw = repacked(t, raw, func(name, text string) string {
			if name == "xl/worksheets/sheet1.xml" {
				return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"
			}
			return text
		}, nil)
		if _, _, err := readBook(raw, sheet.Options{}); err != nil && (fault.CodeOf(err) == fault.InternalError || len(fault.From(err).Items) == 0) {
			t.Errorf("%v is no fault of the file", err)
		}
	})
}
