package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// workbook makes a workbook whose one sheet, Data, is filled by fill.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "Data"); err != nil {
		t.Fatal(err)
	}
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// formatted puts a value in a cell under a number format.
func formatted(t testing.TB, f *excelize.File, cell string, value any, format string) {
	t.Helper()
	must(t, f.SetCellValue("Data", cell, value))
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	must(t, err)
	must(t, f.SetCellStyle("Data", cell, cell, style))
}

// bookRow is a copy of a row.
type bookRow struct {
	line       int
	cells, raw []string
	refused    []fault.Item
	fault      *fault.Item
}

func readBook(raw []byte, o sheet.Options) (b *sheet.Book, rows []bookRow, err error) {
	if b, err = sheet.InspectWorkbook(bytes.NewReader(raw), int64(len(raw)), o); err != nil {
		return b, nil, err
	}
	o.Book = b
	table, err := sheet.NewXLSX(bytes.NewReader(raw), o)
	if err != nil {
		return b, nil, err
	}
	defer table.Close()
	for {
		row, err := table.Next()
		if err == io.EOF {
			return b, rows, nil
		}
		if err != nil {
			return b, rows, err
		}
		c := bookRow{line: row.Line, refused: row.Refused, fault: row.Fault}
		for i, cell := range row.Cells {
			c.cells, c.raw = append(c.cells, string(cell)), append(c.raw, string(row.RawText(i)))
		}
		rows = append(rows, c)
	}
}

// one reads the cell A1 of the sheet.
func one(t testing.TB, raw []byte, o sheet.Options) (text, rawText string, code fault.Code) {
	t.Helper()
	_, rows, err := readBook(raw, o)
	if err != nil || len(rows) != 1 {
		t.Fatalf("rows = %v, %v, want one", rows, err)
	}
	if r := rows[0].refused; len(r) > 0 {
		code = r[0].Code
		if r[0].Cell != "A1" || r[0].Line != 1 || r[0].Expected == "" {
			t.Errorf("the refusal %+v does not say where or what to do", r[0])
		}
	}
	return rows[0].cells[0], rows[0].raw[0], code
}

