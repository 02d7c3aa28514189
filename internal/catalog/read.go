package catalog

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"bellwether/internal/fault"
)

// The bounds of catalogue files.
const (
	MaxFile  = 8 << 20 // bytes of one file
	MaxLabel = 256     // bytes of a name, alias or code in another list
	MaxText  = 8 << 10 // bytes of a definition, note or source
	maxItems = 1000    // faults that are listed
)

// File is a catalogue file that somebody else has read. The end of its name
// says what it is: .yaml or .yml for a document with any sections, .csv for a
// table of one section, whose plural is the name's beginning (areas.csv,
// units-retired.csv). It is an alias, so that package data can hand over its
// files without knowing this package.
type File = struct {
	Name string
	Body []byte
}

// Read makes a catalogue of files. Everything that is wrong is reported in one
// fault of code catalog_invalid and kind Refused, an item for each place; or
// the fault is of a file that cannot be taken apart at all (catalog_syntax,
// catalog_too_large). No file at all makes an empty catalogue.
func Read(files []File) (*Catalog, error) {
	entries, err := parse(files)
	if err != nil {
		return nil, err
	}
	return build(entries)
}

// placed is an entry and where a file states it; line 0 is nowhere.
type placed struct {
	entry
	file string
	line int
}

// parse reads the entries of files and leaves it to build to look at them
// together.
func parse(files []File) ([]placed, error) {
	r := &reader{}
	for _, file := range files {
		r.file = path.Base(file.Name)
		if len(file.Body) > MaxFile {
			return nil, fault.New(fault.TooLarge, fault.CatalogTooLarge,
				"%s has %d bytes, more than %d", r.file, len(file.Body), MaxFile).Expect("at most %d bytes", MaxFile)
		}
		root, err := document(r.file, file.Body)
		if err != nil {
			return nil, err
		}
		r.document(root)
	}
	return r.entries, r.problems.fault()
}

// document turns a file into a tree of nodes, for CSV one of the same shape
// as its YAML would have. It is nil for a file without entries.
func document(name string, body []byte) (*yaml.Node, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return yamlDocument(name, body)
	case ".csv":
		return csvDocument(name, body)
	}
	return nil, fault.New(fault.Unsupported, fault.CatalogSyntax,
		"%q is no catalogue file by its name", name).Expect("a name that ends in .yaml, .yml or .csv")
}

// document reads the sections of a tree.
func (r *reader) document(root *yaml.Node) {
	if root == nil {
		return
	}
	f := r.fields(root, "a mapping of sections: indicators, areas, units, datasets, dimensions, items")
	for _, s := range Sections() {
		for _, node := range f.list(string(s) + "s") {
			r.entries = append(r.entries, placed{r.entry(s, node), r.file, node.Line})
		}
	}
	f.done(fault.CatalogSectionUnknown)
}

// entry reads one entry of a section.
func (r *reader) entry(s Section, node *yaml.Node) entry {
	f := r.fields(node, "an entry: code, name and the other keys of a "+string(s))
	defer f.done(fault.CatalogKeyUnknown)
	h := Head{
		Code: f.text("code"), Name: f.pair("name"),
		Aliases: f.texts("aliases"), Shared: f.texts("shared"), Former: f.texts("former"),
	}
	switch s {
	case Indicators:
		return &Indicator{
			Head: h, Kind: Kind(f.text("kind")), UnitKinds: unitKinds(f.texts("unit_kinds")), Definition: f.pair("definition"),
			Source: f.text("source"), SourceURL: f.text("source_url"), Parts: f.texts("parts"),
			GrowthOnly: f.flag("growth_only"), Note: f.pair("note"),
		}
	case Areas:
		return &Area{
			Head: h, Kind: AreaKind(f.text("kind")), Codes: f.codes("codes"),
			Validity: f.validity(), Relations: f.relations("relations"), Note: f.pair("note"),
		}
	case Units:
		return &Unit{
			Head: h, Kind: UnitKind(f.text("kind")), Digits: f.number("digits"), Codes: f.codes("codes"),
			Validity: f.validity(), Successor: f.successor("successor"), Note: f.pair("note"),
		}
	case Datasets:
		d := &Dataset{Head: h, Provider: f.pair("provider"), Editors: f.texts("editors"), Note: f.pair("note")}
		if rank := f.number("rank"); rank != nil {
			d.Rank = *rank
		}
		return d
	case Dimensions:
		return &Dimension{Head: h, Note: f.pair("note")}
	default:
		return &Item{Head: h, Dimension: f.text("dimension"), Note: f.pair("note")}
	}
}

func unitKinds(texts []string) []UnitKind {
	var kinds []UnitKind
	for _, text := range texts {
		kinds = append(kinds, UnitKind(text))
	}
	return kinds
}
