package api

import (
	"bytes"
	"context"

	"bellwether/internal/encode"
	"bellwether/internal/query"
	"bellwether/internal/workbook"
)

// bookOptions adds what the sheets behind the figures of a workbook say.
func (a *API) bookOptions(ctx context.Context, q *question, m query.Moment, o encode.Options) (encode.Options, error) {
	words, err := a.query.Catalog(ctx, m)
	if err != nil {
		return o, err
	}
	o.Legend, o.Links = query.NewLegend(words, q.lang), a.bookLinks(q, m)
	return o, nil
}

// bookLinks are the links of a workbook: to the answer itself, and to the same
// one for ever.
func (a *API) bookLinks(q *question, m query.Moment) encode.Links {
	const suffix = "." + string(inXLSX)
	links := encode.Links{Self: a.link(q.address(suffix, map[string]bool{"format": true})), Series: a.linkOf(q, "/v1/series"), Observations: a.linkOf(q, "/v1/observations")}
	if takes(q.route.params, "state") {
		links.State = a.link(q.memento(m, suffix, "format"))
	}
	if q.inTable() {
		links.Rows = a.link(q.asRows())
	}
	return links
}

// memento is the path of the same answer for ever, with a suffix and less the
// parameters that it says.
func (q *question) memento(m query.Moment, suffix string, less ...string) string {
	drop := map[string]bool{"as_of": true, "recorded_as_of": true, "state": true}
	for _, name := range less {
		drop[name] = true
	}
	_, path := cutPast(q.address(suffix, drop, pair{"state", m.Token}))
	return path
}

// mostRows is how many rows one answer may have that is no JSON.
func (a *API) mostRows(q *question) int {
	if q.format == inXLSX {
		return min(a.config.CSVRows, workbook.MaxRows-1)
	}
	return a.config.CSVRows
}

// listTable begins a list as CSV or as a workbook.
func (a *API) listTable(w *bytes.Buffer, q *question, m query.Moment, rows int, columns []string) (*encode.Table, error) {
	if q.format == inXLSX && rows > a.mostRows(q) {
		return nil, tooManyRows(rows, a.mostRows(q))
	}
	o := encode.Options{BOM: q.values.get("bom") == "true", Lang: q.lang}
	if q.format == inCSV {
		return encode.NewTable(w, o, columns...)
	}
	o.Office, o.Links = a.officeBlock(), a.bookLinks(q, m)
	return encode.NewTableXLSX(w, o, m, columns...)
}

// officeBlock is what an answer says of the one who publishes it.
func (a *API) officeBlock() encode.Office {
	return encode.Office{Licence: a.config.Office.Licence, Attribution: a.config.Office.Attribution}
}
