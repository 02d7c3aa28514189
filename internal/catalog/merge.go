package catalog

import (
	"bytes"
	"slices"

	"bellwether/internal/series"
)

// ChangeKind says what merging did with an entry of a file.
type ChangeKind string

// The kinds of change.
const (
	Added     ChangeKind = "added"     // the code is new
	Changed   ChangeKind = "changed"   // the entry takes the place of one with its code
	Renamed   ChangeKind = "renamed"   // the entry takes the place of one whose code it names as former
	Unchanged ChangeKind = "unchanged" // the catalogue says the same
)

// Change is what merging did with one entry of a file.
type Change struct {
	Kind    ChangeKind `json:"kind"`
	Section Section    `json:"section"`
	Code    string     `json:"code"`
	Was     string     `json:"was,omitempty"` // the former code of a renamed entry
	File    string     `json:"file"`
	Line    int        `json:"line"`
}

// Merge returns the catalogue with the entries of files, and what each did to
// it; c stays as it is. An entry takes the place of the whole entry with its
// code. One that names a code in former which is an entry of the catalogue
// renames that entry: the old code goes on answering, with everything that it
// answered before as a code. Merging is all or nothing; faults are those of
// Read, for the catalogue as it would become.
func (c *Catalog) Merge(files ...File) (*Catalog, []Change, error) {
	added, err := parse(files)
	if err != nil {
		return nil, nil, err
	}
	changes := make([]Change, len(added))
	renames := map[Section]map[string]string{}
	for i := range added {
		changes[i] = c.change(&added[i])
		if changes[i].Kind == Renamed {
			note(renames, changes[i])
		}
	}
	replaced := replacedBy(added)
	var kept []placed
	for _, s := range Sections() {
		for _, e := range c.in(s).entries {
			if !replaced[s][series.Fold(e.key())] {
				kept = append(kept, placed{entry: redirect(e, renames)})
			}
		}
	}
	merged, err := build(append(kept, added...))
	if err != nil {
		return nil, nil, err
	}
	return merged, changes, nil
}

// replacedBy returns the folded codes, by section, that entries of files have
// or name as former ones.
func replacedBy(added []placed) map[Section]map[string]bool {
	replaced := map[Section]map[string]bool{}
	for _, e := range added {
		codes := replaced[e.section()]
		if codes == nil {
			codes = map[string]bool{}
			replaced[e.section()] = codes
		}
		for _, code := range append(formerKeys(e.entry), e.key()) {
			codes[series.Fold(code)] = true
		}
	}
	return replaced
}

func sameCode(a, b string) bool { return series.Fold(a) == series.Fold(b) }

// change says what e does to the catalogue, and hands it the former codes of
// the entry that it renames or replaces.
func (c *Catalog) change(e *placed) Change {
	x := c.in(e.section())
	change := Change{Kind: Added, Section: e.section(), Code: e.key(), File: e.file, Line: e.line}
	if old, ok := x.byCode[series.Fold(e.key())]; ok {
		inherit(e.entry, old)
		change.Kind = Changed
		if bytes.Equal(encode(e.entry), encode(old)) {
			change.Kind = Unchanged
		}
	}
	for _, code := range formerKeys(e.entry) {
		if old, ok := x.byCode[series.Fold(code)]; ok {
			inherit(e.entry, old)
			change.Kind, change.Was = Renamed, old.key()
		}
	}
	return change
}

// inherit adds the former codes of old to e, for a code is never given up.
func inherit(e, old entry) {
	h := e.head()
	for _, code := range old.head().Former {
		if !sameCode(code, h.Code) && !slices.ContainsFunc(h.Former, func(has string) bool { return sameCode(has, code) }) {
			h.Former = append(h.Former, code)
		}
	}
}

func note(renames map[Section]map[string]string, change Change) {
	if renames[change.Section] == nil {
		renames[change.Section] = map[string]string{}
	}
	renames[change.Section][change.Was] = change.Code
}

// redirect returns the entry with its references to renamed entries following
// them. Only a copy is changed.
func redirect(e entry, renames map[Section]map[string]string) entry {
	follow := func(s Section, code string) string {
		if now, ok := renames[s][code]; ok {
			return now
		}
		return code
	}
	switch e := e.(type) {
	case *Indicator:
		moved := *e
		moved.Parts = slices.Clone(e.Parts)
		for i, part := range moved.Parts {
			moved.Parts[i] = follow(Indicators, part)
		}
		return &moved
	case *Area:
		moved := *e
		moved.Relations = slices.Clone(e.Relations)
		for i, relation := range moved.Relations {
			moved.Relations[i].Area = follow(Areas, relation.Area)
		}
		return &moved
	case *Unit:
		moved := *e
		if e.Successor != nil {
			successor := *e.Successor
			successor.Unit = follow(Units, successor.Unit)
			moved.Successor = &successor
		}
		return &moved
	case *Item:
		moved := *e
		moved.Dimension = follow(Dimensions, e.Dimension)
		return &moved
	}
	return e
}
