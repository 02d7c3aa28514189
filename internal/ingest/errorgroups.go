package ingest

import (
	"cmp"
	"slices"

	"bellwether/internal/fault"
)

// maxSpans is how many runs of lines a group names.
const maxSpans = 10

// Alike is the findings of one code, in one column, of cells that hold the same
// text: what one remedy makes good.
type Alike struct {
	Code     fault.Code `json:"code"`
	Sheet    string     `json:"sheet,omitempty"`
	Column   string     `json:"column,omitempty"`
	Value    string     `json:"value,omitempty"`    // the text that stands there, cut to 128 bytes
	Expected string     `json:"expected,omitempty"` // of the first of them
	Count    int        `json:"count"`
	Lines    []Span     `json:"lines"` // at most ten, in the order of the file; none where it is the whole file
}

// Span is lines without one between them that is of another group.
type Span struct {
	First int `json:"first_line"`
	Last  int `json:"last_line"`
}

// grouped groups findings in memory that does not grow with the file: what is of
// a group beyond the limit is counted by code and column alone.
type grouped struct {
	limit  int
	groups map[groupedKey]*Alike
}

type groupedKey struct {
	code          fault.Code
	column, value string
}

func newGrouped(limit int) *grouped { return &grouped{limit: limit, groups: map[groupedKey]*Alike{}} }

// add counts a finding in its group. A nil one groups nothing.
func (a *grouped) add(f Finding) {
	if a == nil {
		return
	}
	key := groupedKey{f.Code, f.Column, f.Value}
	g := a.groups[key]
	if g == nil {
		if len(a.groups) >= a.limit {
			return
		}
		g = &Alike{Code: f.Code, Sheet: f.Sheet, Column: f.Column, Value: f.Value, Expected: f.Expected, Lines: []Span{}}
		a.groups[key] = g
	}
	g.Count++
	g.note(f.Line)
}

// note takes a line into the last run, or begins another.
func (g *Alike) note(line int) {
	last := len(g.Lines) - 1
	switch {
	case line == 0:
	case last >= 0 && line >= g.Lines[last].First && line <= g.Lines[last].Last+1:
		g.Lines[last].Last = max(g.Lines[last].Last, line)
	case last+1 < maxSpans:
		g.Lines = append(g.Lines, Span{line, line})
	}
}

// sorted returns the groups: what shifts rows before what is in cells, then
// the most frequent, then in the order of the file.
func (a *grouped) sorted() []Alike {
	list := make([]Alike, 0, len(a.groups))
	for _, g := range a.groups {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(x, y Alike) int {
		return cmp.Or(cmp.Compare(rank(x.Code), rank(y.Code)), cmp.Compare(y.Count, x.Count), cmp.Compare(x.from(), y.from()),
			cmp.Compare(x.Code, y.Code), cmp.Compare(x.Column, y.Column), cmp.Compare(x.Value, y.Value))
	})
	return list
}

// from is the line on which a group begins, 0 where it is the whole file.
func (g *Alike) from() int {
	if len(g.Lines) == 0 {
		return 0
	}
	return g.Lines[0].First
}