func TestNumbersOfAWorkbook(t *testing.T) {
	for _, test := range []struct {
		stored, format, mode string
		want, raw            string
		code                 fault.Code
	}{
		{stored: "118.7", format: "General", want: "118.7"},
		{stored: "1.1000000000000001", format: "General", want: "1.1", raw: "1.1000000000000001 shown as 1.1"},
		{stored: "0.30000000000000004", format: "General", want: "0.3", raw: "0.30000000000000004 shown as 0.3"},
		{stored: "118.74540000000001", format: "General", want: "118.7454", raw: "118.74540000000001 shown as 118.7454"},
		{stored: "0.33333333333333331", format: "General", want: "0.33333333333333331"},
		{stored: "1234567890123456", format: "General", want: "1234567890123456"},
		{stored: "9007199254740991", format: "General", want: "9007199254740991"},
		{stored: "1.2E-3", format: "General", want: "0.0012", raw: "1.2E-3 shown as 0.0012"},
		{stored: "1.5E+21", format: "General", want: "1500000000000000000000", raw: "1.5E+21 shown as 1500000000000000000000"},
		{stored: "-0.5", format: "General", want: "-0.5"},
		{stored: "118.7", format: "0.00", want: "118.70", raw: "118.7 shown as 118.70"},
		{stored: "118700", format: "#,##0.0", want: "118700.0", raw: "118700 shown as 118700.0"},
		{stored: "118.7", format: "0.0##", want: "118.7"},
		{stored: "0.5", format: "#.##", want: "0.5"},
		{stored: "2011", format: `0"年"`, want: "2011年", raw: "2011 shown as 2011年"},
		{stored: "2011", format: `General"年"`, want: "2011年", raw: "2011 shown as 2011年"},
		{stored: "7", format: "000", want: "007", raw: "7 shown as 007"},
		{stored: "0.162", format: "0.0%", want: "16.2%", raw: "0.162 shown as 16.2%"},
		{stored: "0.16200000000000001", format: "0.00%", want: "16.20%", raw: "0.16200000000000001 shown as 16.20%"},
		{stored: "0.1625", format: "0.0%", want: "16.3%", raw: "0.1625 shown as 16.3%", code: fault.AskShownNumbers},
		{stored: "118.7454", format: "0.0", want: "118.7", raw: "118.7454 shown as 118.7", code: fault.AskShownNumbers},
		{stored: "118.7454", format: "0.0", mode: "stored", want: "118.7454", raw: "118.7454 shown as 118.7"},
		{stored: "118.75", format: "0.0", mode: "shown", want: "118.8", raw: "118.75 shown as 118.8"},
		{stored: "-118.75", format: "0.0", mode: "shown", want: "-118.8", raw: "-118.75 shown as -118.8"},
		{stored: "999.96", format: "0.0", mode: "shown", want: "1000.0", raw: "999.96 shown as 1000.0"},
		{stored: "0.04", format: "0", mode: "shown", want: "0", raw: "0.04 shown as 0"},
		{stored: "118700", format: "#,##0,", want: "118700", code: fault.XLSXNumberFormat},
		{stored: "118700", format: "#,##0,", mode: "stored", want: "118700", code: fault.XLSXNumberFormat},
		{stored: "118700", format: "#,##0.0,", mode: "shown", want: "118.7", raw: "118700 shown as 118.7"},
		{stored: "118700000", format: "0.0,,", mode: "shown", want: "118.7", raw: "118700000 shown as 118.7"},
		{stored: "0.5", format: "# ?/?", want: "0.5", code: fault.XLSXNumberFormat},
		{stored: "0.5", format: "# ?/?", mode: "stored", want: "0.5"},
		{stored: "0.5", format: "# ?/?", mode: "shown", want: "0.5", code: fault.XLSXNumberFormat},
		{stored: "118.7", format: "[$¥-804]#,##0.0", want: "118.7", code: fault.XLSXNumberFormat},
		{stored: "118.7", format: "[$¥-804]#,##0.0", mode: "shown", want: "118.7"},
		{stored: "118.7", format: `"$"0.0`, want: "118.7", code: fault.XLSXNumberFormat},
		{stored: "118.7", format: "0.00E+00", want: "118.7", code: fault.AskShownNumbers},
		{stored: "118.7", format: "0.000E+00", want: "118.7"},
		{stored: "-5", format: "0.0_);(0.0)", want: "-5.0", raw: "-5 shown as -5.0"},
		{stored: "-5", format: "0.0;[Red]0.0", want: "-5.0", code: fault.XLSXNumberFormat},
		{stored: "-5", format: "0.0;[Red]0.0", mode: "stored", want: "-5.0", raw: "-5 shown as -5.0"},
		{stored: "5", format: "+0.0;-0.0", want: "5.0", raw: "5 shown as 5.0"},
		{stored: "0", format: `0.0;-0.0;"-"`, want: "0", code: fault.XLSXNumberFormat},
		{stored: "0", format: `0.0;-0.0;"-"`, mode: "shown", want: "-", raw: "0 shown as -"},
		{stored: "0", format: `0.0;-0.0;"-"`, mode: "stored", want: "0"},
		{stored: "5", format: ";;;", want: "5", code: fault.XLSXNumberFormat},
		{stored: "5", format: "[>100]0.0;0.00", want: "5", code: fault.XLSXNumberFormat},
		{stored: "118.7", format: "@", want: "118.7"},
		{stored: "5", format: "-0.0", want: "5.0", code: fault.XLSXNumberFormat},
		{stored: "5", format: `"1"0`, want: "5", code: fault.XLSXNumberFormat},
		{stored: "5", format: `0"%"`, want: "5", code: fault.XLSXNumberFormat},
		{stored: "5", format: "*00", want: "5", code: fault.XLSXNumberFormat},
		{stored: "5", format: `_(* #,##0.0_);_(* (#,##0.0);_(* "-"??_);_(@_)`, want: "5.0"},
		{stored: "-5", format: `_(* #,##0.0_);_(* (#,##0.0);_(* "-"??_);_(@_)`, want: "-5.0"},
		{stored: "5", format: "[DBNum2]0", want: "5", code: fault.XLSXNumberFormat},
		{stored: "5", format: "0;yyyy;0", want: "5"},
		{stored: "-5", format: "0;yyyy;0", want: "-5", code: fault.XLSXNumberFormat},
		{stored: "1e999", format: "0", want: "1e999", code: fault.XLSXInvalid},
		{stored: "abc", format: "0", want: "abc", code: fault.XLSXInvalid},
	} {
		raw := workbook(t, func(f *excelize.File) { formatted(t, f, "A1", 4711.25, test.format) })
		raw = rewritten(t, raw, "xl/worksheets/sheet1.xml", "4711.25", test.stored)
		got, gotRaw, code := one(t, raw, sheet.Options{Shown: test.mode})
		if got != test.want && !(code == fault.AskShownNumbers || code == fault.XLSXNumberFormat) || code != test.code {
			t.Errorf("%s in %s (%s) = %q, %q; want %q, %q", test.stored, test.format, test.mode, got, code, test.want, test.code)
		}
		if test.code == "" && test.raw == "" {
			test.raw = test.stored
		}
		if test.code == "" && gotRaw != test.raw && !strings.HasPrefix(gotRaw, test.stored+" shown as ") {
			t.Errorf("%s in %s (%s): raw %q, want %q", test.stored, test.format, test.mode, gotRaw, test.raw)
		}
	}
}

