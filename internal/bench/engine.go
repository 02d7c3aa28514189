package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/lib/pq"  // the driver of PostgreSQL
	_ "modernc.org/sqlite" // the driver of SQLite

	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// engine makes databases of one kind.
type engine struct {
	name   migrations.Engine
	dir    string   // where the files of SQLite are
	server *url.URL // the maintenance database of PostgreSQL
	hold   io.Closer
}

// engines are those that are measured.
type engines []*engine

// newEngines finds the engines of a comma-separated list; an empty list takes
// all that are there. Missing says which is not, and why.
func newEngines(list, dir string) (found engines, missing string, err error) {
	wanted := []string{string(migrations.SQLite), string(migrations.Postgres)}
	if list != "" {
		wanted = strings.Split(list, ",")
	}
	for _, name := range wanted {
		switch migrations.Engine(strings.TrimSpace(name)) {
		case migrations.SQLite:
			found = append(found, &engine{name: migrations.SQLite, dir: dir})
		case migrations.Postgres:
			e, err := newPostgres()
			if err == nil {
				found = append(found, e)
			} else if missing = err.Error(); list != "" {
				return found, missing, err
			}
		default:
			return found, "", fmt.Errorf("there is no engine %q; the engines are sqlite and postgres", name)
		}
	}
	return found, missing, nil
}

// close stops what was started.
func (list engines) close() {
	for _, e := range list {
		if e.hold != nil {
			e.hold.Close()
		}
	}
}

// newPostgres takes the server of TEST_DATABASE_URL, else starts one with the
// settings of its maker, but for what works on its own in the background.
func newPostgres() (*engine, error) {
	e := &engine{name: migrations.Postgres}
	place := os.Getenv("TEST_DATABASE_URL")
	var err error
	if place == "" {
		if place, e.hold, err = testdb.Start("autovacuum=off"); err != nil {
			return nil, err
		}
	}
	if e.server, err = url.Parse(place); err != nil {
		return nil, fmt.Errorf("TEST_DATABASE_URL is not a URL")
	}
	return e, nil
}

// database is one that is measured and then dropped.
type database struct {
	engine *engine
	name   string
	dsn    string // as the service takes it
}

// blank makes a place for a database.
func (e *engine) blank(ctx context.Context) (*database, error) {
	var id [6]byte
	rand.Read(id[:]) // never fails
	d := &database{engine: e, name: "bellwether_bench_" + hex.EncodeToString(id[:])}
	if e.name == migrations.SQLite {
		d.dsn = "sqlite:" + d.file()
		return d, nil
	}
	at := *e.server
	at.Path = "/" + d.name
	d.dsn = at.String()
	return d, e.exec(ctx, "CREATE DATABASE "+d.name+" TEMPLATE template0")
}

func (d *database) file() string { return filepath.Join(d.engine.dir, d.name+".db") }

// drop removes the database. Nobody uses it any more.
func (d *database) drop(ctx context.Context) error {
	if d.engine.name == migrations.Postgres {
		return d.engine.exec(ctx, "DROP DATABASE "+d.name+" WITH (FORCE)")
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(d.file() + suffix); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}

// exec runs one statement in the maintenance database.
func (e *engine) exec(ctx context.Context, statement string) error {
	db, err := sql.Open("postgres", e.server.String())
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// raw opens the database beneath the service, as safe against a power cut,
// with the rules of the schema and with room for pages as the service's writer
// has it.
func (d *database) raw() (*sql.DB, error) {
	if d.engine.name == migrations.Postgres {
		return sql.Open("postgres", d.dsn)
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: d.file()}).EscapedPath()+"?_txlock=immediate"+
		"&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"+
		"&_pragma=foreign_keys(1)&_pragma=recursive_triggers(1)&_pragma=cache_size(-65536)")
}

// analyze lets PostgreSQL look at its tables, as it does by itself after a
// while. SQLite never does by itself.
func (d *database) analyze(ctx context.Context) error {
	if d.engine.name != migrations.Postgres {
		return nil
	}
	db, err := d.raw()
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "ANALYZE")
	return err
}

// names lists the engines.
func (list engines) names() []string {
	names := make([]string, len(list))
	for i, e := range list {
		names[i] = string(e.name)
	}
	return names
}

// fastest names the statement that the engine takes many rows by fastest.
func (e *engine) fastest() string {
	if e.name == migrations.Postgres {
		return "COPY"
	}
	return "INSERT of 50 rows"
}
