package api

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// lost is a store whose database is gone.
type lost struct{ Store }

func gone() error {
	f := fault.Wrap(errors.New("dial tcp 10.0.0.7:5432: refused"), fault.Unavailable, fault.DatabaseUnavailable, "the database does not answer")
	f.RetryAfter = 1500 * time.Millisecond
	return f
}

func (l lost) Head(context.Context) (obs.Head, error) { return obs.Head{}, gone() }
func (l lost) Ping(context.Context) error             { return gone() }

func TestLostDatabase(t *testing.T) {
	s := empty(t, Config{})
	whole := s.API.store
	s.API.store = lost{whole}
	for _, path := range []string{"/v1/units", "/", "/readyz"} {
		r := s.get(path).want(503)
		if retry := r.Header().Get("Retry-After"); retry == "" {
			t.Errorf("%s: 503 without Retry-After", path)
		}
		if strings.Contains(r.Body.String(), "10.0.0.7") {
			t.Errorf("%s: driver text in %s", path, r.Body)
		}
	}
	if got := s.get("/v1/units").Header().Get("Retry-After"); got != "2" {
		t.Errorf("Retry-After = %q, want 2", got)
	}
	s.get("/healthz").want(200)
	s.API.store = whole
	s.get("/v1/units").want(200)
	s.get("/readyz").want(200)
}

// broken is a reader that fails in ways that are nobody's business.
type broken struct {
	Query
	how func()
}

func (b broken) Catalog(context.Context, query.Moment) (*catalog.Catalog, error) {
	b.how()
	return nil, errors.New(`pq: relation "secret" does not exist at /src/store.go:12`)
}

func TestDefectsLeakNothing(t *testing.T) {
	s := empty(t, Config{})
	whole := s.API.query
	for name, how := range map[string]func(){"an error": func() {}, "a panic": func() { panic("secret state") }} {
		s.API.query = broken{whole, how}
		r := s.get("/v1/units")
		p := r.problem(500, "internal_error")
		if strings.Contains(r.Body.String(), "secret") || strings.Contains(r.Body.String(), ".go") {
			t.Errorf("%s leaks: %s", name, r.Body)
		}
		id := r.Header().Get("X-Request-Id")
		if id == "" || !strings.Contains(s.log.String(), `"id":"`+id+`"`) || !strings.Contains(s.log.String(), "secret") {
			t.Errorf("%s: the log does not tell what went wrong with %q (%+v)", name, id, p)
		}
	}
	s.API.query = whole
	s.get("/v1/units").want(200)
}

func TestDeadline(t *testing.T) {
	if f := faultOf(context.DeadlineExceeded); f.Kind != fault.Unavailable || f.Code != fault.DeadlineExceeded {
		t.Errorf("faultOf(deadline) = %v, want a busy service", f)
	}
}

// TestEveryKindHasAStatus holds the table complete.
func TestEveryKindHasAStatus(t *testing.T) {
	for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
		if statuses[kind] == 0 {
			t.Errorf("kind %d has no status", kind)
		}
	}
}

func TestSlowClientsAreCutOff(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(http.NotFoundHandler(), Timeouts{ReadHeader: 20 * time.Millisecond}, nil)
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := connection.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\nX: ")); err != nil {
		t.Fatal(err)
	}
	_ = connection.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.ReadAll(connection); err != nil {
		t.Errorf("the connection is still open after the deadline: %v", err)
	}
	if server.ReadTimeout == 0 || server.WriteTimeout == 0 || server.IdleTimeout == 0 || server.MaxHeaderBytes == 0 {
		t.Errorf("a limit is missing: %+v", server)
	}
}
