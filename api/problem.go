package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// statuses turns every kind of fault into its status. It is the only place
// where that is decided.
var statuses = [...]int{
	fault.Internal:        http.StatusInternalServerError,
	fault.Invalid:         http.StatusBadRequest,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.NotAcceptable:   http.StatusNotAcceptable,
	fault.Conflict:        http.StatusConflict,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Unsupported:     http.StatusUnsupportedMediaType,
	fault.Refused:         http.StatusUnprocessableEntity,
	fault.Limited:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
}

// statusOf returns the status of a fault. Some codes stand for kinds of their
// own, because only HTTP knows methods, slow bodies and conditions.
func statusOf(f *fault.Error) int {
	switch f.Code {
	case fault.MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case fault.BodyTimeout:
		return http.StatusRequestTimeout
	case fault.PreconditionFailed:
		return http.StatusPreconditionFailed
	}
	return statuses[f.Kind]
}

const (
	problemType = "application/problem+json"
	challenge   = `Bearer realm="bellwether", Basic realm="bellwether", charset="UTF-8"`
	// defaultRetry is how long to wait where the fault does not say.
	defaultRetry = 5 * time.Second
)

// problem is a fault as RFC 9457 writes it.
type problem struct {
	Type     string          `json:"type"`
	Title    string          `json:"title"`
	Status   int             `json:"status"`
	Code     string          `json:"code"`
	Detail   string          `json:"detail"`
	Errors   []item          `json:"errors,omitempty"`
	Warnings []query.Warning `json:"warnings,omitempty"` // of a conversion that was refused
	Report   json.RawMessage `json:"report,omitempty"`   // of a refused import
}

type item struct {
	Code      string `json:"code"`
	Parameter string `json:"parameter,omitempty"`
	Sheet     string `json:"sheet,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    string `json:"column,omitempty"`
	Cell      string `json:"cell,omitempty"`
	Value     string `json:"value,omitempty"`
	Expected  string `json:"expected,omitempty"`
}

// problemOf describes a fault to the one who asked. The cause behind it stays
// inside.
func problemOf(f *fault.Error, base string) problem {
	p := problem{
		Type:   base + "/docs/problems#" + string(f.Code),
		Title:  titleOf(f.Code),
		Status: statusOf(f),
		Code:   string(f.Code),
		Detail: f.Detail,
	}
	for _, i := range f.Items {
		p.Errors = append(p.Errors, item{
			Code: string(i.Code), Parameter: i.Parameter, Sheet: i.Sheet, Line: i.Line,
			Column: i.Column, Cell: i.Cell, Value: fault.Clip(i.Value), Expected: i.Expected,
		})
	}
	if len(p.Errors) == 0 && f.Expected != "" {
		p.Errors = []item{{Code: string(f.Code), Expected: f.Expected}}
	}
	return p
}

// titleOf makes a title of a code: unknown_code is "Unknown code".
func titleOf(code fault.Code) string {
	words := strings.ReplaceAll(string(code), "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// faultOf returns the fault inside err. A deadline that has passed is a busy
// service, not a defect.
func faultOf(err error) *fault.Error {
	var f *fault.Error
	if !errors.As(err, &f) && errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(err, fault.Unavailable, fault.DeadlineExceeded, "this took longer than the service allows").
			Expect("a smaller question, or the same one later")
	}
	return fault.From(err)
}

// writeProblem answers with a fault, in a language. Headers of the answer that failed do not
// describe the problem and are taken back.
func (a *API) writeProblem(w http.ResponseWriter, err error, lang string) {
	f := faultOf(err)
	h := w.Header()
	for _, name := range []string{"ETag", "Last-Modified", "Link", "Content-Disposition", "Content-Encoding", "Content-Length"} {
		h.Del(name)
	}
	switch f.Kind {
	case fault.Unauthenticated:
		h.Set("WWW-Authenticate", challenge)
	case fault.Limited, fault.Unavailable:
		h.Set("Retry-After", strconv.Itoa(retrySeconds(f.RetryAfter)))
	}
	if f.Code == fault.BodyTimeout {
		h.Set("Connection", "close") // what else comes on it belongs to the body
	}
	h.Set("Content-Type", problemType)
	h.Set("Cache-Control", "no-store")
	p := problemOf(f, a.config.PublicURL)
	if r := (*refused)(nil); errors.As(err, &r) {
		p.Report = r.report
	}
	if w := (*query.Warned)(nil); errors.As(err, &w) {
		p.Warnings = w.Warnings
	}
	if lang == "zh" {
		p.inChinese()
	}
	body, encodeErr := json.Marshal(p)
	if encodeErr != nil {
		body = []byte(`{"type":"about:blank","title":"Internal error","status":500,"code":"internal_error","detail":""}`)
	}
	body = append(body, '\n')
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // the client may be gone
}

// retrySeconds rounds a wait up to whole seconds.
func retrySeconds(wait time.Duration) int {
	if wait <= 0 {
		wait = defaultRetry
	}
	return int((wait + time.Second - 1) / time.Second)
}
