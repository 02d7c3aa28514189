package api

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"

	"bellwether/internal/fault"
)

// Listener returns a listener whose connections answer a request that the
// server itself cannot read with a problem document, like every other refusal
// and with the headers for scripts of any site, where net/http has one line of
// plain text.
func Listener(l net.Listener) net.Listener { return &listener{l} }

type listener struct{ net.Listener }

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &connection{c}, nil
}

// connection looks at what is written for refusals by net/http.
type connection struct{ net.Conn }

// refusalHeaders are what net/http puts behind the status line of a refusal of
// its own, which it writes in one piece. No answer of a handler begins so: that
// has a Date.
var refusalHeaders = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// refusals are the problems in the place of refusals by net/http, by status.
var refusals = map[int]*fault.Error{
	http.StatusBadRequest: fault.New(fault.Invalid, fault.MalformedRequest, "the request cannot be read as HTTP").
		Expect("a path in percent-encoded UTF-8, a Host, and headers as RFC 9110 has them"),
	http.StatusRequestHeaderFieldsTooLarge: fault.New(fault.TooLarge, fault.HeaderTooLarge, "the headers are over %d bytes", maxHeaderBytes).
		Expect("at most %d bytes", maxHeaderBytes),
}

// Write sends bytes, or a problem in the place of a refusal by net/http.
func (c *connection) Write(p []byte) (int, error) {
	body := replaced(p)
	if body == nil {
		return c.Conn.Write(p)
	}
	if _, err := c.Conn.Write(body); err != nil {
		return 0, err
	}
	return len(p), nil
}

// replaced returns the whole answer for a refusal by net/http, nil for anything
// else.
func replaced(p []byte) []byte {
	const begin = "HTTP/1.1 "
	line, rest, _ := bytes.Cut(p, []byte("\r"))
	if !bytes.HasPrefix(line, []byte(begin)) || len(line) < len(begin)+3 || !bytes.HasPrefix(rest, refusalHeaders[1:]) {
		return nil
	}
	status, err := strconv.Atoi(string(line[len(begin) : len(begin)+3]))
	f, known := refusals[status]
	if err != nil || !known {
		return nil
	}
	told := problemOf(f, "")
	told.Status = status
	body, err := json.Marshal(told)
	if err != nil {
		return nil
	}
	h := http.Header{
		"Content-Type": {problemType}, "Content-Length": {strconv.Itoa(len(body))}, "Cache-Control": noStore, "Connection": {"close"},
		"Access-Control-Allow-Origin": anyOrigin, "Access-Control-Expose-Headers": exposed,
	}
	answer := bytes.NewBufferString(begin + strconv.Itoa(status) + " " + http.StatusText(status) + "\r\n")
	_ = h.Write(answer) // a buffer takes all
	answer.WriteString("\r\n")
	answer.Write(body)
	return answer.Bytes()
}

// ReadFrom lets the system send a file by itself, as it does over the bare
// connection.
func (c *connection) ReadFrom(r io.Reader) (int64, error) {
	if direct, ok := c.Conn.(io.ReaderFrom); ok {
		return direct.ReadFrom(r)
	}
	return io.Copy(struct{ io.Writer }{c.Conn}, r)
}

// CloseWrite ends what is sent and goes on reading, where the connection can.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}
