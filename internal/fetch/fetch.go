// Package fetch takes a file from the address at which its publisher has it:
// bounded in size, time and redirects, and only where it changed.
//
// It knows nothing of what stands in the file and keeps nothing.
package fetch

import (
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
	URL     string        // http or https
	Since   time.Time     // taken only where it changed after this instant; zero: in any case
	Bytes   int64         // at most, 32 MiB where it is 0
	Timeout time.Duration // for everything, 2 minutes where it is 0
}

// maxRedirects is how often an address may point to another.
const maxRedirects = 3

// Get writes the file to w and reports whether it changed; where it did not,
// nothing is written. Whatever else the address answers is fetch_failed, also a
// page in place of a file, a body that is cut off or too large, and a redirect
// from https to http.
func Get(ctx context.Context, r Request, w io.Writer) (changed bool, err error) {
	address, err := url.Parse(r.URL)
	if err != nil || !served(address) {
		return false, fault.New(fault.Invalid, fault.FetchFailed, "%q is no address of a file", fault.Clip(r.URL)).
			Expect("an address that begins with https://")
	}
	if r.Timeout <= 0 {
		r.Timeout = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return false, failed(address, err, "cannot be asked")
	}
	ask.Header.Set("User-Agent", "bellwether")
	ask.Header.Set("Accept-Encoding", "identity") // so that the length is that of the file
	if !r.Since.IsZero() {
		ask.Header.Set("If-Modified-Since", r.Since.UTC().Format(http.TimeFormat))
	}
	client := http.Client{CheckRedirect: redirect}
	answer, err := client.Do(ask)
	if err != nil {
		return false, failed(address, err, "does not answer")
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusNotModified && !r.Since.IsZero() {
		return false, nil
	}
	return true, take(answer, r, w)
}

func served(address *url.URL) bool {
	return (address.Scheme == "https" || address.Scheme == "http") && address.Host != ""
}

// redirect follows a few, and none that gives up the encryption.
func redirect(next *http.Request, before []*http.Request) error {
	switch {
	case len(before) > maxRedirects:
		return fmt.Errorf("it redirects more than %d times", maxRedirects)
	case !served(next.URL), before[0].URL.Scheme == "https" && next.URL.Scheme != "https":
		return errors.New("it redirects to an address that is not encrypted")
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
	case strings.HasSuffix(kind, "html"):
		return failed(address, nil, "answers a page and no file")
	case answer.ContentLength > r.Bytes:
		return failed(address, nil, fmt.Sprintf("has a file of %d bytes, and at most %d are taken", answer.ContentLength, r.Bytes))
	}
	n, err := io.Copy(w, io.LimitReader(answer.Body, r.Bytes+1))
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

func failed(address *url.URL, cause error, what string) error {
	return fault.Wrap(cause, fault.Unavailable, fault.FetchFailed, "%s %s", address.Redacted(), what)
}
