package api

import (
	"net/http"
	"net/url"
	"strings"

	"bellwether/internal/fault"
)

// A path may begin with /asof/{date}: what follows answers as it does beside
// as_of=<date>, and its links lead on in that past. So a client that knows no
// as_of, such as a spreadsheet or a chart with a fixed base address, can travel
// too. Whatever does not take as_of is not there.
const (
	pastPrefix = "/asof/"
	pastParam  = "asof"
)

// travels reports whether the route is served in the past too.
func (rt *route) travels() bool { return takes(rt.params, pAsOf.name) }

// routerPaths are the paths of the router that lead to the route.
func (rt *route) routerPaths() []string {
	paths := []string{echoPath(rt.path)}
	if rt.suffixed() {
		paths = append(paths, paths[0]+"."+string(inJSON))
	}
	if rt.travels() {
		for _, path := range paths {
			paths = append(paths, pastPrefix+":"+pastParam+path)
		}
	}
	return paths
}

// cutPast takes the prefix of a past from a path that has one and something
// behind it.
func cutPast(path string) (prefix, rest string) {
	date, found := strings.CutPrefix(path, pastPrefix)
	if !found {
		return "", path
	}
	i := strings.IndexByte(date, '/')
	if i <= 0 {
		return "", path
	}
	return path[:len(pastPrefix)+i], date[i:]
}

// isPastFront reports whether a path is that of the front page of a past, which
// ends in a slash as the front page does.
func isPastFront(path string) bool {
	_, rest := cutPast(path)
	return rest == "/" && path != "/"
}

// prefix is what the path of the question begins with, empty in the present.
func (q *question) prefix() string {
	if q.past == "" {
		return ""
	}
	return pastPrefix + url.PathEscape(q.past)
}

// pastLinks is what the addresses on a page begin with, so that they lead into
// the past that is shown, also where that was asked for by a parameter.
func (q *question) pastLinks() string {
	if asOf := q.values.get(pAsOf.name); asOf != "" {
		return pastPrefix + url.PathEscape(asOf)
	}
	return ""
}

// travel asks as of the date in the path. Beside it no other state can be
// named.
func (q *question) travel() error {
	if q.past == "" {
		return nil
	}
	for _, name := range [...]string{"as_of", "recorded_as_of", "state"} {
		if q.values.has(name) {
			return fault.New(fault.Invalid, fault.ParameterConflict, "the path begins with %s and %s is given", q.prefix(), name).
				With(fault.Item{Code: fault.ParameterConflict, Parameter: name, Value: q.values.get(name), Expected: "no " + name + " below " + q.prefix()})
		}
	}
	q.values[pAsOf.name] = []string{q.past}
	return nil
}

// linkOf makes an address of a path that an answer to the question leads to:
// from the past into the same past.
func (a *API) linkOf(q *question, path string) string {
	if rest, found := strings.CutPrefix(path, "/v1"); found && (rest == "" || rest[0] == '/' || rest[0] == '?') {
		return a.link(q.prefix() + path)
	}
	return a.link(path)
}

// toPastFront leads from a past without a path to its front page.
func toPastFront(v *visit) error {
	u := url.URL{Path: v.Request().URL.Path + "/", RawPath: v.Request().URL.RawPath, RawQuery: v.Request().URL.RawQuery}
	if u.RawPath != "" {
		u.RawPath += "/"
	}
	v.Response().Header().Set("Location", u.RequestURI())
	v.Response().WriteHeader(http.StatusPermanentRedirect)
	return nil
}
