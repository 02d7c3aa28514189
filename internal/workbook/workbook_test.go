package workbook_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
	"bellwether/internal/workbook"
)

// book writes a workbook of one sheet of rows of cells; a cell that begins with
// # is a number.
func book(t rapid.TB, rows ...[]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := workbook.New(&b, "data")
	w.Next()
	for _, row := range rows {
		for _, cell := range row {
			if number, is := strings.CutPrefix(cell, "#"); is {
				w.Number([]byte(number))
			} else {
				w.Text(cell)
			}
		}
		if err := w.EndRow(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read gives back the cells of a workbook as an import reads them.
func read(t rapid.TB, file []byte) [][]string {
	t.Helper()
	found, err := sheet.InspectWorkbook(bytes.NewReader(file), int64(len(file)), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := sheet.NewXLSX(bytes.NewReader(file), sheet.Options{Book: found})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all [][]string
	for {
		row, err := rows.Next()
		if err == io.EOF {
			return all
		}
		if err != nil || row.Fault != nil || len(row.Refused) > 0 {
			t.Fatalf("row %+v: %v", row, err)
		}
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, string(cell))
		}
		all = append(all, cells)
	}
}

func TestASpreadsheetShowsWhatWasWritten(t *testing.T) {
	file := book(t, []string{"period", "value"}, []string{"2013-09", "#118.70"}, []string{"1-9", "#-5"}, []string{"=1+1", "#0.00012"}, []string{"", "#1234567890123456789"})
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("data")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"period", "value"}, {"2013-09", "118.70"}, {"1-9", "-5"}, {"=1+1", "0.00012"}, {"", "1234567890123456789"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-written +shown):\n%s", diff)
	}
	for at, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "A4": excelize.CellTypeInlineString, "B2": excelize.CellTypeUnset, "B5": excelize.CellTypeInlineString} {
		if kind, err := f.GetCellType("data", at); kind != want || err != nil {
			t.Errorf("%s is of type %v, %v, want %v", at, kind, err, want)
		}
	}
}

// TestEveryCellComesBack writes any texts and numbers and reads them again.
func TestEveryCellComesBack(t *testing.T) {
	text := rapid.OneOf(rapid.StringN(0, 12, -1), rapid.StringOf(rapid.RuneFrom([]rune("_x0041D\r\n\t<&>\" \x00\x1f\uFFFE𠀀年")))).Filter(func(s string) bool { return !strings.HasPrefix(s, "#") })
	number := rapid.StringMatching(`#-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,22})?`)
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.OneOf(text, number), 1, 8).Draw(t, "cells")
		cells = append(cells, "end")
		want := make([]string, len(cells))
		for i, cell := range cells {
			want[i] = strings.TrimPrefix(cell, "#")
		}
		got := read(t, book(t, cells))
		if diff := cmp.Diff([][]string{want}, got); diff != "" {
			t.Errorf("cells (-written +read):\n%s", diff)
		}
	})
}

func TestTheSameCellsAreTheSameBytes(t *testing.T) {
	row := []string{"a", "#1.50"}
	if !bytes.Equal(book(t, row), book(t, row)) {
		t.Error("two workbooks of the same cells differ")
	}
}

func TestWhatASpreadsheetCannotHold(t *testing.T) {
	var b bytes.Buffer
	w := workbook.New(&b, "data", "notes")
	w.Next()
	w.Number([]byte("123456789012345.00"))
	w.Number([]byte("1234567890123456"))
	w.Number([]byte("0.000000000000000000001"))
	w.Text(strings.Repeat("𠀀", 20_000))
	if err := w.EndRow(); err != nil {
		t.Fatal(err)
	}
	if w.NumbersAsText() != 2 || w.TextsCut() != 1 {
		t.Errorf("%d numbers as text and %d texts cut, want 2 and 1", w.NumbersAsText(), w.TextsCut())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	cells := read(t, b.Bytes())[0]
	if cells[0] != "123456789012345.00" || cells[1] != "1234567890123456" || len(cells[3]) != 4*16_383 {
		t.Errorf("cells %.20q", cells)
	}
}

func TestASheetHasItsBounds(t *testing.T) {
	w := workbook.New(io.Discard, "data")
	w.Next()
	for range workbook.MaxColumns {
		w.Number([]byte("1"))
	}
	if err := w.EndRow(); err != nil {
		t.Fatal(err)
	}
	for range workbook.MaxColumns + 1 {
		w.Number([]byte("1"))
	}
	if err := w.EndRow(); fault.CodeOf(err) != fault.AnswerTooLarge || !strings.Contains(err.Error(), "16385 columns") {
		t.Errorf("a row too wide: %v", err)
	}
	w = workbook.New(io.Discard, "data")
	w.Next()
	for i := range workbook.MaxRows + 1 {
		err := w.EndRow()
		if tooMany := i == workbook.MaxRows; tooMany != (fault.CodeOf(err) == fault.AnswerTooLarge) {
			t.Fatalf("row %d: %v", i+1, err)
		}
	}
}
