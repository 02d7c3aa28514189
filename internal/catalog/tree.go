package catalog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"bellwether/internal/fault"
)

// yamlDocument reads one YAML document without anchors, which catalogue files
// do not need and which could make a small file large.
func yamlDocument(name string, body []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(body))
	var doc, second yaml.Node
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, syntax(name, yamlLine(err), "not YAML")
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, syntax(name, max(second.Line, yamlLine(err)), "more than one document")
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil, nil
	}
	if node := odd(doc.Content[0]); node != nil {
		return nil, syntax(name, node.Line, "an anchor, an alias or a tag")
	}
	return doc.Content[0], nil
}

// odd returns the first node that is an alias or has an anchor or a tag of
// somebody's own, nil when there is none.
func odd(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode || node.Anchor != "" || !strings.HasPrefix(node.ShortTag(), "!!") {
		return node
	}
	for _, child := range node.Content {
		if found := odd(child); found != nil {
			return found
		}
	}
	return nil
}

var lineOfYAML = regexp.MustCompile(`line (\d+)`)

// yamlLine returns the line that a parser's error speaks of, 0 when it names
// none.
func yamlLine(err error) int {
	if err == nil {
		return 0
	}
	match := lineOfYAML.FindStringSubmatch(err.Error())
	if match == nil {
		return 0
	}
	line, _ := strconv.Atoi(match[1])
	return line
}

func syntax(name string, line int, found string) error {
	return fault.New(fault.Refused, fault.CatalogSyntax, "%s, line %d: %s", name, line, found).
		Expect("a catalogue file").
		With(fault.Item{Code: fault.CatalogSyntax, Sheet: name, Line: line, Value: found, Expected: "a catalogue file"})
}

// csvDocument turns a table of one section into the tree that its YAML would
// have. A dot in a header leads into a mapping (name.en), lists are separated
// by `|`, and an empty cell states nothing.
func csvDocument(name string, body []byte) (*yaml.Node, error) {
	section, ok := sectionOf(name)
	if !ok {
		return nil, fault.New(fault.Refused, fault.CatalogSectionUnknown,
			"%q names no section of the catalogue", name).Expect("a name such as areas.csv or units-retired.csv")
	}
	if !utf8.Valid(body) {
		return nil, syntax(name, 0, "not UTF-8")
	}
	rows := csv.NewReader(bytes.NewReader(body))
	header, err := rows.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for err == nil {
		var record []string
		if record, err = rows.Read(); err == nil {
			line, _ := rows.FieldPos(0)
			list.Content = append(list.Content, rowTree(header, record, line))
		}
	}
	if !errors.Is(err, io.EOF) {
		return nil, syntax(name, csvLine(err), "not a CSV table with as many cells in every row")
	}
	return mapping(1, scalar(1, section), list), nil
}

func csvLine(err error) int {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return parse.Line
	}
	return 0
}

// sectionOf returns the key of the section that a table is of by its name.
func sectionOf(name string) (string, bool) {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem, _, _ = strings.Cut(stem, "-")
	known := slices.ContainsFunc(Sections(), func(s Section) bool { return string(s)+"s" == stem })
	return stem, known
}

func rowTree(header, record []string, line int) *yaml.Node {
	row := mapping(line)
	for i, column := range header {
		if record[i] == "" {
			continue
		}
		parent, key := row, column
		if outer, inner, nested := strings.Cut(column, "."); nested {
			parent, key = child(row, outer, line), inner
		}
		parent.Content = append(parent.Content, scalar(line, key), cell(column, record[i], line))
	}
	return row
}

// child returns the mapping under a key of row, and makes it where it is not.
func child(row *yaml.Node, key string, line int) *yaml.Node {
	for i := 0; i+1 < len(row.Content); i += 2 {
		if row.Content[i].Value == key && row.Content[i+1].Kind == yaml.MappingNode {
			return row.Content[i+1]
		}
	}
	inner := mapping(line)
	row.Content = append(row.Content, scalar(line, key), inner)
	return inner
}

func cell(column, text string, line int) *yaml.Node {
	switch column {
	case "aliases", "shared", "former", "parts", "editors", "unit_kinds":
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: line}
		for _, one := range strings.Split(text, "|") {
			list.Content = append(list.Content, scalar(line, one))
		}
		return list
	}
	return scalar(line, text)
}

func scalar(line int, text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Line: line, Value: text}
}

func mapping(line int, content ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: line, Content: content}
}
