package api

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"bellwether/internal/period"
)

// notations are periods in every notation that there is, by their canonical
// text: what a cell of a file may hold, a parameter may too.
var notations = map[string][]string{
	"2013":             {"2013", "2013-A1", "2013年", "２０１３", "2013-01-01/P12M", "2013-01-01/P1Y", "Jan-Dec 2013", "2013-01/2013-12"},
	"2013-H1":          {"2013-H1", "2013-S1", "1H2013", "H1 2013", "first half of 2013", "2013年上半年", "2013年1-6月", "6M 2013"},
	"2013-Q3":          {"2013Q3", "2013 Q3", "2013-Q3", "Q3 2013", "3Q2013", "third quarter of 2013", "2013年三季度", "2013年第三季度", "2013-07/2013-09"},
	"2013-09":          {"2013-09", "2013M09", "2013-M09", "2013M9", "2013-Sep", "Sep 2013", "2013年9月", "2013年九月"},
	"2013-01":          {"2013-01", "2013-Jan", "Jan 2013", "1M 2013", "2013年1月"},
	"2013-09-15":       {"2013-09-15", "2013年9月15日", "2013-09-15/P1D", "2013-09-15T00:00:00/P1D"},
	"2013-01-01/P9M":   {"2013-01-01/P9M", "2013-01-01--P9M", "2013-01-01T00:00:00/P9M", "9M 2013", "9M2013", "2013 9M", "Jan-Sep 2013", "Jan–Sep 2013", "January to September 2013", "first three quarters of 2013", "first nine months of 2013", "2013年1-9月", "2013年1—9月", "2013年1至9月", "2013年1-9月累计", "2013年前三季度", "2013年1-3季度", "2013-01/2013-09", "2013-01--2013-09", "2013-01-01/2013-09-30"},
	"2013-01-01/P274D": {"2013-01-01/P274D", "2013-01-01/2013-10-01", "2013-01-01--2013-10-01"},
	"2011-01-01/P36M":  {"2011-2013", "2011–2013", "2011 to 2013", "2011/2013", "2011年-2013年", "2011-01-01/P3Y"},
	"2012-10-01/P12M":  {"2012-10-01/P12M", "Oct 2012-Sep 2013", "2012年10月-2013年9月", "2012-10/2013-09"},
}

// noPeriods are texts that are no period, by the code that says why.
var noPeriods = map[string][]string{
	"period_decimal":              {"2013.1", "2013.10"},
	"period_no_year":              {"9-Jan", "Q3", "1-9月", "前三季度"},
	"period_day_or_year":          {"Sep-13"},
	"period_year_range_or_month":  {"2011-13"},
	"period_two_digit_year":       {"13Q3", "13年1-9月"},
	"period_month_out_of_range":   {"2013-13", "2013M13", "2013年13月"},
	"period_quarter_out_of_range": {"2013Q5", "2013年五季度"},
	"period_half_out_of_range":    {"2013H3"},
	"period_day_out_of_range":     {"2013-02-30", "2013年2月30日"},
	"period_fiscal_rule_missing":  {"FY2013", "FY2013-14"},
	"period_one_digit_month":      {"2013-1"},
	"period_serial_number":        {"41518"},
	"period_compact_digits":       {"201309"},
	"period_day_month_order":      {"01/02/2013"},
	"period_reversed":             {"2013-2011", "2013年9-1月", "2013-09/2013-01"},
	"period_empty_interval":       {"2013-01-01/P0D"},
	"period_mixed_precision":      {"2013-01/2013-09-30"},
	"period_year_out_of_range":    {"1799", "2200年"},
	"period_unrecognised":         {"2013①", "2013年1-9月①", "last year", "2013-W05"},
}

// withEveryPeriod is a service with a series that has a figure for each of the
// notations' periods.
func withEveryPeriod(t *testing.T) *service {
	t.Helper()
	s := empty(t, Config{})
	file := "indicator,area,period,value,unit,multiplier,published\n"
	for canonical := range notations {
		file += "exports,cn," + canonical + ",1,CNY,8,2014-01-20\n"
	}
	s.publish(file)
	return s
}

// TestEveryNotationIsTakenEverywhere asks for periods in every notation by
// every parameter and path that takes one.
func TestEveryNotationIsTakenEverywhere(t *testing.T) {
	s := withEveryPeriod(t)
	const series = "/v1/series/exports.cn.cny"
	for canonical, texts := range notations {
		p := period.MustParse(canonical)
		for _, text := range texts {
			asked := url.QueryEscape(text)
			var rows struct {
				Observations []struct{ Period string }
				Links        map[string]string
			}
			s.get(series + "/observations?period=" + asked).want(200).json(&rows)
			if len(rows.Observations) != 1 || rows.Observations[0].Period != canonical {
				t.Errorf("period=%s gives %+v, want %s", text, rows.Observations, canonical)
			}
			for parameter, day := range map[string]string{"start": p.Start().String(), "end": p.Last().String()} {
				s.get(series + "/observations?" + parameter + "=" + asked).want(200).json(&rows)
				if want := series + "/observations?" + parameter + "=" + day; rows.Links["self"] != want {
					t.Errorf("%s=%s is read as %s, want %s", parameter, text, rows.Links["self"], want)
				}
			}
			var explained struct {
				Observation struct{ Period string }
			}
			paths := []string{text}
			if strings.Contains(text, "/") {
				paths = append(paths, strings.ReplaceAll(text, "/", "--"))
			}
			for _, path := range paths {
				s.get(series + "/observations/" + url.PathEscape(path)).want(200).json(&explained)
				if explained.Observation.Period != canonical {
					t.Errorf("the path %s gives %s, want %s", path, explained.Observation.Period, canonical)
				}
			}
			var converted struct {
				Conversion struct{ Period string }
			}
			s.get("/v1/convert?amount=1&from=CNY&to=CNY&period=" + asked).want(200).json(&converted)
			if converted.Conversion.Period != canonical {
				t.Errorf("convert at %s is at %s, want %s", text, converted.Conversion.Period, canonical)
			}
			s.get(series + "/observations?transform=index:" + asked).want(200).json(&rows)
			if want := series + "/observations?transform=index:" + canonical; rows.Links["self"] != want {
				t.Errorf("transform=index:%s is read as %s, want %s", text, rows.Links["self"], want)
			}
			if page := s.targets("/v1/targets?base=" + asked); page.Links["self"] != "/v1/targets?base="+canonical {
				t.Errorf("base=%s is read as %s, want %s", text, page.Links["self"], canonical)
			}
		}
	}
}

