package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"bellwether/internal/obs"
)

func TestUnknownParameterNamesTheNearest(t *testing.T) {
	s := sampled(t, Config{})
	p := s.get("/v1/series/gdp.cn-cq-lj.cny/observations?perod=2013").problem(400, "unknown_parameter")
	if p.Errors[0].Parameter != "perod" || p.Errors[0].Expected != "period" {
		t.Errorf("errors = %+v", p.Errors)
	}
	far := s.get("/v1/areas?_=1").problem(400, "unknown_parameter")
	if want := "as_of, recorded_as_of, state, "; !strings.HasPrefix(far.Errors[0].Expected, want) || !strings.Contains(far.Detail, "lang") {
		t.Errorf("a parameter that is near none: %q, errors = %+v, want all that there are", far.Detail, far.Errors)
	}
	s.get("/?perod=2013", "Accept", "application/json").want(200)
}

func TestFindingsAreListedUpToABound(t *testing.T) {
	s := empty(t, Config{})
	var many strings.Builder
	for i := range 500 {
		fmt.Fprintf(&many, "&x%d=1", i)
	}
	if p := s.get("/v1/series?"+many.String()).problem(400, "unknown_parameter"); len(p.Errors) != 20 {
		t.Errorf("%d errors, want 20", len(p.Errors))
	}
}

// TestProblemsRepeatWhatWasWritten looks for codes in the case in which they
// were asked for.
func TestProblemsRepeatWhatWasWritten(t *testing.T) {
	s := sampled(t, Config{})
	for path, want := range map[string]string{
		"/v1/areas/Atlantis_X":                   "Atlantis_X",
		"/v1/series/GDP.Atlantis.CNY":            "GDP.Atlantis.CNY",
		"/v1/observations?area=cn,Atlantis_X":    "Atlantis_X",
		"/v1/observations?series=GDP.Nowhere.XX": "GDP.Nowhere.XX",
		"/v1/rates?feed=Nowhere_A":               "Nowhere_A",
		"/v1/revisions/ABCDEF":                   "ABCDEF",
	} {
		p := s.get(path).want(404)
		var told problem
		p.json(&told)
		if !strings.Contains(told.Detail, strconv.Quote(want)) && told.Code != "unknown_revision" {
			t.Errorf("%s: detail = %q, want %q in it", path, told.Detail, want)
		}
		if len(told.Errors) > 0 && told.Errors[0].Value != want && told.Errors[0].Value != "" {
			t.Errorf("%s: errors = %+v, want the value %q", path, told.Errors, want)
		}
	}
}

func TestUnknownCodesNameTheNearest(t *testing.T) {
	s := sampled(t, Config{})
	for path, want := range map[string]string{
		"/v1/series/gdp.liangjiang.cny/observations": "gdp.cn-cq-lj.cny",
		"/v1/series/gdp.liangjiang.cny":              "gdp.cn-cq-lj.cny",
		"/v1/series/gdp.cn-cq-lj/observations":       "gdp.cn-cq-lj.cny",
		"/v1/observations?area=liangjang":            "cn-cq-lj",
		"/v1/observations?series=gdp.liangjiang.cny": "gdp.cn-cq-lj.cny",
		"/v1/series?indicator=gpd":                   "gdp",
		"/v1/indicators/gpd":                         "gdp",
		"/v1/areas/cn-cq-lk":                         "cn-cq-lj",
	} {
		p := s.get(path).problem(404, "unknown_code")
		if len(p.Errors) == 0 || !strings.Contains(p.Errors[0].Expected, want) {
			t.Errorf("%s: errors = %+v, want %s among the nearest", path, p.Errors, want)
		}
	}
	s.get("/v1/series/gdp.cn-cq-lj.cny/observations/2031").problem(404, "unknown_observation")
}

func TestCodesInAnyCase(t *testing.T) {
	s := sampled(t, Config{})
	want := s.get("/v1/series/gdp.cn-cq-lj.cny/observations").want(200).Body.String()
	for _, path := range []string{
		"/v1/series/GDP.CN_CQ_LJ.CNY/observations", "/v1/series/gdp.cn-cq-lj.cny/observations.json",
		"/v1/series/gdp.cn-cq-lj.cny/observations?format=JSON",
	} {
		if got := s.get(path).want(200).Body.String(); got != want {
			t.Errorf("%s differs:\n%s\nwant\n%s", path, got, want)
		}
	}
}

