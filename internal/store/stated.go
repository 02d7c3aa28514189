package store

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// Stated calls each with every version of whatever a revision, or the one that
// it undoes, states something of. The contract is that of query.Store.
func (s *Store) Stated(ctx context.Context, id string, at vintage.Point, each func(v *obs.Version, undone time.Time) error) error {
	return s.stating(ctx, "stated", id, at, func(k *knowledge, rows *sqlx.Rows) error {
		reader := newVersionReader(k, 0, 1)
		var version obs.Version
		return drain(rows, func(rows *sqlx.Rows) error {
			if err := reader.scan(rows); err != nil {
				return err
			}
			if err := reader.read(0, &version); err != nil {
				return err
			}
			return theirs(each(&version, asInstant(reader.cells[versionColumns])))
		})
	})
}

// StatedRates is Stated for rates. The contract is that of query.Store.
func (s *Store) StatedRates(ctx context.Context, id string, at vintage.Point, each func(*query.RateVersion) error) error {
	return s.stating(ctx, "stated_rates", id, at, func(k *knowledge, rows *sqlx.Rows) error {
		return drain(rows, func(rows *sqlx.Rows) error {
			var r query.RateVersion
			var recorded, undone any
			rate, err := readRate(rows, k, &r.Revision, &recorded, &undone)
			if err != nil {
				return err
			}
			r.Rate, r.RecordedAt, r.UndoneAt = rate, asInstant(recorded), asInstant(undone)
			return theirs(each(&r))
		})
	})
}

// stating runs a statement over what a revision states something of. That may be
// millions of versions, so only the caller's context bounds it.
func (s *Store) stating(ctx context.Context, name, id string, at vintage.Point, read func(*knowledge, *sqlx.Rows) error) error {
	number, err := s.stater(ctx, id)
	if err != nil {
		return err
	}
	at = vintage.At(at.Published, at.Recorded)
	return s.asking(ctx, at.Recorded, func(k *knowledge) error {
		rows, err := s.query(ctx, name, args{
			"published": s.dialect.instant(at.Published),
			"recorded":  s.dialect.instant(at.Recorded),
			"change":    k.head.Change,
			"stated":    number,
		})
		if err != nil {
			return err
		}
		return read(k, rows)
	})
}

// stater returns the number of a revision, of an undo that of the one that it
// takes back.
func (s *Store) stater(ctx context.Context, id string) (int64, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	row, err := s.revisionRow(ctx, "revision_by_public_id", args{"public_id": id})
	if err == nil && row.Undoes != "" {
		row, err = s.revisionRow(ctx, "revision_by_public_id", args{"public_id": row.Undoes})
	}
	return row.number, failure(ctx, orUnknownRevision(err, id))
}

// Datasets returns the codes of the datasets that a revision states figures of,
// in order. The contract is that of query.Store.
func (s *Store) Datasets(ctx context.Context, id string) ([]string, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	number, err := s.stater(ctx, id)
	if err != nil {
		return nil, err
	}
	var codes []string
	err = s.each(ctx, "stated_datasets", args{"stated": number}, func(rows *sqlx.Rows) error {
		var code string
		err := rows.Scan(&code)
		codes = append(codes, code)
		return err
	})
	return codes, err
}
