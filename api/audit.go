package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// pageAudit is how many entries a page of the audit log has where the asker
// does not say.
const pageAudit = 100

type auditEntry struct {
	ID      int64     `json:"id"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail"`
}

// listAudit gives a page of the audit log, and is in it itself.
func listAudit(a *API, v *visit, q *question) error {
	ask := obs.AuditAsk{By: q.values.get("by"), Action: q.values.get("action"), Subject: q.values.get("subject"), Limit: q.values.number("limit")}
	if ask.Limit == 0 {
		ask.Limit = pageAudit
	}
	if cursor := q.values.get("cursor"); cursor != "" {
		before, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || before < 1 {
			return invalid([]fault.Item{{Code: fault.InvalidParameter, Parameter: "cursor", Value: cursor, Expected: pCursor.expects}})
		}
		ask.Before = before
	}
	if err := a.look(v, "audit.read", ask.Subject); err != nil {
		return err
	}
	limit := ask.Limit
	ask.Limit++ // one more tells whether there is a next page
	all, err := a.store.AuditLog(v.Request().Context(), ask)
	if err != nil {
		return err
	}
	page := struct {
		Entries []auditEntry `json:"entries"`
		Next    query.Text   `json:"next"`
	}{Entries: []auditEntry{}}
	if len(all) > limit {
		all = all[:limit]
		page.Next = query.Text(strconv.FormatInt(all[limit-1].ID, 10))
	}
	for _, e := range all {
		page.Entries = append(page.Entries, auditEntry{ID: e.ID, At: e.At.UTC(), By: e.By, Action: e.Action, Subject: e.Subject, Detail: e.Detail})
	}
	return v.json(http.StatusOK, page)
}

// look notes who sees what is not public, before it is shown: what cannot be
// noted is not shown.
func (a *API) look(v *visit, action, subject string) error {
	return a.store.Audit(v.Request().Context(), a.entry(v, action, subject))
}

// audit notes who did what, also when the asker is gone meanwhile. What was
// done stays done when the note fails; the log has it then.
func (a *API) audit(v *visit, action, subject string) {
	ctx := context.WithoutCancel(v.Request().Context())
	if err := a.store.Audit(ctx, a.entry(v, action, subject)); err != nil {
		a.log.ErrorContext(ctx, "the audit was not written", "action", action, "subject", subject, "error", err)
	}
}

func (a *API) entry(v *visit, action, subject string) obs.AuditEntry {
	return obs.AuditEntry{At: a.clock().UTC(), By: v.caller.Name, Action: action, Subject: subject, Detail: "key " + v.caller.ID}
}
