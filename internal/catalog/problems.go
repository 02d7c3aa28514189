package catalog

import (
	"cmp"
	"slices"

	"bellwether/internal/fault"
)

// problems gathers everything that is wrong with a catalogue, so that one
// reading tells all of it.
type problems struct {
	items []fault.Item
}

func (p *problems) add(item fault.Item) { p.items = append(p.items, item) }

// at adds a problem with a key of an entry.
func (p *problems) at(e placed, code fault.Code, key, value, expected string) {
	p.add(fault.Item{
		Code: code, Sheet: e.file, Line: e.line,
		Column: string(e.section()) + " " + fault.Clip(e.key()) + ": " + key,
		Value:  fault.Clip(value), Expected: expected,
	})
}

// fault returns all problems as one fault in the order of files and lines,
// nil when there is none. At most maxItems are listed; the detail counts all.
func (p *problems) fault() error {
	if len(p.items) == 0 {
		return nil
	}
	slices.SortStableFunc(p.items, func(a, b fault.Item) int {
		return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	first := p.items[0]
	e := fault.New(fault.Refused, fault.CatalogInvalid, "%d faults in the catalogue; the first is %s in %s, line %d (%s)",
		len(p.items), first.Code, cmp.Or(first.Sheet, "an entry"), first.Line, first.Column)
	return e.Expect("%s", first.Expected).With(p.items[:min(len(p.items), maxItems)]...)
}
