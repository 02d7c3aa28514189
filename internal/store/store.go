package store

import (
	"context"
	"database/sql"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
)

// Store is an open database. Its methods may be called by any number of
// goroutines.
type Store struct {
	options  Options
	dialect  dialect
	place    place
	texts    map[string]string // the named statements
	read     *pool
	write    *pool // of PostgreSQL the same as read; of SQLite one connection
	office   obs.Office
	known    atomic.Pointer[knowledge]
	learning sync.Mutex    // held while known is brought forward
	watched  atomic.Bool   // a watch keeps known fresh
	turn     chan struct{} // held by the one who publishes
	catalogs catalogCache
}

func (s *Store) clock() time.Time { return s.options.Clock() }

// Office returns what the database was created with.
func (s *Store) Office(context.Context) (obs.Office, error) { return s.office, nil }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var id int64
	var recorded any
	return failure(ctx, s.row(ctx, "newest_revision", args{}, &id, &recorded))
}

// Close ends the use of the database.
func (s *Store) Close() error {
	err := s.read.Close()
	if s.write != s.read {
		if closing := s.write.Close(); err == nil {
			err = closing
		}
	}
	return err
}

// bounded gives a read its deadline.
func (s *Store) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if s.options.QueryTimeout <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, s.options.QueryTimeout)
}

// query runs a named statement outside a transaction: one snapshot.
func (s *Store) query(ctx context.Context, name string, arguments args) (*sqlx.Rows, error) {
	return s.queryText(ctx, s.texts[name], arguments)
}

func (s *Store) queryText(ctx context.Context, text string, arguments args) (rows *sqlx.Rows, err error) {
	err = s.read.steadily(ctx, func() error {
		statement, err := s.read.statement(ctx, text)
		if err != nil {
			return err
		}
		rows, err = statement.QueryxContext(ctx, arguments)
		return err
	})
	return rows, err
}

// row runs a named statement and scans its first row; sql.ErrNoRows says that
// there is none.
func (s *Store) row(ctx context.Context, name string, arguments args, into ...any) error {
	return s.read.steadily(ctx, func() error {
		statement, err := s.read.statement(ctx, s.texts[name])
		if err != nil {
			return err
		}
		return statement.QueryRowxContext(ctx, arguments).Scan(into...)
	})
}

// each calls read for every row of a named statement.
func (s *Store) each(ctx context.Context, name string, arguments args, read func(*sqlx.Rows) error) error {
	rows, err := s.query(ctx, name, arguments)
	if err != nil {
		return failure(ctx, err)
	}
	return failure(ctx, drain(rows, read))
}

func drain(rows *sqlx.Rows, read func(*sqlx.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// snapshot runs reads that have to agree with each other.
func (s *Store) snapshot(ctx context.Context, work func(*sqlx.Tx) error) error {
	level := sql.LevelDefault // of SQLite a transaction is one snapshot
	if s.write == s.read {
		level = sql.LevelRepeatableRead
	}
	began, err := s.read.begin(ctx, &sql.TxOptions{Isolation: level, ReadOnly: true})
	if err != nil {
		return failure(ctx, err)
	}
	defer began.Rollback() //nolint:errcheck // it only read
	return failure(ctx, work(began))
}
