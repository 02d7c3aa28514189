package api

import (
	"bytes"
	"context"

	"bellwether/internal/encode"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// templateIn are the formats of what is to be filled in.
var templateIn = []format{inCSV, inXLSX}

var templateParams = []param{
	{name: "area", needed: true, check: codeText, expects: pArea.expects},
	{name: "period", needed: true, check: periodText, expects: pPeriod.expects},
	pIndicator,
	pDataset,
	pBOM,
	{name: "format", check: oneOf("csv", "xlsx"), expects: "csv or xlsx"},
	pLang,
}

// templateFile gives the file to fill in for a period of an area.
func templateFile(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	v := q.values
	p, err := period.Parse(v.get("period"))
	if err != nil {
		return nil, err
	}
	found, err := a.query.Template(ctx, m, query.TemplateAsk{
		Area: v.get("area"), Period: p, Indicators: v["indicator"], Dataset: v.get("dataset"), Lang: q.lang,
	})
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	o := encode.Options{BOM: v.get("bom") == "true", Lang: q.lang}
	if q.format == inXLSX {
		o.Office, o.Links = a.officeBlock(), a.bookLinks(q, m)
		err = encode.TemplateXLSX(&body, found, m, o)
	} else {
		err = encode.TemplateCSV(&body, found, o)
	}
	if err != nil {
		return nil, err
	}
	return a.bind(newAnswer(body.Bytes(), q.format, savedAs("template."+v.get("area")+"."+p.Path(), q.format)), q, m, ""), nil
}