func TestDatesOfAWorkbook(t *testing.T) {
	for _, test := range []struct {
		stored, format string
		want           string
		code           fault.Code
		date1904       bool
	}{
		{stored: "41518", format: "yyyy-mm-dd", want: "2013-09-01"},
		{stored: "41518", format: "[$-F800]dddd, mmmm dd, yyyy", want: "2013-09-01"},
		{stored: "41518", format: `yyyy"年"m"月"d"日";@`, want: "2013-09-01"},
		{stored: "40056", format: "yyyy-mm-dd", want: "2013-09-01", date1904: true},
		{stored: "41518", format: `yyyy"年"m"月"`, want: "2013-09"},
		{stored: "41518", format: "mmm-yy", want: "2013-09"},
		{stored: "41519", format: "mmm-yy", code: fault.XLSXDate},
		{stored: "41275", format: "yyyy", want: "2013"},
		{stored: "41518", format: "yyyy", code: fault.XLSXDate},
		{stored: "41518", format: "d-mmm", want: "1-Sep"},
		{stored: "41518.416666666664", format: "yyyy-mm-dd hh:mm", want: "2013-09-01T10:00:00"},
		{stored: "41518.416666666664", format: "yyyy-mm-dd", code: fault.XLSXDate},
		{stored: "0.41666666666666669", format: "hh:mm", want: "10:00:00"},
		{stored: "1.5", format: "[h]:mm", code: fault.XLSXDate},
		{stored: "60", format: "yyyy-mm-dd", code: fault.XLSXDate},
		{stored: "59", format: "yyyy-mm-dd", want: "1900-02-28"},
		{stored: "61", format: "yyyy-mm-dd", want: "1900-03-01"},
		{stored: "1", format: "yyyy-mm-dd", want: "1900-01-01"},
		{stored: "-1", format: "yyyy-mm-dd", code: fault.XLSXDate},
		{stored: "2958466", format: "yyyy-mm-dd", code: fault.XLSXDate},
	} {
		raw := workbook(t, func(f *excelize.File) {
			formatted(t, f, "A1", 4711.25, test.format)
			must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &test.date1904}))
		})
		raw = rewritten(t, raw, "xl/worksheets/sheet1.xml", "4711.25", test.stored)
		got, _, code := one(t, raw, sheet.Options{})
		if code != test.code || code == "" && got != test.want {
			t.Errorf("%s in %s = %q, %q; want %q, %q", test.stored, test.format, got, code, test.want, test.code)
		}
	}
}

