package api

import (
	"context"
	"io"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// triangular reports whether every version of one series is to be a table: its
// periods down, its publications across.
func (q *question) triangular() bool {
	return q.inTable() && q.path["series"] != "" && query.Vintages(q.values.get("vintage")) == query.AllVintages
}

// triangle answers every version of one series as a table.
func (a *API) triangle(ctx context.Context, q *question, m query.Moment, ask query.Question) (*answer, error) {
	for _, name := range [...]string{"rows", "columns"} {
		if q.values.has(name) {
			return nil, conflict(name, "vintage", "%s means nothing beside %s=all: periods are down and publications across", "vintage=latest, or no "+name)
		}
	}
	options, err := a.rowOptions(ctx, q, m)
	if err != nil {
		return nil, err
	}
	t, err := a.query.Triangle(ctx, m, q.path["series"], ask, a.config.CSVRows)
	if err != nil {
		return nil, err
	}
	return a.laidOut(q, m, func(w io.Writer) error {
		switch q.format {
		case inCSV:
			return encode.TriangleCSV(w, t, options)
		case inXLSX:
			return encode.TriangleXLSX(w, t, options)
		}
		return encode.TriangleJSON(w, t, options)
	})
}
