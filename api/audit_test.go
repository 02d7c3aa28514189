package api

import (
	"net/http"
	"strings"
	"testing"

	"bellwether/internal/obs"
)

type auditPage struct {
	Entries []auditEntry `json:"entries"`
	Next    string       `json:"next"`
}

func (s *service) auditLog(query string) (page auditPage) {
	s.Helper()
	s.as(obs.Admin, http.MethodGet, "/v1/audit"+query, "").want(http.StatusOK).json(&page)
	return page
}

// TestTheAuditLogSaysWhoDidAndSawWhat hands a file in, looks at it in every
// way, and reads all of that from the log.
func TestTheAuditLogSaysWhoDidAndSawWhat(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		var kept struct{ ID string }
		s.as(obs.Editor, http.MethodPost, "/v1/imports", "indicator,area,period,value,unit\ngdp,cn,2013,56.9,CNY\n").want(http.StatusCreated).json(&kept)
		for _, path := range []string{"/v1/imports", "/v1/imports/" + kept.ID, "/v1/imports/" + kept.ID + "/file", "/v1/imports/" + kept.ID + "/marked"} {
			s.as(obs.Editor, http.MethodGet, path, "").want(http.StatusOK)
		}
		s.as(obs.Editor, http.MethodPost, "/v1/imports/"+kept.ID+"/publish", "").want(http.StatusOK)
		var actions []string
		for _, e := range s.auditLog("?by=the+editor").Entries {
			actions = append(actions, e.Action)
			if e.Action != "import.list" && e.Subject != kept.ID || !strings.HasPrefix(e.Detail, "key ") {
				t.Errorf("entry %+v, want the import %s and the key", e, kept.ID)
			}
		}
		if got, want := strings.Join(actions, " "), "import.publish import.read import.read import.look import.list import.create"; got != want {
			t.Errorf("actions %q, want %q", got, want)
		}
		first := s.auditLog("?limit=2&subject=" + kept.ID)
		if len(first.Entries) != 2 || first.Entries[0].Action != "audit.read" || first.Next == "" {
			t.Fatalf("first page %+v, want this very look and the publication", first)
		}
		second := s.auditLog("?limit=9&subject=" + kept.ID + "&cursor=" + first.Next)
		if len(second.Entries) != 4 || second.Entries[0].Action != "import.read" {
			t.Errorf("second page %+v, want what came before the publication", second)
		}
		s.as(obs.Admin, http.MethodGet, "/v1/audit?cursor=x", "").problem(http.StatusBadRequest, "invalid_parameter")
		s.as(obs.Admin, http.MethodDelete, "/v1/audit", "").problem(http.StatusMethodNotAllowed, "method_not_allowed")
	})
}
