package api

import (
	"context"

	"bellwether/internal/period"
	"bellwether/internal/query"
)

func listRates(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	v := q.values
	filter := query.RatesFilter{Feed: v.get("feed"), Base: v.get("base"), Quote: v.get("quote"), Kind: v.get("kind")}
	if filter.Start, err = v.day("start"); err != nil {
		return nil, err
	}
	if filter.End, err = v.day("end"); err != nil {
		return nil, err
	}
	list, err := a.query.Rates(ctx, m, filter, q.lang)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, "rates", rateColumns, list.Rates)
	}
	part, err := m.Part(q.page(), len(list.Rates))
	if err != nil {
		return nil, err
	}
	links := q.asCSV()
	links["feeds"] = "/v1/rates/feeds"
	return a.listed(q, m, part, links, member{"rates", list.Rates[part.From:part.To]},
		member{"total", len(list.Rates)}, member{"warnings", list.Warnings})
}

func listFeeds(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	list, err := a.query.Feeds(ctx, m)
	if err != nil {
		return nil, err
	}
	return a.small(q, m, map[string]string{"rates": "/v1/rates"}, member{"feeds", list}, member{"total", len(list)})
}

func convert(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	v := q.values
	p, err := period.Parse(v.get("period"))
	if err != nil {
		return nil, err
	}
	done, err := a.query.Convert(ctx, m, query.ConvertAsk{
		Amount: v.get("amount"), From: v.get("from"), To: v.get("to"), Period: p, FX: v.get("fx"), FXSource: v.get("fx_source"), FXAsOf: v.get("fx_as_of"),
		Decimals: query.Count{N: v.number("decimals"), Set: v.has("decimals")},
		Area:     v.get("area"), Lang: q.lang,
	})
	if err != nil {
		return nil, err
	}
	return a.small(q, m, nil, member{"conversion", done})
}
