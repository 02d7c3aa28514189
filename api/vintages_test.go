package api

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/obs"
)

// TestVersionsOfAYear reads every version of China's product in 2013: what was
// released first, revised after the census, with the growth that could be
// computed then.
func TestVersionsOfAYear(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		const path = "/v1/series/gdp.cn.cny/observations?period=2013"
		all := s.rows(path + "&vintage=all")
		var got [][]any
		for _, r := range all.Observations {
			got = append(got, []any{r["value"], r["growth_computed"], r["published_at"]})
			if _, has := r["revision"]; !has {
				t.Errorf("row %v has no revision", r)
			}
		}
		want := [][]any{
			{json.Number("568845"), json.Number("9.50"), "2014-01-19T16:00:00Z"},
			{json.Number("588019"), json.Number("13.20"), "2014-12-18T16:00:00Z"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
		first := s.rows(path + "&vintage=first")
		if diff := cmp.Diff(all.Observations[:1], first.Observations); diff != "" || len(first.Warnings) != 0 {
			t.Errorf("the first (-want +got):\n%s%v", diff, first.Warnings)
		}
		warned := s.rows(path + "&vintage=first&frequency=A")
		if len(warned.Warnings) != 1 || warned.Warnings[0]["code"] != "not_derived" {
			t.Errorf("beside a frequency: %v, want not_derived", warned.Warnings)
		}
		if never := s.rows(path + "&vintage=first&frequency=A&derive=never"); len(never.Warnings) != 0 {
			t.Errorf("beside derive=never: %v, want nothing", never.Warnings)
		}
		s.get(path+"&vintage=older").problem(400, "invalid_parameter")
	})
}

// triangle is a revision triangle as a client reads it.
type triangle struct {
	Unit       string
	Multiplier int
	Columns    []struct{ Code string }
	Rows       []struct {
		Code  string
		Cells []struct {
			Value         any
			Status        string
			Reason, Flags *string
		}
	}
	Total int
	Links map[string]string
}

func TestRevisionTriangle(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		const path = "/v1/series/gdp.cn.cny/observations"
		var tri triangle
		s.get(path + "?vintage=all&layout=wide&period=2011,2012").want(200).json(&tri)
		var columns []string
		for _, c := range tri.Columns {
			columns = append(columns, c.Code)
		}
		wantColumns := []string{"2012-01-17", "2012-09-06", "2013-01-07", "2013-01-18", "2013-09-02", "2014-01-08"}
		if diff := cmp.Diff(wantColumns, columns); diff != "" {
			t.Fatalf("publications (-want +got):\n%s", diff)
		}
		var got []string
		for _, r := range tri.Rows {
			line := r.Code
			for _, c := range r.Cells {
				if c.Value == nil {
					line += " " + *c.Reason
				} else {
					line += " " + string(json.Number(c.Value.(json.Number)))
				}
			}
			got = append(got, line)
		}
		want := []string{
			"2011 471564 472882 473104 473104 473104 473104",
			"2012 not_published not_published not_published 519322 518942 519470",
		}
		if diff := cmp.Diff(want, got); diff != "" || tri.Unit != "CNY" || tri.Multiplier != 8 || tri.Total != 2 {
			t.Errorf("triangle in %s 10^%d of %d rows (-want +got):\n%s", tri.Unit, tri.Multiplier, tri.Total, diff)
		}
		lines, err := csv.NewReader(strings.NewReader(s.get(path + ".csv?vintage=all&layout=wide&period=2011,2012").want(200).Body.String())).ReadAll()
		if err != nil || len(lines) != 3 || lines[0][4] != "2012-01-17 [CNY 10^8]" || lines[0][5] != "2012-01-17 status" ||
			lines[2][4] != "" || lines[2][5] != "O;not_published" || lines[2][14] != "519470" {
			t.Errorf("CSV = %q, %v", lines, err)
		}
		s.get(path + "?vintage=all&layout=wide&period=2012&transform=yoy").want(200).json(&tri)
		if cells := tri.Rows[0].Cells; tri.Unit != "percent" || cells[len(cells)-1].Value != json.Number("9.80") || cells[0].Value != json.Number("9.77") {
			t.Errorf("growth as it could be computed = %+v in %s", cells, tri.Unit)
		}
		for asked, code := range map[string]string{
			"&rows=period": "parameter_conflict", "&limit=3": "parameter_conflict", "&fields=value": "parameter_conflict", "&currency=USD,EUR": "parameter_conflict",
		} {
			s.get(path+"?vintage=all&layout=wide"+asked).problem(400, code)
		}
		s.get("/v1/observations?series=gdp.cn.cny&vintage=all&layout=wide").problem(400, "parameter_conflict")
	})
}

