package api

import (
	"bytes"
	"context"

	"bellwether/internal/catalog"
	"bellwether/internal/query"
)

// index answers what is here.
func index(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	all := []string{query.All}
	here, err := a.query.List(ctx, m, query.Filter{Measures: all, Scenarios: all, Datasets: all}, q.lang)
	if err != nil {
		return nil, err
	}
	office, err := a.office(ctx, q.lang)
	if err != nil {
		return nil, err
	}
	links := map[string]string{
		"indicators": "/v1/indicators", "areas": "/v1/areas", "units": "/v1/units", "datasets": "/v1/datasets",
		"series": "/v1/series", "observations": "/v1/observations", "targets": "/v1/targets", "checks": "/v1/checks", "rates": "/v1/rates", "feeds": "/v1/rates/feeds",
		"convert": "/v1/convert", "revisions": "/v1/revisions", "feed": feedPath, "everything": everything, "export": "/v1/export.csv",
		"contract": "/openapi.yaml", "docs": "/docs", "problems": "/docs/problems",
	}
	return a.small(q, m, links,
		member{"office", office}, member{"version", a.config.Version}, member{"empty", len(here) == 0},
		member{"notices", []struct{}{}})
}

// everything is where all rows are, of every measure, scenario and dataset.
const everything = "/v1/observations.csv?measure=all&scenario=all&dataset=all"

func front(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	page, err := a.frontPage(ctx, q, m)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := a.pages.front.Execute(&body, page); err != nil {
		return nil, err
	}
	return a.bind(newAnswer(body.Bytes(), inHTML, pageHeaders(a.pages.policy)...), q, m, ""), nil
}

// officeEntry is whose figures these are.
type officeEntry struct {
	Name        query.Text   `json:"name"`
	Names       catalog.Text `json:"names"`
	URL         query.Text   `json:"url"`
	Contact     query.Text   `json:"contact"`
	Licence     query.Text   `json:"licence"`
	LicenceURL  query.Text   `json:"licence_url"`
	Attribution query.Text   `json:"attribution"`
	Timezone    string       `json:"timezone"`
	Currency    query.Text   `json:"currency"`
}

func (a *API) office(ctx context.Context, lang string) (officeEntry, error) {
	bound, _, err := a.query.Office(ctx)
	o := a.config.Office
	return officeEntry{
		Name: query.Text(o.name(lang)), Names: catalog.Text{En: o.Name["en"], Zh: o.Name["zh"]},
		URL: query.Text(o.URL), Contact: query.Text(o.Contact), Licence: query.Text(o.Licence),
		LicenceURL: query.Text(o.LicenceURL), Attribution: query.Text(o.Attribution),
		Timezone: bound.Zone, Currency: query.Text(bound.Currency),
	}, err
}
