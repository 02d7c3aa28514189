package api

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"bellwether/internal/obs"
)

// atOnce sends the same request twice at the same time and returns both answers.
func (s *service) atOnce(path, body string, headers ...string) (both [2]*response) {
	s.Helper()
	headers = append(headers, "Authorization", "Bearer "+s.key(obs.Editor))
	var wait sync.WaitGroup
	for i := range both {
		wait.Go(func() { both[i] = s.do(http.MethodPost, path, strings.NewReader(body), headers...) })
	}
	wait.Wait()
	return both
}

const oneFigure = "indicator,area,period,value,unit\ngdp,cn,2013,56.9,CNY\n"

// TestOfTwoPublishersOneWins lets two clerks publish one import at once.
func TestOfTwoPublishersOneWins(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		var kept struct{ ID string }
		s.as(obs.Editor, http.MethodPost, "/v1/imports", oneFigure).want(http.StatusCreated).json(&kept)
		both := s.atOnce("/v1/imports/"+kept.ID+"/publish", "")
		if both[0].Code != http.StatusOK {
			both[0], both[1] = both[1], both[0]
		}
		both[0].want(http.StatusOK)
		both[1].problem(http.StatusConflict, "import_stands")
		if n := s.revisionsOf(kept.ID); n != 1 {
			t.Errorf("%d publications in the audit log, want 1", n)
		}
	})
}

// TestAnIdempotencyKeyPublishesOnce sends one request twice at once, again
// later, and then another file with its key.
func TestAnIdempotencyKeyPublishesOnce(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		const path = "/v1/imports?publish=now"
		var first, second, third struct{ ID, Revision string }
		both := s.atOnce(path, oneFigure, "Idempotency-Key", "q4")
		both[0].json(&first)
		both[1].json(&second)
		s.as(obs.Editor, http.MethodPost, path, oneFigure, "Idempotency-Key", "q4").json(&third)
		if first.ID == "" || first != second || first != third {
			t.Errorf("answers %+v, %+v and %+v, want one import", first, second, third)
		}
		if s.revisionsOf(first.ID) == 0 {
			t.Error("the audit log has no publication of a file that was handed in to be published at once")
		}
		other := strings.Replace(oneFigure, "56.9", "57", 1)
		s.as(obs.Editor, http.MethodPost, path, other, "Idempotency-Key", "q4").problem(http.StatusConflict, "idempotency_key_reused")
	})
}

// revisionsOf counts the publications of an import in the audit log.
func (s *service) revisionsOf(id string) int {
	s.Helper()
	return len(s.auditLog("?action=import.publish&subject=" + id).Entries)
}
