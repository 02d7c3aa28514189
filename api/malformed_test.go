package api

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"bellwether/internal/obs"
)

// talk sends text over a connection of its own to the served API and returns
// the answer.
func (s *service) talk(text string) *http.Response {
	s.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.Fatal(err)
	}
	server := NewServer(s.API, Timeouts{}, slog.New(slog.DiscardHandler))
	go func() { _ = server.Serve(Listener(listener)) }()
	s.Cleanup(func() { server.Close() })
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { connection.Close() })
	if _, err := io.WriteString(connection, text); err != nil {
		s.Fatal(err)
	}
	r, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		s.Fatalf("%q: %v", text, err)
	}
	return r
}

// TestMalformedRequestsAreProblems sends what the server itself refuses before
// anybody is asked.
func TestMalformedRequestsAreProblems(t *testing.T) {
	s := empty(t, Config{})
	for text, want := range map[string]string{
		"GET /v1/areas/%zz HTTP/1.1\r\nHost: x\r\n\r\n":                                        "malformed_request",
		"GET /v1/areas HTTP/1.1\r\n\r\n":                                                       "malformed_request",
		"GET /v1/areas HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n":                             "malformed_request",
		"GET /v1/areas HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 200<<10) + "\r\n\r\n": "header_too_large",
	} {
		r := s.talk(text)
		recorded := &response{TB: t, what: fmt.Sprintf("%.40q", text)}
		recorded.ResponseRecorder = record(t, r)
		recorded.problem(r.StatusCode, want)
		if r.Header.Get("Access-Control-Allow-Origin") != "*" || r.StatusCode < 400 || r.StatusCode > 499 {
			t.Errorf("%.40q: %d %v", text, r.StatusCode, r.Header)
		}
	}
}

// TestGoodRequestsPassTheListener asks twice over one connection, for a file
// too, which is sent in another way than bytes in memory.
func TestGoodRequestsPassTheListener(t *testing.T) {
	s := sampled(t, Config{})
	r := s.talk("GET /v1/areas/nowhere HTTP/1.1\r\nHost: x\r\n\r\n")
	if r.StatusCode != 404 {
		t.Errorf("an unknown area: %d, want 404", r.StatusCode)
	}
	r = s.talk("GET /v1/export.csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if body, err := io.ReadAll(r.Body); err != nil || int64(len(body)) != r.ContentLength || !strings.HasPrefix(string(body), "series,period,") {
		t.Errorf("export: %d bytes of %d, %v", len(body), r.ContentLength, err)
	}
}

func TestTextThatIsNotUTF8IsRefused(t *testing.T) {
	s := empty(t, Config{})
	s.get("/v1/series?q=%ff%fe").problem(400, "malformed_query")
	s.get("/v1/series?%ff=1").problem(400, "malformed_query")
	s.get("/v1/areas/%ff").problem(400, "malformed_path")
	s.get("/v1/areas/cn%00").problem(400, "malformed_path")
	s.get("/v1/%ff").problem(404, "unknown_path")
}

func TestASlashAtTheEndLeadsToThePath(t *testing.T) {
	s := empty(t, Config{})
	for path, want := range map[string]string{
		"/docs/": "/docs", "/v1/": "/v1", "/v1/areas/?lang=zh&as_of=2015-01-01": "/v1/areas?lang=zh&as_of=2015-01-01",
		"/v1/areas/cn/": "/v1/areas/cn", "/v1/observations.csv/": "/v1/observations.csv", "/v1/series.json/": "/v1/series.json",
		"/v1/series/%E4%B8%A4%E6%B1%9F/": "/v1/series/%E4%B8%A4%E6%B1%9F", "/docs/problems/": "/docs/problems",
	} {
		r := s.get(path).want(308)
		if got := r.Header().Get("Location"); got != want {
			t.Errorf("%s leads to %q, want %q", path, got, want)
		}
	}
	s.as(obs.Editor, http.MethodPost, "/v1/imports/", "").want(308)
	for _, path := range []string{"//elsewhere.example/", "/v1/nothing/", "/v1/series//", "/v1/areas/cn//", "/v1//"} {
		s.get(path).problem(404, "unknown_path")
	}
}
