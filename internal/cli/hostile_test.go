package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"bellwether/internal/hostile"
	"bellwether/internal/ingest"
)

// TestHostileFilesAreRefusedByTheCommand imports files that are made to harm:
// each is refused with its place, and the memory that takes is bounded.
func TestHostileFilesAreRefusedByTheCommand(t *testing.T) {
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(t.TempDir(), "figures.db"))
	t.Setenv("BELLWETHER_LIMITS_ROWS", strconv.Itoa(hostile.Rows))
	for _, file := range hostile.Files() {
		t.Run(file.Name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), file.Name)
			to, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			defer to.Close()
			if err := file.Write(to); err != nil {
				t.Fatal(err)
			}
			args := []string{"import", path, "--publish", "now", "--json"}
			for _, pair := range file.Set {
				args = append(args, "--set", pair)
			}
			var exit int
			var out, said string
			grown := hostile.Heap(func() { exit, out, said = run(args...) })
			if exit != 3 {
				t.Fatalf("exit %d, %q; want 3", exit, said)
			}
			var report ingest.Report
			if err := json.Unmarshal([]byte(out), &report); err != nil {
				t.Fatal(err)
			}
			first := report.Errors[0]
			if first.Code != file.Code || file.Line != hostile.SomeLine && first.Line != file.Line || first.Cell != file.Cell {
				t.Errorf("the first error is %+v, want %s in line %d, cell %q", first, file.Code, file.Line, file.Cell)
			}
			if grown > hostile.MaxHeap {
				t.Errorf("the heap grew by %d MiB, want at most %d MiB", grown>>20, hostile.MaxHeap>>20)
			}
		})
	}
}
