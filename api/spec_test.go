package api

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"bellwether"
)

func TestContractIsValid(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(bellwether.Spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
}