func TestOtherCellsOfAWorkbook(t *testing.T) {
	for name, test := range map[string]struct {
		cell string
		want string
		code fault.Code
	}{
		"inline text":      {`<c r="A1" t="inlineStr"><is><r><t>两江</t></r><r><t>新区</t></r><rPh><t>x</t></rPh></is></c>`, "两江新区", ""},
		"text":             {`<c r="A1" t="str"><v>a &amp; b</v></c>`, "a & b", ""},
		"escape":           {`<c r="A1" t="str"><v>a_x0041_b</v></c>`, "aAb", ""},
		"true":             {`<c r="A1" t="b"><v>1</v></c>`, "TRUE", fault.XLSXBooleanCell},
		"error":            {`<c r="A1" t="e"><v>#N/A</v></c>`, "#N/A", fault.XLSXErrorCell},
		"formula":          {`<c r="A1"><f>SUM(B1:B2)</f><v>3</v></c>`, "=SUM(B1:B2)", ""},
		"shared formula":   {`<c r="A1"><f t="shared" si="0"/><v>3</v></c>`, "=", ""},
		"formula of text":  {`<c r="A1" t="str"><f>A2</f><v>x</v></c>`, "=A2", ""},
		"iso date":         {`<c r="A1" t="d"><v>2013-09-15T00:00:00</v></c>`, "2013-09-15", ""},
		"no such iso date": {`<c r="A1" t="d"><v>2013-02-30</v></c>`, "", fault.XLSXDate},
		"unknown kind":     {`<c r="A1" t="zz"><v>1</v></c>`, "", fault.XLSXInvalid},
		"unknown style":    {`<c r="A1" s="99"><v>1</v></c>`, "", fault.XLSXInvalid},
		"no such text":     {`<c r="A1" t="s"><v>99</v></c>`, "", fault.XLSXInvalid},
	} {
		got, _, code := one(t, sheetOf(t, `<row r="1">`+test.cell+`</row>`), sheet.Options{})
		if code != test.code || code == "" && got != test.want {
			t.Errorf("%s: %q, %q; want %q, %q", name, got, code, test.want, test.code)
		}
	}
}

func TestTextsUnderAFormatThatChangesThem(t *testing.T) {
	for format, want := range map[string]fault.Code{"@": "", "0.0": "", "0;0;0;@": "", "yyyy/m/d;@": "", `@"万"`: fault.XLSXNumberFormat, ";;;": fault.XLSXNumberFormat} {
		raw := workbook(t, func(f *excelize.File) { formatted(t, f, "A1", "118", format) })
		if got, _, code := one(t, raw, sheet.Options{}); code != want || got != "118" {
			t.Errorf("118 as a text in %s = %q, %q; want %q", format, got, code, want)
		}
		if got, _, code := one(t, raw, sheet.Options{Shown: sheet.StoredNumbers}); code != "" || got != "118" {
			t.Errorf("118 as a text in %s, stored = %q, %q; want it taken", format, got, code)
		}
	}
}

func TestManyStylesAndFormatsAreReadInTime(t *testing.T) {
	raw := workbook(t, func(f *excelize.File) { must(t, f.SetCellValue("Data", "A1", 1)) })
	var formats, styles strings.Builder
	for i := range 40_000 {
		formats.WriteString(`<numFmt numFmtId="` + coordinate(200+i) + `" formatCode="0.0"/>`)
		styles.WriteString(`<xf numFmtId="` + coordinate(40_199) + `"/>`)
	}
	raw = repacked(t, raw, func(name, text string) string {
		if name == "xl/styles.xml" {
			return `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts>` + formats.String() +
				`</numFmts><cellXfs>` + styles.String() + `</cellXfs></styleSheet>`
		}
		return text
	}, nil)
	if got, _, code := one(t, raw, sheet.Options{}); got != "1.0" || code != "" {
		t.Errorf("1 in the first of many styles = %q, %q, want 1.0", got, code)
	}
}

func TestRowsOfAWorkbook(t *testing.T) {
	raw := workbook(t, func(f *excelize.File) {
		must(t, f.SetSheetRow("Data", "A1", &[]any{"indicator", "value", "note"}))
		must(t, f.SetSheetRow("Data", "A3", &[]any{"gdp", 118.7}))
		must(t, f.SetRowVisible("Data", 3, false))
		must(t, f.SetColVisible("Data", "B", false))
	})
	b, rows, err := readBook(raw, sheet.Options{})
	if err != nil || len(rows) != 2 || b.Sheet != "Data" {
		t.Fatalf("sheet %v, rows %v, %v", b, rows, err)
	}
	if r := rows[1]; r.line != 3 || strings.Join(r.cells, "|") != "gdp|118.7|" {
		t.Errorf("row %+v, want line 3 as wide as the sheet", r)
	}
	if len(b.Hidden) != 2 || b.Hidden[0].Value != "1 hidden rows" || b.Hidden[1].Value != "1 hidden columns" {
		t.Errorf("hidden %+v, want one row and one column", b.Hidden)
	}
}

