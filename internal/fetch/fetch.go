// Package fetch takes a file from the address at which its publisher has it:
// bounded in size, time and redirects, and only where it changed.
//
// It knows nothing of what stands in the file and keeps nothing.
package fetch

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bellwether/internal/fault"
)

// Request is a file to take.
type Request struct {
	URL     string        // see CheckAddress
	Plain   Plain         // where http is enough
	Known   Mark          // taken only where it is another file than this one; zero: in any case
	Bytes   int64         // at most, 32 MiB where it is 0
	Timeout time.Duration // for everything, 2 minutes where it is 0
}

// Mark is by what a publisher tells one version of its file from the next, as
// it wrote it. Either text may be empty.
type Mark struct {
	ETag     string
	Modified string // Last-Modified
}

// longestMark is how long a mark is kept, in bytes; a longer one is none.
const longestMark = 500

// maxRedirects is how often an address may point to another.
const maxRedirects = 3

// Get writes the file to w and returns its mark. Where it is the known one,
// changed is false and nothing is written. Whatever else the address answers is
// fetch_failed, also a page in place of a file, a body that is cut off, encoded
// or too large, and a redirect to where CheckAddress would not let it begin or
// from https to http.
func Get(ctx context.Context, r Request, w io.Writer) (mark Mark, changed bool, err error) {
	if err := CheckAddress(r.URL, r.Plain); err != nil {
		return Mark{}, false, err
	}
	if r.Timeout <= 0 {
		r.Timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	ask, err := r.ask(ctx)
	if err != nil {
		return Mark{}, false, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true // one file is taken
	client := http.Client{Transport: transport, CheckRedirect: r.redirect}
	answer, err := client.Do(ask)
	if err != nil {
		return Mark{}, false, failed(ask.URL, err, "does not answer")
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotModified && r.Known != (Mark{}) {
		return r.Known, false, nil
	}
	return markOf(answer.Header), true, take(answer, r, w)
}

// ask is the question: the file as it is, unless it is the known one.
func (r Request) ask(ctx context.Context) (*http.Request, error) {
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL, nil)
	if err != nil {
		return nil, refuse(r.URL)
	}
	ask.Header.Set("User-Agent", "bellwether")
	ask.Header.Set("Accept-Encoding", "identity") // so that the length is that of the file
	if r.Known.ETag != "" {
		ask.Header.Set("If-None-Match", r.Known.ETag)
	}
	if r.Known.Modified != "" {
		ask.Header.Set("If-Modified-Since", r.Known.Modified)
	}
	return ask, nil
}

// markOf reads the mark of an answer. What is not written as it has to be is
// left out, so that the file is taken again.
func markOf(h http.Header) Mark {
	var m Mark
	if tag := h.Get("ETag"); strings.HasPrefix(strings.TrimPrefix(tag, "W/"), `"`) && len(tag) <= longestMark {
		m.ETag = tag
	}
	if _, err := http.ParseTime(h.Get("Last-Modified")); err == nil {
		m.Modified = h.Get("Last-Modified")
	}
	return m
}

// redirect follows a few, and none that gives up the encryption.
func (r Request) redirect(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("it redirects more than %d times", maxRedirects)
	case next.URL.Scheme != "https" && (before[0].URL.Scheme == "https" || !served(next.URL, r.Plain)):
		return errors.New("it redirects to an address that is not encrypted")
	case !served(next.URL, r.Plain):
		return errors.New("it redirects to an address that holds a password")
	}
	return nil
}

// take writes the body of an answer.
func take(answer *http.Response, r Request, w io.Writer) error {
	if r.Bytes <= 0 {
		r.Bytes = 32 << 20
	}
	address := answer.Request.URL
	kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	switch {
	case answer.StatusCode != http.StatusOK:
		return failed(address, nil, "answers "+answer.Status)
	case answer.Header.Get("Content-Encoding") != "" && !strings.EqualFold(answer.Header.Get("Content-Encoding"), "identity"):
		return failed(address, nil, "answers in an encoding that was not asked for")
	case strings.HasSuffix(kind, "html"):
		return failed(address, nil, "answers a page and no file")
	case answer.ContentLength > r.Bytes:
		return failed(address, nil, fmt.Sprintf("has a file of %d bytes, and at most %d are taken", answer.ContentLength, r.Bytes))
	}
	body := bufio.NewReader(io.LimitReader(answer.Body, r.Bytes+1))
	if isPage(body) {
		return failed(address, nil, "answers a page and no file")
	}
	n, err := io.Copy(w, body)
	switch {
	case err != nil:
		return failed(address, err, "broke off")
	case n > r.Bytes:
		return failed(address, nil, fmt.Sprintf("has a file of more than %d bytes", r.Bytes))
	case n == 0:
		return failed(address, nil, "has an empty file")
	}
	return nil
}

// isPage looks at how a body begins: a page that says nothing of its type, or
// something wrong, is one all the same.
func isPage(body *bufio.Reader) bool {
	head, _ := body.Peek(512) // what went wrong is met again when it is read
	return strings.HasPrefix(http.DetectContentType(head), "text/html")
}

func failed(address *url.URL, cause error, what string) error {
	return fault.Wrap(cause, fault.Unavailable, fault.FetchFailed, "%s %s", address.Redacted(), what)
}