// TestEveryRefusalOfAPeriodHasItsCode asks for what is no period by every
// parameter and path: the code is that of a cell of a file.
func TestEveryRefusalOfAPeriodHasItsCode(t *testing.T) {
	s := withEveryPeriod(t)
	const rows = "/v1/series/exports.cn.cny/observations"
	for code, texts := range noPeriods {
		for _, text := range texts {
			asked := url.QueryEscape(text)
			for path, parameter := range map[string]string{
				rows + "?period=" + asked: "period", rows + "?start=" + asked: "start", rows + "?end=" + asked: "end",
				rows + "?transform=index:" + asked: "transform", rows + "?transform=cagr:" + asked: "transform",
				rows + "?period=2013," + asked:                                   "period",
				"/v1/observations.csv?period=" + asked:                           "period",
				"/v1/convert?amount=1&from=CNY&to=USD&period=" + asked:           "period",
				"/v1/rates?start=" + asked:                                       "start",
				"/v1/targets?base=" + asked:                                      "base",
				rows + "/" + url.PathEscape(strings.ReplaceAll(text, "/", "--")): "period",
			} {
				p := s.get(path).problem(400, code)
				if len(p.Errors) != 1 || p.Errors[0].Code != code || p.Errors[0].Parameter != parameter || p.Errors[0].Expected == "" {
					t.Errorf("%s: errors = %+v, want %s of %s", path, p.Errors, code, parameter)
				}
			}
			var cell report
			s.as("editor", "POST", "/v1/imports?filename=x.csv", "indicator,area,period,value,unit,multiplier\nexports,cn,\""+text+"\",1,CNY,8\n", "Content-Type", "text/csv").json(&cell)
			if len(cell.Report.Errors) != 1 || cell.Report.Errors[0].Code != code {
				t.Errorf("a cell %q: %+v, want %s", text, cell.Report.Errors, code)
			}
		}
	}
}

// report is the part of an import's report that names errors.
type report struct {
	Report struct {
		Errors []struct{ Code string }
	}
}

// TestLabelsOfPeriods reads the label of every sort of period in both
// languages, in rows and in CSV.
func TestLabelsOfPeriods(t *testing.T) {
	s := withEveryPeriod(t)
	for canonical, want := range map[string][2]string{
		"2013":             {"2013", "2013年"},
		"2013-H1":          {"H1 2013", "2013年上半年"},
		"2013-Q3":          {"Q3 2013", "2013年三季度"},
		"2013-09":          {"Sep 2013", "2013年9月"},
		"2013-09-15":       {"15 Sep 2013", "2013年9月15日"},
		"2013-01-01/P9M":   {"Jan–Sep 2013", "2013年1-9月"},
		"2013-01-01/P274D": {"1 Jan 2013–1 Oct 2013", "2013年1月1日-2013年10月1日"},
		"2011-01-01/P36M":  {"2011–2013", "2011-2013年"},
		"2012-10-01/P12M":  {"Oct 2012–Sep 2013", "2012年10月-2013年9月"},
	} {
		for i, lang := range []string{"en", "zh"} {
			path := "/v1/series/exports.cn.cny/observations%s?fields=label&period=" + canonical + "&lang=" + lang
			var rows struct{ Observations []struct{ Label string } }
			s.get(fmt.Sprintf(path, "")).want(200).json(&rows)
			lines, err := csv.NewReader(s.get(fmt.Sprintf(path, ".csv")).want(200).Body).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			s.wideLabel("/v1/observations%s?indicator=exports&area=cn&layout=wide&period="+canonical+"&lang="+lang, want[i])
			if rows.Observations[0].Label != want[i] || lines[1][0] != want[i] {
				t.Errorf("%s in %s = %q, in CSV %q, want %q", canonical, lang, rows.Observations[0].Label, lines[1][0], want[i])
			}
		}
	}
}

// wideLabel reads the one row of a table in JSON and in CSV.
func (s *service) wideLabel(path, want string) {
	s.Helper()
	var table struct{ Rows []struct{ Label string } }
	s.get(fmt.Sprintf(path, "")).want(200).json(&table)
	lines, err := csv.NewReader(s.get(fmt.Sprintf(path, ".csv")).want(200).Body).ReadAll()
	if err != nil {
		s.Fatal(err)
	}
	if lines[0][1] != "label" || table.Rows[0].Label != want || lines[1][1] != want {
		s.Errorf("%s: label %q, in CSV %q, want %q", path, table.Rows[0].Label, lines[1], want)
	}
}
