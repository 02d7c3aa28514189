package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bellwether/internal/obs"
	"bellwether/internal/workbook"
)

// past is where the tests travel to.
const past = "/asof/2013-12-31"

// examplePath is a path of a route that answers, with what it needs.
func examplePath(path string) string {
	path = strings.NewReplacer("{series}", "gdp.cn.cny", "{period}", "2012", "{code}", "cn", "{id}", "0", "{asset}", "swagger-ui.css").Replace(path)
	switch path {
	case "/v1/indicators/cn":
		return "/v1/indicators/gdp"
	case "/v1/units/cn":
		return "/v1/units/cny"
	case "/v1/datasets/cn":
		return "/v1/datasets/main"
	case "/v1/convert":
		return "/v1/convert?amount=1&from=CNY&to=USD&period=2012"
	}
	return path
}

// TestEveryReadTravels asks every route with a past in front: what takes as_of
// answers as beside it, and everything else is not there.
func TestEveryReadTravels(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		for _, rt := range s.routes {
			path := strings.ReplaceAll(examplePath(rt.path), "{revision}", "0")
			if !rt.travels() {
				if r := s.as(obs.Admin, rt.method, past+path, ""); r.Code != http.StatusNotFound && r.Code != http.StatusMethodNotAllowed {
					t.Errorf("%s %s%s: %d, want 404", rt.method, past, path, r.Code)
				}
				continue
			}
			joint := "?"
			if strings.Contains(path, "?") {
				joint = "&"
			}
			there, beside := s.get(past+path), s.get(path+joint+"as_of=2013-12-31")
			if there.Code != beside.Code {
				t.Errorf("%s%s: %d, want %d as beside as_of", past, path, there.Code, beside.Code)
			}
			if got, want := unlinked(there), unlinked(beside); there.Code == 200 && got != want {
				t.Errorf("%s%s:\n%s\nbeside as_of:\n%s", past, path, got, want)
			}
			if now := s.get(path); now.Code == 200 && there.Code == 200 && now.Header().Get("ETag") == there.Header().Get("ETag") && strings.HasPrefix(path, "/v1") && rt.formats[0] == inJSON && rt.fixed == "" {
				t.Errorf("%s%s has the ETag of the present", past, path)
			}
		}
	})
}

var addresses = regexp.MustCompile(`(href|action)="[^"]*"|curl '[^']*'|"[a-z_]+":"/[^"]*"`)

// unlinked is an answer without its addresses, which lead into the past; a
// workbook has them on another sheet than its data.
func unlinked(r *response) string {
	if r.Header().Get("Content-Type") == workbook.MediaType {
		return fmt.Sprint(r.book().cells["data"])
	}
	return addresses.ReplaceAllString(r.Body.String(), "")
}

var linked = regexp.MustCompile(`"(/[^"]*)"`)

// TestLinksStayInThePast follows every link of an answer of the past.
func TestLinksStayInThePast(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{
		"/v1", "/v1/series", "/v1/series/gdp.cn.cny", "/v1/series/gdp.cn.cny/observations?limit=2", "/v1/observations?limit=3&period=2012",
		"/v1/series/gdp.cn.cny/observations/2012", "/v1/indicators", "/v1/indicators/gdp", "/v1/revisions?limit=1", "/v1/rates?limit=2",
		"/v1/series?limit=2", "/v1/checks", "/v1/targets", "/v1/series/gdp.cn.cny/revisions",
		"/v1/observations?layout=wide&area=cn&frequency=A&accumulation=single&derive=never",
	} {
		body := s.get(past + path).want(200).Body.String()
		_, links, _ := strings.Cut(body, `"links":`)
		for _, link := range linked.FindAllStringSubmatch(links, -1) {
			to := strings.ReplaceAll(link[1], `&`, "&")
			if !strings.HasPrefix(to, past+"/v1") && !strings.HasPrefix(to, "/docs") && to != "/openapi.yaml" {
				t.Errorf("%s%s leads to %s, out of the past", past, path, to)
				continue
			}
			if !strings.HasSuffix(to, "/convert") {
				s.get(to).want(200)
			}
		}
	}
}

