package store_test

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bellwether/internal/testdb"
)

// line is a connection to a server that can be cut while it commits.
type line struct {
	db      testdb.DB
	server  string
	mu      sync.Mutex
	cutting bool
	deliver bool // whether the commit still reaches the server
}

func newLine(t *testing.T, db testdb.DB) *line {
	t.Helper()
	place, err := url.Parse(db.DSN)
	if err != nil {
		t.Fatal(err)
	}
	settings := place.Query()
	dir := t.TempDir()
	l := &line{server: settings.Get("host") + "/.s.PGSQL.5432"}
	if !strings.HasPrefix(settings.Get("host"), "/") {
		l.server = place.Host
	}
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	settings.Set("host", dir)
	settings.Set("sslmode", "disable")
	place.Host, place.RawQuery = "", settings.Encode()
	l.db = testdb.DB{Engine: db.Engine, DSN: place.String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go l.carry(client)
		}
	}()
	return l
}

// cut breaks the line at the next commit, once.
func (l *line) cut(deliver bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cutting, l.deliver = true, deliver
}

// carry passes bytes on in both directions.
func (l *line) carry(client net.Conn) {
	defer client.Close()
	network := "tcp"
	if strings.HasPrefix(l.server, "/") {
		network = "unix"
	}
	server, err := net.Dial(network, l.server)
	if err != nil {
		return
	}
	defer server.Close()
	var dropping atomic.Bool // the client gets no more answers
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		defer client.Close()
		pass(server, client, func([]byte) bool { return !dropping.Load() })
	}()
	pass(client, server, func(sent []byte) bool {
		if !strings.Contains(string(sent), "COMMIT") || !l.cuts() {
			return true
		}
		dropping.Store(true)
		return l.deliver
	})
	if dropping.Load() && l.deliver {
		<-answered // so the commit is done
	}
}

// pass copies what arrives until a side ends or on is false.
func pass(from, to net.Conn, on func([]byte) bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil || !on(buffer[:n]) {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

func (l *line) cuts() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.cutting
	l.cutting = false
	return was
}
