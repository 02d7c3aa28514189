// Package migrations owns the schema of the database as numbered steps that go
// forward only, one set for each engine, embedded in the binary. A step is
// never edited once it has landed.
//
// It knows nothing of what the tables are for beyond the comments in the
// steps; reading and writing them is package store's.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed sqlite/*.sql postgres/*.sql
var files embed.FS

// Files returns the steps, in a folder for each engine.
func Files() fs.FS { return files }

// Engine is a kind of database.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Versions returns the step that the database stands at, 0 where it has none,
// and the newest one that this binary knows. It changes nothing.
func Versions(ctx context.Context, engine Engine, db *sql.DB) (current, newest int64, err error) {
	steps, err := provider(engine, db)
	if err != nil {
		return 0, 0, err
	}
	sources := steps.ListSources()
	newest = sources[len(sources)-1].Version
	known, err := hasVersions(ctx, engine, db)
	if err != nil || !known {
		return 0, newest, err
	}
	current, err = steps.GetDBVersion(ctx)
	return current, newest, err
}

// Up takes every step that the database has not taken yet and returns where
// it stood and where it stands. Each step is one transaction.
func Up(ctx context.Context, engine Engine, db *sql.DB) (from, to int64, err error) {
	from, _, err = Versions(ctx, engine, db)
	if err != nil {
		return 0, 0, err
	}
	steps, err := provider(engine, db)
	if err != nil {
		return from, from, err
	}
	if _, err = steps.Up(ctx); err != nil {
		return from, from, fmt.Errorf("migrate from step %d: %w", from, err)
	}
	to, err = steps.GetDBVersion(ctx)
	return from, to, err
}

func provider(engine Engine, db *sql.DB) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if engine == Postgres {
		dialect = goose.DialectPostgres
	}
	steps, err := fs.Sub(files, string(engine))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(dialect, db, steps, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// hasVersions asks whether the table of taken steps is there, so that looking
// never creates it.
func hasVersions(ctx context.Context, engine Engine, db *sql.DB) (bool, error) {
	query := `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'`
	if engine == Postgres {
		query = `SELECT COUNT(to_regclass('goose_db_version'))`
	}
	var tables int
	err := db.QueryRowContext(ctx, query).Scan(&tables)
	return tables > 0, err
}
