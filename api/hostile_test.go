package api

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"bellwether/internal/hostile"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// TestHostileFilesAreRefusedInTheirPlace hands in files that are made to harm:
// each is refused with its place, and the memory that takes is bounded. None of
// them reaches the store, so one engine does.
func TestHostileFilesAreRefusedInTheirPlace(t *testing.T) {
	s := newService(t, testdb.New(t, migrations.SQLite), Config{})
	limited := ingest.New(s.store, s.clock.Now, ingest.Limits{Rows: hostile.Rows})
	s.ingest, s.API.ingest = limited, limited
	for _, file := range hostile.Files() {
		t.Run(file.Name, func(t *testing.T) {
			s.TB = t
			var r *response
			grown := hostile.Heap(func() { r = s.postFile(file) })
			first := r.problem(422, "import_refused").Errors[0]
			if first.Code != string(file.Code) || file.Line != hostile.SomeLine && first.Line != file.Line || first.Cell != file.Cell {
				t.Errorf("the first error is %+v, want %s in line %d, cell %q", first, file.Code, file.Line, file.Cell)
			}
			if grown > hostile.MaxHeap {
				t.Errorf("the heap grew by %d MiB, want at most %d MiB", grown>>20, hostile.MaxHeap>>20)
			}
		})
	}
	s.TB = t
	s.get("/v1/series/gdp.cn.cny").problem(404, "unknown_code")
}

// postFile publishes a file that is not held in memory here.
func (s *service) postFile(file hostile.File) *response {
	s.Helper()
	path := filepath.Join(s.TempDir(), "file")
	body, err := os.Create(path)
	if err != nil {
		s.Fatal(err)
	}
	defer body.Close()
	if err := file.Write(body); err != nil {
		s.Fatal(err)
	}
	if _, err := body.Seek(0, 0); err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequestWithContext(s.Context(), http.MethodPost, "/v1/imports?"+url.Values{"publish": {"now"}, "filename": {file.Name}, "set": file.Set}.Encode(), body)
	r.Header.Set("Content-Type", "text/csv")
	r.Header.Set("Authorization", "Bearer "+s.key(obs.Editor))
	w := httptest.NewRecorder()
	s.API.ServeHTTP(w, r)
	return &response{TB: s.TB, ResponseRecorder: w, what: "POST " + file.Name}
}
