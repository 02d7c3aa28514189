package api

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/obs"
)

// targetsPage is what a test looks at of an answer about targets.
type targetsPage struct {
	Targets []struct {
		Series  string
		InForce bool `json:"in_force"`
		Target  struct{ Value json.Number }
		Current *targetFigure
		Base    *targetFigure
		Growth  *struct {
			Period   string
			Check    string      `json:"growth_check"`
			Reported json.Number `json:"growth_reported"`
		} `json:"latest_growth"`
		Attainment, Gap, Years json.Number
		Status, Reason         string
		Total                  json.Number `json:"required_total"`
		Yearly                 json.Number `json:"required_yearly"`
		ActualYearly           json.Number `json:"actual_yearly"`
		FromBase               json.Number `json:"required_yearly_from_base"`
		OnTrack                *bool       `json:"on_track"`
		Why                    string      `json:"on_track_reason"`
		Links                  map[string]string
	}
	Total    int
	State    string
	Recorded string `json:"recorded_as_of"`
	Links    map[string]string
}

type targetFigure struct {
	Period string
	Value  json.Number
}

func (s *service) targets(path string) targetsPage {
	s.Helper()
	var page targetsPage
	s.get(path).want(200).json(&page)
	return page
}

// TestIsSixHundredBillionOnTrack asks what an analyst asks: whether 600 bn
// yuan by 2020 is on track.
func TestIsSixHundredBillionOnTrack(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		page := s.targets("/v1/series/gdp.cn-cq-lj.cny/targets")
		if len(page.Targets) != 1 || page.Total != 1 {
			t.Fatalf("targets = %+v", page)
		}
		got := page.Targets[0]
		if got.Target.Value != "600" || got.Current.Period != "2012" || got.Current.Value != "147.622" || got.Attainment != "24.60" || got.Gap != "452.378" ||
			got.Status != "open" || got.Years != "8" || got.Total != "306.44" || got.Yearly != "19.16" {
			t.Errorf("target = %+v", got)
		}
		if got.OnTrack != nil || got.Why != "base_missing" || got.Base != nil || got.Growth == nil || got.Growth.Period != "2013-01-01/P9M" ||
			got.Growth.Reported != "16.2" || got.Growth.Check != "scope_or_revision" {
			t.Errorf("one year alone is no road: %+v", got)
		}
		s.publish("indicator,area,period,value,unit,multiplier,published\n" +
			"gdp,cn-cq-lj,2010,90.5,CNY,9,2011-03-01\ngdp,cn-cq-lj,2014,186.07,CNY,9,2015-03-01\n")
		got = s.targets("/v1/targets?area=cn-cq-lj&indicator=gdp&base=2012%E5%B9%B4").Targets[0]
		if got.Current.Period != "2014" || got.Base == nil || got.Base.Period != "2012" || got.ActualYearly != "12.27" || got.FromBase != "19.16" ||
			got.OnTrack == nil || *got.OnTrack || got.Yearly != "21.55" || got.Attainment != "31.01" {
			t.Errorf("from 2012 = %+v, want 12.27 a year against 19.16", got)
		}
		got = s.targets("/v1/targets?area=cn-cq-lj&indicator=gdp").Targets[0]
		if got.Base == nil || got.Base.Period != "2010" || got.Base.Value != "90.5" || got.ActualYearly != "19.74" || got.FromBase != "20.82" || *got.OnTrack {
			t.Errorf("from the earliest year = %+v", got)
		}
		for name, link := range got.Links {
			s.get(link).want(200)
			if !strings.HasPrefix(link, "/v1/series/gdp.cn-cq-lj.cny") {
				t.Errorf("link %s = %s", name, link)
			}
		}
	})
}

func TestTargetsAtEarlierStates(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		before := s.targets("/v1/targets")
		s.clock.Set(start.Add(time.Hour))
		s.publish("indicator,area,period,value,unit,multiplier,scenario,published,source\ngdp,cn-cq-lj,2020,500,CNY,9,target,2015-12-31,Plan\n")
		after := s.targets("/v1/targets?indicator=gdp").Targets
		if len(after) != 2 || after[0].Target.Value != "500" || !after[0].InForce || after[1].Target.Value != "600" || after[1].InForce {
			t.Fatalf("two sources: %+v", after)
		}
		for path, want := range map[string]string{
			"/v1/targets?state=" + before.State:                     "600",
			"/v1/targets?recorded_as_of=2016-03-01T00:30:00Z":       "600",
			"/v1/targets?as_of=2015-12-30":                          "600",
			"/v1/targets?as_of=2015-12-31":                          "500",
			"/v1/series/gdp.cn-cq-lj.cny.target/targets?as_of=2016": "",
		} {
			if want == "" {
				s.get(path).problem(http.StatusBadRequest, "instant_unrecognised")
				continue
			}
			page := s.targets(path)
			if got := page.Targets[0].Target.Value; string(got) != want {
				t.Errorf("%s = %s, want %s", path, got, want)
			}
		}
		if page := s.targets("/v1/targets?as_of=2014-02-21"); len(page.Targets) != 0 || page.Total != 0 {
			t.Errorf("before they were set: %+v", page.Targets)
		}
		if page := s.targets("/v1/targets?recorded_as_of=2016-03-01T00:30:00Z"); page.Recorded != "2016-03-01T00:30:00Z" {
			t.Errorf("recorded_as_of = %q", page.Recorded)
		}
	})
}

