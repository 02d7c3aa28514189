package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// route is one operation of the contract. Path has its parameters in braces,
// as openapi.yaml writes them. Exactly one of read and do is set: read makes
// an answer that may be kept, do writes to the response itself.
type route struct {
	method    string
	path      string
	operation string // the operationId
	access    access
	params    []param
	formats   []format // offered; the first is the default; nil: no choice
	fixed     format   // the format that the path's own suffix names
	lenient   bool     // a page: parameters that it does not know are ignored
	read      readFunc
	do        doFunc
	counters  *counters
}

// question is a request, read: nothing of it refers to the connection, so
// that several requests may share its computation.
type question struct {
	route  *route
	path   map[string]string // path parameters in canonical form
	values values
	past   string // the date or instant that its path begins with, empty in the present
	format format
	lang   string
	host   string // of a page: the address by which it was reached, such as http://localhost:8080
}

// moved is the outcome of a question about something that has another code
// than the one in the parameter of the path.
type moved struct{ name, to string }

func (m *moved) Error() string { return "the " + m.name + " is " + m.to }

// suffixed reports whether the path is also served with a suffix of its own.
func (rt *route) suffixed() bool {
	return len(rt.formats) > 0 && rt.fixed == "" && rt.formats[0] == inJSON && rt.path != "/v1" && !strings.HasSuffix(rt.path, "}")
}

// cuts reports whether the parameter at i of so many in the path may end in the
// suffix of a format.
func (rt *route) cuts(i, of int) bool {
	return i == of-1 && len(rt.formats) > 0 && (strings.HasSuffix(rt.path, "}") || rt.behind())
}

// behind reports whether the path ends in a parameter with a suffix, which the
// router does not tell from the same path without it.
func (rt *route) behind() bool {
	return rt.fixed != "" && strings.HasSuffix(rt.path, "}."+string(rt.fixed))
}

// takes reports whether an escaped path is one of the route.
func (rt *route) takes(path string) bool {
	if rt.suffixed() {
		path = strings.TrimSuffix(path, "."+string(inJSON))
	}
	past, path := cutPast(path)
	if past != "" && !rt.travels() {
		return false
	}
	asked, pattern := strings.Split(path, "/"), strings.Split(rt.path, "/")
	return slices.EqualFunc(asked, pattern, func(segment, own string) bool {
		return segment == own || segment != "" && strings.HasPrefix(own, "{")
	})
}

// serve returns what answers the route.
func (rt *route) serve(a *API) func(*visit) error {
	if rt.read != nil {
		return a.serveRead
	}
	return func(v *visit) error {
		if err := a.admit(v); err != nil {
			return err
		}
		q, err := a.ask(v)
		if err != nil {
			return err
		}
		return q.asWritten(v, rt.do(a, v, q))
	}
}

// serveRead answers from what is kept while that is good, else computes.
func (a *API) serveRead(v *visit) error {
	if err := a.admit(v); err != nil {
		return err
	}
	r := v.Request()
	now, err := a.now(r.Context(), v.began)
	if err != nil {
		return err
	}
	raw := asked{uri: r.RequestURI, accept: acceptOf(r), host: v.route.hostOf(r)}
	if ans, ok := a.cache.known(raw); ok && ans.good(now.change, now.clock) {
		a.metrics.kept.Inc()
		a.send(v.Response(), r, ans, v.began)
		return nil
	}
	q, err := a.ask(v)
	if err != nil {
		return err
	}
	key := q.key()
	ans, err := a.cache.get(r.Context(), key, now, a.config.Timeout, func(ctx context.Context) (*answer, error) {
		a.metrics.built.Inc()
		return q.route.read(ctx, a, q)
	})
	var m *moved
	if errors.As(err, &m) {
		return m.redirect(v)
	}
	if err != nil {
		return q.asWritten(v, err)
	}
	if r.RequestURI != "" {
		a.cache.remember(raw, key)
	}
	a.send(v.Response(), r, ans, v.began)
	return nil
}

