package profile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// MaxBytes bounds the text of a profile.
const MaxBytes = 64 << 10

// Parse reads the text of a profile. Keys that are absent or null take their
// defaults. Nodes are read by hand and not decoded, so that every fault has its
// line, a word for Norway is no answer, and 01-04 no number. Faults, each with
// its items' lines: profile_syntax, profile_too_large, profile_key_unknown,
// profile_key_repeated, profile_invalid, and those of ingest.Settings.Check.
func Parse(text []byte) (ingest.Settings, error) {
	if len(text) > MaxBytes {
		return ingest.Settings{}, fault.New(fault.TooLarge, fault.ProfileTooLarge, "the profile has more than %d bytes", MaxBytes).
			Expect("at most %d bytes", MaxBytes)
	}
	if !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 {
		return ingest.Settings{}, syntax("no text in UTF-8", 0)
	}
	root, err := mapping(text)
	if err != nil {
		return ingest.Settings{}, err
	}
	r := reader{values: map[string]any{}, lines: map[string]int{}}
	r.keys("", root)
	if len(r.items) > 0 {
		return ingest.Settings{}, fault.New(fault.Invalid, r.items[0].Code, "the profile cannot be read").
			Expect("%s", r.items[0].Expected).With(r.items...)
	}
	canonical, err := json.Marshal(r.values)
	if err != nil {
		return ingest.Settings{}, fault.Wrap(err, fault.Internal, fault.InternalError, "settings cannot be written")
	}
	settings, err := ingest.ParseSettings(string(canonical))
	return settings, r.placed(err)
}

// ToKeep reads a text that is to be kept under a name: an empty one, which is
// more likely a slip than a wish, is profile_syntax. Faults: profile_name_invalid
// and those of Parse.
func ToKeep(name string, text []byte) (ingest.Settings, error) {
	if err := CheckName(name); err != nil {
		return ingest.Settings{}, err
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return ingest.Settings{}, syntax("an empty profile", 0)
	}
	return Parse(text)
}

// placed adds to a fault of the settings where the key stands that it names.
func (r *reader) placed(err error) error {
	if err == nil {
		return nil
	}
	for i := range fault.From(err).Items {
		item := &fault.From(err).Items[i]
		if line, ok := r.lines[item.Parameter]; ok {
			item.Line, item.Column, item.Parameter = line, item.Parameter, ""
		}
	}
	return err
}

// mapping returns the one mapping of a text; an empty text is an empty one.
func mapping(text []byte) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return &yaml.Node{Kind: yaml.MappingNode}, nil
	case err != nil:
		return nil, noYAML(err)
	}
	if err := decoder.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, syntax("more than one document", second.Line)
	}
	root := document.Content[0]
	if at := alias(root); at != nil {
		return nil, syntax("an anchor, an alias or a tag", at.Line)
	}
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return &yaml.Node{Kind: yaml.MappingNode}, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, syntax("no mapping of keys to values", root.Line)
	}
	return root, nil
}

// alias finds what makes a text mean more than it shows.
func alias(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode || node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 {
		return node
	}
	for _, child := range node.Content {
		if at := alias(child); at != nil {
			return at
		}
	}
	return nil
}

// expectedByParser are the faults of which the YAML decoder counts lines from 0:
// those of its parser; those of its scanner it counts from 1.
const expectedByParser = "did not find expected key|did not find expected node content|did not find expected ',' or ']'|" +
	"did not find expected ',' or '}'|did not find expected '-' indicator|did not find expected <document start>"

// noYAML says of an error of the YAML decoder in which line it lies.
func noYAML(err error) error {
	what, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if at, rest, ok := strings.Cut(what, ": "); ok {
		if n, scanErr := fmt.Sscanf(at, "line %d", &line); n == 1 && scanErr == nil {
			what = rest
			if slices.Contains(strings.Split(expectedByParser, "|"), rest) {
				line++
			}
		}
	}
	return syntax(what, line)
}

func syntax(what string, line int) error {
	const expected = "one YAML mapping such as `delimiter: \";\"`"
	return fault.New(fault.Invalid, fault.ProfileSyntax, "the profile cannot be read: %s", what).Expect(expected).
		With(fault.Item{Code: fault.ProfileSyntax, Line: line, Value: fault.Clip(what), Expected: expected})
}

// reader gathers the values of a profile as the canonical text of settings has
// them, and what is wrong on the way.
type reader struct {
	values map[string]any
	lines  map[string]int // of the settings, by dotted name
	items  []fault.Item
}

