package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"bellwether/migrations"
)

// server is a running PostgreSQL and the template in it.
type server struct {
	url      *url.URL // of its maintenance database
	template string
	cloning  sync.Mutex // a template is cloned by one at a time
	hold     io.Closer  // while it is open, and reachable, a server started here runs
}

// postgres returns the server of this test binary, started or found once.
var postgres = sync.OnceValues(func() (*server, error) {
	s := &server{template: "bellwether_template_" + random()}
	place := os.Getenv("TEST_DATABASE_URL")
	if place == "" {
		var err error
		if place, s.hold, err = Start(carefree...); err != nil {
			return nil, err
		}
	}
	var err error
	if s.url, err = url.Parse(place); err != nil {
		return nil, errors.New("TEST_DATABASE_URL is not a URL")
	}
	if err := s.makeTemplate(); err != nil {
		return nil, err
	}
	return s, nil
})

func random() string {
	var id [6]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// dsn is the URL of a database of the server.
func (s *server) dsn(database string) string {
	u := *s.url
	u.Path = "/" + database
	return u.String()
}

// exec runs one statement in the maintenance database.
func (s *server) exec(ctx context.Context, statement string) error {
	db, err := sql.Open("postgres", s.url.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

func (s *server) makeTemplate() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.exec(ctx, "CREATE DATABASE "+s.template); err != nil {
		return err
	}
	db, err := sql.Open("postgres", s.dsn(s.template))
	if err != nil {
		return err
	}
	defer db.Close()
	_, _, err = migrations.Up(ctx, migrations.Postgres, db)
	return err
}

// clone returns a copy of the template.
func (s *server) clone(t testing.TB) DB { return s.create(t, " TEMPLATE "+s.template) }

// blank returns a database without a schema.
func (s *server) blank(t testing.TB) DB { return s.create(t, " TEMPLATE template0") }

func (s *server) create(t testing.TB, from string) DB {
	t.Helper()
	name := "bellwether_" + random()
	s.cloning.Lock()
	err := s.exec(context.Background(), "CREATE DATABASE "+name+from)
	s.cloning.Unlock()
	if err != nil {
		t.Fatalf("create a database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Logf("drop the database %s: %v", name, err)
		}
	})
	return DB{Engine: migrations.Postgres, DSN: s.dsn(name)}
}