// hostOf returns the address by which a page was reached. Only pages name it;
// other answers are the same by whatever address.
func (rt *route) hostOf(r *http.Request) string {
	switch {
	case rt.read == nil || !rt.lenient || strings.ContainsAny(r.Host, "'\"<>\\ "):
		return ""
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// acceptOf returns the Accept header as one text.
func acceptOf(r *http.Request) string {
	switch header := r.Header["Accept"]; len(header) {
	case 0:
		return ""
	case 1:
		return header[0]
	default:
		return strings.Join(header, ",")
	}
}

// ask reads a request strictly.
func (a *API) ask(v *visit) (*question, error) {
	r, rt := v.Request(), v.route
	q := &question{route: rt, path: map[string]string{}, host: rt.hostOf(r)}
	suffix := rt.fixed
	if rt.suffixed() {
		_, suffix = cutSuffix(r.URL.Path)
	}
	names := v.ParamNames()
	for i, name := range names {
		value, err := url.PathUnescape(v.ParamValues()[i])
		if err != nil || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
			return nil, fault.New(fault.Invalid, fault.MalformedPath, "%s in the path is not text in UTF-8", name)
		}
		if name == pastParam {
			if value == "" {
				return nil, a.unknownPath(r.URL.Path)
			}
			if q.past, err = instantText(value); err != nil {
				return nil, invalid([]fault.Item{itemOf(err, pAsOf, value)})
			}
			continue
		}
		if rt.cuts(i, len(names)) {
			value, suffix = cutSuffix(value)
		}
		if q.path[name], err = canonicalPath(name, value); err != nil {
			return nil, err
		}
	}
	if err := q.readParameters(r); err != nil {
		return nil, err
	}
	if rt.formats == nil {
		return q, nil
	}
	if rt.lenient {
		q.format = rt.formats[0]
		return q, nil
	}
	var err error
	q.format, err = chooseFormat(rt.formats, suffix, q.values.get("format"), acceptOf(r))
	return q, err
}

func (q *question) readParameters(r *http.Request) (err error) {
	raw := r.URL.RawQuery
	if q.route.lenient {
		q.values = lenientQuery(raw, q.route.params)
	} else if q.values, err = readQuery(raw, q.route.params); err != nil {
		return err
	}
	q.lang = q.values.get("lang")
	if q.lang == "" {
		q.lang = "en"
	}
	if err := checkConflicts(q.values); err != nil {
		return err
	}
	return q.travel()
}

// lenientQuery takes what a page knows and ignores the rest.
func lenientQuery(raw string, params []param) values {
	v := values{}
	found, err := splitQuery(raw)
	if err != nil {
		return v
	}
	for _, pair := range found {
		i := slices.IndexFunc(params, func(p param) bool { return p.name == pair.name })
		if i < 0 {
			continue
		}
		if canonical, err := params[i].check(pair.value); err == nil {
			v[pair.name] = []string{canonical}
		}
	}
	return v
}

// canonicalPath returns a path parameter as it is compared.
func canonicalPath(name, value string) (string, error) {
	check, expected := codeText, "a code"
	switch name {
	case "asset", "name":
		return value, nil
	case "period":
		check, expected = periodText, pPeriod.expects
	}
	canonical, err := check(value)
	if err != nil {
		return "", invalid([]fault.Item{itemOf(err, param{name: name, expects: expected}, value)})
	}
	return canonical, nil
}

// key is the canonical request: two requests that ask the same thing have the
// same one.
func (q *question) key() string {
	dst := make([]byte, 0, 128)
	dst = append(dst, q.route.operation...)
	dst = append(dst, ' ')
	dst = append(dst, q.format...)
	dst = append(dst, ' ')
	dst = append(dst, q.lang...)
	dst = append(dst, q.host...)
	dst = append(dst, q.prefix()...)
	for _, name := range [...]string{"series", "period", "code", "revision"} {
		if value, ok := q.path[name]; ok {
			dst = append(dst, '/')
			dst = append(dst, url.PathEscape(value)...)
		}
	}
	params := slices.DeleteFunc(slices.Clone(q.route.params), func(p param) bool {
		return p.name == "format" || p.name == "lang"
	})
	return string(q.values.appendKey(dst, params))
}

// moment makes the state of the question certain.
func (a *API) moment(ctx context.Context, q *question) (query.Moment, error) {
	return a.query.At(ctx, query.When{
		AsOf: q.values.get("as_of"), Recorded: q.values.get("recorded_as_of"), State: q.values.get("state"), Cursor: q.values.get("cursor"),
	})
}

// redirect leads to the code of what was asked for. What else the address says
// stays as it was written.
func (m *moved) redirect(v *visit) error {
	u := v.Request().URL
	past, path := cutPast(u.EscapedPath())
	segments := strings.Split(path, "/")
	pattern := strings.Split(v.route.path, "/")
	i := slices.Index(pattern, "{"+m.name+"}")
	to := url.PathEscape(m.to)
	if _, suffix := cutSuffix(segments[i]); suffix != "" && i == len(pattern)-1 {
		to += "." + string(suffix)
	}
	segments[i] = to
	location := url.URL{RawPath: past + strings.Join(segments, "/"), RawQuery: u.RawQuery}
	location.Path, _ = url.PathUnescape(location.RawPath) // it was unescaped before
	v.Response().Header().Set("Location", location.RequestURI())
	v.Response().WriteHeader(http.StatusPermanentRedirect)
	return nil
}

// methodsByPath lists what each path of the router takes, in one order.
func methodsByPath(routes []*route) map[string][]string {
	all := map[string][]string{}
	for _, rt := range routes {
		for _, path := range rt.routerPaths() {
			all[path] = append(all[path], rt.method)
			if rt.method == http.MethodGet {
				all[path] = append(all[path], http.MethodHead)
			}
		}
	}
	for path, methods := range all {
		slices.Sort(methods)
		all[path] = append(slices.Compact(methods), http.MethodOptions)
	}
	return all
}

// echoPath writes {name} as the router has it: a parameter is a whole segment.
func echoPath(path string) string {
	if i := strings.LastIndex(path, "}."); i >= 0 {
		path = path[:i+1]
	}
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}
