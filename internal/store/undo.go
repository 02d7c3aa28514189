package store

import (
	"context"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// Undo takes a revision back: from its recording on, what the revision states
// counts in no state. Faults: unknown_revision of kind NotFound,
// already_undone, undo_of_undo and catalogue_not_undone of kind Conflict.
func (s *Store) Undo(ctx context.Context, revision, by, message string) (obs.Revision, error) {
	return s.UndoOnce(ctx, obs.UndoRequest{Revision: revision, By: by, Message: message})
}

// UndoOnce is Undo for a request that may come again: with the same idempotency
// key it returns the undo that it made. A revision that was not visible yet is
// cancelled; the undo is then visible at vintage.Forever, and neither is ever
// seen. Further fault: idempotency_key_reused of kind Conflict for a key that
// came with something else.
func (s *Store) UndoOnce(ctx context.Context, r obs.UndoRequest) (obs.Revision, error) {
	return s.undo(ctx, r, func(revisionRow, *tx) error { return nil })
}

// Recorded returns a revision, visible or not. The contract is that of
// query.Store.
func (s *Store) Recorded(ctx context.Context, id string) (obs.Revision, error) {
	row, err := s.recordedRow(ctx, id)
	return row.Revision, err
}

// Undoable returns the revision that an undo would take back now, or the fault
// that Undo would give. The contract is that of query.Store.
func (s *Store) Undoable(ctx context.Context, id string) (obs.Revision, error) {
	row, err := s.recordedRow(ctx, id)
	if err == nil {
		err = undoable(row)
	}
	return row.Revision, err
}

func (s *Store) recordedRow(ctx context.Context, id string) (revisionRow, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	row, err := s.revisionRow(ctx, "revision_by_public_id", args{"public_id": id})
	return row, failure(ctx, orUnknownRevision(err, id))
}

// Cancel takes an import back before its embargo, so that nobody ever sees it
// or that it was there. An import that is not scheduled is a fault
// import_not_scheduled of kind Conflict.
func (s *Store) Cancel(ctx context.Context, importID, by string) error {
	kept, err := s.Import(ctx, importID)
	if err != nil {
		return err
	}
	if kept.Revision == "" {
		return notScheduled(importID)
	}
	_, err = s.undo(ctx, obs.UndoRequest{Revision: kept.Revision, By: by}, func(target revisionRow, t *tx) error {
		if target.undone || !target.VisibleAt.After(t.now) {
			return notScheduled(importID)
		}
		return nil
	})
	return err
}

func notScheduled(importID string) error {
	return fault.New(fault.Conflict, fault.ImportNotScheduled, "the import %s does not wait for an embargo", importID).
		Expect("an import whose embargo lies ahead; undo the revision of one that is published")
}

func (s *Store) undo(ctx context.Context, asked obs.UndoRequest, allowed func(revisionRow, *tx) error) (obs.Revision, error) {
	revision := obs.Revision{ID: newID(), Kind: obs.ByUndo, By: asked.By, Message: asked.Message, Undoes: asked.Revision}
	err := s.inOrder(ctx, func(t *tx, last int64) error {
		if earlier, err := t.earlierUndo(ctx, asked); err != nil || earlier != nil {
			if earlier != nil {
				revision = *earlier
				return errAlreadyStored
			}
			return err
		}
		row, err := s.scanRevision(func(into ...any) error {
			return t.row(ctx, "revision_by_public_id", args{"public_id": asked.Revision}, into...)
		})
		if err := orUnknownRevision(err, asked.Revision); err != nil {
			return err
		}
		if err := allowed(row, t); err != nil {
			return err
		}
		if err := undoable(row); err != nil {
			return err
		}
		revision.RecordedAt, revision.VisibleAt = t.now, t.now
		if row.VisibleAt.After(t.now) {
			revision.VisibleAt = vintage.Forever
		}
		return t.undo(ctx, last+1, revision, row, asked.Key)
	})
	return s.outcome(ctx, revision, err)
}

// earlierUndo returns the undo that the request's idempotency key stored, or
// nil.
func (t *tx) earlierUndo(ctx context.Context, asked obs.UndoRequest) (*obs.Revision, error) {
	row, err := t.byKey(ctx, asked.By, asked.Key)
	if row == nil || err != nil {
		return nil, err
	}
	if row.Undoes != asked.Revision {
		return nil, keyReused()
	}
	return &row.Revision, nil
}

func undoable(row revisionRow) error {
	switch {
	case row.Kind == obs.ByUndo:
		return fault.New(fault.Conflict, fault.UndoOfUndo, "the revision %s is an undo itself", row.ID).
			Expect("the file imported again")
	case row.Kind == obs.ByCatalog:
		return fault.New(fault.Conflict, fault.CatalogueNotUndone, "the revision %s is one of the catalogue", row.ID).
			Expect("another catalogue revision that says what is right")
	case row.undone:
		return fault.New(fault.Conflict, fault.AlreadyUndone, "the revision %s was undone before", row.ID).
			Expect("a revision that stands")
	}
	return nil
}

// undo records the undo and times what the target had replaced anew.
func (t *tx) undo(ctx context.Context, number int64, r obs.Revision, target revisionRow, key string) error {
	instant := t.s.dialect.instant
	if err := t.exec(ctx, "insert_revision", args{
		"id": number, "public_id": r.ID, "kind": string(r.Kind), "recorded_at": instant(r.RecordedAt),
		"embargo": nil, "visible_at": instant(r.VisibleAt), "author": r.By, "message": r.Message,
		"import_id": nil, "undoes": target.number, "idempotency_key": orNull(key),
	}); err != nil {
		return err
	}
	of := observations
	if target.Kind == obs.ByRates {
		of = rates
	}
	if err := t.exec(ctx, "empty_"+of.Table, args{"revision": target.number}); err != nil {
		return err
	}
	if err := t.exec(ctx, "reorder_"+of.Table, args{"revision": target.number, "every": 1}); err != nil {
		return err
	}
	if target.Import != "" {
		what := obs.Undone
		if r.VisibleAt.Equal(vintage.Forever) {
			what = obs.Cancelled
		}
		if err := t.event(ctx, target.Import, what, r.By, r.ID, nil); err != nil {
			return err
		}
	}
	return t.announce(ctx)
}
