package api

import (
	"bytes"
	"context"
	"io"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// mostCells is how many cells a table has at most, where the limit of rows in
// CSV is not lower: a table is for people and charts, and made whole.
const mostCells = 100_000

// notInTables are the parameters that mean nothing where rows are a table: it
// is whole, and its cells have one form.
var notInTables = [...]string{"fields", "limit", "cursor"}

// layout is how the rows are laid out that the question asks for.
func (q *question) layout(most int) query.Layout {
	return query.Layout{
		Rows: query.Axis(q.values.get("rows")), Columns: query.Axis(q.values.get("columns")), Cells: min(most, mostCells),
	}
}

// inTable reports whether the rows are to be a table.
func (q *question) inTable() bool { return q.values.get("layout") == "wide" }

// checkLayout refuses parameters that contradict the layout.
func (q *question) checkLayout() error {
	if q.inTable() {
		for _, name := range notInTables {
			if q.values.has(name) {
				return conflict(name, "layout", "%s means nothing where %s is wide", "layout=long, or no "+name)
			}
		}
		return nil
	}
	for _, name := range [...]string{"rows", "columns"} {
		if q.values.has(name) {
			return conflict(name, "layout", "%s means nothing where %s is long", "layout=wide, or no "+name)
		}
	}
	return nil
}

// wide answers rows as a table.
func (a *API) wide(ctx context.Context, q *question, m query.Moment, ask query.Question) (*answer, error) {
	if code := q.path["series"]; code != "" {
		ask.Filter = query.Filter{Series: []string{code}}
	}
	options, err := a.rowOptions(ctx, q, m)
	if err != nil {
		return nil, err
	}
	t, err := a.query.Table(ctx, m, ask, q.layout(a.config.CSVRows))
	if err != nil {
		return nil, err
	}
	return a.laidOut(q, m, func(w io.Writer) error {
		switch q.format {
		case inCSV:
			return encode.WideCSV(w, t, options)
		case inXLSX:
			return encode.WideXLSX(w, t, options)
		}
		return encode.WideJSON(w, t, options)
	})
}

// laidOut answers a table with what write writes of it.
func (a *API) laidOut(q *question, m query.Moment, write func(io.Writer) error) (*answer, error) {
	body := a.rooms.take()
	defer a.rooms.giveBack(body)
	if err := write(body); err != nil {
		return nil, err
	}
	return a.bind(newAnswer(bytes.Clone(body.Bytes()), q.format, q.disposition()...), q, m, ""), nil
}

// asRows leads from a table to the same figures as rows.
func (q *question) asRows() string {
	return q.address("", map[string]bool{"layout": true, "rows": true, "columns": true, "format": true, "bom": true})
}