// TestTriangleOfTwoReleasesOnADay names releases by their instants where two
// fall on one day, and shows what was taken back.
func TestTriangleOfTwoReleasesOnADay(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		const header = "indicator,area,period,value,unit,multiplier,status,published\n"
		for _, row := range []string{
			"gdp,cn,2013,1.5,CNY,9,,2014-01-20T09:00:00+08:00", "gdp,cn,2013,1.6,CNY,9,,2014-01-20T15:00:00+08:00", "gdp,cn,2013,,CNY,9,withdrawn,2014-02-01",
		} {
			s.publish(header + row + "\n")
		}
		body := s.get("/v1/series/gdp.cn.cny/observations.csv?vintage=all&layout=wide").want(200).Body.String()
		want := "period,label,start,end,2014-01-20T01:00:00Z [CNY 10^9],2014-01-20T01:00:00Z status," +
			"2014-01-20T07:00:00Z [CNY 10^9],2014-01-20T07:00:00Z status,2014-02-01 [CNY 10^9],2014-02-01 status\r\n" +
			"2013,2013,2013-01-01,2013-12-31,1.5,A,1.6,A,,O;withdrawn\r\n"
		if body != want {
			t.Errorf("CSV =\n%swant\n%s", body, want)
		}
	})
}

func TestTriangleIsBounded(t *testing.T) {
	s := sampled(t, Config{CSVRows: 20})
	p := s.get("/v1/series/gdp.cn.cny/observations?vintage=all&layout=wide").problem(413, "answer_too_large")
	if !strings.Contains(p.Detail, "cells") {
		t.Errorf("detail = %q, want the number of cells", p.Detail)
	}
}

// TestRevisionStatistics compares with the sample counted by hand: 2011 rose by
// 1540 in three releases, 2012 by 148 in three, 2013 by 19174 in two, 2014 fell
// by 553 in three.
func TestRevisionStatistics(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		const path = "/v1/series/gdp.cn.cny/revisions"
		var a struct {
			Revisions []map[string]any
			Total     int
		}
		s.get(path + "?frequency=A").want(200).json(&a)
		if len(a.Revisions) != 1 {
			t.Fatalf("%d entries, want 1: %v", len(a.Revisions), a.Revisions)
		}
		n := func(text string) json.Number { return json.Number(text) }
		want := map[string]any{
			"frequency": "A", "accumulation": "single", "first": "2011", "last": "2014", "figures": n("4"), "compared": n("4"), "revised": n("4"),
			"unit": "CNY", "multiplier": n("8"), "decimals": n("1"), "mean_revision": n("5077.3"), "mean_absolute_revision": n("5353.8"),
			"in_percent": n("4"), "mean_revision_percent": n("0.91"), "mean_absolute_revision_percent": n("0.95"),
			"smallest":      map[string]any{"period": "2014", "first": n("636463"), "latest": n("635910"), "revision": n("-553"), "percent": n("-0.09")},
			"largest":       map[string]any{"period": "2013", "first": n("568845"), "latest": n("588019"), "revision": n("19174"), "percent": n("3.37")},
			"mean_releases": n("2.75"),
		}
		if diff := cmp.Diff(want, a.Revisions[0]); diff != "" {
			t.Errorf("statistics (-want +got):\n%s", diff)
		}
		s.get(path + "?frequency=A&as_of=2013-01-01").want(200).json(&a)
		if a.Revisions[0]["revised"] != n("1") || a.Revisions[0]["figures"] != n("1") {
			t.Errorf("as of 2013-01-01: %v, want 2011 alone, revised", a.Revisions[0])
		}
		s.get(path + "?end=2011").want(200).json(&a)
		for _, r := range a.Revisions {
			if r["last"].(string) > "2011-z" {
				t.Errorf("until 2011: %v", r)
			}
		}
		lines, err := csv.NewReader(strings.NewReader(s.get(path + ".csv?frequency=A").want(200).Body.String())).ReadAll()
		if err != nil || len(lines) != 2 || lines[1][11] != "5077.3" || lines[1][16] != "2014" {
			t.Errorf("CSV = %q, %v", lines, err)
		}
		// Growth is in percent: its revisions are points, of which none are taken in percent.
		s.get("/v1/series/gdp.cn.cny.yoy.real/revisions?frequency=A").want(200).json(&a)
		if r := a.Revisions[0]; r["unit"] != "percent" || r["mean_revision_percent"] != nil || r["in_percent"] != n("0") || r["mean_revision"] == nil {
			t.Errorf("of growth: %v", r)
		}
		s.get("/v1/series/gdp.cn.xyz/revisions").problem(404, "unknown_code")
		if first := s.get(path); s.get(path, "If-None-Match", first.Header().Get("ETag")).Code != 304 {
			t.Error("the same statistics are sent again")
		}
	})
}

