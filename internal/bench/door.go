package main

import (
	"fmt"
	"net/http"
)

// door asks one request again and again and reads the answer into room that
// it uses again.
type door interface {
	// ask makes the request once; an answer of another status than the one
	// that is expected is an error.
	ask() error

	// answer returns the body of the last answer. It is valid until the next.
	answer() []byte
}

// ask is a request of a measurement and the status that it gets.
type ask struct {
	uri    string
	header map[string]string
	status int
}

// inProcess is a door without a network: it calls the handler and takes the
// answer by copying it once.
type inProcess struct {
	handler http.Handler
	request *http.Request
	writer  writer
	status  int
}

func newInProcess(handler http.Handler, a ask) (*inProcess, error) {
	r, err := http.NewRequest(http.MethodGet, "http://localhost"+a.uri, http.NoBody)
	if err != nil {
		return nil, err
	}
	r.RequestURI = a.uri
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("User-Agent", userAgent)
	r.Header.Set("Accept", "*/*")
	for name, value := range a.header {
		r.Header.Set(name, value)
	}
	return &inProcess{handler: handler, request: r, status: a.status, writer: writer{header: http.Header{}}}, nil
}

const userAgent = "bench"

func (p *inProcess) ask() error {
	p.writer.reset()
	p.handler.ServeHTTP(&p.writer, p.request)
	if p.writer.status != p.status {
		return fmt.Errorf("GET %s: status %d, expected %d: %.300s", p.request.RequestURI, p.writer.status, p.status, p.writer.body)
	}
	return nil
}

func (p *inProcess) answer() []byte { return p.writer.body }

// writer is a response writer that is used again and again.
type writer struct {
	header http.Header
	status int
	body   []byte
}

func (w *writer) reset() {
	clear(w.header)
	w.status, w.body = 0, w.body[:0]
}

// Header returns the headers of the answer.
func (w *writer) Header() http.Header { return w.header }

// WriteHeader keeps the status.
func (w *writer) WriteHeader(status int) { w.status = status }

// Write keeps the body.
func (w *writer) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	w.body = append(w.body, p...)
	return len(p), nil
}
