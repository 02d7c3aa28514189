package cli

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// problemBytes is how much of a refusal is read.
const problemBytes = 8 << 20

// remote is a service that a command asks: one elsewhere, or the one over the
// command's own database, through the same door.
type remote struct {
	base   *url.URL
	key    string
	client *http.Client
	close  func() error
}

// reader returns the service that a reading command asks: the one at the
// address, or the one over the database when there is no address.
func (s *session) reader(cmd *cobra.Command, address string) (*remote, error) {
	if address != "" {
		return newRemote(address)
	}
	a, err := s.open(cmd, app.Open)
	if err != nil {
		return nil, err
	}
	handler, err := a.Handler(cmd.Context(), app.Unguarded)
	if err != nil {
		return nil, errors.Join(err, a.Close())
	}
	base := &url.URL{Scheme: "http", Host: "localhost"}
	return &remote{base: base, client: &http.Client{Transport: inProcess{handler}}, close: a.Close}, nil
}

// Close ends the use of the service.
func (r *remote) Close() error { return r.close() }

// addServer offers --server. The key comes from the environment alone, so
// that it stands in no list of processes.
func addServer(cmd *cobra.Command, address *string) {
	cmd.Flags().StringVar(address, "server", os.Getenv("BELLWETHER_SERVER"),
		"work against the service at this address instead of a database; the key comes from BELLWETHER_KEY")
}

func newRemote(address string) (*remote, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, fault.New(fault.Invalid, fault.UsageError, "--server is %q", address).
			Expect("an address such as https://data.example.org")
	}
	return &remote{
		base: base, key: os.Getenv("BELLWETHER_KEY"), client: http.DefaultClient, close: func() error { return nil },
	}, nil
}

// do sends a request and returns the answer, whose body the caller closes. An
// answer that is a refusal is returned as the fault that it describes.
func (r *remote) do(ctx context.Context, method, path string, query url.Values, body io.Reader, header http.Header) (*http.Response, error) {
	address := *r.base
	address.Path = strings.TrimSuffix(address.Path, "/") + path
	address.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, method, address.String(), body)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		request.Header[name] = values
	}
	if r.key != "" {
		request.Header.Set("Authorization", "Bearer "+r.key)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, fault.ServerUnreachable, "%s does not answer", r.base.Host)
	}
	if response.StatusCode >= http.StatusBadRequest {
		defer response.Body.Close()
		return nil, readProblem(response)
	}
	return response, nil
}

// read asks a path and decodes of the answer what a command shows. Numbers of
// unknown places keep their digits.
func (r *remote) read(ctx context.Context, path string, query url.Values, into any) error {
	response, err := r.do(ctx, http.MethodGet, path, query, nil, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	decoder := json.NewDecoder(response.Body)
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return unreadable(err)
	}
	return nil
}

// problem is the part of an RFC 9457 document that a command shows.
type problem struct {
	Code   fault.Code `json:"code"`
	Detail string     `json:"detail"`
	Errors []struct {
		Code      fault.Code `json:"code"`
		Parameter string     `json:"parameter"`
		Sheet     string     `json:"sheet"`
		Line      int        `json:"line"`
		Column    string     `json:"column"`
		Cell      string     `json:"cell"`
		Value     string     `json:"value"`
		Expected  string     `json:"expected"`
	} `json:"errors"`
	Warnings []query.Warning `json:"warnings"`
}

func readProblem(response *http.Response) error {
	var p problem
	body := io.LimitReader(response.Body, problemBytes)
	if err := json.NewDecoder(body).Decode(&p); err != nil || p.Code == "" {
		return fault.New(fault.Unavailable, fault.ServerUnreachable, "the server answered %s and no problem document", response.Status)
	}
	f := fault.New(kindOf(response.StatusCode), p.Code, "%s", p.Detail)
	for _, e := range p.Errors {
		f.Items = append(f.Items, fault.Item{
			Code: e.Code, Parameter: e.Parameter, Sheet: e.Sheet, Line: e.Line,
			Column: e.Column, Cell: e.Cell, Value: e.Value, Expected: e.Expected,
		})
	}
	if len(f.Items) == 1 && f.Items[0] == (fault.Item{Code: p.Code, Expected: f.Items[0].Expected}) {
		f.Expected, f.Items = f.Items[0].Expected, nil // it is of no place
	}
	if len(p.Warnings) > 0 {
		return &query.Warned{Err: f, Warnings: p.Warnings}
	}
	return f
}

// unreadable says that an answer is not what the service gives.
func unreadable(err error) error {
	return fault.Wrap(err, fault.Unavailable, fault.ServerUnreachable, "the server's answer cannot be read")
}

// kindOf reads a fault's kind from the status of a remote answer.
func kindOf(status int) fault.Kind {
	kinds := map[int]fault.Kind{
		http.StatusBadRequest: fault.Invalid, http.StatusUnauthorized: fault.Unauthenticated,
		http.StatusForbidden: fault.Forbidden, http.StatusNotFound: fault.NotFound,
		http.StatusNotAcceptable: fault.NotAcceptable, http.StatusConflict: fault.Conflict, http.StatusPreconditionFailed: fault.Conflict,
		http.StatusRequestEntityTooLarge: fault.TooLarge, http.StatusUnsupportedMediaType: fault.Unsupported,
		http.StatusUnprocessableEntity: fault.Refused, http.StatusTooManyRequests: fault.Limited,
		http.StatusServiceUnavailable: fault.Unavailable,
	}
	if kind, ok := kinds[status]; ok {
		return kind
	}
	return fault.Internal
}
