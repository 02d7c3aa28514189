package api

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"bellwether/internal/fault"
)

// param is one parameter that a route takes. Check returns the canonical form
// of a value, so that two ways to ask the same thing are one question.
type param struct {
	name    string
	many    plurality
	needed  bool
	check   func(value string) (string, error)
	expects string // what a wrong value should have been
}

// plurality says how several values of one parameter may come.
type plurality uint8

const (
	single   plurality = iota // one value
	several                   // by comma or by repetition
	listed                    // by comma only
	repeated                  // by repetition only
)

// values are the parameters of a request in canonical form.
type values map[string][]string

// get returns the one value of a parameter, "" when it did not come.
func (v values) get(name string) string {
	if all := v[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

func (v values) has(name string) bool { return len(v[name]) > 0 }

// appendKey appends the values in the order of the route's parameters: the
// part of a canonical request that the query string decides.
func (v values) appendKey(dst []byte, params []param) []byte {
	for _, p := range params {
		for _, value := range v[p.name] {
			dst = append(dst, '&')
			dst = append(dst, p.name...)
			dst = append(dst, '=')
			dst = append(dst, url.QueryEscape(value)...)
		}
	}
	return dst
}

// readQuery reads a query string strictly: every parameter is one that the
// route takes, comes once unless it takes several values, has a value and a
// good one. All findings are reported together.
func readQuery(raw string, params []param) (values, error) {
	found, err := splitQuery(raw)
	if err != nil {
		return nil, err
	}
	v := values{}
	var items []fault.Item
	for _, pair := range found {
		i := slices.IndexFunc(params, func(p param) bool { return p.name == pair.name })
		if i < 0 {
			items = append(items, unknownParameter(pair, params))
			continue
		}
		items = append(items, v.take(pair, params[i])...)
	}
	for _, p := range params {
		if p.needed && !v.has(p.name) && !mentions(items, p.name) {
			items = append(items, fault.Item{Code: fault.MissingParameter, Parameter: p.name, Expected: p.expects})
		}
	}
	if len(items) > 0 {
		return nil, invalid(items)
	}
	return v, nil
}

// take adds the values of one name=value to v and returns what is wrong.
func (v values) take(pair pair, p param) []fault.Item {
	if v.has(p.name) && (p.many == single || p.many == listed) {
		return []fault.Item{{Code: fault.RepeatedParameter, Parameter: p.name, Value: pair.value, Expected: p.name + " once"}}
	}
	var items []fault.Item
	for _, part := range p.parts(pair.value) {
		part = strings.TrimSpace(part)
		if part == "" {
			items = append(items, fault.Item{Code: fault.EmptyParameter, Parameter: p.name, Expected: p.expects})
			continue
		}
		canonical, err := p.check(part)
		if err != nil {
			items = append(items, itemOf(err, p, part))
			canonical = part
		}
		if p.many == repeated || !slices.Contains(v[p.name], canonical) {
			v[p.name] = append(v[p.name], canonical)
		}
	}
	return items
}

// parts splits a text into the values that it holds.
func (p param) parts(text string) []string {
	if p.many == several || p.many == listed {
		return strings.Split(text, ",")
	}
	return []string{text}
}

// itemOf says what is wrong with a value, with the code of the cause where it
// has one.
func itemOf(err error, p param, value string) fault.Item {
	f := fault.From(err)
	i := fault.Item{Code: f.Code, Parameter: p.name, Value: value, Expected: f.Expected}
	if f.Kind == fault.Internal {
		i.Code = fault.InvalidParameter
	}
	if i.Expected == "" {
		i.Expected = p.expects
	}
	return i
}

func mentions(items []fault.Item, name string) bool {
	return slices.ContainsFunc(items, func(i fault.Item) bool { return i.Parameter == name })
}

// maxFindings is how many findings of one request are listed.
const maxFindings = 20

// invalid makes one fault of the findings; its code and detail are those of
// the first.
func invalid(items []fault.Item) error {
	first := items[0]
	return fault.New(fault.Invalid, first.Code, "%s", describe(first)).With(items[:min(len(items), maxFindings)]...)
}

func describe(i fault.Item) string {
	value := fault.Clip(i.Value)
	switch i.Code {
	case fault.UnknownParameter:
		return `there is no parameter "` + i.Parameter + `" here; expected ` + i.Expected
	case fault.RepeatedParameter:
		return `parameter "` + i.Parameter + `" takes one value and came again`
	case fault.EmptyParameter:
		return `parameter "` + i.Parameter + `" has an empty value`
	case fault.MissingParameter:
		return `parameter "` + i.Parameter + `" is needed: ` + i.Expected
	}
	text := `parameter "` + i.Parameter + `" is "` + value + `"`
	if i.Expected != "" {
		text += "; expected " + i.Expected
	}
	return text
}

func unknownParameter(pair pair, params []param) fault.Item {
	names := make([]string, 0, len(params))
	for _, p := range params {
		names = append(names, p.name)
	}
	expected, isNear := near(pair.name, names)
	switch {
	case len(names) == 0:
		expected = "no parameter"
	case !isNear:
		expected = strings.Join(names, ", ")
	}
	return fault.Item{Code: fault.UnknownParameter, Parameter: fault.Clip(pair.name), Value: pair.value, Expected: expected}
}

// near returns the known name that comes nearest to one that is unknown, where
// not more than a third of the longer one is another.
func near(name string, known []string) (string, bool) {
	name = fault.Clip(strings.ToLower(name))
	best, at := "", 1<<30
	for _, k := range known {
		if d := levenshtein.ComputeDistance(name, k); d < at {
			best, at = k, d
		}
	}
	return best, at*3 <= max(utf8.RuneCountInString(name), utf8.RuneCountInString(best))
}

// pair is one name=value as it came, percent-decoded.
type pair struct{ name, value string }

// splitQuery reads a query string in its order. Semicolons do not separate.
func splitQuery(raw string) ([]pair, error) {
	var all []pair
	for raw != "" {
		var piece string
		piece, raw, _ = strings.Cut(raw, "&")
		if piece == "" {
			continue
		}
		name, value, _ := strings.Cut(piece, "=")
		n, nameErr := url.QueryUnescape(name)
		v, valueErr := url.QueryUnescape(value)
		if nameErr != nil || valueErr != nil || strings.ContainsRune(n+v, 0) || !utf8.ValidString(n+v) {
			return nil, fault.New(fault.Invalid, fault.MalformedQuery, "%q is not percent-encoded text in UTF-8", fault.Clip(piece)).
				Expect("name=value pairs joined by &, percent-encoded")
		}
		all = append(all, pair{n, v})
	}
	return all, nil
}
