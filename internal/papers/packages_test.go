package papers

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestEveryPackageIsInTheTable keeps the table of packages whole.
func TestEveryPackageIsInTheTable(t *testing.T) {
	var told []string
	read(t, "ARCHITECTURE.md").tables(func(row map[string]string, _ int) {
		told = append(told, spans(row["package"])...)
	})
	entries, err := os.ReadDir(filepath.Join(root, "internal"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.IsDir() && !slices.Contains(told, "internal/"+entry.Name()) {
			t.Errorf("ARCHITECTURE.md does not tell of internal/%s", entry.Name())
		}
	}
}
