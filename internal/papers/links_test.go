package papers

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	file = regexp.MustCompile(`^[.a-z][\w./*{},-]*/[\w./*{},-]*$`)
)

// TestLinksLeadSomewhere follows every relative link to its file and heading.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, p := range papers(t) {
		for i, line := range p.prose() {
			for _, found := range link.FindAllStringSubmatch(line, -1) {
				target, heading, _ := strings.Cut(found[1], "#")
				if strings.HasPrefix(target, "https://") {
					continue
				}
				name := p.name
				if target != "" {
					name = filepath.Join(filepath.Dir(p.name), target)
				}
				text, err := os.ReadFile(filepath.Join(root, name))
				if err != nil {
					t.Errorf("%s:%d: the link %s leads to no file", p.name, i+1, found[1])
				} else if heading != "" && !hasHeading(string(text), heading) {
					t.Errorf("%s:%d: %s has no heading #%s", p.name, i+1, name, heading)
				}
			}
		}
	}
}

func hasHeading(text, anchor string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		title := strings.TrimLeft(line, "#")
		if title != line && anchorOf(strings.TrimSpace(title)) == anchor {
			return true
		}
	}
	return false
}

// anchorOf is the anchor that a title gets: lower case, hyphens for spaces,
// no punctuation.
func anchorOf(title string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// TestFilesAreThere finds every file and folder of the project that the papers
// name. Capitals stand for a part to be filled in.
func TestFilesAreThere(t *testing.T) {
	tops := map[string]bool{}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		tops[entry.Name()] = true
	}
	for _, p := range papers(t) {
		for i, line := range p.prose() {
			for _, span := range spans(line) {
				top, _, _ := strings.Cut(span, "/")
				if !file.MatchString(span) || !tops[top] || top == "bin" || strings.ToLower(span) != span {
					continue
				}
				if found, err := filepath.Glob(filepath.Join(root, span)); err != nil || len(found) == 0 {
					t.Errorf("%s:%d: there is no %s", p.name, i+1, span)
				}
			}
		}
	}
}

// TestFunctionsAreThere finds every function that a table names beside its file.
func TestFunctionsAreThere(t *testing.T) {
	found := 0
	for _, p := range papers(t) {
		p.tables(func(row map[string]string, line int) {
			file, function := spans(row["file"]), spans(row["function"])
			if len(file) != 1 || len(function) != 1 {
				return
			}
			found++
			text, err := os.ReadFile(filepath.Join(root, file[0]))
			if err != nil {
				t.Errorf("%s:%d: %v", p.name, line, err)
				return
			}
			if !regexp.MustCompile(`(?m)^func (\([^)]*\) )?` + function[0] + `[(\[]`).Match(text) {
				t.Errorf("%s:%d: %s has no function %s", p.name, line, file[0], function[0])
			}
		})
	}
	if found == 0 {
		t.Error("no table names a file and a function")
	}
}
