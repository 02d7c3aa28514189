package api

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"bellwether"
	"bellwether/internal/encode"
)

// contract loads openapi.yaml.
func contract(t testing.TB) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(bellwether.Spec)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestContractIsValid(t *testing.T) {
	if err := contract(t).Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestRoutesAreThoseOfTheContract compares operations both ways.
func TestRoutesAreThoseOfTheContract(t *testing.T) {
	inContract := map[string]string{}
	for path, item := range contract(t).Paths.Map() {
		for method, operation := range item.Operations() {
			inContract[method+" "+path] = operation.OperationID
		}
	}
	served := map[string]string{}
	for _, rt := range table() {
		served[rt.method+" "+rt.path] = rt.operation
	}
	if diff := cmp.Diff(inContract, served); diff != "" {
		t.Errorf("routes differ (-openapi.yaml +served):\n%s", diff)
	}
}

// TestParametersAreThoseOfTheContract compares the query parameters of every
// operation, in their order, and which of them take several values.
func TestParametersAreThoseOfTheContract(t *testing.T) {
	doc := contract(t)
	for _, rt := range table() {
		t.Run(rt.operation, func(t *testing.T) {
			item := doc.Paths.Value(rt.path)
			if item == nil {
				t.Fatalf("openapi.yaml has no %s", rt.path)
			}
			var want, got []string
			for _, p := range item.GetOperation(rt.method).Parameters {
				if p.Value.In == openapi3.ParameterInQuery {
					want = append(want, described(p.Value))
				}
			}
			for _, p := range rt.params {
				got = append(got, p.described())
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("parameters differ (-openapi.yaml +served):\n%s", diff)
			}
		})
	}
}

func described(p *openapi3.Parameter) string {
	text := p.Name
	if p.Schema.Value.Type.Is("array") {
		text += " list"
	}
	if p.Required {
		text += " needed"
	}
	return text
}

func (p param) described() string {
	text := p.name
	if p.many != single {
		text += " list"
	}
	if p.needed {
		text += " needed"
	}
	return text
}

// TestEnumsAreTaken puts every value that the contract lists for a parameter
// through the route's own check, in the other case too.
func TestEnumsAreTaken(t *testing.T) {
	doc := contract(t)
	for _, rt := range table() {
		item := doc.Paths.Value(rt.path)
		if item == nil {
			continue
		}
		for _, p := range rt.params {
			spec := item.GetOperation(rt.method).Parameters.GetByInAndName(openapi3.ParameterInQuery, p.name)
			if spec == nil {
				continue
			}
			for _, value := range spec.Schema.Value.Enum {
				for _, text := range []string{value.(string), strings.ToUpper(value.(string)), strings.ToLower(value.(string))} {
					if _, err := p.check(text); err != nil {
						t.Errorf("%s: %s=%s is refused: %v", rt.operation, p.name, text, err)
					}
				}
			}
		}
	}
}

// TestColumnsAreThoseOfTheContract compares the columns of a row with the
// properties of the schema Row, and with the header of its example in CSV.
func TestColumnsAreThoseOfTheContract(t *testing.T) {
	doc := contract(t)
	inContract := slices.Sorted(maps.Keys(doc.Components.Schemas["Row"].Value.Properties))
	if diff := cmp.Diff(inContract, slices.Sorted(slices.Values(encode.Columns()))); diff != "" {
		t.Errorf("columns differ (-openapi.yaml +encoded):\n%s", diff)
	}
	example := doc.Components.Schemas["ObservationsCSV"].Value.Example.(string)
	header, _, _ := strings.Cut(example, "\n")
	if want := strings.Join(encode.Columns(), ","); header != want {
		t.Errorf("header of the example = %s, want %s", header, want)
	}
}
