package ingest

import (
	"cmp"
	"slices"
	"strings"

	"bellwether/internal/sheet"
)

// maxLineMarks is how much of what was found in one line is told.
const maxLineMarks = 10

// lineMark is what was found in one line.
type lineMark struct {
	line int
	cell string // of an error: as a spreadsheet names it
	text string
}

// marksByLine is what was found in a file, line by line: what is told of the
// whole file is in the first. What of a line comes first is looked at first.
type marksByLine []lineMark

// lineMarks is what was found in one row.
type lineMarks []lineMark

// marksOf takes what a report shows.
func marksOf(r *Report) marksByLine {
	var all marksByLine
	for _, q := range r.Questions {
		all = append(all, lineMark{line: max(1, q.Line), text: "question: " + q.Reason + "; answer with " + q.Answer})
	}
	for _, f := range r.Errors {
		all = append(all, lineMark{line: max(1, f.Line), cell: f.Cell, text: "error: " + foundText(f)})
	}
	for _, f := range r.Warnings {
		all = append(all, lineMark{line: max(1, f.Line), text: "warning: " + foundText(f)})
	}
	slices.SortStableFunc(all, func(a, b lineMark) int { return cmp.Compare(a.line, b.line) })
	return all
}

// foundText says what was found, where in the line, and what was expected.
func foundText(f Finding) string {
	text := string(f.Code)
	if f.Column != "" {
		text += " in column " + f.Column
	}
	if f.Cell != "" {
		text += " (" + f.Cell + ")"
	}
	if f.Cell == "" && f.Value != "" {
		text += ", " + f.Value
	}
	if f.Expected != "" {
		text += ": " + f.Expected
	}
	return text
}

// take returns what was found up to a line and was not taken before.
func (m *marksByLine) take(line int) lineMarks {
	n := 0
	for n < len(*m) && (*m)[n].line <= line {
		n++
	}
	found := lineMarks((*m)[:n])
	*m = (*m)[n:]
	return found
}

// last is the last line in which something was found that is not taken; 0 where
// there is none.
func (m marksByLine) last() int {
	if len(m) == 0 {
		return 0
	}
	return m[len(m)-1].line
}

// text tells what was found in one line of text.
func (m lineMarks) text() string {
	var parts []string
	for i, mark := range m {
		if i == maxLineMarks {
			parts = append(parts, countOf(len(m)-i, "more", "more"))
			break
		}
		parts = append(parts, mark.text)
	}
	return strings.NewReplacer("\r", " ", "\n", " ").Replace(strings.Join(parts, " | "))
}

// wrong reports whether there is an error in a cell of the row; columns count
// from 0.
func (m lineMarks) wrong(column int) bool {
	if len(m) == 0 {
		return false
	}
	letters := sheet.Letters(column)
	return slices.ContainsFunc(m, func(mark lineMark) bool { return strings.TrimRight(mark.cell, "0123456789") == letters })
}
