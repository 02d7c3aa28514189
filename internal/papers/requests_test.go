package papers

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"bellwether"
	"bellwether/internal/fault"
)

var (
	address = regexp.MustCompile("(?:localhost|127\\.0\\.0\\.1):8080(/[^\\s'\"`)]*)?")
	request = regexp.MustCompile(`^(?:(GET|POST|DELETE) )?(/v1[^\s]*|/docs[^\s]*|/healthz|/readyz|/metrics|/openapi.yaml)$`)
)

// TestRequestsAreThere reads every address of the service and every request
// that the papers name, and looks them up in the contract.
func TestRequestsAreThere(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(bellwether.Spec)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range papers(t) {
		found := 0
		for i, line := range p.lines {
			for _, r := range requestsIn(line) {
				found++
				if wrong := look(doc, r.method, r.target); wrong != "" && !p.refused(i) {
					t.Errorf("%s:%d: %s %s: %s", p.name, i+1, r.method, r.target, wrong)
				}
			}
		}
		if found == 0 && p.name != "CONTRIBUTING.md" && p.name != "CHANGELOG.md" {
			t.Errorf("%s names no request", p.name)
		}
	}
}

// refused tells a request that a paper shows being refused.
func (p *paper) refused(line int) bool {
	return line+1 < len(p.lines) && strings.Contains(p.lines[line+1], string(fault.UnknownParameter))
}

type asked struct{ method, target string }

func requestsIn(line string) []asked {
	var all []asked
	method := methodOf(split(strings.TrimPrefix(line, "$ ")).words)
	for _, found := range address.FindAllStringSubmatch(line, -1) {
		if found[1] != "" {
			all = append(all, asked{method, found[1]})
		}
	}
	for _, span := range spans(line) {
		if r := request.FindStringSubmatch(span); r != nil {
			all = append(all, asked{r[1], r[2]})
		}
	}
	return all
}

// methodOf is the method of a curl command, and GET for anything else.
func methodOf(words []string) string {
	method := "GET"
	for i, word := range words {
		switch word {
		case "-X":
			return words[i+1]
		case "-d", "-F", "--data-binary":
			method = "POST"
		}
	}
	return method
}

// look says what is wrong with a request: a path that there is not, a method
// that it does not take, a parameter that it does not know. Without a method
// any will do.
func look(doc *openapi3.T, method, target string) string {
	path, query, _ := strings.Cut(target, "?")
	path = belowServer(doc, path)
	item := pathOf(doc, path)
	if item == nil {
		item = pathOf(doc, strings.TrimSuffix(path, ".json"))
	}
	if item == nil {
		return "there is no such path"
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return err.Error()
	}
	wrong := "the path does not take the method"
	for served, operation := range item.Operations() {
		if method != "" && method != served {
			continue
		}
		if wrong = unknownIn(operation, values); wrong == "" {
			return ""
		}
	}
	return wrong
}

// belowServer takes the base of a server of the contract from a path.
func belowServer(doc *openapi3.T, path string) string {
	given := strings.Split(path, "/")
	for _, server := range doc.Servers {
		base := strings.Split(strings.TrimSuffix(server.URL, "/"), "/")
		if len(base) > 1 && len(given) > len(base) && fits(base, given[:len(base)]) {
			return "/" + strings.Join(given[len(base):], "/")
		}
	}
	return path
}

func unknownIn(operation *openapi3.Operation, values url.Values) string {
	for name := range values {
		if operation.Parameters.GetByInAndName(openapi3.ParameterInQuery, name) == nil {
			return "there is no parameter " + name
		}
	}
	return ""
}

// pathOf finds the path of the contract that a path is one of; fixed words go
// before parameters.
func pathOf(doc *openapi3.T, path string) *openapi3.PathItem {
	var found *openapi3.PathItem
	given := strings.Split(path, "/")
	for pattern, item := range doc.Paths.Map() {
		if pattern == path {
			return item
		}
		if fits(strings.Split(pattern, "/"), given) {
			found = item
		}
	}
	return found
}

func fits(pattern, given []string) bool {
	if len(pattern) != len(given) {
		return false
	}
	for i, segment := range pattern {
		if segment != given[i] && (!strings.HasPrefix(segment, "{") || given[i] == "") {
			return false
		}
	}
	return true
}
