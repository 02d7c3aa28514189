package ingest_test

import (
	"encoding/csv"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/catalog"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// corpus returns the text of a file of the folder that BELLWETHER_CORPUS names,
// and false without one: the small files of the same kinds are read always.
func corpus(t *testing.T, name string) (text string, ok bool) {
	t.Helper()
	folder := os.Getenv("BELLWETHER_CORPUS")
	if folder == "" {
		return "", false
	}
	body, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body), true
}

// figuresOf reads a file by detection and the answers, and returns its figures
// by series and period.
func figuresOf(t *testing.T, text string, answers ...string) (*ingest.Detected, map[string]ingest.Statement) {
	t.Helper()
	d, _, _ := clerk(t, text, answers)
	if d.Report.Verdict != ingest.Accept {
		t.Fatalf("questions %+v, errors %v, proposed %+v", d.Report.Questions, errorsOf(d.Report)[:min(5, len(d.Report.Errors))], d.Report.Proposed)
	}
	_, statements := readText(t, text, d.Settings)
	found := map[string]ingest.Statement{}
	for _, s := range statements {
		found[s.Code+" "+s.Period.String()] = s
	}
	return d, found
}

// wantNumber compares a figure with a cell of the file and the power of ten
// that its unit says.
func wantNumber(t *testing.T, found map[string]ingest.Statement, name, cell string, power string) {
	t.Helper()
	want, ok := new(big.Rat).SetString(cell)
	scale, scaled := new(big.Rat).SetString("1e" + power)
	if !ok || !scaled {
		t.Fatalf("%q is no number", cell)
	}
	if s, ok := found[name]; !ok || s.State != obs.Present || s.Value.Rat().Cmp(want.Mul(want, scale)) != 0 {
		t.Errorf("%s is %s, want %s at 10^%s", name, s.Value, cell, power)
	}
}

func TestTheQuartersOfTheStatisticsBureau(t *testing.T) {
	text, ok := corpus(t, "nbs_quarterly_gdp_current_and_ytd_gb18030.csv")
	if !ok {
		return
	}
	d, found := figuresOf(t, text, "constants.area=cn")
	lines := map[int]bool{}
	for name, s := range found {
		lines[s.Line] = true
		if s.Line < 4 || s.Line > 14 || s.Note != "" {
			t.Errorf("%s stands on line %d with the note %q, want lines 4 to 14 and none", name, s.Line, s.Note)
		}
	}
	if len(lines) != 11 || len(found) != 56 || d.Report.File.Rows != 11 || len(d.Report.Notes) < 5 {
		t.Errorf("%d lines, %d figures, %d rows, notes %q; want 11, 56, 11 and the five footnotes", len(lines), len(found), d.Report.File.Rows, d.Report.Notes)
	}
	for name, cell := range map[string]string{"gdp.cn.cny 2021-Q4": "324237.4", "gdp.cn.cny 2021": "1143669.7", "gdp.cn.cny 2021-01-01/P9M": "819432.3",
		"gdp.cn.cny 2021-H1": "529513.0", "gdp.cn.cny 2022-Q1": "270177.8", "industrial-value-added.cn.cny 2021-Q1": "80867.1"} {
		wantNumber(t, found, name, cell, "8")
	}
	for _, indicator := range []string{"gdp", "primary-value-added", "secondary-value-added", "tertiary-value-added"} {
		sum := new(big.Rat)
		for _, quarter := range []string{"Q1", "Q2", "Q3", "Q4"} {
			sum.Add(sum, found[indicator+".cn.cny 2021-"+quarter].Value.Rat())
		}
		if year := found[indicator+".cn.cny 2021"].Value; sum.Cmp(year.Rat()) != 0 {
			t.Errorf("the quarters of %s make %s, its year is %s", indicator, sum.FloatString(1), year)
		}
	}
}

func TestTheAreasOfTheWorldBank(t *testing.T) {
	text, ok := corpus(t, "API_NY.GDP.MKTP.CN_DS2_en_csv_v2_2001080.csv")
	if !ok {
		return
	}
	d, found := figuresOf(t, text, "constants.unit=USD", "indicators.GDP (current LCU)=gdp")
	rows := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	rows.FieldsPerRecord = -1
	all, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := slices.IndexFunc(all, func(row []string) bool { return row[0] == "Country Name" })
	known, areas, figures := words(t), map[string]bool{}, 0
	for _, row := range all[head+1:] {
		area, err := known.Match(catalog.Areas, row[1])
		if err != nil {
			t.Errorf("%s: %v", row[0], err)
		}
		areas[area] = true
		for i, cell := range row[4:] {
			if cell != "" {
				wantNumber(t, found, "gdp."+area+".usd "+all[head][4+i], cell, "0")
				figures++
			}
		}
	}
	if len(areas) != 266 || d.Report.File.Rows != 266 || figures != len(found) {
		t.Errorf("%d areas, %d rows, %d of %d figures; want 266 areas and all figures", len(areas), d.Report.File.Rows, len(found), figures)
	}
}

func TestTheMonthsOfFRED(t *testing.T) {
	text, ok := corpus(t, "fred_PAYEMS.csv")
	if !ok {
		return
	}
	_, found := figuresOf(t, text, "constants.unit=thousand persons", "constants.area=us", "indicators.PAYEMS=nonfarm-employment")
	rows := strings.Split(strings.TrimSpace(text), "\n")[1:]
	for _, row := range rows {
		date, cell, _ := strings.Cut(strings.TrimSpace(row), ",")
		wantNumber(t, found, "nonfarm-employment.us.persons "+date[:7], cell, "3")
	}
	if len(found) != len(rows) {
		t.Errorf("%d figures of %d rows", len(found), len(rows))
	}
}
