package papers

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"bellwether"
	"bellwether/internal/cli"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// TestNotationsAreRead reads every notation of a period that the clerk's paper
// shows: those of one row are one kind of period.
func TestNotationsAreRead(t *testing.T) {
	found := 0
	read(t, "docs/import.md").tables(func(row map[string]string, line int) {
		notations := spans(row["written in any of these ways"])
		var first period.Period
		for i, text := range notations {
			found++
			p, err := period.Parse(text)
			if i == 0 {
				first = p
			}
			if err != nil || p != first {
				t.Errorf("docs/import.md:%d: %s is %v (%v), want %v as the first of its row", line, text, p, err, first)
			}
		}
	})
	if found == 0 {
		t.Error("docs/import.md shows no notation")
	}
}

// TestRefusalsHaveTheirCodes reads every cell that the clerk's paper says is
// refused and compares the code.
func TestRefusalsHaveTheirCodes(t *testing.T) {
	found := 0
	read(t, "docs/import.md").tables(func(row map[string]string, line int) {
		written, codes := spans(row["written"]), spans(row["code"])
		for i, text := range written {
			if text == "value" {
				continue
			}
			found++
			want := codes[min(i, len(codes)-1)]
			if got := refusal(want, text); string(got) != want {
				t.Errorf("docs/import.md:%d: %s gives %q, want %q", line, text, got, want)
			}
		}
	})
	if found == 0 {
		t.Error("docs/import.md shows no refusal")
	}
}

func refusal(code, text string) fault.Code {
	if strings.HasPrefix(code, "period_") {
		_, err := period.Parse(text)
		return fault.CodeOf(err)
	}
	_, err := figure.Notation{}.Read(text, figure.Level)
	return fault.CodeOf(err)
}

// TestCodesAreThere looks up every code that a table of the papers lists.
func TestCodesAreThere(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(bellwether.Spec)
	if err != nil {
		t.Fatal(err)
	}
	known := doc.Components.Schemas["ProblemCode"].Value.Enum
	for _, p := range papers(t) {
		p.tables(func(row map[string]string, line int) {
			for _, code := range spans(row["code"]) {
				if !slices.Contains(known, any(code)) {
					t.Errorf("%s:%d: there is no code %s", p.name, line, code)
				}
			}
		})
	}
}

// TestColumnsAreUnderstood hands in headers that have every name of a column
// that the clerk's paper lists: the first names, the second ones and so on. The
// column series goes alone, since it takes the place of others.
func TestColumnsAreUnderstood(t *testing.T) {
	t.Setenv("BELLWETHER_DATABASE", "sqlite:"+filepath.Join(t.TempDir(), "columns.db"))
	headers, want, lines := map[int][]string{}, map[string]string{}, map[string]int{}
	read(t, "docs/import.md").tables(func(row map[string]string, line int) {
		if _, tidy := row["without it"]; !tidy {
			return
		}
		canonical := spans(row["column"])
		for n, name := range append(slices.Clone(canonical), strings.Split(row["Chinese names"], ", ")...) {
			want[name], lines[name] = canonical[0], line
			if canonical[0] == "series" {
				n += 100
			}
			headers[n] = append(headers[n], name)
		}
	})
	if len(headers[0]) < 20 {
		t.Fatalf("docs/import.md lists %d columns", len(headers[0]))
	}
	for _, header := range headers {
		got := meanings(t, header)
		for _, name := range header {
			if got[name] != want[name] {
				t.Errorf("docs/import.md:%d: a column %s is taken for %q, want %q", lines[name], name, got[name], want[name])
			}
		}
	}
}

// meanings asks the import what it takes the columns of a header for.
func meanings(t *testing.T, header []string) map[string]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "header.csv")
	cells := strings.Repeat(",1", len(header))
	if err := os.WriteFile(path, []byte("unknown,"+strings.Join(header, ",")+"\n1"+cells+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, other bytes.Buffer
	cli.Main([]string{"import", path, "--json"}, cli.Streams{In: strings.NewReader(""), Out: &out, Err: &other})
	var report struct {
		Understood struct {
			Columns []struct{ Header, Meaning string }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("the report of %s: %v: %s", header, err, other.String())
	}
	all := map[string]string{}
	for _, column := range report.Understood.Columns {
		all[column.Header] = column.Meaning
	}
	return all
}
