package api

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"bellwether/internal/obs"
	"bellwether/internal/profile"
)

const (
	semicolons     = "# of the bureau\ndelimiter: ;\nnumber:\n  decimal: ','\n"
	semicolonsFile = "indicator;area;period;value;unit;multiplier;published\ngdp;cn-cq-lj;2014;201,2;CNY;9;2015-01-31\n"
)

type keptProfile struct {
	Name     string
	Version  int
	By       string
	Settings map[string]any
	Text     string
}

func (s *service) profile(method, path, body string, headers ...string) *response {
	s.Helper()
	return s.as(obs.Editor, method, "/v1/profiles"+path, body, headers...)
}

func TestAProfileIsKeptShownChangedAndRetired(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.profile(http.MethodGet, "/nbs", "").problem(404, "unknown_profile")
		r := s.profile(http.MethodPut, "/nbs", semicolons, "Content-Type", "application/yaml").want(201)
		var kept keptProfile
		r.json(&kept)
		if kept.Name != "nbs" || kept.Version != 1 || kept.By != "the editor" || kept.Settings["delimiter"] != ";" || kept.Text != semicolons {
			t.Errorf("kept: %+v", kept)
		}
		if h := r.Header(); h.Get("Location") != "/v1/profiles/nbs?version=1" || h.Get("ETag") != `"1"` {
			t.Errorf("headers %v", h)
		}
		shown := s.profile(http.MethodGet, "/nbs", "").want(200)
		if shown.Body.String() != semicolons || shown.Header().Get("Content-Type") != "application/yaml; charset=utf-8" || shown.Header().Get("ETag") != `"1"` || shown.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("shown as %q with %v", shown.Body, shown.Header())
		}
		s.profile(http.MethodPut, "/nbs", semicolons).want(200).json(&kept)
		if kept.Version != 1 {
			t.Errorf("the same text is version %d, want 1", kept.Version)
		}
		s.profile(http.MethodPut, "/nbs", `{"delimiter": "tab"}`).want(201).json(&kept)
		for path, accept := range map[string]string{"/nbs.json": "", "/nbs?format=json": "", "/nbs": "application/json"} {
			var again keptProfile
			r := s.profile(http.MethodGet, path, "", "Accept", accept).want(200)
			r.json(&again)
			if again.Version != 2 || again.Settings["delimiter"] != "tab" || r.Header().Get("ETag") != `"2-json"` {
				t.Errorf("%s: %+v with %v", path, again, r.Header())
			}
		}
		for _, path := range []string{"/nbs?version=1", "/nbs.yaml?version=1", "/nbs?version=1&format=yaml"} {
			if got := s.profile(http.MethodGet, path, "").want(200).Body.String(); got != semicolons {
				t.Errorf("%s: %q", path, got)
			}
		}
		s.profile(http.MethodGet, "/nbs?version=3", "").problem(404, "unknown_profile")
		s.profile(http.MethodGet, "/nbs?version=0", "").problem(400, "invalid_parameter")
		s.profile(http.MethodPut, "/another", "skip_lines: 1\n").want(201)
		var list struct{ Profiles []keptProfile }
		s.profile(http.MethodGet, "", "").want(200).json(&list)
		if len(list.Profiles) != 2 || list.Profiles[0].Name != "another" || list.Profiles[1].Version != 2 {
			t.Errorf("the list is %+v", list)
		}
		s.profile(http.MethodDelete, "/nbs", "").want(204)
		s.profile(http.MethodDelete, "/nbs", "").problem(404, "unknown_profile")
		s.profile(http.MethodGet, "/nbs", "").problem(404, "unknown_profile")
		s.profile(http.MethodGet, "/nbs?version=2", "").want(200)
		for action, want := range map[string]int{"profile.put": 3, "profile.retire": 1} {
			if n, err := s.audited(action); err != nil || n != want {
				t.Errorf("%d entries %s in the audit, %v, want %d", n, action, err, want)
			}
		}
	})
}

func TestAProfileIsNotWrittenOverWhatNobodySaw(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		put := func(text string, headers ...string) *response {
			t.Helper()
			return s.profile(http.MethodPut, "/nbs", text, headers...)
		}
		put("delimiter: ;\n", "If-Match", "*").problem(412, "precondition_failed")
		put("delimiter: ;\n", "If-Match", `"1"`).problem(412, "precondition_failed")
		put("delimiter: ;\n", "If-None-Match", "*").want(201)
		put("delimiter: tab\n", "If-None-Match", "*").problem(412, "precondition_failed")
		put("delimiter: tab\n", "If-Match", `"7", "1"`).want(201)
		put("delimiter: '|'\n", "If-Match", `"1"`).problem(412, "precondition_failed")
		put("delimiter: '|'\n", "If-Match", `W/"2"`).problem(412, "precondition_failed")
		put("delimiter: '|'\n", "If-Match", `"2-json"`).want(201)
		put("delimiter: ':'\n", "If-Match", "*").want(201)
		s.profile(http.MethodDelete, "/nbs", "", "If-Match", `"3"`).problem(412, "precondition_failed")
		s.profile(http.MethodDelete, "/nbs", "", "If-Match", `"4"`).want(204)
		put("delimiter: ';'\n", "If-Match", "*").problem(412, "precondition_failed")
		put("delimiter: ';'\n", "If-None-Match", "*").want(201)
	})
}

