package api

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bellwether/internal/workbook"
)

// opened is a workbook that was answered: its sheets as a spreadsheet shows
// them, every row as wide as its header.
type opened struct {
	sheets []string
	cells  map[string][][]string
	file   *excelize.File
}

// book reads the answer as a spreadsheet does.
func (r *response) book() opened {
	r.Helper()
	r.want(200)
	if got := r.Header().Get("Content-Type"); got != workbook.MediaType {
		r.Fatalf("%s is %s, want a workbook", r.what, got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(r.Body.Bytes()))
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { f.Close() })
	o := opened{sheets: f.GetSheetList(), cells: map[string][][]string{}, file: f}
	for _, name := range o.sheets {
		rows, err := f.GetRows(name)
		if err != nil {
			r.Fatal(err)
		}
		for i := range rows {
			for len(rows[i]) < len(rows[0]) {
				rows[i] = append(rows[i], "")
			}
		}
		o.cells[name] = rows
	}
	return o
}

// note returns the text of a line of the sheet notes.
func (o opened) note(what, of string) string {
	for _, line := range o.cells["notes"] {
		if line[0] == what && line[1] == of {
			return line[2]
		}
	}
	return ""
}

// withXLSX puts the suffix of workbooks behind a path.
func withXLSX(path string) string { return strings.Replace(path, ".csv", ".xlsx", 1) }

// TestAWorkbookShowsWhatCSVHas compares the sheet data of every path with the
// same answer as CSV, cell for cell.
func TestAWorkbookShowsWhatCSVHas(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		var list struct{ Revisions []struct{ ID string } }
		s.get("/v1/revisions").want(200).json(&list)
		for _, path := range []string{
			"/v1/series/gdp.cn-cq-lj.cny/observations.csv", "/v1/series/trade.cn-cq-lj.cny/observations.csv?currency=USD,EUR&lang=zh",
			"/v1/observations.csv?measure=all&scenario=all&dataset=all", "/v1/observations.csv?area=cn&frequency=Q&transform=yoy&fields=series,period,value,half_width",
			"/v1/observations.csv?layout=wide&area=cn-cq-lj&unit=CNY&accumulation=ytd", "/v1/observations.csv?layout=wide&rows=area&columns=indicator&period=2013&currency=USD,CNY",
			"/v1/series/gdp.cn.cny/observations.csv?layout=wide&vintage=all", "/v1/series/gdp.cn.cny/revisions.csv", "/v1/series.csv", "/v1/areas.csv?lang=zh",
			"/v1/indicators.csv", "/v1/units.csv", "/v1/datasets.csv", "/v1/rates.csv?feed=frb-h10", "/v1/checks.csv", "/v1/targets.csv",
			"/v1/series/gdp.cn-cq-lj.cny.target/targets.csv", "/v1/revisions/" + list.Revisions[0].ID + ".csv", "/asof/2014-01-01/v1/observations.csv",
		} {
			want, err := csv.NewReader(s.get(path).want(200).Body).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			got := s.get(withXLSX(path)).book()
			if diff := cmp.Diff(want, got.cells["data"]); diff != "" {
				t.Errorf("%s: data (-CSV +workbook):\n%.2000s", path, diff)
			}
		}
	})
}

