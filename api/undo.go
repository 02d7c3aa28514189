package api

import (
	"net/http"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// undoRevision takes a revision back, or says what that would do.
func undoRevision(a *API, v *visit, q *question) error {
	key, err := idempotencyKey(v)
	if err != nil {
		return err
	}
	ctx, id := v.Request().Context(), q.path["revision"]
	if err := a.query.MayUndo(ctx, id, v.caller.Name); err != nil {
		return err
	}
	release := v.unhurried()
	defer release()
	if q.values.get("dry_run") == "true" {
		if err := a.look(v, "revision.look", id); err != nil {
			return err
		}
		report, err := a.query.Undoing(ctx, id, q.lang)
		if err != nil {
			return err
		}
		return v.json(http.StatusOK, report)
	}
	undo, err := a.store.UndoOnce(ctx, obs.UndoRequest{Revision: id, By: v.caller.Name, Message: q.values.get("message"), Key: key})
	if err != nil {
		return err
	}
	a.audit(v, "revision.undo", id)
	report, err := a.query.Undone(ctx, undo, q.lang)
	if err != nil {
		return err
	}
	if report.Outcome == query.CancelledUnder {
		return v.json(http.StatusOK, report)
	}
	v.Response().Header().Set("Location", a.link("/v1/revisions/"+undo.ID))
	return v.json(http.StatusCreated, report)
}

// idempotencyKey reads the header by which a client may send the same request
// again.
func idempotencyKey(v *visit) (string, error) {
	key := v.Request().Header.Get("Idempotency-Key")
	if len(key) > 255 || strings.ContainsFunc(key, isControl) {
		return "", invalid([]fault.Item{{Code: fault.InvalidParameter, Parameter: "Idempotency-Key", Value: key, Expected: "a text of at most 255 bytes"}})
	}
	return key, nil
}
