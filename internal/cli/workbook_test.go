package cli_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"bellwether/internal/sheet"
)

// toWorkbook is a command of the scripts: it makes a workbook of a CSV file,
// with numbers as numbers under formats that show their decimals, and merges
// the ranges that it is given.
//
//	workbook TABLE.csv BOOK.xlsx [A1:B1 ...]
func toWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: workbook TABLE.csv BOOK.xlsx [A1:B1 ...]")
	}
	f := excelize.NewFile()
	defer f.Close()
	ts.Check(f.SetSheetName("Sheet1", "Data"))
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	for i, row := range rows {
		for k, text := range row {
			ts.Check(setCell(f, sheet.Letters(k)+strconv.Itoa(i+1), text))
		}
	}
	for _, merged := range args[2:] {
		first, last, _ := strings.Cut(merged, ":")
		ts.Check(f.MergeCell("Data", first, last))
	}
	file, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	defer file.Close()
	ts.Check(f.Write(file))
}

// setCell puts a text in a cell, as a number where it is one.
func setCell(f *excelize.File, at, text string) error {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return f.SetCellStr("Data", at, text)
	}
	_, decimals, _ := strings.Cut(text, ".")
	format := strings.TrimSuffix("0."+strings.Repeat("0", len(decimals)), ".")
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	if err := f.SetCellStyle("Data", at, at, style); err != nil {
		return err
	}
	return f.SetCellFloat("Data", at, number, -1, 64)
}
