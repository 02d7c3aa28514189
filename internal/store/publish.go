package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// Publish stores everything that rows puts as one revision, or nothing. The
// contract is that of ingest.Store.
func (s *Store) Publish(ctx context.Context, release obs.Release, original io.Reader, rows func(put func(obs.Entry) error) error) (obs.Revision, error) {
	return s.publish(ctx, release, original, obs.ByImport, observations, func(l *load) error {
		defer l.behind.wait() //nolint:errcheck // flush returned its error, or another came first
		if err := rows(func(e obs.Entry) error { return failure(ctx, l.observation(ctx, e)) }); err != nil {
			return theirs(err)
		}
		return l.flush(ctx)
	})
}

// PublishRates is Publish for rates. The contract is that of ingest.Store.
func (s *Store) PublishRates(ctx context.Context, release obs.Release, original io.Reader, rows func(put func(fx.Rate) error) error) (obs.Revision, error) {
	return s.publish(ctx, release, original, obs.ByRates, rates, func(l *load) error {
		batch := rateBatch{load: l}
		l.replaces = true // as far as is known before they are compared
		if err := rows(func(r fx.Rate) error { return failure(ctx, batch.put(ctx, r)) }); err != nil {
			return theirs(err)
		}
		return batch.flush(ctx)
	})
}

// publish is the one transaction in which an import becomes a revision.
func (s *Store) publish(ctx context.Context, release obs.Release, original io.Reader, kind obs.RevisionKind,
	into versioned, rows func(*load) error) (obs.Revision, error) {
	revision := obs.Revision{ID: newID(), Kind: kind, By: release.By, Message: release.Message}
	err := s.inOrder(ctx, func(t *tx, last int64) error {
		if earlier, err := t.earlier(ctx, release); err != nil || earlier != nil {
			if earlier != nil {
				revision = *earlier
				return errAlreadyStored
			}
			return err
		}
		if err := t.notStanding(ctx, release); err != nil {
			return err
		}
		id, err := t.keepForRelease(ctx, release, original)
		if err != nil {
			return err
		}
		revision.Import, revision.RecordedAt = id, t.now
		revision.VisibleAt = vintage.Effective(t.now, release.Embargo, t.now)
		if err := t.insertRevision(ctx, last+1, revision, release.Embargo, release.Key); err != nil {
			return err
		}
		l, err := newLoad(ctx, t, last+1, release.Embargo)
		if err != nil {
			return err
		}
		if err := rows(l); err != nil {
			return err
		}
		revision.Rows = l.rows
		return t.finish(ctx, l, into, release, revision)
	})
	return s.outcome(ctx, revision, err)
}

// errAlreadyStored ends a transaction that has nothing to do.
var errAlreadyStored = errors.New("already stored")

// outcome is what a caller learns of a transaction that was to store a
// revision: the revision also where the commit was not confirmed and happened.
func (s *Store) outcome(ctx context.Context, revision obs.Revision, err error) (obs.Revision, error) {
	var unconfirmed *commitError
	switch {
	case errors.Is(err, errAlreadyStored):
		return revision, nil
	case errors.As(err, &unconfirmed):
		done, asking := s.settled(context.WithoutCancel(ctx), revision.ID)
		if asking != nil {
			return obs.Revision{}, asking
		}
		if !done {
			return obs.Revision{}, err
		}
	case err != nil:
		return obs.Revision{}, err
	}
	if err := s.learn(context.WithoutCancel(ctx)); err != nil {
		// It is stored; who cannot read the news asks the database again.
		s.watched.Store(false)
	}
	return revision, nil
}

// earlier returns the revision that the release's idempotency key stored, or
// nil. A key that came with another file is a fault of kind Conflict.
func (t *tx) earlier(ctx context.Context, release obs.Release) (*obs.Revision, error) {
	row, err := t.byKey(ctx, release.By, release.Key)
	if row == nil || err != nil {
		return nil, err
	}
	same, err := t.sameRelease(ctx, *row, release)
	if err != nil {
		return nil, err
	}
	if !same {
		return nil, keyReused()
	}
	return &row.Revision, nil
}

