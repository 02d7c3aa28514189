// Package testdb gives every test a real database of its own: for SQLite a
// file in the test's directory, for PostgreSQL a clone of a template that was
// migrated once.
//
// PostgreSQL is the server of TEST_DATABASE_URL, else the programs that are
// found on the machine, started once for each test binary in a directory of
// its own, on a unix socket, as an unprivileged user. Where neither is there,
// tests run on SQLite alone. BELLWETHER_ENGINES=sqlite,postgres names the
// engines that must run; without one of them the tests fail.
//
// The package makes databases; what is in them is for the tests.
package testdb

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	_ "github.com/lib/pq"  // the driver of PostgreSQL
	_ "modernc.org/sqlite" // the driver of SQLite

	"bellwether/migrations"
)

// Required is the environment variable that names the engines that must run,
// separated by commas.
const Required = "BELLWETHER_ENGINES"

// DB is a database of one engine.
type DB struct {
	Engine migrations.Engine
	DSN    string // as the store takes it
}

// Each runs a test on an empty, migrated database of every engine, each as a
// subtest with the engine's name.
func Each(t *testing.T, run func(t *testing.T, db DB)) {
	t.Helper()
	for _, engine := range Engines(t) {
		t.Run(string(engine), func(t *testing.T) {
			run(t, New(t, engine))
		})
	}
}

// Engines returns the engines that run here. It fails the test where one that
// is required does not.
func Engines(t testing.TB) []migrations.Engine {
	t.Helper()
	wanted := required(t)
	if len(wanted) == 0 {
		if server, err := postgres(); server == nil {
			t.Logf("engine: sqlite; not postgres: %v", err)
			return known[:1]
		}
		return known
	}
	if slices.Contains(wanted, migrations.Postgres) {
		if server, err := postgres(); server == nil {
			t.Fatalf("%s requires postgres: %v", Required, err)
		}
	}
	return wanted
}

// known are the engines that there are.
var known = []migrations.Engine{migrations.SQLite, migrations.Postgres}

// required returns the engines that must run, none when nothing is said.
func required(t testing.TB) []migrations.Engine {
	t.Helper()
	names := os.Getenv(Required)
	if names == "" {
		return nil
	}
	var wanted []migrations.Engine
	for name := range strings.SplitSeq(names, ",") {
		engine := migrations.Engine(strings.TrimSpace(name))
		if !slices.Contains(known, engine) {
			t.Fatalf("%s names %q, expected sqlite or postgres", Required, engine)
		}
		wanted = append(wanted, engine)
	}
	return wanted
}

// New returns an empty, migrated database of an engine that runs here. It is
// gone when the test ends.
func New(t testing.TB, engine migrations.Engine) DB {
	t.Helper()
	if engine == migrations.Postgres {
		server, err := postgres()
		if err != nil {
			t.Fatalf("postgres: %v", err)
		}
		return server.clone(t)
	}
	file := filepath.Join(t.TempDir(), "bellwether.db")
	if err := os.WriteFile(file, sqliteTemplate(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return DB{Engine: engine, DSN: "sqlite:" + file}
}

// Blank returns a place for a database of an engine that is not created yet.
func Blank(t testing.TB, engine migrations.Engine) DB {
	t.Helper()
	if engine == migrations.Postgres {
		server, err := postgres()
		if err != nil {
			t.Fatalf("postgres: %v", err)
		}
		return server.blank(t)
	}
	return DB{Engine: engine, DSN: "sqlite:" + filepath.Join(t.TempDir(), "bellwether.db")}
}

// File is the file of a SQLite database.
func (db DB) File() string { return strings.TrimPrefix(db.DSN, "sqlite:") }

// Raw opens the database beneath the store, with the settings of a stranger:
// SQLite checks nothing that it is not told to.
func (db DB) Raw(t testing.TB) *sql.DB {
	t.Helper()
	driver, name := "postgres", db.DSN
	if db.Engine == migrations.SQLite {
		driver, name = "sqlite", "file:"+db.File()+"?_pragma=busy_timeout(5000)"
	}
	raw, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// sqliteTemplate returns the bytes of a migrated database, made once.
func sqliteTemplate(t testing.TB) []byte {
	t.Helper()
	bytes, err := migratedFile()
	if err != nil {
		t.Fatalf("migrate a template: %v", err)
	}
	return bytes
}

var migratedFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "bellwether-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "template.db")
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		return nil, err
	}
	_, _, err = migrations.Up(context.Background(), migrations.SQLite, db)
	if closing := db.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})
