package api

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/obs"
)

const (
	goodFile = "indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq-lj,2014,201.2,CNY,9,2015-01-31\n"
	badFile  = "indicator,area,period,value,unit,multiplier,published\ngdp,cn-cq-lj,2014.1,201.2,CNY,9,2015-01-31\ngdp,cn-cq-lj,2013,x,CNY,9,2015-01-31\ngdp,nowhere,2012,1,CNY,9,2015-01-31\n"
)

type imported struct {
	ID       string
	State    string
	Revision *string
	Report   map[string]any
}

func (s *service) post(query, body string, headers ...string) *response {
	s.Helper()
	return s.as(obs.Editor, http.MethodPost, "/v1/imports"+query, body, append([]string{"Content-Type", "text/csv"}, headers...)...)
}

func TestImportIsKeptThenPublished(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		r := s.post("?filename=2015-01-31.csv", goodFile).want(201)
		var kept imported
		r.json(&kept)
		if kept.State != "reviewed" || kept.Revision != nil || r.Header().Get("Location") != "/v1/imports/"+kept.ID {
			t.Errorf("kept: %+v at %q", kept, r.Header().Get("Location"))
		}
		s.get("/v1/series/gdp.cn-cq-lj.cny").problem(404, "unknown_code")
		var published imported
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+kept.ID+"/publish", "").want(200).json(&published)
		if published.ID != kept.ID || published.State != "published" || published.Revision == nil {
			t.Errorf("published: %+v", published)
		}
		s.get("/v1/series/gdp.cn-cq-lj.cny").want(200)
		if got := s.as(obs.Editor, http.MethodGet, "/v1/imports/"+kept.ID+"/file", "").want(200); got.Body.String() != goodFile {
			t.Errorf("the original is %q", got.Body)
		}
		var again imported
		s.post("?publish=now&filename=again.csv", goodFile).want(200).json(&again)
		if again.ID != kept.ID {
			t.Errorf("the same file again is import %s, want %s", again.ID, kept.ID)
		}
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+kept.ID+"/publish?publish=now", "").want(409)
		var list struct{ Imports []imported }
		s.as(obs.Editor, http.MethodGet, "/v1/imports", "").want(200).json(&list)
		if len(list.Imports) != 1 {
			t.Errorf("%d imports, want 1", len(list.Imports))
		}
		s.as(obs.Editor, http.MethodGet, "/v1/imports/000000000000", "").problem(404, "unknown_import")
	})
}

func TestImportReportsEveryErrorAndStoresNothing(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		before := s.get("/v1/revisions").want(200).Body.String()
		r := s.post("?publish=now&filename=bad.csv", badFile)
		p := r.problem(422, "import_refused")
		lines := map[int]string{}
		for _, e := range p.Errors {
			lines[e.Line] = e.Code + " " + e.Column + " " + e.Value
		}
		want := map[int]string{2: "period_decimal period 2014.1", 3: "number_malformed value x", 4: "unknown_code area nowhere"}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("errors (-want +got):\n%s", diff)
		}
		if len(p.Report) == 0 {
			t.Error("the problem has no report")
		}
		if after := s.get("/v1/revisions").Body.String(); after != before {
			t.Error("something was stored of a refused file")
		}
		var kept imported
		s.post("?filename=bad.csv", badFile).want(201).json(&kept)
		if kept.State != "refused" || kept.Report["error_total"] != json.Number("3") {
			t.Errorf("kept without publishing: %s %v", kept.State, kept.Report["error_total"])
		}
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+kept.ID+"/publish?publish=now", "").problem(422, "import_refused")
	})
}

func TestImportByForm(t *testing.T) {
	s := empty(t, Config{})
	form := func(fields ...string) (string, string) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for _, field := range fields {
			part, err := w.CreateFormFile(field, `C:\files\2015-01-31.csv`)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write([]byte(goodFile))
		}
		w.Close()
		return b.String(), w.FormDataContentType()
	}
	body, kind := form("file")
	var made imported
	s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now", body, "Content-Type", kind).want(201).json(&made)
	if name := made.Report["file"].(map[string]any)["name"]; name != "2015-01-31.csv" {
		t.Errorf("name = %v", name)
	}
	body, kind = form("upload")
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).problem(400, "unknown_parameter")
	body, kind = form("file", "file")
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).problem(400, "unknown_parameter")
	body, kind = form()
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).problem(400, "malformed_body")
	body, kind = form("file")
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body[:len(body)-90], "Content-Type", kind).problem(400, "body_interrupted")
}

