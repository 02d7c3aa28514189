package api

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"time"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// envelope stands around every small answer: the state it was computed from,
// what to print beside the figures, and where to go on.
type envelope struct {
	State       string            `json:"state"`
	AsOf        string            `json:"as_of,omitempty"`
	Recorded    string            `json:"recorded_as_of,omitempty"`
	FXAsOf      string            `json:"fx_as_of,omitempty"`
	UpdatedAt   *time.Time        `json:"updated_at"`
	Licence     query.Text        `json:"licence"`
	Attribution query.Text        `json:"attribution"`
	Links       map[string]string `json:"links"`
}

// envelope makes the envelope of an answer with its link to itself and others.
func (a *API) envelope(m query.Moment, q *question, links map[string]string) envelope {
	all := map[string]string{"self": a.self(q)}
	for name, link := range links {
		all[name] = a.linkOf(q, link)
	}
	e := envelope{
		State: m.Token, AsOf: m.AsOf, Recorded: m.Recorded, FXAsOf: q.values.get("fx_as_of"), Licence: query.Text(a.config.Office.Licence),
		Attribution: query.Text(a.config.Office.Attribution), Links: all,
	}
	if !m.Updated.IsZero() {
		updated := m.Updated.UTC()
		e.UpdatedAt = &updated
	}
	return e
}

// link makes an address of a path.
func (a *API) link(path string) string { return a.config.PublicURL + path }

// self is the address of the question in canonical form.
func (a *API) self(q *question) string {
	return a.link(q.address("", map[string]bool{"format": true}))
}

// address is the path of the question with a suffix and its parameters, less
// the ones dropped.
func (q *question) address(suffix string, drop map[string]bool, add ...pair) string {
	path := q.prefix() + q.route.path
	for name, value := range q.path {
		if name == "period" {
			value = strings.Replace(value, "/", "--", 1)
		}
		path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
	}
	if suffix != "" {
		path = strings.TrimSuffix(path, "."+string(q.route.fixed)) + suffix
	}
	var pairs []string
	for _, p := range q.route.params {
		if drop[p.name] || !q.values.has(p.name) || q.past != "" && p.name == pAsOf.name {
			continue
		}
		for _, value := range q.joined(p) {
			pairs = append(pairs, p.name+"="+escapeValue(value))
		}
	}
	for _, p := range add {
		pairs = append(pairs, p.name+"="+escapeValue(p.value))
	}
	if len(pairs) == 0 {
		return path
	}
	return path + "?" + strings.Join(pairs, "&")
}

// following is the path of the page that begins at a cursor, which pins the
// state: of what named it, as_of alone stays.
func (q *question) following(cursor string) string {
	return q.address("", map[string]bool{"cursor": true, "state": true, "recorded_as_of": true}, pair{"cursor", cursor})
}

// asCSV leads to the same list as CSV, whole.
func (q *question) asCSV() map[string]string {
	return map[string]string{"csv": q.address(".csv", onlyOfJSON)}
}

// page is the part of a list that is asked for. The list is told from others by
// everything that decides what is in it.
func (q *question) page() query.Page {
	params := slices.DeleteFunc(slices.Clone(q.route.params), func(p param) bool { return !narrows[p.name] })
	return query.Page{
		Question: string(q.values.appendKey([]byte(q.route.operation), params)),
		Limit:    q.values.number("limit"), Cursor: q.values.get("cursor"),
	}
}

// narrows are the parameters that decide what is in a list; never changed.
var narrows = map[string]bool{
	"indicator": true, "area": true, "unit": true, "measure": true, "scenario": true, "dataset": true, "q": true,
	"feed": true, "base": true, "quote": true, "kind": true, "class": true, "start": true, "end": true,
}

// joined gives the values of a parameter as they may stand in one address.
func (q *question) joined(p param) []string {
	if p.many == several || p.many == listed {
		return []string{strings.Join(q.values[p.name], ",")}
	}
	return q.values[p.name]
}

// escapeValue escapes a value for a query string and leaves legible what need
// not be escaped there.
func escapeValue(value string) string { return legible.Replace(url.QueryEscape(value)) }

// legible undoes escapes that a query string does not need; never changed.
var legible = strings.NewReplacer("%2F", "/", "%2C", ",", "%3A", ":", "%40", "@")

// linkHeader is the Link header of an answer: the next page, and of an answer
// without links inside also its other formats, the same answer for ever and
// the licence.
func (a *API) linkHeader(q *question, m query.Moment, next string) string {
	var links []string
	add := func(target, rel, more string) { links = append(links, "<"+target+`>; rel="`+rel+`"`+more) }
	if next != "" && !q.values.has("latest") {
		add(a.link(q.following(next)), "next", "")
	}
	if q.format == inJSON {
		return strings.Join(links, ", ")
	}
	bare := map[string]bool{"format": true, "bom": true}
	for _, f := range q.route.formats {
		if f != q.format {
			add(a.link(q.address("."+string(f), bare)), "alternate", `; type="`+f.mediaType()+`"`)
		}
	}
	if takes(q.route.params, "state") && !q.values.has("state") {
		add(a.link(q.memento(m, "")), "memento", "")
	}
	if a.config.Office.LicenceURL != "" {
		add(a.config.Office.LicenceURL, "license", "")
	}
	return strings.Join(links, ", ")
}

func takes(params []param, name string) bool {
	for _, p := range params {
		if p.name == name {
			return true
		}
	}
	return false
}

// member is one key of an answer beside its envelope.
type member struct {
	name  string
	value any // encoded as JSON
}

// small makes the answer of a small result: its members, then the envelope.
func (a *API) small(q *question, m query.Moment, links map[string]string, members ...member) (*answer, error) {
	var body []byte
	for i, one := range members {
		value, err := encode.Marshal(one.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, '"')
		body = append(body, one.name...)
		body = append(body, '"', ':')
		body = append(body, bytes.TrimSpace(value)...)
	}
	return a.enveloped(q, m, links, body)
}

// listed makes the answer of a page of a list.
func (a *API) listed(q *question, m query.Moment, part query.Part, links map[string]string, members ...member) (*answer, error) {
	if part.Next != "" {
		links["next"] = q.following(string(part.Next))
	}
	return a.small(q, m, links, append(members, member{"next", part.Next})...)
}

// enveloped puts the envelope behind the members of an object, which are
// encoded already.
func (a *API) enveloped(q *question, m query.Moment, links map[string]string, members []byte) (*answer, error) {
	rest, err := encode.Marshal(a.envelope(m, q, links))
	if err != nil {
		return nil, err
	}
	body := make([]byte, 0, len(members)+len(rest)+2)
	body = append(body, '{')
	body = append(body, members...)
	body = append(body, ',')
	return a.bind(newAnswer(append(body, rest[1:]...), inJSON), q, m, ""), nil
}

// bind gives an answer its moment and links.
func (a *API) bind(ans *answer, q *question, m query.Moment, next string) *answer {
	ans.immutable = q.values.has("state")
	if link := a.linkHeader(q, m, next); link != "" {
		ans.header = append(ans.header, field{"Link", []string{link}})
	}
	return ans.at(m)
}
