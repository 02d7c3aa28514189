package catalog

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"bellwether/internal/fault"
)

// reader turns trees of nodes into entries and gathers what is wrong on the
// way. Nodes are read by hand and not decoded, so that every fault has its
// line, an unknown key is refused, and `code: no` is Norway.
type reader struct {
	file     string
	entries  []placed
	problems problems
}

// problem notes what is wrong at a node.
func (r *reader) problem(node *yaml.Node, code fault.Code, key, expected string) {
	r.problems.add(fault.Item{
		Code: code, Sheet: r.file, Line: node.Line, Column: key,
		Value: fault.Clip(node.Value), Expected: expected,
	})
}

// fields are the values of one mapping by key. Keys that nobody asked for are
// unknown: done reports them.
type fields struct {
	r      *reader
	node   *yaml.Node
	values map[string]*yaml.Node
	keys   map[string]*yaml.Node
	asked  []string
}

// fields opens a mapping; of anything else it notes what was expected and has
// no values.
func (r *reader) fields(node *yaml.Node, expected string) *fields {
	f := &fields{r: r, node: node, values: map[string]*yaml.Node{}, keys: map[string]*yaml.Node{}}
	if node.Kind != yaml.MappingNode {
		r.problem(node, fault.CatalogValueInvalid, "", expected)
		return f
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if _, twice := f.values[key.Value]; twice {
			r.problem(key, fault.CatalogKeyRepeated, key.Value, "each key once")
			continue
		}
		f.values[key.Value], f.keys[key.Value] = value, key
	}
	return f
}

// done notes every key that was not asked for.
func (f *fields) done(code fault.Code) {
	for name, key := range f.keys {
		if slices.Contains(f.asked, name) {
			continue
		}
		f.r.problem(key, code, name, strings.Join(nearestWords(name, f.asked, 3), ", "))
	}
}

// take returns the value of a key, nil when it is absent or null.
func (f *fields) take(key string) *yaml.Node {
	f.asked = append(f.asked, key)
	node := f.values[key]
	if node == nil || node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return nil
	}
	return node
}

// text returns a text, trimmed.
func (f *fields) text(key string) string {
	node := f.take(key)
	if node == nil {
		return ""
	}
	return f.r.scalar(node, key)
}

func (r *reader) scalar(node *yaml.Node, key string) string {
	text := strings.TrimSpace(node.Value)
	switch {
	case node.Kind != yaml.ScalarNode:
		r.problem(node, fault.CatalogValueInvalid, key, "one text")
	case len(text) > MaxText:
		r.problem(node, fault.CatalogTooLarge, key, "at most "+strconv.Itoa(MaxText)+" bytes")
	case strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsRune(text, unicode.ReplacementChar):
		r.problem(node, fault.CatalogValueInvalid, key, "one line of text without control characters")
	default:
		return text
	}
	return ""
}

// list returns the members of a list.
func (f *fields) list(key string) []*yaml.Node {
	node := f.take(key)
	if node == nil {
		return nil
	}
	if node.Kind != yaml.SequenceNode {
		f.r.problem(node, fault.CatalogValueInvalid, key, "a list")
		return nil
	}
	return node.Content
}

// texts returns a list of texts.
func (f *fields) texts(key string) []string {
	var all []string
	for _, node := range f.list(key) {
		if text := f.r.scalar(node, key); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// pair returns a text in both languages, written as {en: …, zh: …}.
func (f *fields) pair(key string) Text {
	node := f.take(key)
	if node == nil {
		return Text{}
	}
	inner := f.r.fields(node, "{en: …, zh: …}")
	defer inner.done(fault.CatalogKeyUnknown)
	return Text{En: inner.text("en"), Zh: inner.text("zh")}
}

// flag returns true or false; absent is false.
func (f *fields) flag(key string) bool {
	node := f.take(key)
	if node == nil {
		return false
	}
	text := f.r.scalar(node, key)
	if text != "true" && text != "false" {
		f.r.problem(node, fault.CatalogValueInvalid, key, "true or false")
	}
	return text == "true"
}

// number returns a whole number from 0 to 999, nil when it is absent.
func (f *fields) number(key string) *int {
	node := f.take(key)
	if node == nil {
		return nil
	}
	text := f.r.scalar(node, key)
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 999 || strconv.Itoa(n) != text {
		f.r.problem(node, fault.CatalogValueInvalid, key, "a whole number from 0 to 999")
		return nil
	}
	return &n
}

// codes returns codes in other lists by the list's name.
func (f *fields) codes(key string) map[string]string {
	node := f.take(key)
	if node == nil {
		return nil
	}
	inner := f.r.fields(node, "a mapping of lists to codes")
	all := map[string]string{}
	for list := range inner.values {
		if code := inner.text(list); code != "" {
			all[list] = code
		}
	}
	return all
}

func (f *fields) validity() Validity {
	return Validity{From: Day(f.text("valid_from")), To: Day(f.text("valid_to"))}
}

func (f *fields) relations(key string) []Relation {
	var all []Relation
	for _, node := range f.list(key) {
		inner := f.r.fields(node, "{kind: …, area: …}")
		all = append(all, Relation{Kind: RelationKind(inner.text("kind")), Area: inner.text("area")})
		inner.done(fault.CatalogKeyUnknown)
	}
	return all
}

func (f *fields) successor(key string) *Successor {
	node := f.take(key)
	if node == nil {
		return nil
	}
	inner := f.r.fields(node, "{unit: …, rate: …, from: …, source: …}")
	defer inner.done(fault.CatalogKeyUnknown)
	return &Successor{
		Unit: inner.text("unit"), Rate: inner.text("rate"),
		From: Day(inner.text("from")), Source: inner.text("source"),
	}
}