func (r *reader) problem(code fault.Code, node *yaml.Node, key, expected string) {
	r.items = append(r.items, fault.Item{Code: code, Line: node.Line, Column: key, Value: fault.Clip(node.Value), Expected: expected})
}

// keys reads one mapping; group is the dotted name that it stands under.
func (r *reader) keys(group string, node *yaml.Node) {
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := group + key.Value
		if seen[name] {
			r.problem(fault.ProfileKeyRepeated, key, name, "each key once")
			continue
		}
		seen[name] = true
		setting, known := find(name)
		switch {
		case isNull(value):
		case known:
			r.set(name, setting, value)
		case isGroup(name) && value.Kind == yaml.MappingNode:
			r.keys(name+".", value)
		case isGroup(name):
			r.problem(fault.ProfileInvalid, value, name, "keys of its own")
		default:
			r.problem(fault.ProfileKeyUnknown, key, name, strings.Join(siblings(group), ", "))
		}
	}
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }

// set keeps the value of one setting.
func (r *reader) set(name string, setting ingest.SettingKey, node *yaml.Node) {
	r.lines[name] = node.Line
	switch setting.Kind {
	case ingest.SettingEntries:
		r.entries(name, node)
	case ingest.SettingList:
		r.list(name, node)
	default:
		if text, ok := r.text(name, node); ok {
			r.scalar(name, setting.Kind, text, node)
		}
	}
}

func (r *reader) scalar(name string, kind ingest.SettingKind, text string, node *yaml.Node) {
	switch kind {
	case ingest.SettingFlag:
		if text != "true" && text != "false" {
			r.problem(fault.ProfileInvalid, node, name, "true or false")
			return
		}
		r.put(name, text == "true")
	case ingest.SettingCount:
		n, err := strconv.Atoi(text)
		if err != nil || strconv.Itoa(n) != text {
			r.problem(fault.ProfileInvalid, node, name, "a whole number")
			return
		}
		r.put(name, n)
	default:
		r.put(name, text)
	}
}

func (r *reader) text(name string, node *yaml.Node) (string, bool) {
	if node.Kind == yaml.ScalarNode {
		return node.Value, true
	}
	r.problem(fault.ProfileInvalid, node, name, "one text")
	return "", false
}

func (r *reader) list(name string, node *yaml.Node) {
	if node.Kind != yaml.SequenceNode {
		r.problem(fault.ProfileInvalid, node, name, "a list, such as ["+fmt.Sprintf("%q", node.Value)+"]")
		return
	}
	var all []string
	for _, member := range node.Content {
		if text, ok := r.text(name, member); ok {
			all = append(all, text)
		}
	}
	if len(all) > 0 {
		r.put(name, all)
	}
}

func (r *reader) entries(name string, node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		r.problem(fault.ProfileInvalid, node, name, "words of the file, each with what it means")
		return
	}
	all := map[string]string{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		word := node.Content[i]
		if word.Kind != yaml.ScalarNode || word.Value == "" {
			r.problem(fault.ProfileInvalid, word, name, "one word of the file")
			continue
		}
		if _, twice := all[word.Value]; twice {
			r.problem(fault.ProfileKeyRepeated, word, name+"."+word.Value, "each word once")
			continue
		}
		text, ok := r.text(name+"."+word.Value, node.Content[i+1])
		if !ok {
			continue
		}
		all[word.Value] = text
		r.lines[name+"."+word.Value] = word.Line
	}
	if len(all) > 0 {
		r.put(name, all)
	}
}

// put keeps a value under its dotted name.
func (r *reader) put(name string, value any) {
	in := r.values
	parts := strings.Split(name, ".")
	for _, part := range parts[:len(parts)-1] {
		inner, ok := in[part].(map[string]any)
		if !ok {
			inner = map[string]any{}
			in[part] = inner
		}
		in = inner
	}
	in[parts[len(parts)-1]] = value
}

func find(name string) (ingest.SettingKey, bool) {
	for _, k := range ingest.SettingKeys() {
		if k.Field == name {
			return k, true
		}
	}
	return ingest.SettingKey{}, false
}

// isGroup reports whether settings stand under the name.
func isGroup(name string) bool {
	for _, k := range ingest.SettingKeys() {
		if strings.HasPrefix(k.Field, name+".") {
			return true
		}
	}
	return false
}

// siblings are the keys that may stand in a group.
func siblings(group string) []string {
	var names []string
	for _, k := range ingest.SettingKeys() {
		rest, ok := strings.CutPrefix(k.Field, group)
		name, _, _ := strings.Cut(rest, ".")
		if ok && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	return names
}
