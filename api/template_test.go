package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bellwether/internal/obs"
	"bellwether/internal/sheet"
)

// fill puts a figure and its publication into the row of an indicator.
func fill(t *testing.T, rows [][]string, indicator string, cells map[string]string) {
	t.Helper()
	for _, row := range rows[1:] {
		if row[0] != indicator {
			continue
		}
		for name, text := range cells {
			row[slices.Index(rows[0], name)] = text
		}
		return
	}
	t.Fatalf("the template has no row of %s: %q", indicator, rows)
}

func cellOf(rows [][]string, indicator, name string) string {
	for _, row := range rows[1:] {
		if row[0] == indicator {
			return row[slices.Index(rows[0], name)]
		}
	}
	return "no row"
}

// TestATemplateIsFilledInAndImported takes the template of a period, fills in
// two figures and hands it in, as CSV and as a workbook.
func TestATemplateIsFilledInAndImported(t *testing.T) {
	const ask = "?area=cn-cq-lj&period=9M2014"
	filled := map[string]string{"value": "130.50", "growth_reported": "9.9", "published": "2014-10-30", "source": "Bulletin"}
	for name, hand := range map[string]func(*testing.T, *service) (string, [][]string){
		"csv": func(t *testing.T, s *service) (string, [][]string) {
			rows, err := csv.NewReader(s.get("/v1/template.csv" + ask).want(200).Body).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			fill(t, rows, "gdp", filled)
			var b bytes.Buffer
			if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			return b.String(), rows
		},
		"xlsx": func(t *testing.T, s *service) (string, [][]string) {
			book := s.get("/v1/template.xlsx" + ask).book()
			rows := book.cells["data"]
			at := 1 + slices.IndexFunc(rows, func(row []string) bool { return row[0] == "gdp" })
			for name, text := range filled {
				if err := book.file.SetCellStr("data", sheet.Letters(slices.Index(rows[0], name))+strconv.Itoa(at), text); err != nil {
					t.Fatal(err)
				}
			}
			var b bytes.Buffer
			if err := book.file.Write(&b); err != nil {
				t.Fatal(err)
			}
			return b.String(), rows
		},
	} {
		t.Run(name, func(t *testing.T) {
			onSample(t, Config{}, func(t *testing.T, s *service) {
				file, rows := hand(t, s)
				if got := cellOf(rows, "gdp", "previous_value") + " " + cellOf(rows, "gdp", "previous_growth") + " " + cellOf(rows, "gdp", "unit") + " " + cellOf(rows, "gdp", "multiplier"); got != "118.7 16.2 CNY 9" {
					t.Errorf("the row of gdp repeats %s", got)
				}
				var published imported
				s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now&filename=t."+name, file).want(201).json(&published)
				if understood := published.Report["understood"].(map[string]any); understood["levels"] != json.Number("1") || understood["claims"] != json.Number("1") {
					t.Errorf("understood %v levels and %v claims, want one of each", understood["levels"], understood["claims"])
				}
				notes := published.Report["notes"].([]any)
				if len(notes) != 1 || !strings.Contains(notes[0].(string), "not filled in") {
					t.Errorf("notes %v, want how many rows were not filled in", notes)
				}
				stored := s.get("/v1/series/gdp.cn-cq-lj.cny/observations?period=9M2014").want(200).Body.String()
				if !strings.Contains(stored, `"value":130.50,`) || !strings.Contains(stored, `"growth_reported":9.9,`) {
					t.Errorf("stored %s", stored)
				}
			})
		})
	}
}

func TestATemplateWithoutRowsIsRefused(t *testing.T) {
	s := sampled(t, Config{})
	s.get("/v1/template?area=cn-cq-lj&period=1999").problem(404, "template_empty")
	s.get("/v1/template?area=atlantis&period=2014").problem(404, "unknown_code")
	s.get("/v1/template?area=cn-cq-lj").problem(400, "missing_parameter")
	s.get("/v1/template.xlsx?area=cn-cq-lj&period=9M2014&bom=true").problem(400, "parameter_conflict")
	s.get("/v1/template?area=cn-cq-lj&period=9M2014", "Accept", "application/json").problem(406, "not_acceptable")
}
