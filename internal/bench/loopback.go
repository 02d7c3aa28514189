package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"

	"bellwether/api"
)

// loopback is a door through a server and one kept connection on this machine.
// It writes the request's bytes as they are and reads of the answer what it
// must, so that asking costs little beside answering.
type loopback struct {
	connection net.Conn
	in         *bufio.Reader
	request    []byte
	status     int
	uri        string
	body       []byte
}

// served is a handler behind a server of this machine.
type served struct {
	server  *http.Server
	address string
}

func serve(handler http.Handler) (*served, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &served{server: api.NewServer(handler, api.Timeouts{}, nil), address: listener.Addr().String()}
	go s.server.Serve(listener) //nolint:errcheck // it ends with ErrServerClosed
	return s, nil
}

func (s *served) close() { s.server.Close() }

func (s *served) door(a ask) (*loopback, error) {
	connection, err := net.Dial("tcp", s.address)
	if err != nil {
		return nil, err
	}
	request := "GET " + a.uri + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + userAgent + "\r\nAccept: */*\r\n"
	for name, value := range a.header {
		request += name + ": " + value + "\r\n"
	}
	return &loopback{
		connection: connection, in: bufio.NewReaderSize(connection, 64<<10),
		request: []byte(request + "\r\n"), status: a.status, uri: a.uri,
	}, nil
}

func (l *loopback) ask() error {
	if _, err := l.connection.Write(l.request); err != nil {
		return err
	}
	status, length, err := l.head()
	if err != nil {
		return err
	}
	if cap(l.body) < length {
		l.body = make([]byte, length)
	}
	l.body = l.body[:length]
	if _, err := io.ReadFull(l.in, l.body); err != nil {
		return err
	}
	if status != l.status {
		return fmt.Errorf("GET %s: status %d, expected %d: %.300s", l.uri, status, l.status, l.body)
	}
	return nil
}

var contentLength = []byte("Content-Length: ")

// head reads the status and the length of the body that follows.
func (l *loopback) head() (status, length int, err error) {
	line, err := l.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < len("HTTP/1.1 200") {
		return 0, 0, errors.New("the answer is not of HTTP/1.1")
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	known := status == http.StatusNotModified
	for {
		if line, err = l.in.ReadSlice('\n'); err != nil {
			return 0, 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if rest, found := bytes.CutPrefix(line, contentLength); found {
			if length, err = strconv.Atoi(string(rest)); err != nil {
				return 0, 0, err
			}
			known = true
		}
	}
	if !known {
		return 0, 0, errors.New("the answer does not say how long it is")
	}
	return status, length, nil
}

func (l *loopback) answer() []byte { return l.body }
