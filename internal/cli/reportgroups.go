package cli

import (
	"fmt"
	"io"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/term"
)

// toldGroup is what a group of findings has in common.
type toldGroup struct {
	code          fault.Code
	column, value string
}

// toldGroups is the groups that were written, and how many findings they are.
type toldGroups struct {
	groups   map[toldGroup]bool
	findings int
}

func (t toldGroups) has(f ingest.Finding) bool { return t.groups[toldGroup{f.Code, f.Column, f.Value}] }

// writeGroups writes the groups of more than one finding, each in one line with
// the lines of the file.
func writeGroups(w io.Writer, groups []ingest.Alike) toldGroups {
	told := toldGroups{groups: map[toldGroup]bool{}}
	for _, g := range groups {
		if g.Count < 2 {
			continue
		}
		if len(told.groups) == shownRows {
			break
		}
		item := fault.Item{Code: g.Code, Sheet: g.Sheet, Column: g.Column, Value: g.Value, Expected: g.Expected}
		term.ItemOn(w, item, inLines(g))
		told.groups[toldGroup{g.Code, g.Column, g.Value}] = true
		told.findings += g.Count
	}
	return told
}

// inLines names the lines of a group, and how often it was found where they do
// not say it.
func inLines(g ingest.Alike) string {
	var spans []string
	lines := 0
	for _, s := range g.Lines {
		lines += s.Last - s.First + 1
		if s.First == s.Last {
			spans = append(spans, fmt.Sprint(s.First))
			continue
		}
		spans = append(spans, fmt.Sprintf("%d to %d", s.First, s.Last))
	}
	if len(spans) == 0 {
		return fmt.Sprintf("%d times", g.Count)
	}
	text := "lines " + strings.Join(spans, ", ")
	if lines != g.Count {
		text += fmt.Sprintf(" (%d times)", g.Count)
	}
	return text
}
