package catalog

import (
	"bytes"
	"encoding/json"

	"bellwether/internal/fault"
)

// Entry is one entry as a store keeps it. Its body is JSON whose keys stand in
// a fixed order, so that equal entries have equal bytes; an empty body says
// that the code is no longer an entry of its own.
type Entry struct {
	Section Section
	Code    string // for an item dimension-item
	Body    []byte
}

// Entries returns every entry, section by section in the order of Sections and
// by code within.
func (c *Catalog) Entries() []Entry {
	var list []Entry
	for _, s := range Sections() {
		for _, e := range c.in(s).entries {
			list = append(list, Entry{s, e.key(), encode(e)})
		}
	}
	return list
}

// encode writes an entry without escaping what only HTML needs escaped.
// Entries consist of texts, numbers, lists and maps of texts, none of which
// can fail to encode.
func encode(e entry) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(e); err != nil {
		panic("encode an entry: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// FromEntries makes the catalogue of kept entries. Those with an empty body
// are left out. Faults: those of Read, and catalog_syntax for a body that is
// not what Entries writes.
func FromEntries(entries []Entry) (*Catalog, error) {
	var list []placed
	for _, kept := range entries {
		if len(kept.Body) == 0 {
			continue
		}
		e, err := decode(kept)
		if err != nil {
			return nil, err
		}
		list = append(list, placed{entry: e})
	}
	return build(list)
}

func decode(kept Entry) (entry, error) {
	e := blank(kept.Section)
	if e == nil {
		return nil, fault.New(fault.Refused, fault.CatalogSectionUnknown, "an entry of section %q", kept.Section).
			Expect("indicator, area, unit, dataset, dimension or item")
	}
	decoder := json.NewDecoder(bytes.NewReader(kept.Body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(e); err != nil {
		return nil, fault.Wrap(err, fault.Refused, fault.CatalogSyntax,
			"the kept %s %q cannot be read", kept.Section, kept.Code).Expect("an entry as this version writes it")
	}
	if e.key() != kept.Code {
		return nil, fault.New(fault.Refused, fault.CatalogCodeInvalid,
			"the %s kept as %q has the code %q", kept.Section, kept.Code, e.key()).Expect("one code")
	}
	return e, nil
}

func blank(s Section) entry {
	switch s {
	case Indicators:
		return &Indicator{}
	case Areas:
		return &Area{}
	case Units:
		return &Unit{}
	case Datasets:
		return &Dataset{}
	case Dimensions:
		return &Dimension{}
	case Items:
		return &Item{}
	}
	return nil
}

// Diff returns the entries of next that are not in old or have another body
// there, and with an empty body those of old that next does not have.
func Diff(old, next *Catalog) []Entry {
	type key struct {
		section Section
		code    string
	}
	before := map[key][]byte{}
	for _, e := range old.Entries() {
		before[key{e.Section, e.Code}] = e.Body
	}
	var changed []Entry
	for _, e := range next.Entries() {
		at := key{e.Section, e.Code}
		if body, ok := before[at]; !ok || !bytes.Equal(body, e.Body) {
			changed = append(changed, e)
		}
		delete(before, at)
	}
	for _, e := range old.Entries() {
		if _, gone := before[key{e.Section, e.Code}]; gone {
			changed = append(changed, Entry{Section: e.Section, Code: e.Code})
		}
	}
	return changed
}
