package api

import (
	"context"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/query"
)

const (
	pageRevisions = 100   // of the record, where the asker does not say
	pageChanges   = 1_000 // of one revision, likewise
)

func listRevisions(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	page, err := a.recordPage(ctx, m, q)
	if err != nil {
		return nil, err
	}
	links := map[string]string{"feed": feedPath, "since": "/v1/revisions?since=" + m.Token}
	if page.Next != "" {
		links["next"] = q.following(string(page.Next))
	}
	return a.small(q, m, links, member{"revisions", page.Revisions}, member{"total", page.Total}, member{"next", page.Next})
}

// recordPage reads the page of the record that is asked for: the newest first,
// or from a state on the oldest first.
func (a *API) recordPage(ctx context.Context, m query.Moment, q *question) (*query.RevisionList, error) {
	limit := q.values.number("limit")
	if limit == 0 {
		limit = pageRevisions
	}
	if q.values.has("since") {
		return a.query.Since(ctx, m, q.values.get("since"), q.values.get("cursor"), limit)
	}
	return a.query.Revisions(ctx, m, q.values.get("cursor"), limit)
}

func oneRevision(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	page := q.page()
	if page.Limit == 0 && q.format == inJSON {
		page.Limit = pageChanges
	}
	if q.format != inJSON {
		page.Limit = a.mostRows(q)
	}
	found, err := a.query.Revision(ctx, m, q.path["revision"], q.lang, page)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return changesTable(a, q, m, found)
	}
	links := q.asCSV()
	links["revisions"] = "/v1/revisions"
	if found.Revision.Undoes != "" {
		links["undoes"] = "/v1/revisions/" + string(found.Revision.Undoes)
	}
	return a.listed(q, m, query.Part{Next: found.Next}, links,
		member{"revision", found.Revision}, member{"difference", found.Difference}, member{"total", found.Total})
}

// changesTable makes the answer of a whole difference as CSV: a line for each
// change.
func changesTable(a *API, q *question, m query.Moment, found *query.RevisionDetail) (*answer, error) {
	if found.Difference.Truncated {
		return nil, fault.New(fault.TooLarge, fault.AnswerTooLarge, "there are %d changes and one answer has at most %d", found.Total, a.mostRows(q)).
			Expect("JSON in pages")
	}
	lines := make([]changeLine, 0, found.Total)
	for _, c := range found.Difference.Changes {
		lines = append(lines, changeLine{change: c})
	}
	for i := range found.Difference.Rates {
		c := &found.Difference.Rates[i]
		lines = append(lines, changeLine{rate: *c, change: query.ChangeInfo{
			Kind: c.Kind, Period: c.Period, Percent: c.Percent,
			From: &query.FigureInfo{Value: c.From}, To: &query.FigureInfo{Value: c.To},
		}})
	}
	return tableOf(a, q, m, "revision-"+found.Revision.ID, changeColumns, lines)
}

// changeLine is a change of a figure, or of a rate, whose two values stand where
// those of a figure would.
type changeLine struct {
	change query.ChangeInfo
	rate   query.RateChange
}

// changeColumns are the columns of changes as CSV; never changed.
var changeColumns = []column[changeLine]{
	text("kind", func(c changeLine) string { return string(c.change.Kind) }),
	text("series", func(c changeLine) string { return c.change.Series }),
	text("period", func(c changeLine) string { return c.change.Period }),
	text("start", func(c changeLine) string { return known(c.change.Period).Start().String() }),
	text("end", func(c changeLine) string { return known(c.change.Period).Last().String() }),
	text("unit", func(c changeLine) string { return c.change.Unit }),
	number("multiplier", func(c changeLine) string {
		return countText(query.Count{N: c.change.Multiplier, Set: c.change.Series != ""})
	}),
	number("from_value", func(c changeLine) string { return string(from(c).Value) }),
	number("from_decimals", func(c changeLine) string { return countText(from(c).Decimals) }),
	text("from_status", func(c changeLine) string { return string(from(c).Status) }),
	text("from_reason", func(c changeLine) string { return string(from(c).Reason) }),
	text("from_text", func(c changeLine) string { return string(from(c).Text) }),
	number("to_value", func(c changeLine) string { return string(to(c).Value) }),
	number("to_decimals", func(c changeLine) string { return countText(to(c).Decimals) }),
	text("to_status", func(c changeLine) string { return string(to(c).Status) }),
	text("to_reason", func(c changeLine) string { return string(to(c).Reason) }),
	text("to_text", func(c changeLine) string { return string(to(c).Text) }),
	number("percent", func(c changeLine) string { return string(c.change.Percent) }),
	text("feed", func(c changeLine) string { return c.rate.Feed }),
	text("base", func(c changeLine) string { return c.rate.Base }),
	text("quote", func(c changeLine) string { return c.rate.Quote }),
	text("rate_kind", func(c changeLine) string { return c.rate.RateKind }),
}

func from(c changeLine) query.FigureInfo { return orNothing(c.change.From) }

func to(c changeLine) query.FigureInfo { return orNothing(c.change.To) }

// orNothing is a side of a change; empty where nothing stands.
func orNothing(f *query.FigureInfo) query.FigureInfo {
	if f == nil {
		return query.FigureInfo{}
	}
	return *f
}

func countText(c query.Count) string {
	if !c.Set {
		return ""
	}
	return strconv.Itoa(c.N)
}
