package cli

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// inProcess carries requests to a handler of this process, so that a command
// over its own database and one against a service elsewhere are the same
// command. The answer is streamed.
type inProcess struct{ handler http.Handler }

// RoundTrip starts the handler and returns when it has written its header.
func (t inProcess) RoundTrip(request *http.Request) (*http.Response, error) {
	body, pipe := io.Pipe()
	w := &pipeWriter{header: http.Header{}, pipe: pipe, started: make(chan struct{})}
	if request.Body == nil {
		request.Body = http.NoBody
	}
	go func() {
		pipe.CloseWithError(t.serve(w, request))
	}()
	<-w.started
	return &http.Response{
		Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: body, ContentLength: -1, Request: request,
	}, nil
}

// errBrokenOff ends the body of an answer that its handler gave up halfway.
var errBrokenOff = errors.New("the answer was broken off")

// serve runs the handler; one that aborts its answer does so by a panic.
func (t inProcess) serve(w *pipeWriter, request *http.Request) (err error) {
	defer func() {
		switch given := recover(); given {
		case nil:
		case http.ErrAbortHandler:
			err = errBrokenOff
		default:
			panic(given)
		}
		w.WriteHeader(http.StatusOK)
	}()
	t.handler.ServeHTTP(w, request)
	return nil
}

// pipeWriter is a response that is read at the other end of a pipe. sent is
// the header as it was when the status was written.
type pipeWriter struct {
	header, sent http.Header
	status       int
	once         sync.Once
	started      chan struct{}
	pipe         *io.PipeWriter
}

// Header returns the header that is still to be sent.
func (w *pipeWriter) Header() http.Header { return w.header }

// WriteHeader sends the status and the header; the first call counts.
func (w *pipeWriter) WriteHeader(status int) {
	w.once.Do(func() {
		w.status, w.sent = status, w.header.Clone()
		close(w.started)
	})
}

// Write sends a piece of the body.
func (w *pipeWriter) Write(piece []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.pipe.Write(piece)
}
