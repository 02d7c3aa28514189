package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// Keep stores an upload and publishes nothing. The contract is that of
// ingest.Store.
func (s *Store) Keep(ctx context.Context, upload obs.Upload, report []byte, original io.Reader) (obs.Import, error) {
	var id string
	err := s.inTx(ctx, func(t *tx) (err error) {
		id, err = t.keep(ctx, upload, report, original)
		return err
	})
	var unconfirmed *commitError
	if errors.As(err, &unconfirmed) {
		if kept, asking := s.Import(context.WithoutCancel(ctx), id); asking == nil {
			return kept, nil
		}
	}
	if err != nil {
		return obs.Import{}, err
	}
	return s.Import(ctx, id)
}

// keep stores the file, the import and what happened to it so far.
func (t *tx) keep(ctx context.Context, upload obs.Upload, report []byte, original io.Reader) (id string, err error) {
	if err := t.keepFile(ctx, upload, original); err != nil {
		return "", err
	}
	id = newID()
	if err := t.exec(ctx, "insert_import", args{
		"id": id, "sha256": upload.SHA256, "name": upload.Name, "author": upload.By,
		"profile": upload.Profile, "dataset": upload.Dataset, "uploaded_at": t.s.dialect.instant(t.now),
	}); err != nil {
		return "", err
	}
	if err := t.event(ctx, id, obs.Uploaded, upload.By, upload.ReadWith, nil); err != nil {
		return "", err
	}
	if len(report) == 0 {
		return id, nil
	}
	return id, t.event(ctx, id, reviewed(report), upload.By, "", report)
}

// reviewed is the state that the reading of a file left it in, which its
// report says.
func reviewed(report []byte) obs.ImportState {
	var said struct {
		State obs.ImportState `json:"state"`
	}
	if json.Unmarshal(report, &said) == nil && said.State == obs.Refused {
		return obs.Refused
	}
	return obs.Reviewed
}

// event adds what happened to an import.
func (t *tx) event(ctx context.Context, id string, what obs.ImportState, by, detail string, report []byte) error {
	return t.exec(ctx, "insert_import_event", args{
		"import_id": id, "at": t.s.dialect.instant(t.now), "what": string(what),
		"author": by, "detail": detail, "report": orNull(string(report)),
	})
}

// keepForRelease returns the import that is published: the one that is kept
// already and does not stand yet, or the upload, kept now.
func (t *tx) keepForRelease(ctx context.Context, release obs.Release, original io.Reader) (string, error) {
	if release.ID == "" {
		return t.keep(ctx, release.Upload, nil, original)
	}
	kept, err := t.importRow(ctx, release.ID)
	if err != nil {
		return "", err
	}
	if kept.Revision != "" && kept.undone.IsZero() {
		return "", fault.New(fault.Conflict, fault.ImportStands, "the import %s is published as revision %s", kept.ID, kept.Revision).
			Expect("an import that is not published, or was undone")
	}
	return kept.ID, nil
}

// importRow is an import and what is known of the revision that it became.
type importRow struct {
	obs.Import
	visible time.Time
	undone  time.Time
}

// scanImport reads the columns of the statements import and imports.
func scanImport(scan func(...any) error) (importRow, error) {
	var row importRow
	var uploaded, revision, kind, embargo, visible, undone any
	err := scan(&row.ID, &row.SHA256, &row.Name, &row.By, &row.Profile, &row.Dataset, &uploaded, &row.Size,
		&revision, &kind, &embargo, &visible, &undone)
	row.At, row.Embargo = asInstant(uploaded), asInstant(embargo)
	row.visible, row.undone = asInstant(visible), asInstant(undone)
	row.Revision, row.Rates = asText(revision), asText(kind) == string(obs.ByRates)
	return row, err
}

func (t *tx) importRow(ctx context.Context, id string) (importRow, error) {
	row, err := scanImport(func(into ...any) error { return t.row(ctx, "import", args{"id": id}, into...) })
	return row, orUnknownImport(err, id)
}

func orUnknownImport(err error, id string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, fault.UnknownImport, "no import has the id %q", fault.Clip(id)).
			Expect("the id that the upload was answered with")
	}
	return err
}

// Import returns a kept import with its events. The contract is that of
// ingest.Store.
func (s *Store) Import(ctx context.Context, id string) (obs.Import, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	row, err := scanImport(func(into ...any) error { return s.row(ctx, "import", args{"id": id}, into...) })
	if err := orUnknownImport(err, id); err != nil {
		return obs.Import{}, failure(ctx, err)
	}
	return s.whole(ctx, row)
}

// whole adds the events of an import and the state that follows from them.
func (s *Store) whole(ctx context.Context, row importRow) (obs.Import, error) {
	var last obs.ImportState
	err := s.each(ctx, "import_events", args{"id": row.ID}, func(rows *sqlx.Rows) error {
		var event obs.ImportEvent
		var n int
		var at, report any
		if err := rows.Scan(&n, &at, &event.What, &event.By, &event.Detail, &report); err != nil {
			return err
		}
		event.At = asInstant(at)
		if event.What == obs.Uploaded {
			row.ReadWith = event.Detail
		}
		if text := asText(report); text != "" {
			row.Report = []byte(text)
		}
		row.Operations = append(row.Operations, event)
		last = event.What
		return nil
	})
	row.State = row.state(last, vintage.Micros(s.clock()))
	return row.Import, err
}

// state is where the import stands: what was last done to it, and from the
// instant of its embargo on published.
func (row importRow) state(last obs.ImportState, now time.Time) obs.ImportState {
	if row.Revision == "" || last != obs.Scheduled || now.Before(row.visible) {
		return last
	}
	return obs.Published
}

// Imports returns up to limit imports, the newest first, that were uploaded
// before the named one (the newest ones when before is empty).
func (s *Store) Imports(ctx context.Context, limit int, before string) ([]obs.Import, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	if before != "" {
		if _, err := s.Import(ctx, before); err != nil {
			return nil, err
		}
	}
	var found []importRow
	err := s.each(ctx, "imports", args{"before": before, "limit": limit}, func(rows *sqlx.Rows) error {
		row, err := scanImport(rows.Scan)
		found = append(found, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	list := make([]obs.Import, len(found))
	for i, row := range found {
		if list[i], err = s.whole(ctx, row); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Same returns the standing import that an upload repeats. The contract is
// that of ingest.Store.
func (s *Store) Same(ctx context.Context, upload obs.Upload, embargo time.Time) (obs.Import, bool, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var id string
	err := s.row(ctx, "same_import", s.sameImport(upload, embargo), &id)
	if errors.Is(err, sql.ErrNoRows) {
		return obs.Import{}, false, nil
	}
	if err != nil {
		return obs.Import{}, false, failure(ctx, err)
	}
	found, err := s.Import(ctx, id)
	return found, err == nil, err
}

// sameImport is what makes an import the same as another.
func (s *Store) sameImport(upload obs.Upload, embargo time.Time) args {
	return args{
		"sha256": upload.SHA256, "profile": upload.Profile, "dataset": upload.Dataset,
		"embargo": s.dialect.instant(cut(embargo)),
	}
}

// Empty reports whether no import was ever published.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var imports int
	err := s.row(ctx, "any_import", args{}, &imports)
	return imports == 0, failure(ctx, err)
}
