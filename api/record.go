package api

import (
	"bytes"
	"context"
	"net/url"

	"bellwether/internal/encode"
	"bellwether/internal/period"
)

// pageRevisions is how many revisions a page has where the asker does not say.
const pageRevisions = 100

func listRevisions(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	limit := q.values.number("limit")
	if limit == 0 {
		limit = pageRevisions
	}
	page, err := a.query.Revisions(ctx, m, q.values.get("cursor"), limit)
	if err != nil {
		return nil, err
	}
	links := map[string]string{}
	if page.Next != "" {
		links["next"] = q.following(string(page.Next))
	}
	return a.small(q, m, links, member{"revisions", page.Revisions}, member{"total", page.Total}, member{"next", page.Next})
}

func oneRevision(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	found, err := a.query.Revision(ctx, m, q.path["revision"], q.lang)
	if err != nil {
		return nil, err
	}
	links := map[string]string{"revisions": "/v1/revisions"}
	if found.Revision.Undoes != "" {
		links["undoes"] = "/v1/revisions/" + string(found.Revision.Undoes)
	}
	return a.small(q, m, links, member{"revision", found.Revision}, member{"difference", found.Difference})
}

// explain answers one number: where it comes from and what else is said of it.
func explain(ctx context.Context, a *API, q *question) (*answer, error) {
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	p, err := period.Parse(q.path["period"])
	if err != nil {
		return nil, err
	}
	found, err := a.query.Explain(ctx, m, code, p, q.view())
	if err != nil {
		return nil, err
	}
	body, err := encode.Marshal(found)
	if err != nil {
		return nil, err
	}
	path := "/v1/series/" + url.PathEscape(code)
	links := map[string]string{"series": path, "observations": path + "/observations"}
	if suspect := (encode.Links{Series: "/v1/series", Observations: "/v1/observations"}).LabelSuspect(found.Suspects); suspect != "" {
		links["label_suspect"] = suspect
	}
	members := bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("{")), []byte("}"))
	return a.enveloped(q, m, links, members)
}
