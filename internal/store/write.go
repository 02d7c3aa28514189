package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// tx is one transaction that writes. now is its one instant: the later of the
// clock and the last recording.
type tx struct {
	*sqlx.Tx
	s   *Store
	now time.Time
}

// statement returns a named statement bound to the transaction. All are
// prepared at the start: preparing one now would wait for a connection, and
// the transaction may hold the only one.
func (t *tx) statement(ctx context.Context, name string) *sqlx.NamedStmt {
	return t.NamedStmtContext(ctx, t.s.write.ready(t.s.texts[name]))
}

// exec runs a named statement that returns no rows.
func (t *tx) exec(ctx context.Context, name string, arguments args) error {
	_, err := t.statement(ctx, name).ExecContext(ctx, arguments)
	return err
}

// row runs a named statement and scans its first row; sql.ErrNoRows says that
// there is none.
func (t *tx) row(ctx context.Context, name string, arguments args, into ...any) error {
	return t.statement(ctx, name).QueryRowxContext(ctx, arguments).Scan(into...)
}

// inTx runs work in a transaction that writes. Whatever work returns stands;
// after an error nothing was stored.
func (s *Store) inTx(ctx context.Context, work func(*tx) error) error {
	began, err := s.write.begin(ctx, nil)
	if err != nil {
		return waiting(ctx, err)
	}
	defer began.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	t := &tx{Tx: began, s: s, now: vintage.Micros(s.clock())}
	if err := work(t); err != nil {
		return failure(ctx, err)
	}
	if err := began.Commit(); err != nil {
		return &commitError{failure(ctx, err)}
	}
	return nil
}

// commitError says that a commit was not confirmed: it may have happened.
type commitError struct{ error }

func (e *commitError) Unwrap() error { return e.error }

// publishLock is the number of the advisory lock that publishing takes.
const publishLock = 0x62656c6c

// takeTurn waits for the lock. A plan that was made when the tables were small
// would be slow now that they are large, so none is used again.
const takeTurn = `SELECT pg_advisory_xact_lock($1), set_config('plan_cache_mode', 'force_custom_plan', true)`

// inOrder is inTx for what is recorded as a revision: one at a time, and at an
// instant after every earlier one. SQLite takes its lock when the transaction
// begins. Those who wait inside this process hold no connection meanwhile, so
// that the one who writes can always read.
func (s *Store) inOrder(ctx context.Context, work func(t *tx, last int64) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return waiting(ctx, ctx.Err())
	}
	return s.inTx(ctx, func(t *tx) error {
		if s.dialect.engine == migrations.Postgres {
			if _, err := t.ExecContext(ctx, takeTurn, publishLock); err != nil {
				return waiting(ctx, err)
			}
		}
		last, err := t.afterTheLast(ctx)
		if err != nil {
			return err
		}
		return work(t, last)
	})
}

// afterTheLast moves the transaction's instant behind the newest revision and
// behind everything that may have been answered as visible, for an answer of
// an instant is given again for ever. It returns the newest revision.
func (t *tx) afterTheLast(ctx context.Context) (last int64, err error) {
	var recorded, visible, coming any
	err = t.row(ctx, "newest_revision", args{}, &last, &recorded)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	t.now = later(t.now, asInstant(recorded).Add(time.Microsecond))
	err = t.row(ctx, "head", args{"now": t.s.dialect.instant(t.now)}, &visible, &coming)
	t.now = later(t.now, asInstant(visible).Add(time.Microsecond))
	return last, err
}

// settled says whether a transaction whose commit was not confirmed happened
// after all: whether the revision that it was to store is there.
func (s *Store) settled(ctx context.Context, publicID string) (bool, error) {
	for attempt := range settleAttempts {
		_, err := s.revisionRow(ctx, "revision_by_public_id", args{"public_id": publicID})
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, sql.ErrNoRows):
			return false, nil
		}
		if pause(ctx, time.Duration(attempt+1)*settlePause) != nil {
			break
		}
	}
	e := fault.New(fault.Unavailable, fault.CommitUnknown, "the database was lost while it stored").
		Expect("the same again with the same idempotency key")
	e.RetryAfter = retryLost
	return false, e
}

// A lost database is asked again after 0.2, 0.4, … seconds, 11 in all.
const (
	settleAttempts = 10
	settlePause    = 200 * time.Millisecond
)

// pause waits, or returns the context's error when that ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// newID returns a public id: twelve random hex digits, which tell nothing of
// what was stored before or how much.
func newID() string {
	var id [6]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
