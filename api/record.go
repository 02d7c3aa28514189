package api

import (
	"bytes"
	"context"

	"bellwether/internal/encode"
	"bellwether/internal/period"
)

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
	path := seriesPath(code)
	links := map[string]string{"series": path, "observations": path + "/observations"}
	if suspect := (encode.Links{Series: "/v1/series", Observations: "/v1/observations"}).LabelSuspect(found.Suspects); suspect != "" {
		links["label_suspect"] = suspect
	}
	members := bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(body), []byte("{")), []byte("}"))
	return a.enveloped(q, m, links, members)
}
