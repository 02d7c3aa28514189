package api

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"bellwether"
)

// foreign finds what Go's regular expressions have and those of ECMA-262, which
// a contract is written in, have not: flags in a group, named groups of Go's
// spelling, anchors of the whole text, and classes in brackets of their own.
var foreign = regexp.MustCompile(`\(\?[imsU-]+[:)]|\(\?P<|\\[AzZQE]|\[\[:|\\C`)

// strays lists what in a contract other tools misread, each by its place. A
// null is a type of its own since OpenAPI 3.1: nullable means nothing there and
// meant nothing beside oneOf before.
func strays(place string, node any) []string {
	var found []string
	switch node := node.(type) {
	case map[string]any:
		for name, value := range node {
			at := place + "/" + name
			switch text, isText := value.(string); {
			case name == "nullable" && !strings.HasSuffix(place, "/properties"):
				found = append(found, at)
			case name == "pattern" && isText && foreign.MatchString(text):
				found = append(found, at)
			}
			found = append(found, strays(at, value)...)
		}
	case []any:
		for i, value := range node {
			found = append(found, strays(fmt.Sprintf("%s/%d", place, i), value)...)
		}
	}
	return found
}

func TestContractIsReadAlikeByEveryTool(t *testing.T) {
	var contract map[string]any
	if err := yaml.Unmarshal(bellwether.Spec, &contract); err != nil {
		t.Fatal(err)
	}
	if version := contract["openapi"]; version != "3.1.0" {
		t.Errorf("openapi = %v, want 3.1.0, where null is a type", version)
	}
	for _, place := range strays("", contract) {
		t.Errorf("%s is misread by other tools", place)
	}
}

func TestStraysAreFound(t *testing.T) {
	for text, want := range map[string]int{
		`{type: string, nullable: true}`:                           1,
		`{nullable: true, oneOf: [{type: number}]}`:                1,
		`{pattern: '^(?i)(average|end)$'}`:                         1,
		`{pattern: '\Aa\z'}`:                                       1,
		`{pattern: '^(?:average|end)$'}`:                           0,
		`{type: [string, 'null']}`:                                 0,
		`{properties: {nullable: {type: boolean}}}`:                0,
		`{oneOf: [{type: [number, 'null']}, {nullable: true}]}`:    1,
		`{properties: {pattern: {type: string, pattern: '(?i)'}}}`: 1,
	} {
		var node map[string]any
		if err := yaml.Unmarshal([]byte(text), &node); err != nil {
			t.Fatal(err)
		}
		if got := strays("", node); len(got) != want {
			t.Errorf("strays(%s) = %q, want %d", text, got, want)
		}
	}
}