func TestImportIsBounded(t *testing.T) {
	s := empty(t, Config{UploadBytes: 64})
	p := s.post("", goodFile).problem(413, "body_too_large")
	if len(p.Errors) != 1 || p.Errors[0].Expected != "at most 64 bytes (limits.upload_bytes)" {
		t.Errorf("errors = %+v, want the limit and its setting", p.Errors)
	}
	left, err := os.ReadDir(s.config.TempDir)
	if err != nil || len(left) != 0 {
		t.Errorf("uploads left behind: %v %v", left, err)
	}
}

func TestImportParameters(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.post("?publish=tomorrow", goodFile).problem(400, "invalid_parameter")
		s.post("?set=nonsense", goodFile).problem(400, "invalid_parameter")
		s.post("?set=nonsense=1", goodFile).problem(400, "setting_unknown")
		s.post("?set="+url.QueryEscape("delimiter=;"), strings.ReplaceAll(goodFile, ",", ";")).want(201)
		s.post("?publish=2010-01-01T00:00:00Z", goodFile).problem(400, "release_in_past")
		s.post("?publish=now", goodFile, "Idempotency-Key", "a").want(201)
		s.post("?publish=now", strings.ReplaceAll(goodFile, "201.2", "201.3"), "Idempotency-Key", "a").problem(409, "idempotency_key_reused")
	})
}

// TestEmbargoLeavesNoTrace holds that a scheduled import changes no byte of any
// answer that a reader may get, until its instant.
func TestEmbargoLeavesNoTrace(t *testing.T) {
	onSample(t, Config{CacheBytes: 1 << 20}, func(t *testing.T, s *service) {
		paths := []string{
			"/", "/v1", "/v1/series?measure=all&scenario=all&dataset=all", "/v1/series/gdp.cn-cq-lj.cny", "/v1/series/gdp.cn-cq-lj.cny/observations",
			"/v1/series/gdp.cn-cq-lj.cny/observations/2013-01-01--P9M", "/v1/series/population.cn-cq-lj.persons/observations",
			"/v1/observations.csv?measure=all&scenario=all&dataset=all", "/v1/export.csv", "/v1/revisions", "/v1/revisions.atom", "/v1/rates", "/v1/rates/feeds",
			"/v1/series?q=population", "/v1/observations?as_of=2015-12-31", "/v1/series/populatoin.cn-cq-lj.persons",
		}
		type seen struct {
			code int
			body string
			tag  string
		}
		look := func() map[string]seen {
			all := map[string]seen{}
			for _, path := range paths {
				r := s.get(path)
				all[path] = seen{r.Code, r.Body.String(), r.Header().Get("ETag") + r.Header().Get("Last-Modified") + r.Header().Get("Link")}
			}
			return all
		}
		before := look()
		release := start.Add(time.Hour)
		body := "indicator,area,period,value,unit,multiplier\ngdp,cn-cq-lj,2013-01-01/P9M,120.1,CNY,9\npopulation,cn-cq-lj,2015,2.1,persons,6\n"
		var made imported
		s.post("?publish="+release.Format(time.RFC3339), body).want(201).json(&made)
		if made.State != "scheduled" {
			t.Fatalf("state = %s, want scheduled", made.State)
		}
		if diff := cmp.Diff(before, look(), cmp.AllowUnexported(seen{})); diff != "" {
			t.Errorf("a hidden import shows (-before +after):\n%s", diff)
		}
		s.clock.Set(release)
		after := look()
		if after["/v1/series/population.cn-cq-lj.persons/observations"].code != 200 || after["/v1/revisions"].body == before["/v1/revisions"].body {
			t.Error("the import does not show at its instant")
		}
	})
}

func TestCancelBeforeItIsVisible(t *testing.T) {
	onSample(t, Config{}, func(t *testing.T, s *service) {
		before := s.get("/v1/revisions").want(200).Body.String()
		release := start.Add(time.Hour)
		var made imported
		s.post("?publish="+release.Format(time.RFC3339), goodFile).want(201).json(&made)
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+made.ID+"/cancel", "").want(200).json(&made)
		if made.State != "cancelled" {
			t.Errorf("state = %s, want cancelled", made.State)
		}
		s.clock.Set(release.Add(time.Hour))
		if after := s.get("/v1/revisions").want(200).Body.String(); after != before {
			t.Error("a cancelled import leaves a trace")
		}
		s.post("?publish=now", goodFile).want(201).json(&made)
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+made.ID+"/cancel", "").want(409)
	})
}
