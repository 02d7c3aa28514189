package ingest_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/sheet"
)

// workbookOf makes a workbook of a CSV text: what is a number there is one in
// its cell, under a format that shows its decimals. More changes it further.
func workbookOf(t testing.TB, text string, more func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetSheetName("Sheet1", "Data"))
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	check(err)
	for i, row := range rows {
		for k, cell := range row {
			at := sheet.Letters(k) + strconv.Itoa(i+1)
			number, err := strconv.ParseFloat(cell, 64)
			if err != nil || i == 0 {
				check(f.SetCellStr("Data", at, cell))
				continue
			}
			format := "General"
			if _, decimals, ok := strings.Cut(cell, "."); ok {
				format = "#,##0." + strings.Repeat("0", len(decimals))
			}
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			check(err)
			check(f.SetCellFloat("Data", at, number, -1, 64))
			check(f.SetCellStyle("Data", at, at, style))
		}
	}
	if more != nil {
		more(f)
	}
	var b bytes.Buffer
	check(f.Write(&b))
	return b.String()
}

const tidyTable = `indicator,area,period,value,unit,multiplier,growth_reported,published,note
gdp,cn-cq-lj,2013-01-01/P9M,118.70,CNY,9,16.2,2014-02-22,a note
固定资产投资,两江新区,2013年1-9月,1048,亿元,,18.1%,2014-02-22,
gdp,cn-cq,2012,0.1,bn yuan,,,2014-02-22,
gdp,cn,2012,…,bn yuan,,,2014-02-22,
`

func TestAWorkbookStatesWhatItsTableStatesAsCSV(t *testing.T) {
	report, want := readText(t, tidyTable, ingest.Settings{})
	if report.Verdict != ingest.Accept {
		t.Fatalf("the table as CSV: %v", errorsOf(report))
	}
	report, got := readText(t, workbookOf(t, tidyTable, nil), ingest.Settings{})
	if report.Verdict != ingest.Accept || report.File.Sheet != "Data" || report.File.Encoding != "xlsx" || len(report.Warnings) != 0 {
		t.Fatalf("the table as a workbook: %s, errors %v, warnings %v, file %+v", report.Verdict, errorsOf(report), report.Warnings, report.File)
	}
	if diff := cmp.Diff(tellAll(want), tellAll(got)); diff != "" {
		t.Errorf("statements (-CSV +workbook):\n%s", diff)
	}
	if o := got[0].Origin; o.Sheet != "Data" || o.Line != 2 || o.Column != 4 || o.Cell != "118.7 shown as 118.70" {
		t.Errorf("origin %+v, want D2 of Data as it stands there", o)
	}
}

