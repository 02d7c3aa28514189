package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// revisionRow is a revision as it is stored.
type revisionRow struct {
	obs.Revision
	number  int64
	embargo time.Time
	undone  bool
}

// scanRevision reads the columns of the statements on single revisions.
func (s *Store) scanRevision(scan func(...any) error) (revisionRow, error) {
	var row revisionRow
	var recorded, embargo, visible, imported, undoes, count, undone any
	err := scan(&row.number, &row.ID, &row.Kind, &recorded, &embargo, &visible, &row.By, &row.Message,
		&imported, &undoes, &count, &undone)
	row.RecordedAt, row.embargo, row.VisibleAt = asInstant(recorded), asInstant(embargo), asInstant(visible)
	row.Import, row.Undoes = asText(imported), asText(undoes)
	row.Rows, row.undone = int(asInt(count)), undone != nil
	return row, err
}

// revisionRow returns a revision whatever its visibility; sql.ErrNoRows says
// that there is none.
func (s *Store) revisionRow(ctx context.Context, name string, arguments args) (revisionRow, error) {
	return s.scanRevision(func(into ...any) error { return s.row(ctx, name, arguments, into...) })
}

func orUnknownRevision(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, fault.UnknownRevision, "no revision has the id %q", fault.Clip(id)).
			Expect("an id from the list of revisions")
	}
	return err
}

// Revisions returns visible revisions, the newest visible first, and how many
// there are. The contract is that of query.Store.
func (s *Store) Revisions(ctx context.Context, at vintage.Point, before string, limit int) ([]obs.Revision, int, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if before != "" {
		if _, err := s.Revision(ctx, before, at); err != nil {
			return nil, 0, err
		}
	}
	arguments := s.visible(at)
	arguments["before"], arguments["only"], arguments["limit"] = before, "", limit
	var list []obs.Revision
	total := 0
	err := s.snapshot(ctx, func(t *sqlx.Tx) error {
		if err := s.rowIn(ctx, t, "visible_revision_count", arguments, &total); err != nil {
			return err
		}
		statement, err := s.read.statement(ctx, s.texts["visible_revisions"])
		if err != nil {
			return err
		}
		rows, err := t.NamedStmtContext(ctx, statement).QueryxContext(ctx, arguments)
		if err != nil {
			return err
		}
		return drain(rows, func(rows *sqlx.Rows) error {
			row, err := s.scanRevision(rows.Scan)
			list = append(list, row.Revision)
			return err
		})
	})
	return list, total, err
}

// visible is the arguments of what is visible at a point.
func (s *Store) visible(at vintage.Point) args {
	at = vintage.At(at.Published, at.Recorded)
	return args{"published": s.dialect.instant(at.Published), "recorded": s.dialect.instant(at.Recorded)}
}

// Revision returns one visible revision. The contract is that of query.Store.
func (s *Store) Revision(ctx context.Context, id string, at vintage.Point) (obs.Revision, error) {
	row, err := s.visibleRevision(ctx, id, at)
	return row.Revision, err
}

func (s *Store) visibleRevision(ctx context.Context, id string, at vintage.Point) (revisionRow, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	arguments := s.visible(at)
	arguments["before"], arguments["only"], arguments["limit"] = "", id, 1
	if id == "" {
		return revisionRow{}, orUnknownRevision(sql.ErrNoRows, id)
	}
	row, err := s.revisionRow(ctx, "visible_revisions", arguments)
	return row, failure(ctx, orUnknownRevision(err, id))
}

// Touched is Scan over what a revision, or the one that it undoes, states
// something of. The contract is that of query.Store.
func (s *Store) Touched(ctx context.Context, id string, at vintage.Point, each func(*obs.Version) error) error {
	row, err := s.revisionRow(ctx, "revision_by_public_id", args{"public_id": id})
	if err != nil {
		return failure(ctx, orUnknownRevision(err, id))
	}
	number := row.number
	if row.Undoes != "" {
		target, err := s.revisionRow(ctx, "revision_by_public_id", args{"public_id": row.Undoes})
		if err != nil {
			return failure(ctx, err)
		}
		number = target.number
	}
	return s.scan(ctx, at, each, func(into args) string {
		into["touched"] = number
		return `
  AND s.id IN (SELECT x.series_id FROM observation x WHERE x.revision = :touched)
  AND (o.series_id, o.end_date, o.start_date) IN (
      SELECT x.series_id, x.end_date, x.start_date
      FROM observation x
      WHERE x.revision = :touched)`
	})
}
