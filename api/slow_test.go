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
	"time"

	"bellwether/internal/obs"
)

// TestABodyThatDoesNotComeIsATimeout sends half of what it announces, and
// waits.
func TestABodyThatDoesNotComeIsATimeout(t *testing.T) {
	s := empty(t, Config{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(s.API, Timeouts{Read: 100 * time.Millisecond}, slog.New(slog.DiscardHandler))
	go func() { _ = server.Serve(Listener(listener)) }()
	t.Cleanup(func() { server.Close() })
	for path, kind := range map[string]string{
		"/v1/imports": "text/csv", "/v1/imports?publish=now": "multipart/form-data; boundary=x", "/v1/keys": "application/json",
	} {
		connection, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
		fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: 500\r\n\r\n{", path, s.key(obs.Admin), kind)
		r, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		recorded := &response{TB: t, what: path, ResponseRecorder: record(t, r)}
		recorded.problem(http.StatusRequestTimeout, "body_timeout")
		if !r.Close {
			t.Errorf("%s: the connection is kept", path)
		}
	}
}

// TestTheLogHasNoKeys asks with keys where none belongs.
func TestTheLogHasNoKeys(t *testing.T) {
	s := empty(t, Config{})
	key := s.key(obs.Editor)
	id, secret, _ := strings.Cut(strings.TrimPrefix(key, "bw_"), "_")
	for _, path := range []string{
		"/v1/series?key=" + key, "/v1/series?q=%20" + strings.ReplaceAll(key, "_", "%5f"), "/v1/areas/" + key,
		"/v1/series?q=" + strings.Repeat("x", 60) + key, "/?" + key,
	} {
		s.log.Reset()
		s.get(path, "X-Request-Id", key)
		if log := s.log.String(); strings.Contains(log, secret[:8]) || !strings.Contains(log, id) {
			t.Errorf("GET %s: the log is %s", path, log)
		}
	}
}

// TestAKeyCannotBeOverBeforeItIsMade asks for keys that would never be good, or
// that the zero of clocks would make good for ever.
func TestAKeyCannotBeOverBeforeItIsMade(t *testing.T) {
	s := empty(t, Config{})
	for _, expires := range []string{"0001-01-01T00:00:00Z", start.Format(time.RFC3339), "2015-12-31T00:00:00+08:00"} {
		p := s.as(obs.Admin, http.MethodPost, "/v1/keys", `{"name":"x","role":"reader","expires":"`+expires+`"}`, "Content-Type", "application/json").problem(400, "invalid_parameter")
		if len(p.Errors) != 1 || p.Errors[0].Parameter != "expires" {
			t.Errorf("expires %s: %+v", expires, p.Errors)
		}
	}
}

// TestCompressedBodiesAreRefused sends bodies that say they are compressed.
func TestCompressedBodiesAreRefused(t *testing.T) {
	s := empty(t, Config{})
	s.as(obs.Editor, http.MethodPost, "/v1/imports", goodFile, "Content-Encoding", "gzip").problem(415, "unsupported_media_type")
	s.as(obs.Admin, http.MethodPost, "/v1/keys", `{"name":"x","role":"reader"}`, "Content-Type", "application/json", "Content-Encoding", "br").problem(415, "unsupported_media_type")
	s.as(obs.Editor, http.MethodPost, "/v1/imports", goodFile, "Content-Encoding", "identity").want(201)
}

// TestJSONEndsWithANewline asks for what each writer of JSON writes.
func TestJSONEndsWithANewline(t *testing.T) {
	s := sampled(t, Config{})
	for _, path := range []string{
		"/v1", "/v1/series", "/v1/series/gdp.cn-cq-lj.cny", "/v1/series/gdp.cn-cq-lj.cny/observations", "/v1/observations?area=cn",
		"/v1/series/gdp.cn-cq-lj.cny/observations/2012", "/v1/nothing", "/v1/series?perod=2013", "/healthz", "/readyz", "/v1/revisions", "/v1/rates",
	} {
		body, err := io.ReadAll(s.get(path).Body)
		if err != nil || !strings.HasSuffix(string(body), "}\n") || strings.HasSuffix(string(body), "\n\n") {
			t.Errorf("GET %s ends with %q", path, body[max(0, len(body)-8):])
		}
	}
}

// TestAKeyHasOneInstantOfItsMaking compares what the making of a key answers
// with what the list has.
func TestAKeyHasOneInstantOfItsMaking(t *testing.T) {
	onEmpty(t, Config{}, func(t *testing.T, s *service) {
		s.clock.Set(start.Add(1234567 * time.Nanosecond))
		var made keyEntry
		s.as(obs.Admin, http.MethodPost, "/v1/keys", `{"name":"x","role":"reader","expires":"2030-01-01T00:00:00.123456789Z"}`, "Content-Type", "application/json").want(201).json(&made)
		var list struct{ Keys []keyEntry }
		s.as(obs.Admin, http.MethodGet, "/v1/keys", "").want(200).json(&list)
		for _, listed := range list.Keys {
			if listed.ID == made.ID && (listed.Created != made.Created || *listed.Expires != *made.Expires) {
				t.Errorf("made %v until %v, listed %v until %v", made.Created, made.Expires, listed.Created, listed.Expires)
			}
		}
	})
}
