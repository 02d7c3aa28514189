package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
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
