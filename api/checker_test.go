package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// checker holds every answer of the tests against the contract.
type checker struct{ router routers.Router }

func newChecker(t testing.TB) *checker {
	t.Helper()
	router, err := contractRouter()
	if err != nil {
		t.Fatal(err)
	}
	return &checker{router}
}

var contractRouter = sync.OnceValues(func() (routers.Router, error) {
	for _, kind := range []string{"text/html", "text/css", "text/javascript", "image/png", "application/yaml", "application/atom+xml", "application/atom+xml"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.PlainBodyDecoder)
	}
	doc, err := openapi3.NewLoader().LoadFromFile(contractFile)
	if err != nil {
		return nil, err
	}
	closeSchemas(doc)
	return gorillamux.NewRouter(doc)
})

// closeSchemas refuses keys that no schema has, so that an answer cannot grow
// without the contract. Clients are not told so: they have to ignore new keys.
func closeSchemas(doc *openapi3.T) {
	no := false
	for _, schema := range doc.Components.Schemas {
		s := schema.Value
		if s.Type.Is("object") && len(s.Properties) > 0 && s.AdditionalProperties.Has == nil && s.AdditionalProperties.Schema == nil {
			s.AdditionalProperties.Has = &no
		}
	}
}

// check fails the test when the answer is not one that the contract has.
func (c *checker) check(t testing.TB, r *http.Request, sent []byte, w *httptest.ResponseRecorder) {
	t.Helper()
	readable, isCell := w.Header().Get("Access-Control-Expose-Headers"), strings.HasSuffix(r.URL.Path, ".txt")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || readable != "ETag, Link, Last-Modified" && (!isCell || readable != exposedCell[0]) {
		t.Errorf("%s %s: the headers for scripts of other sites are missing: %v", r.Method, r.URL, w.Header())
	}
	find := r.Clone(r.Context())
	find.URL.Path = strings.TrimSuffix(strings.ReplaceAll(find.URL.EscapedPath(), "%2F", "--"), ".json")
	if r.Method == http.MethodHead {
		find.Method = http.MethodGet
	}
	route, params, err := c.router.FindRoute(find)
	if err != nil {
		slashed := w.Code == http.StatusPermanentRedirect && strings.HasSuffix(r.URL.Path, "/")
		if w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed && r.Method != http.MethodOptions && !slashed {
			t.Errorf("%s %s: answered %d and is not in the contract: %v", r.Method, r.URL, w.Code, err)
		}
		return
	}
	in := &openapi3filter.RequestValidationInput{
		Request: find, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true,
		},
	}
	find.Body = io.NopCloser(bytes.NewReader(sent))
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: in.Options,
		Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
	}
	if r.Method == http.MethodHead || w.Header().Get("Content-Encoding") != "" {
		return
	}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		text, _, _ := strings.Cut(err.Error(), "\n")
		t.Errorf("%s %s: the answer is not that of the contract: %s", r.Method, r.URL, text)
	}
}
