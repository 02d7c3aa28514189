package store

import (
	"context"
	"database/sql"
	"errors"

	"bellwether/internal/obs"
)

// FetchLog returns what is known of earlier takings of a feed's file. Its mark
// is empty when rates were undone since the file was last asked for.
func (s *Store) FetchLog(ctx context.Context, key obs.FetchKey) (obs.FetchLog, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	log, err := s.fetchLog(ctx, key)
	return log, failure(ctx, err)
}

func (s *Store) fetchLog(ctx context.Context, key obs.FetchKey) (log obs.FetchLog, err error) {
	var at, imported any
	of := args{"feed": key.Feed, "address": key.Address}
	err = s.row(ctx, "rate_fetch_last", of, &log.N, &at, &log.Last.What, &log.By, &log.Last.New, &imported, &log.Last.Detail)
	if errors.Is(err, sql.ErrNoRows) {
		return obs.FetchLog{}, nil
	}
	if err != nil {
		return log, err
	}
	log.At, log.Last.Import = asInstant(at), asText(imported)
	var answered int
	if err = s.row(ctx, "rate_fetch_answered", of, &answered, &at); err == nil {
		log.Answered = asInstant(at)
	} else if !errors.Is(err, sql.ErrNoRows) {
		return log, err
	}
	of["answered"] = answered
	if err = s.row(ctx, "rate_fetch_tried", of, &log.Tries, &at); err != nil {
		return log, err
	}
	log.Tried = asInstant(at)
	if err = s.row(ctx, "rate_fetch_mark", of, &log.ETag, &log.Modified); errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return log, err
}

// BeginFetch notes that somebody takes a feed's file, where nothing happened
// since what was counted last. It returns the number by which the taking is
// ended, and 0 where another came first.
func (s *Store) BeginFetch(ctx context.Context, key obs.FetchKey, by string, after int) (begun int, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		done, err := t.statement(ctx, "begin_rate_fetch").ExecContext(ctx, args{
			"feed": key.Feed, "address": key.Address, "author": by, "at": s.dialect.instant(t.now), "after": after,
		})
		if err != nil {
			return err
		}
		if added, err := done.RowsAffected(); err != nil || added == 0 {
			return err
		}
		begun = after + 1
		return nil
	})
	return begun, err
}

// EndFetch notes what the taking of that number brought.
func (s *Store) EndFetch(ctx context.Context, key obs.FetchKey, begun int, end obs.FetchEnd) error {
	return s.inTx(ctx, func(t *tx) error {
		return t.exec(ctx, "end_rate_fetch", args{
			"feed": key.Feed, "address": key.Address, "begun": begun, "at": s.dialect.instant(t.now), "what": string(end.What),
			"etag": end.ETag, "modified": end.Modified, "new_rates": end.New, "import_id": orNull(end.Import), "detail": end.Detail,
		})
	})
}