func TestWhatIsNoProfileIsRefusedAtItsLine(t *testing.T) {
	s := empty(t, Config{})
	p := s.profile(http.MethodPut, "/nbs", "skip_lines: 2\ndelimeter: ;\n").problem(400, "profile_key_unknown")
	if p.Errors[0].Line != 2 || p.Errors[0].Column != "delimeter" {
		t.Errorf("errors = %+v", p.Errors)
	}
	s.profile(http.MethodPut, "/NBS", semicolons).problem(400, "profile_name_invalid")
	s.profile(http.MethodPut, "/nbs", "").problem(400, "profile_syntax")
	s.profile(http.MethodPut, "/nbs", "layout: heap\n").problem(400, "setting_invalid")
	s.profile(http.MethodPut, "/nbs", strings.Repeat("#", profile.MaxBytes+1)).problem(413, "body_too_large")
	s.profile(http.MethodPut, "/nbs", semicolons, "Content-Encoding", "gzip").problem(415, "unsupported_media_type")
	s.profile(http.MethodPut, "/nbs", semicolons, "Content-Type", "multipart/form-data; boundary=x").problem(415, "unsupported_media_type")
	s.profile(http.MethodGet, "/nbs?format=csv", "").problem(400, "invalid_parameter")
	s.profile(http.MethodGet, "/nbs.csv", "").problem(406, "not_acceptable")
	s.as(obs.Reader, http.MethodGet, "/v1/profiles", "").problem(403, "role_too_small")
}

func TestAFileIsReadWithAKeptProfile(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.profile(http.MethodPut, "/nbs", "delimiter: tab\n").want(201)
		s.profile(http.MethodPut, "/nbs", semicolons).want(201)
		understood := func(i imported) any { return i.Report["understood"].(map[string]any)["profile"] }
		var made imported
		s.post("?profile=nbs&publish=now", semicolonsFile).want(201).json(&made)
		if made.State != "published" || understood(made) != "nbs@2" {
			t.Errorf("imported: %+v", made)
		}
		var found importEntry
		s.as(obs.Editor, http.MethodGet, "/v1/imports/"+made.ID, "").want(200).json(&found)
		if found.Events[0].Detail != "nbs@2" || found.Profile != `{"delimiter":";","number":{"decimal":","}}` {
			t.Errorf("the import is %+v", found)
		}
		tabs := strings.ReplaceAll(semicolonsFile, ";", "\t")
		s.post("?profile=nbs@1&set=number.decimal=,", tabs).want(201).json(&made)
		if made.State != "reviewed" || understood(made) != "nbs@1" {
			t.Errorf("with an earlier version and a setting on top: %+v", made)
		}
		s.post("?profile=nbs@3", semicolonsFile).problem(404, "unknown_profile")
		s.post("?profile=nsb", semicolonsFile).problem(404, "unknown_profile")
		s.post("?profile=nbs@x", semicolonsFile).problem(400, "profile_version_invalid")
		s.post("?profile=N", semicolonsFile).problem(400, "profile_name_invalid")
	})
}

// form is a form with a file and, where there is a text, a profile behind it.
func form(t *testing.T, file, name, text string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, field := range []struct{ field, name, text string }{{"file", "bulletin.csv", file}, {"profile", name, text}} {
		part, err := w.CreateFormFile(field.field, field.name)
		if err == nil {
			_, err = part.Write([]byte(field.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func TestAProfileIsHandedInWithItsFile(t *testing.T) {
	s := empty(t, Config{})
	s.profile(http.MethodPut, "/nbs", semicolons).want(201)
	for name, want := range map[string]string{`C:\profiles\nbs.yaml`: "nbs.yaml", "nbs@1": "nbs@1.yaml", "": "profile.yaml"} {
		body, kind := form(t, semicolonsFile, name, semicolons)
		var made imported
		s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).want(201).json(&made)
		if got := made.Report["understood"].(map[string]any)["profile"]; got != want || made.State != "reviewed" {
			t.Errorf("%q: %s, read with %v, want %s", name, made.State, got, want)
		}
	}
	body, kind := form(t, strings.ReplaceAll(semicolonsFile, ";", "|"), "nbs.yaml", semicolons)
	s.as(obs.Editor, http.MethodPost, "/v1/imports?set=delimiter=|&publish=now", body, "Content-Type", kind).want(201)
	s.as(obs.Editor, http.MethodPost, "/v1/imports?set=number.thousands=.", body, "Content-Type", kind).want(201)
	s.as(obs.Editor, http.MethodPost, "/v1/imports?set=nonsense=1", body, "Content-Type", kind).problem(400, "setting_unknown")
	s.as(obs.Editor, http.MethodPost, "/v1/imports?profile=nbs", body, "Content-Type", kind).problem(400, "parameter_conflict")
	body, kind = form(t, semicolonsFile, "nbs.yaml", "delimeter: ;\n")
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).problem(400, "profile_key_unknown")
	body, kind = form(t, semicolonsFile, "nbs.yaml", strings.Repeat("#", profile.MaxBytes+1))
	s.as(obs.Editor, http.MethodPost, "/v1/imports", body, "Content-Type", kind).problem(413, "profile_too_large")
}