func TestAWideWorkbookWithMergedYears(t *testing.T) {
	text := "指标,单位,2011年,,2012年,\n,,一季度,二季度,一季度,二季度\n生产总值,亿元,2043.2,4731.0,2270.9,5194.7\n"
	book := workbookOf(t, text, func(f *excelize.File) {
		for _, merged := range [][2]string{{"A1", "A2"}, {"B1", "B2"}, {"C1", "D1"}, {"E1", "F1"}} {
			if err := f.MergeCell("Data", merged[0], merged[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	settings := ingest.Settings{Layout: ingest.Wide, HeaderRows: 2, LabelColumns: []string{"指标", "单位"},
		Constants: map[string]string{"area": "cn", "published": "2014-02-22"}}
	report, want := readText(t, text, settings)
	if report.Verdict != ingest.Accept || len(want) != 4 {
		t.Fatalf("the table as CSV: %v, %v, %v", errorsOf(report), report.Questions, tellAll(want))
	}
	report, got := readText(t, book, settings)
	if diff := cmp.Diff(tellAll(want), tellAll(got)); diff != "" {
		t.Errorf("statements (-CSV +workbook):\n%s\n%v %v", diff, errorsOf(report), report.Questions)
	}
}

func TestWhatAWorkbookAsksAndRefuses(t *testing.T) {
	set := func(cell string, value any) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.SetCellValue("Data", cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	format := func(cell, code string) func(*excelize.File) {
		return func(f *excelize.File) {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err == nil {
				err = f.SetCellStyle("Data", cell, cell, style)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	formula := func(f *excelize.File) {
		if err := f.SetCellFormula("Data", "D2", "=SUM(D3:D4)"); err != nil {
			t.Fatal(err)
		}
	}
	merge := func(f *excelize.File) {
		if err := f.MergeCell("Data", "B3", "B4"); err != nil {
			t.Fatal(err)
		}
	}
	another := func(f *excelize.File) {
		if _, err := f.NewSheet("Notes"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue("Notes", "A1", "text"); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name     string
		more     func(*excelize.File)
		settings ingest.Settings
		errors   []string
		needs    []string
	}{
		{name: "a formula", more: formula, errors: []string{"2 D2 D csv_formula_cell"}},
		{name: "an error in a label", more: set("A3", "#N/A"), errors: []string{"3 A3 indicator unknown_code"}},
		{name: "truth", more: set("D3", true), errors: []string{"3 D3 D xlsx_boolean_cell"}},
		{name: "truth that is a word", more: set("D3", true), settings: ingest.Settings{Number: ingest.Number{Missing: map[string]string{"TRUE": "not_available"}}}},
		{name: "merged labels", more: merge, errors: []string{"3 B3 B xlsx_merged_cells", "4 B4 area cell_empty"}},
		{name: "thousands", more: format("D3", "#,##0,"), errors: []string{"3 D3 D xlsx_number_format"}},
		{name: "hidden decimals", more: format("D2", "0"), needs: []string{"shown_numbers"}},
		{name: "hidden decimals, stored", more: format("D2", "0"), settings: ingest.Settings{Number: ingest.Number{Shown: "stored"}}},
		{name: "two sheets", more: another, needs: []string{"sheet"}},
		{name: "two sheets, named", more: another, settings: ingest.Settings{Sheet: "1"}},
		{name: "no such sheet", settings: ingest.Settings{Sheet: "Nope"}, errors: []string{"0 sheet_unknown"}},
		{name: "an encoding", settings: ingest.Settings{Encoding: "gb18030"}, errors: []string{"0 setting_invalid"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			report, _ := readText(t, workbookOf(t, tidyTable, test.more), test.settings)
			if test.errors == nil {
				test.errors = []string{}
			}
			if test.needs == nil {
				test.needs = []string{}
			}
			if diff := cmp.Diff(test.errors, errorsOf(report)); diff != "" {
				t.Errorf("errors (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.needs, needsOf(report)); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
			for _, f := range report.Errors {
				if f.Line > 0 && f.Sheet != "Data" || f.Expected == "" {
					t.Errorf("the finding %+v does not say where or what to do", f)
				}
			}
		})
	}
}

func TestHiddenRowsAreReadAndTold(t *testing.T) {
	report, got := readText(t, workbookOf(t, tidyTable, func(f *excelize.File) {
		if err := f.SetRowVisible("Data", 3, false); err != nil {
			t.Fatal(err)
		}
	}), ingest.Settings{})
	if len(got) != 6 || len(report.Warnings) != 1 || report.Warnings[0].Code != fault.XLSXHidden || report.Warnings[0].Value != "1 hidden rows" {
		t.Errorf("%d statements, warnings %+v; want all and one warning", len(got), report.Warnings)
	}
}

// TestAWorkbookThatChangesIsRefused gives another workbook when it is opened
// again.
func TestAWorkbookThatChangesIsRefused(t *testing.T) {
	versions := []string{workbookOf(t, tidyTable, nil), workbookOf(t, strings.ReplaceAll(tidyTable, "118.70", "118.71"), nil)}
	opened := 0
	file := ingest.File{Name: "file.xlsx", Open: func() (io.ReadCloser, error) {
		opened++
		return io.NopCloser(strings.NewReader(versions[min(opened/3, 1)])), nil
	}}
	_, err := ingest.Read(t.Context(), file, ingest.Reading{Labels: words(t), Moment: ingest.Moment{Now: now, Zone: shanghai(t), Currency: "CNY"}},
		func(ingest.Statement) error { return nil })
	if fault.CodeOf(err) != fault.FileChanged {
		t.Errorf("Read = %v, want %s", err, fault.FileChanged)
	}
}