// byKey returns the revision that an idempotency key stored, or nil.
func (t *tx) byKey(ctx context.Context, by, key string) (*revisionRow, error) {
	if key == "" {
		return nil, nil
	}
	row, err := t.s.scanRevision(func(into ...any) error {
		return t.row(ctx, "revision_by_key", args{"author": by, "idempotency_key": key}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &row, err
}

func keyReused() error {
	return fault.New(fault.Conflict, fault.IdempotencyKeyReused, "the idempotency key came before with something else").
		Expect("a new key for each import and each undo")
}

func (t *tx) sameRelease(ctx context.Context, row revisionRow, release obs.Release) (bool, error) {
	if row.Kind == obs.ByUndo {
		return false, nil
	}
	if !row.embargo.Equal(vintage.Micros(release.Embargo)) && !(row.embargo.IsZero() && release.Embargo.IsZero()) {
		return false, nil
	}
	if release.ID != "" {
		return row.Import == release.ID, nil
	}
	kept, err := t.importRow(ctx, row.Import)
	if err != nil {
		return false, err
	}
	up := release.Upload
	return kept.SHA256 == up.SHA256 && kept.Profile == up.Profile && kept.Dataset == up.Dataset, nil
}

// notStanding refuses what another import stated already, byte for byte and
// read the same way, and still states: of clerks who hand in one file at the
// same time only the first one publishes it.
func (t *tx) notStanding(ctx context.Context, release obs.Release) error {
	upload := release.Upload
	if release.ID != "" {
		kept, err := t.importRow(ctx, release.ID)
		if err != nil {
			return err
		}
		upload = kept.Upload
	}
	var id string
	err := t.row(ctx, "same_import", t.s.sameImport(upload, release.Embargo), &id)
	switch {
	case errors.Is(err, sql.ErrNoRows) || err == nil && id == release.ID:
		return nil
	case err != nil:
		return err
	}
	return fault.New(fault.Conflict, fault.ImportStands, "the same file is published as import %s", id).
		Expect("another file, or the import that stands undone")
}

// insertRevision stores the revision's own row.
func (t *tx) insertRevision(ctx context.Context, id int64, r obs.Revision, embargo time.Time, key string) error {
	instant := t.s.dialect.instant
	return t.exec(ctx, "insert_revision", args{
		"id": id, "public_id": r.ID, "kind": string(r.Kind),
		"recorded_at": instant(r.RecordedAt), "embargo": instant(cut(embargo)), "visible_at": instant(r.VisibleAt),
		"author": r.By, "message": r.Message, "import_id": orNull(r.Import), "undoes": nil, "idempotency_key": orNull(key),
	})
}

// finish times the versions that were in force before, counts the rows, and
// notes what happened to the import.
func (t *tx) finish(ctx context.Context, l *load, into versioned, release obs.Release, r obs.Revision) error {
	if l.replaces {
		if err := t.exec(ctx, "close_"+into.Table, args{"revision": l.revision}); err != nil {
			return err
		}
	}
	if l.replaces || l.mixed {
		if err := t.exec(ctx, "reorder_"+into.Table, args{"revision": l.revision, "every": 0}); err != nil {
			return err
		}
	}
	if err := t.exec(ctx, "insert_revision_size", args{"revision": l.revision, "row_count": l.rows}); err != nil {
		return err
	}
	what := obs.Published
	if r.VisibleAt.After(r.RecordedAt) {
		what = obs.Scheduled
	}
	if err := t.event(ctx, r.Import, what, release.By, r.ID, release.Report); err != nil {
		return err
	}
	return t.announce(ctx)
}

// announce wakes the watches of other nodes when the transaction commits. On
// SQLite they look at the file.
func (t *tx) announce(ctx context.Context) error {
	if t.s.dialect.engine != migrations.Postgres {
		return nil
	}
	_, err := t.ExecContext(ctx, "SELECT pg_notify($1, '')", channel)
	return err
}

// cut is Micros that leaves the zero time alone.
func cut(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return vintage.Micros(t)
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