func TestMergedCells(t *testing.T) {
	raw := workbook(t, func(f *excelize.File) {
		must(t, f.SetSheetRow("Data", "A1", &[]any{"area", 2011, nil, 2012}))
		must(t, f.MergeCell("Data", "B1", "C1"))
		must(t, f.SetSheetRow("Data", "A2", &[]any{"cn", 1, 2, 3}))
		must(t, f.SetSheetRow("Data", "A3", &[]any{"cq", 1, nil, 3}))
		must(t, f.MergeCell("Data", "B3", "C3"))
		must(t, f.SetSheetRow("Data", "A4", &[]any{"a note"}))
		must(t, f.MergeCell("Data", "A4", "D4"))
	})
	_, rows, err := readBook(raw, sheet.Options{Header: 1})
	if err != nil || len(rows) != 4 {
		t.Fatalf("rows %v, %v", rows, err)
	}
	for i, want := range []int{0, 0, 1, 0} {
		if len(rows[i].refused) != want {
			t.Errorf("row %d: refused %+v, want %d", i+1, rows[i].refused, want)
		}
	}
	if r := rows[2].refused; len(r) == 1 && (r[0].Code != fault.XLSXMergedCells || r[0].Value != "B3:C3" || r[0].Cell != "B3") {
		t.Errorf("refused %+v, want B3:C3", r)
	}
}

func TestTheSheetThatIsMeant(t *testing.T) {
	raw := workbook(t, func(f *excelize.File) {
		for _, name := range []string{"Notes", "Empty", "Old"} {
			_, err := f.NewSheet(name)
			must(t, err)
		}
		for _, name := range []string{"Data", "Notes", "Old"} {
			must(t, f.SetCellValue(name, "A1", "in "+name))
		}
		must(t, f.SetSheetVisible("Old", false))
	})
	for named, want := range map[string]string{"Data": "in Data", "notes": "in Notes", "2": "in Notes", "Old": "in Old"} {
		if got, _, _ := one(t, raw, sheet.Options{Sheet: named}); got != want {
			t.Errorf("sheet=%s gives %q, want %q", named, got, want)
		}
	}
	for named, want := range map[string]fault.Code{"": fault.AskSheet, "Nope": fault.SheetUnknown, "9": fault.SheetUnknown, "Empty": fault.CSVEmpty} {
		if _, _, err := readBook(raw, sheet.Options{Sheet: named}); fault.CodeOf(err) != want {
			t.Errorf("sheet=%s: %v, want %s", named, err, want)
		}
	}
	if _, _, err := readBook(raw, sheet.Options{}); !strings.Contains(fault.From(err).Items[0].Expected, "sheet=Data, or sheet=Notes") {
		t.Errorf("the question %v does not name the sheets", err)
	}
}

func TestManySharedTexts(t *testing.T) {
	raw := workbook(t, func(f *excelize.File) {
		for i := range 3000 {
			must(t, f.SetCellValue("Data", "A"+coordinate(i+1), "text "+coordinate(i%2000)))
		}
	})
	_, rows, err := readBook(raw, sheet.Options{})
	if err != nil || len(rows) != 3000 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, row := range rows {
		if want := "text " + coordinate(i%2000); row.cells[0] != want {
			t.Fatalf("row %d = %q, want %q", i+1, row.cells[0], want)
		}
	}
}

func TestADiskThatFailsIsNoFaultOfTheWorkbook(t *testing.T) {
	failed := errors.New("the disk failed")
	raw := workbook(t, func(f *excelize.File) { must(t, f.SetCellValue("Data", "A1", 1)) })
	b, _, err := readBook(raw, sheet.Options{})
	must(t, err)
	_, err = sheet.NewXLSX(io.MultiReader(bytes.NewReader(raw[:9]), errorReader{failed}), sheet.Options{Book: b})
	if !errors.Is(err, failed) {
		t.Errorf("NewXLSX = %v, want %v", err, failed)
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