// TestPagesOfThePastAreOfIt goes through an answer page by page by its own links.
func TestPagesOfThePastAreOfIt(t *testing.T) {
	s := sampled(t, Config{})
	whole := s.rows("/v1/series/gdp.cn.cny/observations?as_of=2013-12-31")
	rows, next := 0, past+"/v1/series/gdp.cn.cny/observations?limit=3"
	for next != "" {
		page := s.rows(next)
		rows += len(page.Observations)
		if page.AsOf == nil || *page.AsOf != "2013-12-31" {
			t.Fatalf("%s does not say as of when it is", next)
		}
		next, _ = page.Links["next"].(string)
	}
	if rows != len(whole.Observations) || rows == 0 {
		t.Errorf("%d rows in pages, want %d", rows, len(whole.Observations))
	}
}

func TestThePastIsNamedOnce(t *testing.T) {
	s := sampled(t, Config{})
	const path = past + "/v1/series/gdp.cn.cny/observations"
	state := s.rows("/v1/series/gdp.cn.cny/observations").State
	for _, asked := range []string{"as_of=2012-12-31", "as_of=2013-12-31", "recorded_as_of=2016-02-29", "state=" + state} {
		p := s.get(path+"?"+asked).problem(400, "parameter_conflict")
		if name, _, _ := strings.Cut(asked, "="); len(p.Errors) != 1 || p.Errors[0].Parameter != name {
			t.Errorf("%s: %+v, want %s named", asked, p.Errors, name)
		}
	}
	s.get("/asof/2031-12-31/v1/series").problem(400, "as_of_in_future")
	s.get("/asof/yesterday/v1/series").problem(400, "instant_unrecognised")
	s.get("/asof//v1/series").problem(404, "unknown_path")
	s.get("/asof/" + url.PathEscape("2013-12-31T23:59:59+08:00") + "/v1/series/gdp.cn.cny.json").want(200)
	if r := s.get(past + "/v1/serie"); r.Code != 404 || !strings.Contains(r.Body.String(), past+"/v1/series") {
		t.Errorf("a path that is nearly there: %s", r.Body)
	}
	bare := httptest.NewRecorder()
	s.API.ServeHTTP(bare, httptest.NewRequestWithContext(t.Context(), http.MethodGet, past+"?lang=zh", nil))
	if to := bare.Header().Get("Location"); bare.Code != http.StatusPermanentRedirect || to != past+"/?lang=zh" {
		t.Errorf("a past without a path: %d to %q", bare.Code, to)
	}
	if to := s.get(path + "/").want(308).Header().Get("Location"); to != path {
		t.Errorf("a slash at the end leads to %q", to)
	}
	if to := s.get(past + "/v1/units/yuan").want(308).Header().Get("Location"); to != past+"/v1/units/cny" {
		t.Errorf("another name leads to %q", to)
	}
}

// TestFrontPageOfThePast shows what was known on a day, and its links stay there.
func TestFrontPageOfThePast(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{past + "/", "/?as_of=2013-12-31"} {
		body := s.get(path).want(200).Body.String()
		if !strings.Contains(body, "As it was known on <time>2013-12-31</time>") || strings.Contains(body, `datetime="2014-`) {
			t.Errorf("%s is not the page of 2013", path)
		}
		if strings.Contains(body, `href="/v1`) || strings.Contains(body, `action="/v1`) || !strings.Contains(body, past+"/v1/series/gdp.cn.cny/observations.csv") {
			t.Errorf("%s leads into the present", path)
		}
	}
	if body := s.get(past + "/?lang=zh").want(200).Body.String(); !strings.Contains(body, `href="/asof/2013-12-31/?lang=en"`) {
		t.Error("the other language is in the present")
	}
	if body := s.get("/").want(200).Body.String(); strings.Contains(body, "/asof/") {
		t.Error("the page of the present leads into a past")
	}
}
