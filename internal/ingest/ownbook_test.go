package ingest_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"bellwether/internal/encode"
	"bellwether/internal/ingest"
	"bellwether/internal/query"
)

// TestAWorkbookOfOurOwnNeedsNoSheet reads what the service wrote with three
// sheets; another workbook with the same sheets is asked about.
func TestAWorkbookOfOurOwnNeedsNoSheet(t *testing.T) {
	var b bytes.Buffer
	table, err := encode.NewTableXLSX(&b, encode.Options{}, query.Moment{}, "series", "period", "value", "published")
	if err != nil {
		t.Fatal(err)
	}
	if err := table.Line(encode.Cell{Text: "gdp.cn.cny"}, encode.Cell{Text: "2013-09"}, encode.Cell{Number: "118.70"}, encode.Cell{Text: "2014-02-22"}); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	report, statements := readText(t, b.String(), ingest.Settings{})
	if len(statements) != 1 || report.File.Sheet != "data" || statements[0].Value.Text() != "118.70" || statements[0].Period.String() != "2013-09" {
		t.Fatalf("%d statements of sheet %q, errors %v", len(statements), report.File.Sheet, errorsOf(report))
	}
}

func TestAWorkbookWithOurSheetsIsAskedAbout(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, name := range []string{"data", "notes"} {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr(name, "A1", "period"); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	report, _ := readText(t, b.String(), ingest.Settings{})
	if len(report.Questions) != 1 || report.Questions[0].Code != "ask_sheet" {
		t.Errorf("questions %+v, want which sheet", report.Questions)
	}
}
