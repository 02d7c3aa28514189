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
	return s.recordPage(ctx, "visible_revisions", "visible_revision_count", arguments)
}

// RevisionsSince returns revisions that became visible after an instant, the
// oldest first, and how many there are. The contract is that of query.Store.
func (s *Store) RevisionsSince(ctx context.Context, at vintage.Point, since time.Time, after string, limit int) ([]obs.Revision, int, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if after != "" {
		if _, err := s.Revision(ctx, after, at); err != nil {
			return nil, 0, err
		}
	}
	arguments := s.visible(at)
	arguments["since"], arguments["after"], arguments["limit"] = s.dialect.instant(since), after, limit
	return s.recordPage(ctx, "revisions_since", "revisions_since_count", arguments)
}

// recordPage reads a page of the record, and how much there is in all.
func (s *Store) recordPage(ctx context.Context, list, count string, arguments args) ([]obs.Revision, int, error) {
	var found []obs.Revision
	total := 0
	err := s.snapshot(ctx, func(t *sqlx.Tx) error {
		if err := s.rowIn(ctx, t, count, arguments, &total); err != nil {
			return err
		}
		statement, err := s.read.statement(ctx, s.texts[list])
		if err != nil {
			return err
		}
		rows, err := t.NamedStmtContext(ctx, statement).QueryxContext(ctx, arguments)
		if err != nil {
			return err
		}
		return drain(rows, func(rows *sqlx.Rows) error {
			row, err := s.scanRevision(rows.Scan)
			found = append(found, row.Revision)
			return err
		})
	})
	return found, total, err
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
