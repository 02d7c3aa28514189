package catalog

import (
	"cmp"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/series"
)

// build makes a catalogue of entries or reports everything that is wrong with
// them.
func build(entries []placed) (*Catalog, error) {
	b := builder{sections: map[Section][]placed{}, keys: map[Section]map[string]placed{}}
	for _, e := range entries {
		b.check(e)
		b.sections[e.section()] = append(b.sections[e.section()], e)
	}
	for _, s := range Sections() {
		b.checkCodes(s)
		b.checkLabels(s)
	}
	for _, e := range entries {
		b.checkReferences(e)
	}
	b.checkCircles()
	if err := b.problems.fault(); err != nil {
		return nil, err
	}
	return b.catalog(), nil
}

// builder is a catalogue on its way.
type builder struct {
	problems
	sections map[Section][]placed
	keys     map[Section]map[string]placed // by folded key
}

func (b *builder) catalog() *Catalog {
	c := &Catalog{sections: map[Section]*index{}}
	for s, found := range b.sections {
		entries := make([]entry, len(found))
		for i, e := range found {
			entries[i] = e.entry
		}
		slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key(), b.key()) })
		c.sections[s] = newIndex(entries)
	}
	return c
}

// checkCodes refuses a code that two entries of a section have or had.
func (b *builder) checkCodes(s Section) {
	keys := map[string]placed{}
	for _, e := range b.sections[s] {
		folded := series.Fold(e.key())
		if first, twice := keys[folded]; twice {
			b.at(e, fault.CatalogCodeDuplicate, "code", e.key(), "a code other than that of "+place(first))
			continue
		}
		keys[folded] = e
	}
	b.keys[s] = keys
	former := map[string]placed{}
	for _, e := range b.sections[s] {
		for _, old := range formerKeys(e.entry) {
			folded := series.Fold(old)
			for _, known := range []map[string]placed{keys, former} {
				if first, twice := known[folded]; twice {
					b.at(e, fault.CatalogCodeDuplicate, "former", old, "a code that "+place(first)+" does not have")
				}
			}
			former[folded] = e
		}
	}
}

// checkLabels refuses a label that two entries of a section answer: a text in
// a file has to mean one thing. What several are called is said by shared.
func (b *builder) checkLabels(s Section) {
	owners := map[string]placed{}
	for _, e := range b.sections[s] {
		for _, label := range labels(e.entry) {
			folded := Fold(label)
			if first, taken := owners[folded]; taken && first.key() != e.key() {
				b.at(e, fault.CatalogLabelDuplicate, "label", label,
					"a label that "+place(first)+" does not have, or shared in both entries")
				continue
			}
			owners[folded] = e
		}
	}
	for _, e := range b.sections[s] {
		for _, label := range e.head().Shared {
			if first, taken := owners[Fold(label)]; taken {
				b.at(e, fault.CatalogLabelDuplicate, "shared", label,
					"a label that is shared wherever it stands; "+place(first)+" has it for itself")
			}
		}
	}
}

// place names an entry for people.
func place(e placed) string {
	name := string(e.section()) + " " + fault.Clip(e.key())
	if e.file != "" {
		name += " (" + e.file + ")"
	}
	return name
}

// checkReferences refuses a reference to what is not in the catalogue.
func (b *builder) checkReferences(e placed) {
	switch found := e.entry.(type) {
	case *Indicator:
		for _, part := range found.Parts {
			b.refer(e, "parts", Indicators, part)
		}
	case *Area:
		for _, relation := range found.Relations {
			b.refer(e, "relations", Areas, relation.Area)
		}
	case *Unit:
		if found.Successor != nil {
			b.refer(e, "successor", Units, found.Successor.Unit)
		}
	case *Item:
		b.refer(e, "dimension", Dimensions, found.Dimension)
	}
}

func (b *builder) refer(from placed, key string, s Section, code string) {
	if to, ok := b.keys[s][series.Fold(code)]; !ok || to.key() != code {
		b.at(from, fault.CatalogReferenceUnknown, key, code, "the code of a catalogued "+string(s))
	}
}

// checkCircles refuses indicators that are parts, and units that are
// successors, of themselves over any number of steps.
func (b *builder) checkCircles() {
	for s, key := range map[Section]string{Indicators: "parts", Units: "successor"} {
		w := walk{b: b, key: key, seen: map[string]mark{}}
		for _, e := range b.sections[s] {
			w.from(e)
		}
	}
}

// walk follows the references of a section, each entry once.
type walk struct {
	b    *builder
	key  string
	seen map[string]mark
}

// mark says how far a walk has come with an entry.
type mark uint8

const (
	open   mark = 1 + iota // the walk is on its way from here
	closed                 // everything from here on has been seen
)

func (w walk) from(e placed) {
	folded := series.Fold(e.key())
	if w.seen[folded] != 0 {
		return
	}
	w.seen[folded] = open
	for _, code := range references(e.entry) {
		next, ok := w.b.keys[e.section()][series.Fold(code)]
		if !ok {
			continue
		}
		if w.seen[series.Fold(code)] == open {
			w.b.at(e, fault.CatalogReferenceCircle, w.key, code, "an entry that does not lead back to this one")
			continue
		}
		w.from(next)
	}
	w.seen[folded] = closed
}

// references returns the entries of its own section that an entry is made of
// or followed by.
func references(e entry) []string {
	switch e := e.(type) {
	case *Indicator:
		return e.Parts
	case *Unit:
		if e.Successor != nil {
			return []string{e.Successor.Unit}
		}
	}
	return nil
}
