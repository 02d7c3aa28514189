// Package bellwether holds the contract of the HTTP API, openapi.yaml. It is
// written first: routes, parameters and problem codes are checked against it,
// and so is every response in the tests. The package owns nothing else.
package bellwether

import _ "embed"

// Spec is the OpenAPI document of the HTTP API, as YAML.
//
//go:embed openapi.yaml
var Spec []byte
