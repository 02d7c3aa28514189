package ingest_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/sheet"
)

// marked is a file as it is given back with what is wrong in it.
func (d *desk) marked(text string, s ingest.Settings) (string, error) {
	d.Helper()
	m, err := d.Mark(context.Background(), ingest.Request{File: fileOf("file.csv", text), Settings: s, By: "clerk"})
	if err != nil {
		return "", err
	}
	defer m.Close()
	var b bytes.Buffer
	if err := m.Write(context.Background(), &b); err != nil {
		d.Fatalf("Write: %v", err)
	}
	return b.String(), nil
}

func TestAFileComesBackWithItsErrorsMarked(t *testing.T) {
	const head = "indicator,area,period,value,unit,published\n"
	for _, c := range []struct {
		name     string
		text     string
		settings ingest.Settings
		want     string
	}{
		{"a wrong cell between good rows, and a blank line", head + "gdp,cn,2012,-1.5,CNY,2014-01-20\n\ngdp,cn,Sep-13,56.9,CNY,2014-01-20\n", ingest.Settings{},
			"!,indicator,area,period,value,unit,published\n,gdp,cn,2012,-1.5,CNY,2014-01-20\n\n" +
				"error: period_day_or_year in column period (C4): 2013-09 or 2013-09-13,gdp,cn,⟦Sep-13⟧,56.9,CNY,2014-01-20\n"},
		{"a formula", head + "gdp,cn,2013,=1+1,CNY,2014-01-20\n", ingest.Settings{},
			"!,indicator,area,period,value,unit,published\n" +
				"error: csv_formula_cell in column D (D2): a text that does not begin with = or @,gdp,cn,2013,⟦=1+1⟧,CNY,2014-01-20\n"},
		{"a cell of two lines and a row that is too short", head + "gdp,cn,2013,1,CNY,\"2014\n-01-20\"\ngdp,cn\n", ingest.Settings{},
			"!,indicator,area,period,value,unit,published\n" +
				"error: instant_unrecognised in column published (F2): a date such as 2014-02-22 or an instant such as 2014-02-22T10:00:00+08:00,gdp,cn,2013,1,CNY,\"⟦2014\n-01-20⟧\"\n" +
				"\"error: csv_ragged, 2 cells: 6 cells, as the header has\",gdp,cn\n"},
		{"a row that is not split into cells", head + "gdp,cn,2013,1\"2,CNY,2014-01-20\ngdp,cn,2013,12,CNY,2014-01-20\n", ingest.Settings{},
			"!,indicator,area,period,value,unit,published\n\"error: csv_bare_quote in column D (D2): the whole cell in quotes, with each quote inside doubled\",\"⟦gdp,cn,2013,1\"\"2,CNY,2014-01-20⟧\"\n,gdp,cn,2013,12,CNY,2014-01-20\n"},
		{"lines above the table", "Source: \"the office\n\n" + head + "gdp,cn,2013,x,CNY,2014-01-20\n", ingest.Settings{SkipLines: 2},
			",\"Source: \"\"the office\"\n\n!,indicator,area,period,value,unit,published\n" +
				"\"error: number_malformed in column value (D4): digits with at most one decimal point, such as 118.70\",gdp,cn,2013,⟦x⟧,CNY,2014-01-20\n"},
		{"an open quote", head + "gdp,cn,2013,1,CNY,2014-01-20\ngdp,cn,2013,\"1,CNY,2014-01-20\n", ingest.Settings{},
			"!,indicator,area,period,value,unit,published\n,gdp,cn,2013,1,CNY,2014-01-20\n" +
				"\"error: csv_unclosed_quote in column D (D3): a closing quote, or none\"\nwhat follows cannot be told apart and is left out\n"},
		{"a question", "indicator;area;period;value;unit;published\ngdp;cn;2013;1;CNY;2014-01-20\n", ingest.Settings{},
			"! question: the rows are not separated by commas; answer with delimiter=;,indicator;area;period;value;unit;published\n,gdp;cn;2013;1;CNY;2014-01-20\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				got, err := d.marked(c.text, c.settings)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(c.want, strings.ReplaceAll(strings.TrimPrefix(got, "\ufeff"), "\r\n", "\n")); diff != "" {
					t.Errorf("marked (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestBytesThatAreNoTextAreNotMarked(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		if _, err := d.marked("indicator,area\n\xff\xfe\xfd,\n", ingest.Settings{}); fault.CodeOf(err) != fault.ImportHasQuestions {
			t.Errorf("Mark: %v, want the question for the encoding", err)
		}
	})
}

// TestMarksLeaveEveryCellInItsPlace marks any table and finds every cell a
// column to the right, on the same row.
func TestMarksLeaveEveryCellInItsPlace(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		rapid.Check(t, func(rt *rapid.T) {
			cell := rapid.StringMatching(`[=+@'"a-z0-9, \n-]{0,6}`)
			rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 4), 1, 12).Draw(rt, "rows")
			var b strings.Builder
			w := csv.NewWriter(&b)
			if err := w.WriteAll(rows); err != nil {
				rt.Fatal(err)
			}
			got, err := d.marked(b.String(), ingest.Settings{})
			if err != nil {
				return
			}
			if before, after := strings.Count(b.String(), "\n"), strings.Count(got, "\n"); before != after {
				rt.Fatalf("%d lines came back as %d:\n%s\n%s", before, after, b.String(), got)
			}
			r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff")))
			r.FieldsPerRecord = -1
			back, err := r.ReadAll()
			if err != nil {
				rt.Fatal(err)
			}
			for i, record := range back {
				for k, text := range record[1:] {
					if inner, found := strings.CutPrefix(text, "⟦"); found {
						text = strings.TrimSuffix(inner, "⟧")
					}
					if was := rows[i][k]; text != was && sheet.Unneutralised(text) != was {
						rt.Fatalf("row %d, column %d: %q came back as %q", i, k, was, text)
					}
				}
			}
			if len(back) != len(rows) {
				rt.Fatal(fmt.Sprint(len(rows), " rows came back as ", len(back)))
			}
		})
	})
}

// TestAWorkbookComesBackAsOne marks the sheet that was read, numbers as numbers
// and every row where it was.
func TestAWorkbookComesBackAsOne(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		text := workbookOf(t, "indicator,area,period,value,unit,published\ngdp,cn,2012,-1.50,CNY,2014-01-20\ngdp,cn,Sep-13,56.9,CNY,2014-01-20\n", func(f *excelize.File) {
			if err := f.InsertRows("Data", 3, 1); err != nil {
				t.Fatal(err)
			}
		})
		got, err := d.marked(text, ingest.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(strings.NewReader(got))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if held, err := f.GetCellValue(f.GetSheetList()[0], "E2", excelize.Options{RawCellValue: true}); err != nil || held != "-1.5" && held != "-1.50" {
			t.Errorf("E2 holds %q, %v; want the number -1.5", held, err)
		}
		rows, err := f.GetRows(f.GetSheetList()[0])
		if err != nil {
			t.Fatal(err)
		}
		want := [][]string{{"!", "indicator", "area", "period", "value", "unit", "published"}, {"", "gdp", "cn", "2012", "-1.50", "CNY", "2014-01-20"}, nil,
			{"error: period_day_or_year in column period (C4): 2013-09 or 2013-09-13", "gdp", "cn", "⟦Sep-13⟧", "56.9", "CNY", "2014-01-20"}}
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
}