func TestUnknownPathsNameTheNearest(t *testing.T) {
	s := empty(t, Config{})
	for path, want := range map[string]string{
		"/v1/serie":                         "/v1/series",
		"/v1/series/gdp.cn.cny/observation": "/v1/series/gdp.cn.cny/observations",
		"/v2/series":                        "/v1/series",
		"/v1/export":                        "/v1/export.csv",
		"/entirely/elsewhere":               "/v1, where everything begins",
	} {
		p := s.get(path).problem(404, "unknown_path")
		if p.Errors[0].Expected != want {
			t.Errorf("%s: expected %q, want %q", path, p.Errors[0].Expected, want)
		}
	}
}

func TestMethods(t *testing.T) {
	s := empty(t, Config{})
	r := s.do(http.MethodPost, "/v1/series", nil)
	if p := r.problem(405, "method_not_allowed"); p.Errors[0].Expected != "GET, HEAD, OPTIONS" {
		t.Errorf("errors = %+v, want the methods", p.Errors)
	}
	for path, want := range map[string]string{
		"/v1/series": "GET, HEAD, OPTIONS", "/v1/series.json": "GET, HEAD, OPTIONS", "/v1/imports": "GET, HEAD, POST, OPTIONS",
		"/v1/keys/0": "DELETE, OPTIONS", "/v1/imports/0/publish": "POST, OPTIONS",
	} {
		refused := s.do(http.MethodPatch, path, nil).want(405).Header().Get("Allow")
		asked := s.do(http.MethodOptions, path, nil).want(204).Header().Get("Allow")
		if refused != want || asked != want {
			t.Errorf("%s: Allow = %q of a 405 and %q of OPTIONS, want %q", path, refused, asked, want)
		}
	}
	head := s.do(http.MethodHead, "/v1/units", nil).want(200)
	get := s.get("/v1/units").want(200)
	if head.Body.Len() != 0 || head.Header().Get("Content-Length") != get.Header().Get("Content-Length") || head.Header().Get("ETag") != get.Header().Get("ETag") {
		t.Errorf("HEAD: %d bytes, %v", head.Body.Len(), head.Header())
	}
	options := s.do(http.MethodOptions, "/v1/imports", nil, "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "POST").want(204)
	for name, want := range map[string]string{
		"Allow": "POST", "Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "Idempotency-Key", "Access-Control-Allow-Origin": "*",
	} {
		if !strings.Contains(options.Header().Get(name), want) {
			t.Errorf("OPTIONS: %s = %q, want %s in it", name, options.Header().Get(name), want)
		}
	}
	if options.Header().Get("Access-Control-Allow-Credentials") != "" {
		t.Error("credentials are let in")
	}
}

func TestFormats(t *testing.T) {
	s := sampled(t, Config{})
	s.get("/v1/revisions?format=csv").problem(406, "not_acceptable")
	s.get("/v1/series/gdp.cn-cq-lj.cny/observations", "Accept", "image/png").problem(406, "not_acceptable")
	s.get("/v1/series/gdp.cn-cq-lj.cny/observations.csv?format=json").problem(400, "parameter_conflict")
	s.get("/v1/series/gdp.cn-cq-lj.cny/observations?bom=true").problem(400, "parameter_conflict")
	s.get("/v1/series/gdp.cn-cq-lj.cny.json").want(200)
	s.get("/v1/series.json").want(200)
	r := s.get("/v1/series/gdp.cn-cq-lj.cny/observations?numbers=string&fields=period,value").want(200)
	if !strings.Contains(r.Body.String(), `"value":"118.7"`) {
		t.Errorf("numbers=string: %s", r.Body)
	}
}

func TestLinksLeadOn(t *testing.T) {
	s := sampled(t, Config{PublicURL: "https://data.example", Office: Office{LicenceURL: "https://licence.example/1"}})
	page := s.get("/v1/observations?area=cn-cq-lj&limit=2").want(200)
	if link := page.Header().Get("Link"); !strings.HasPrefix(link, "<https://data.example/v1/observations?") || !strings.HasSuffix(link, `; rel="next"`) {
		t.Errorf("Link of a page = %s", link)
	}
	table := s.get("/v1/observations.csv?area=cn-cq-lj").want(200).Header().Get("Link")
	for _, want := range []string{
		`<https://data.example/v1/observations.json?area=cn-cq-lj>; rel="alternate"; type="application/json"`,
		`<https://data.example/v1/observations.csv?area=cn-cq-lj&state=`, `rel="memento"`, `<https://licence.example/1>; rel="license"`,
	} {
		if !strings.Contains(table, want) {
			t.Errorf("Link of CSV = %s, want %s in it", table, want)
		}
	}
	if vary := page.Header().Get("Vary"); vary != "Accept, Accept-Encoding" {
		t.Errorf("Vary = %q", vary)
	}
}

func TestRequestIDs(t *testing.T) {
	s := empty(t, Config{})
	if got := s.get("/v1/units", "X-Request-Id", "mine-1").want(200).Header().Get("X-Request-Id"); got != "mine-1" {
		t.Errorf("X-Request-Id = %q, want mine-1", got)
	}
	if got := s.get("/v1/nothing", "X-Request-Id", "bad id\u00e9").Header().Get("X-Request-Id"); got == "" || strings.Contains(got, " ") {
		t.Errorf("X-Request-Id of a problem = %q, want one of our own", got)
	}
	if !strings.Contains(s.log.String(), `"id":"mine-1"`) || !strings.Contains(s.log.String(), `"status":404`) {
		t.Errorf("log = %s", s.log)
	}
}

// TestEveryReadIsServed asks every reading route and follows the contract.
func TestEveryReadIsServed(t *testing.T) {
	onSample(t, Config{Office: Office{Name: map[string]string{"en": "Liangjiang Statistics"}, Licence: "CC-BY-4.0", LicenceURL: "https://creativecommons.org/licenses/by/4.0/"}}, func(t *testing.T, s *service) {
		var record struct{ Revisions []struct{ ID string } }
		s.get("/v1/revisions?limit=3").want(200).json(&record)
		for _, path := range []string{
			"/", "/?lang=zh", "/v1", "/v1/indicators", "/v1/indicators/gdp", "/v1/areas", "/v1/areas/cn-cq-lj?lang=zh", "/v1/units", "/v1/units/cny",
			"/v1/units/DEM", "/v1/datasets", "/v1/datasets/main", "/v1/series", "/v1/series?q=两江&lang=zh", "/v1/series?measure=all&scenario=all",
			"/v1/series/gdp.cn-cq-lj.cny", "/v1/series/gdp.cn-cq-lj.cny.yoy", "/v1/series/gdp.cn-cq-lj.cny/observations?fields=all",
			"/v1/series/gdp.cn-cq-lj.cny/observations?fields=all&currency=USD,EUR&numbers=string&lang=zh", "/v1/series/gdp.cn-cq-lj.cny/observations?scale=million",
			"/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M", "/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01%2FP9M.json",
			"/v1/series/trade.cn-cq-lj.cny/observations/9M2013?currency=USD", "/v1/series/gdp.cn-cq-lj.cny.yoy/observations/9M2013",
			"/v1/observations?fields=all&measure=all&scenario=all", "/v1/observations?frequency=q&area=cn", "/v1/observations?latest=1",
			"/v1/rates?base=usd&start=2013&end=2013", "/v1/rates?kind=average", "/v1/rates/feeds", "/v1/convert?amount=118.7&from=cny&to=usd&period=2013-01-01/P9M",
			"/v1/convert?amount=1&from=usd&to=cny&period=2013&fx=fixed:6.2&decimals=4", "/v1/revisions", "/v1/revisions/" + record.Revisions[0].ID,
			"/v1/export.csv", "/openapi.yaml", "/docs", "/docs/problems", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/start.js", "/favicon.ico",
			"/healthz", "/readyz",
		} {
			r := s.get(path).want(200)
			if tag := r.Header().Get("ETag"); tag != "" {
				s.get(path, "If-None-Match", tag).want(304)
			}
		}
		s.as(obs.Editor, http.MethodGet, "/metrics", "").want(200)
		s.get("/v1/convert?amount=1&from=CNY&to=USD&period=1950").problem(422, "rate_missing")
		s.get("/docs/nothing.js").problem(404, "unknown_path")
		s.get("/v1/revisions/000000000000").problem(404, "unknown_revision")
		if s.get("/v1/series/gdp.cn-cq-lj.cny/observations?start=1950&end=1951").want(200); false {
			t.Log("a good question without rows is 200")
		}
	})
}
