package papers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bellwether/internal/app"
)

const (
	settingsBegin = "<!-- settings: begin -->"
	settingsEnd   = "<!-- settings: end -->"
)

// TestEverySettingIsDocumented keeps the table of settings equal to the
// settings that there are; -update rewrites it.
func TestEverySettingIsDocumented(t *testing.T) {
	p := read(t, "docs/operations.md")
	begin, end := slices.Index(p.lines, settingsBegin), slices.Index(p.lines, settingsEnd)
	if begin < 0 || end < begin {
		t.Fatalf("%s has no place for the settings", p.name)
	}
	want := settingsTable()
	if slices.Equal(p.lines[begin+1:end], want) {
		return
	}
	if !*update {
		t.Fatalf("the settings in %s are not those of package app; run go test ./internal/papers -update", p.name)
	}
	p.lines = slices.Concat(p.lines[:begin+1], want, p.lines[end:])
	p.write(t)
}

func settingsTable() []string {
	rows := []string{"", "| setting | default | what it is |", "|---|---|---|"}
	for _, s := range app.Settings() {
		standard := fmt.Sprint(s.Default)
		if list, ok := s.Default.([]string); ok {
			standard = strings.Join(list, ",")
		}
		if standard != "" {
			standard = "`" + standard + "`"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s | %s |", s.Key, standard, strings.ReplaceAll(s.Usage, "|", `\|`)))
	}
	return append(rows, "")
}
