package api

import (
	"context"

	"bellwether/internal/query"
)

// seriesEntry is a series with where to go on.
type seriesEntry struct {
	query.SeriesInfo
	Links map[string]string `json:"links"`
}

func (a *API) seriesEntry(q *question, info query.SeriesInfo) seriesEntry {
	path := seriesPath(info.Code)
	return seriesEntry{SeriesInfo: info, Links: map[string]string{
		"self": a.linkOf(q, path), "observations": a.linkOf(q, path+"/observations"), "csv": a.linkOf(q, path+"/observations.csv"),
	}}
}

func listSeries(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	filter := q.values.filter()
	found, err := a.query.List(ctx, m, filter, q.lang)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, "series", seriesColumns, found)
	}
	var more []member
	if filter.Text != "" && len(found) == 0 {
		near, err := a.query.Suggest(ctx, m, filter, q.lang)
		if err != nil {
			return nil, err
		}
		more = []member{{"suggestions", near}}
	}
	return pageOf(a, q, m, "series", found, a.seriesEntry, more...)
}

func oneSeries(ctx context.Context, a *API, q *question) (*answer, error) {
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	info, err := a.query.One(ctx, m, code, q.lang)
	if err != nil {
		return nil, err
	}
	entry := a.seriesEntry(q, *info)
	links := map[string]string{
		"observations": seriesPath(code) + "/observations", "targets": seriesPath(code) + "/targets", "revisions": seriesPath(code) + "/revisions",
		"indicator": "/v1/indicators/" + info.Indicator, "area": "/v1/areas/" + info.Area,
	}
	return a.small(q, m, links, member{"series", entry})
}