// TestAWorkbookSaysWhereItIsFrom reads the sheets behind the figures.
func TestAWorkbookSaysWhereItIsFrom(t *testing.T) {
	s := sampled(t, Config{PublicURL: "https://data.example.org", Office: Office{Licence: "CC BY 4.0", Attribution: "Example"}})
	const path = "/v1/series/gdp.cn-cq-lj.cny/observations"
	r := s.get(path + "?format=xlsx&currency=USD&fx=average")
	b := r.book()
	if !slices.Equal(b.sheets, []string{"data", "series", "notes"}) {
		t.Errorf("sheets %v", b.sheets)
	}
	state := s.rows(path).State
	for at, want := range map[[2]string]string{
		{"link", "self"}:  "https://data.example.org" + path + ".xlsx?currency=USD&fx=average",
		{"link", "state"}: "https://data.example.org" + path + ".xlsx?currency=USD&fx=average&state=" + state,
		{"state", ""}:     state, {"licence", ""}: "CC BY 4.0", {"attribution", ""}: "Example", {"name", "gdp"}: "GDP",
	} {
		if got := b.note(at[0], at[1]); got != want {
			t.Errorf("note %v = %q, want %q", at, got, want)
		}
	}
	if how := b.note("conversion", "2013-01-01/P9M CNY USD"); !strings.Contains(how, "method=period_average") || !strings.Contains(how, "rate=6.") {
		t.Errorf("the conversion is told as %q", how)
	}
	if b.note("definition", "gdp") == "" || b.note("warning", "overlapping_periods") == "" {
		t.Errorf("notes lack the definition or the warning: %q", b.cells["notes"])
	}
	if line := b.cells["series"][1]; line[0] != "gdp.cn-cq-lj.cny" || line[1] != "GDP, Liangjiang New Area" || line[5] != "9" {
		t.Errorf("series %q", line)
	}
	if name := r.Header().Get("Content-Disposition"); name != `inline; filename="gdp.cn-cq-lj.cny.xlsx"` {
		t.Errorf("Content-Disposition = %s", name)
	}
	if accepted := s.get(path+"?currency=USD&fx=average", "Accept", workbook.MediaType).want(200); !bytes.Equal(accepted.Body.Bytes(), r.Body.Bytes()) || accepted.Header().Get("ETag") != r.Header().Get("ETag") {
		t.Error("the same question by Accept has other bytes")
	}
	forever := s.get(strings.TrimPrefix(b.note("link", "state"), "https://data.example.org")).want(200)
	if !strings.Contains(forever.Header().Get("Cache-Control"), "immutable") || len(forever.book().cells["data"]) != len(b.cells["data"]) {
		t.Errorf("the answer for ever: %v", forever.Header())
	}
}

// TestNumbersArePublishedDigits looks at what the cells of figures are.
func TestNumbersArePublishedDigits(t *testing.T) {
	s := empty(t, Config{})
	s.publish("indicator,area,period,value,unit,note,published\n" +
		"gdp,cn,2013,118.70,CNY,+1,2014-02-22\ngdp,cn,2014,12345678901234567.8,CNY,,2015-02-22\ngdp,cn,2012,-5,CNY,-,2013-02-22\n")
	b := s.get("/v1/observations.xlsx?fields=period,value,note").book()
	for at, want := range map[string]string{"A3": "2013", "B2": "-5", "B3": "118.70", "C3": "'+1", "B4": "12345678901234567.8"} {
		if got, err := b.file.GetCellValue("data", at); got != want || err != nil {
			t.Errorf("%s shows %q, %v, want %q", at, got, err, want)
		}
	}
	for at, want := range map[string]excelize.CellType{"A3": excelize.CellTypeInlineString, "B3": excelize.CellTypeUnset, "B4": excelize.CellTypeInlineString} {
		if got, err := b.file.GetCellType("data", at); got != want || err != nil {
			t.Errorf("%s is of type %v, %v, want %v", at, got, err, want)
		}
	}
	if b.note("numbers_as_text", "") == "" {
		t.Error("the notes do not say that a number is text")
	}
}

func TestAWorkbookIsNeverCutShort(t *testing.T) {
	s := sampled(t, Config{CSVRows: 3})
	if p := s.get("/v1/observations.xlsx").problem(413, "answer_too_large"); !strings.Contains(p.Detail, "at most 3") {
		t.Errorf("detail %q, want the number of rows", p.Detail)
	}
	s.get("/v1/observations.xlsx?limit=3").problem(400, "parameter_conflict")
	s.get("/v1/observations.xlsx?bom=true").problem(400, "parameter_conflict")
	s.get("/v1/observations.xlsx?format=csv").problem(400, "parameter_conflict")
	s.get("/v1/rates/feeds?format=xlsx").problem(406, "not_acceptable")
}

// TestAnExportIsAWorkbookToo compares both forms, and reads the sheets behind.
func TestAnExportIsAWorkbookToo(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		want, err := csv.NewReader(s.get("/v1/export.csv?area=cn-cq-lj").want(200).Body).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got := s.get("/v1/export.xlsx?area=cn-cq-lj").book()
		if diff := cmp.Diff(want, got.cells["data"]); diff != "" {
			t.Errorf("data (-CSV +workbook):\n%.2000s", diff)
		}
		if len(got.cells["series"]) < 2 || got.note("link", "self") != "/v1/export.xlsx?area=cn-cq-lj" || got.note("definition", "gdp") == "" {
			t.Errorf("series %q, notes %q", got.cells["series"], got.cells["notes"])
		}
	})
}