// TestRecordedViewOverHTTP remembers whole answers while files are imported,
// embargoed and undone, and gets the same rows for each of those instants later,
// in lists, rows, CSV and the record.
func TestRecordedViewOverHTTP(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		paths := []string{
			"/v1/series", "/v1/series/gdp.cn.cny/observations", "/v1/observations.csv?measure=all", "/v1/series/gdp.cn.cny/observations/2013",
			"/v1/series/gdp.cn.cny/observations?vintage=all", "/v1/series/gdp.cn.cny/revisions", "/v1/revisions", "/v1/export.csv",
		}
		type remembered struct {
			at, path, body string
			code           int
		}
		var then []remembered
		remember := func() {
			s.clock.Set(s.clock.Now().Add(time.Hour))
			for _, path := range paths {
				r := s.get(path)
				then = append(then, remembered{s.clock.Now().Format(time.RFC3339), path, told(r), r.Code})
			}
			s.clock.Set(s.clock.Now().Add(time.Minute))
		}
		const header = "indicator,area,period,value,unit,multiplier,growth_reported,published\n"
		undo := func() {
			var list struct{ Revisions []struct{ ID string } }
			s.get("/v1/revisions?limit=1").want(200).json(&list)
			s.as(obs.Editor, http.MethodPost, "/v1/revisions/"+list.Revisions[0].ID+"/undo", "").want(201)
		}
		remember()
		s.publish(header + "gdp,cn,2012,519322,CNY,8,7.8,2013-01-18\ngdp,cn,2013,568845,CNY,8,7.7,2014-01-20\n")
		remember()
		s.publish(header + "gdp,cn,2013,588019,CNY,8,,2014-12-19\n")
		remember()
		undo()
		remember()
		release := s.clock.Now().Add(90 * time.Minute).Format(time.RFC3339)
		s.as(obs.Editor, http.MethodPost, "/v1/imports?filename=later.csv&publish="+release, header+"gdp,cn,2013,595244,CNY,8,,\n", "Content-Type", "text/csv").want(201)
		remember()
		remember()
		s.clock.Set(s.clock.Now().Add(240 * time.Hour))
		for _, was := range then {
			joint := "?"
			if strings.Contains(was.path, "?") {
				joint = "&"
			}
			again := s.get(was.path + joint + "recorded_as_of=" + was.at)
			if got := told(again); again.Code != was.code || again.Code == 200 && got != was.body {
				t.Errorf("%s recorded as of %s: %d\n%s\nwas %d\n%s", was.path, was.at, again.Code, got, was.code, was.body)
			}
			for _, other := range []string{"as_of=2014-01-01", "state=x", "cursor=x"} {
				if name, _, _ := strings.Cut(other, "="); strings.Contains(was.path, "vintage") {
					p := s.get(was.path+joint+"recorded_as_of="+was.at+"&"+other).problem(400, "parameter_conflict")
					if len(p.Errors) != 2 || p.Errors[0].Parameter != "recorded_as_of" || p.Errors[1].Parameter != name {
						t.Errorf("beside %s: %+v", other, p.Errors)
					}
				}
			}
		}
	})
}

var namesItself = regexp.MustCompile(`"recorded_as_of":"[^"]*",|"links":\{[^}]*\}`)

// told is an answer less what names the instant that was asked for.
func told(r *response) string { return namesItself.ReplaceAllString(r.Body.String(), "") }

// TestPagesOfTheRecordedView goes on from a page of what was answered then.
func TestPagesOfTheRecordedView(t *testing.T) {
	s := sampled(t, Config{})
	s.publish("indicator,area,period,value,unit,multiplier,published\ngdp,cn,1999,90564,CNY,8,2000-02-01\n")
	before := start.Add(-time.Hour).Format(time.RFC3339)
	rows, next := 0, "/v1/series/gdp.cn.cny/observations?limit=5&recorded_as_of="+before
	for next != "" {
		page := s.rows(next)
		for _, r := range page.Observations {
			if r["period"] == "1999" {
				t.Error("a page shows what was recorded later")
			}
		}
		rows += len(page.Observations)
		next, _ = page.Links["next"].(string)
	}
	if whole := s.rows("/v1/series/gdp.cn.cny/observations?recorded_as_of=" + before); rows != whole.Total {
		t.Errorf("%d rows in pages, want %d", rows, whole.Total)
	}
}
