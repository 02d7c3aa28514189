package api

import (
	"net/http"
	"strings"
	"testing"

	"bellwether/internal/obs"
)

// TestAnImportComesBackMarked hands in a file with errors and takes it back
// with them.
func TestAnImportComesBackMarked(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		var kept imported
		s.post("?filename=quarter.csv", "indicator,area,period,value,unit,published\ngdp,cn,2013-Q1,1,CNY,2014-01-20\ngdp,cn,Sep-13,=1+1,CNY,2014-01-20\n").want(201).json(&kept)
		r := s.as(obs.Editor, http.MethodGet, "/v1/imports/"+kept.ID+"/marked", "").want(200)
		lines := strings.Split(strings.TrimPrefix(r.Body.String(), "\ufeff"), "\r\n")
		if len(lines) != 4 || lines[0] != "!,indicator,area,period,value,unit,published" || lines[1] != ",gdp,cn,2013-Q1,1,CNY,2014-01-20" ||
			!strings.HasSuffix(lines[2], ",⟦=1+1⟧,CNY,2014-01-20") || !strings.Contains(lines[2], "csv_formula_cell") {
			t.Errorf("marked:\n%s", strings.Join(lines, "\n"))
		}
		if got := r.Header().Get("Content-Disposition"); got != `attachment; filename="quarter.marked.csv"` {
			t.Errorf("Content-Disposition = %q", got)
		}
		s.as(obs.Editor, http.MethodPost, "/v1/imports?filename=quarter.xlsx", goodBook(t), "Content-Type", workbookType).want(201).json(&kept)
		book := s.as(obs.Editor, http.MethodGet, "/v1/imports/"+kept.ID+"/marked", "").want(200)
		if got := book.Header().Get("Content-Disposition"); got != `attachment; filename="quarter.marked.xlsx"` || !strings.HasPrefix(book.Body.String(), "PK") {
			t.Errorf("of a workbook: %q, %q", got, book.Body.String()[:4])
		}
		s.as(obs.Editor, http.MethodHead, "/v1/imports/"+kept.ID+"/marked", "").want(200)
		s.as(obs.Reader, http.MethodGet, "/v1/imports/"+kept.ID+"/marked", "").problem(403, "role_too_small")
		s.as(obs.Editor, http.MethodGet, "/v1/imports/000000000000/marked", "").problem(404, "unknown_import")
		s.post("?filename=noise.csv", "indicator,area\ngdp,\xfd\xfc\n").want(201).json(&kept)
		s.as(obs.Editor, http.MethodGet, "/v1/imports/"+kept.ID+"/marked", "").problem(422, "import_has_questions")
	})
}
