package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
)

// Print writes settings as a profile: every key, those that stand at their
// default too, in one order. Why says, by the dotted name of a key, the comment
// that stands above it. Parse reads the same settings back.
func Print(s ingest.Settings, why map[string]string) ([]byte, error) {
	var values map[string]any
	decoder := json.NewDecoder(strings.NewReader(s.Canonical()))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return nil, fault.Wrap(err, fault.Internal, fault.InternalError, "settings cannot be read back")
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, k := range ingest.SettingKeys() {
		in, name := root, k.Field
		if group, rest, ok := strings.Cut(k.Field, "."); ok {
			in, name = groupOf(root, group), rest
		}
		key := scalar(name)
		key.HeadComment = why[k.Field]
		in.Content = append(in.Content, key, value(k.Kind, valueAt(values, k.Field)))
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, fault.Wrap(err, fault.Internal, fault.InternalError, "the profile cannot be written")
	}
	return b.Bytes(), nil
}

// groupOf returns the mapping under a name, which is made when it is not there.
func groupOf(root *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == name {
			return root.Content[i+1]
		}
	}
	inner := &yaml.Node{Kind: yaml.MappingNode}
	root.Content = append(root.Content, scalar(name), inner)
	return inner
}

func valueAt(values map[string]any, field string) any {
	var at any = values
	for _, part := range strings.Split(field, ".") {
		inner, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = inner[part]
	}
	return at
}

// value writes what the canonical text of settings has, or the kind's default.
func value(kind ingest.SettingKind, v any) *yaml.Node {
	switch kind {
	case ingest.SettingFlag:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v == true)}
	case ingest.SettingCount:
		if v == nil {
			v = 0
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: fmt.Sprint(v)}
	case ingest.SettingList:
		node := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		list, _ := v.([]any)
		for _, member := range list {
			node.Content = append(node.Content, scalar(fmt.Sprint(member)))
		}
		return node
	case ingest.SettingEntries:
		return entries(v)
	}
	if v == nil {
		v = ""
	}
	return scalar(fmt.Sprint(v))
}

func entries(v any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	all, _ := v.(map[string]any)
	words := make([]string, 0, len(all))
	for word := range all {
		words = append(words, word)
	}
	slices.Sort(words)
	for _, word := range words {
		node.Content = append(node.Content, scalar(word), scalar(fmt.Sprint(all[word])))
	}
	if len(words) == 0 {
		node.Style = yaml.FlowStyle
	}
	return node
}

// scalar writes a text, quoted where it would be read as something else.
func scalar(text string) *yaml.Node {
	node := &yaml.Node{}
	node.SetString(text)
	return node
}
