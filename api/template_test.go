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

// TestATemplateHasARowForEverythingThatWasReported asks for a period of which
// the year before had several growths, price bases and datasets, fills all of it
// in and gets the same series.
func TestATemplateHasARowForEverythingThatWasReported(t *testing.T) {
	s := empty(t, Config{})
	s.publish("series,period,value,multiplier,published\n" +
		"gdp.cn.cny,2012-Q1,10.80,12,2012-04-20\ngdp.cn.cny,2013-Q1,11.9,12,2013-04-20\n" +
		"gdp.cn.cny.yoy.real,2013-Q1,7.7,,2013-04-20\ngdp.cn.cny.yoy.nominal,2013-Q1,9.6,,2013-04-20\ngdp.cn.cny.pop.real.sa,2013-Q1,1.6,,2013-04-20\n" +
		"gdp.cn.cny.real-2010,2013-Q1,10.1,12,2013-04-20\n" +
		"population.cn.persons,2013-Q1,n/a,,2013-04-20\n" +
		"industrial-value-added.cn.percent.yoy.real,2013-Q1,9.5,,2013-04-20\n" +
		"gdp.cn.cny.target,2013-Q1,12,12,2013-01-01\nexports.cn.usd,2013-H1,1,9,2013-07-20\nexports.cn.usd,2014-Q1,1,9,2014-04-20\n")
	text := s.get("/v1/template?area=China&period=2014Q1&lang=zh").want(200).Body.String()
	want := "indicator,indicator_label,area,period,value,unit,multiplier,growth_reported,growth_comparison,growth_basis,measure,price_basis,adjustment,published,source,note,previous_period,previous_value,previous_growth\n" +
		"gdp,生产总值,cn,2014-Q1,,CNY,12,,yoy,nominal,,,,,,,2013-Q1,11.9,9.6\n" +
		"gdp,生产总值,cn,2014-Q1,,CNY,,,,,pop,real,sa,,,,2013-Q1,1.6,\n" +
		"gdp,生产总值,cn,2014-Q1,,CNY,12,,yoy,real,,real-2010,,,,,2013-Q1,10.1,7.7\n" +
		"industrial-value-added,工业增加值,cn,2014-Q1,,percent,,,,,yoy,real,,,,,2013-Q1,9.5,\n" +
		"population,人口,cn,2014-Q1,,persons,,,,,,,,,,,2013-Q1,,\n"
	if got := strings.ReplaceAll(text, "\r\n", "\n"); got != want {
		t.Fatalf("template:\n%s\nwant\n%s", got, want)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		row[slices.Index(rows[0], "value")] = "7.25"
		row[slices.Index(rows[0], "published")] = "2014-04-20"
		if row[slices.Index(rows[0], "growth_comparison")] != "" {
			row[slices.Index(rows[0], "growth_reported")] = "8.1"
		}
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now&filename=t.csv", b.String()).want(201)
	lines, err := csv.NewReader(s.get("/v1/observations.csv?measure=all&period=2014-Q1&fields=series,value").want(200).Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, line := range lines[1:] {
		if line[1] == "7.25" || line[1] == "8.1" {
			codes = append(codes, line[0])
		}
	}
	if got := strings.Join(codes, " "); got != "gdp.cn.cny gdp.cn.cny.real-2010 gdp.cn.cny.yoy.nominal gdp.cn.cny.yoy.real gdp.cn.cny.pop.real.sa industrial-value-added.cn.percent.yoy.real population.cn.persons" {
		t.Errorf("filled in: %s", got)
	}
}