func TestTargetsInPagesAndAsCSV(t *testing.T) {
	s := sampled(t, Config{})
	whole := s.targets("/v1/targets")
	var paged []string
	for path := "/v1/targets?limit=1"; path != ""; {
		page := s.targets(path)
		if len(page.Targets) != 1 || page.Total != 3 {
			t.Fatalf("%s: %+v", path, page)
		}
		paged = append(paged, page.Targets[0].Series+" "+page.Targets[0].Reason)
		path = page.Links["next"]
	}
	var want []string
	for _, one := range whole.Targets {
		want = append(want, one.Series+" "+one.Reason)
	}
	if diff := cmp.Diff(want, paged); diff != "" {
		t.Errorf("pages differ (-whole +paged):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		"gdp.cn-cq-lj.cny.target ", "industrial-output.cn-cq-lj.cny.target period_length_mismatch", "population.cn-cq-lj.persons.target actual_missing",
	}, want); diff != "" {
		t.Errorf("targets differ (-want +got):\n%s", diff)
	}
	r := s.get("/v1/targets.csv?lang=zh").want(200)
	lines, err := csv.NewReader(strings.NewReader(r.Body.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(contract(t).Components.Schemas["TargetsCSV"].Value.Example.(string), "\n")
	if got := strings.Join(lines[0], ","); got != header || len(lines) != 4 {
		t.Errorf("%d lines, columns = %s, want %s", len(lines), got, header)
	}
	row := map[string]string{}
	for i, name := range lines[0] {
		row[name] = lines[1][i]
	}
	for name, want := range map[string]string{
		"series": "gdp.cn-cq-lj.cny.target", "target": "600", "label": "2020年", "in_force": "true", "current": "147.622", "current_label": "2012年",
		"attainment": "24.60", "gap": "452.378", "status": "open", "reason": "", "required_yearly": "19.16", "on_track": "", "on_track_reason": "base_missing",
		"latest_growth_period": "2013-01-01/P9M", "growth_reported": "16.2", "growth_computed": "4.03", "actual": "gdp.cn-cq-lj.cny",
	} {
		if row[name] != want {
			t.Errorf("%s = %q, want %q", name, row[name], want)
		}
	}
	if got := whole.Links["csv"]; got != "/v1/targets.csv" {
		t.Errorf("links.csv = %s", got)
	}
	if got := s.targets("/v1/series/GDP.CN_CQ_LJ.CNY/targets?base=Jan-Sep+2012").Links["csv"]; got != "/v1/series/gdp.cn-cq-lj.cny/targets.csv?base=2012-01-01/P9M" {
		t.Errorf("links.csv = %s", got)
	}
	s.get("/v1/series/gdp.cn-cq-lj.cny/targets.csv?bom=true").want(200)
}

func TestTargetsAreRefusedByName(t *testing.T) {
	s := sampled(t, Config{})
	for path, code := range map[string]string{
		"/v1/targets?base=13Q3":          "period_two_digit_year",
		"/v1/targets?area=liangjing":     "unknown_code",
		"/v1/targets?scenario=target":    "unknown_parameter",
		"/v1/targets?limit=0":            "invalid_parameter",
		"/v1/targets.csv?limit=3":        "parameter_conflict",
		"/v1/targets?cursor=x":           "cursor_invalid",
		"/v1/targets?state=x&as_of=2013": "parameter_conflict",
	} {
		status := http.StatusBadRequest
		if code == "unknown_code" {
			status = http.StatusNotFound
		}
		s.get(path).problem(status, code)
	}
	if p := s.get("/v1/series/gdp.cn-cq-lj.eur/targets").problem(404, "unknown_code"); !strings.Contains(p.Errors[0].Expected, "gdp.cn-cq-lj.cny") {
		t.Errorf("errors = %+v", p.Errors)
	}
	if page := s.targets("/v1/targets?area=cn"); len(page.Targets) != 0 {
		t.Errorf("targets of China: %+v", page.Targets)
	}
}

// An embargoed target leaves no trace before its instant.
func TestAnEmbargoedTargetIsNotThere(t *testing.T) {
	s := sampled(t, Config{})
	before := s.get("/v1/targets").want(200).Body.String()
	at := start.Add(24 * time.Hour)
	s.as(obs.Editor, http.MethodPost, "/v1/imports?filename=plan.csv&publish="+at.Format(time.RFC3339),
		"indicator,area,period,value,unit,multiplier,scenario,source\ngdp,cn,2020,90000,CNY,9,target,Plan\n", "Content-Type", "text/csv").want(201)
	if got := s.get("/v1/targets").want(200).Body.String(); got != before {
		t.Errorf("before its instant:\n%s\nwant:\n%s", got, before)
	}
	s.get("/v1/series/gdp.cn.cny.target/targets").problem(404, "unknown_code")
	s.clock.Set(at)
	if page := s.targets("/v1/series/gdp.cn.cny.target/targets"); len(page.Targets) != 1 || page.Targets[0].Target.Value != "90000" {
		t.Errorf("at its instant: %+v", page.Targets)
	}
}
