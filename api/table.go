package api

import (
	"context"
	"net/http"
	"strings"
)

// readFunc makes an answer that may be kept.
type readFunc func(context.Context, *API, *question) (*answer, error)

// doFunc writes to the response itself.
type doFunc func(*API, *visit, *question) error

// The formats that routes offer; the first is the default.
var (
	onlyJSON = []format{inJSON}
	rowsIn   = []format{inJSON, inCSV, inXLSX}
	onlyHTML = []format{inHTML}
	onlyText = []format{inText}

	profileIn = []format{inYAML, inJSON}
)

// table lists every route of the service. openapi.yaml has the same.
func table() []*route { return append(readings(), actions()...) }

// readings are the routes that answer of a state.
func readings() []*route {
	return []*route{
		get("/", "front", []param{pAsOf, pRecordedAsOf, pLang}, front).page(),
		get("/v1", "index", []param{pAsOf, pRecordedAsOf, pFormat, pLang}, index),
		get("/v1/indicators", "indicators", entriesParams, indicators.all).in(rowsIn),
		get("/v1/indicators.csv", "indicatorsCSV", entriesParams, indicators.all).only(inCSV),
		get("/v1/indicators.xlsx", "indicatorsXLSX", entriesParams, indicators.all).only(inXLSX),
		get("/v1/indicators/{code}", "indicator", catalogueParams, indicators.one),
		get("/v1/areas", "areas", entriesParams, areas.all).in(rowsIn),
		get("/v1/areas.csv", "areasCSV", entriesParams, areas.all).only(inCSV),
		get("/v1/areas.xlsx", "areasXLSX", entriesParams, areas.all).only(inXLSX),
		get("/v1/areas/{code}", "area", catalogueParams, areas.one),
		get("/v1/units", "units", entriesParams, units.all).in(rowsIn),
		get("/v1/units.csv", "unitsCSV", entriesParams, units.all).only(inCSV),
		get("/v1/units.xlsx", "unitsXLSX", entriesParams, units.all).only(inXLSX),
		get("/v1/units/{code}", "unit", catalogueParams, units.one),
		get("/v1/datasets", "datasets", entriesParams, datasets.all).in(rowsIn),
		get("/v1/datasets.csv", "datasetsCSV", entriesParams, datasets.all).only(inCSV),
		get("/v1/datasets.xlsx", "datasetsXLSX", entriesParams, datasets.all).only(inXLSX),
		get("/v1/datasets/{code}", "dataset", catalogueParams, datasets.one),
		get("/v1/series", "listSeries", listParams, listSeries).in(rowsIn),
		get("/v1/series.csv", "listSeriesCSV", listParams, listSeries).only(inCSV),
		get("/v1/series.xlsx", "listSeriesXLSX", listParams, listSeries).only(inXLSX),
		get("/v1/series/{series}", "oneSeries", catalogueParams, oneSeries),
		get("/v1/series/{series}/observations", "observations", rowParams, seriesRows).in(rowsIn),
		get("/v1/series/{series}/observations.csv", "observationsCSV", rowParams, seriesRows).only(inCSV),
		get("/v1/series/{series}/observations.xlsx", "observationsXLSX", rowParams, seriesRows).only(inXLSX),
		get("/v1/series/{series}/revisions", "seriesRevisions", revisedParams, seriesRevisions).in(rowsIn),
		get("/v1/series/{series}/revisions.csv", "seriesRevisionsCSV", revisedParams, seriesRevisions).only(inCSV),
		get("/v1/series/{series}/revisions.xlsx", "seriesRevisionsXLSX", revisedParams, seriesRevisions).only(inXLSX),
		get("/v1/series/{series}/observations/{period}", "explain", explainParams, explain),
		get("/v1/series/{series}/observations/{period}.txt", "cell", cellParams, cell).plain(),
		get("/v1/series/{series}/observations/latest.txt", "latestCell", cellParams, cell).plain(),
		get("/v1/series/{series}/latest.txt", "seriesCell", cellParams, cell).plain(),
		get("/v1/observations", "allObservations", acrossParams, allRows).in(rowsIn),
		get("/v1/observations.csv", "allObservationsCSV", acrossParams, allRows).only(inCSV),
		get("/v1/observations.xlsx", "allObservationsXLSX", acrossParams, allRows).only(inXLSX),
		get("/v1/template", "template", templateParams, templateFile).in(templateIn),
		get("/v1/template.csv", "templateCSV", templateParams, templateFile).in(templateIn).as(inCSV),
		get("/v1/template.xlsx", "templateXLSX", templateParams, templateFile).in(templateIn).as(inXLSX),
		act(http.MethodGet, "/v1/export.csv", "export", forReaders, exportParams, export(inCSV)),
		act(http.MethodGet, "/v1/export.xlsx", "exportXLSX", forReaders, exportParams, export(inXLSX)),
		get("/v1/checks", "checks", checkParams, listChecks).in(rowsIn),
		get("/v1/checks.csv", "checksCSV", checkParams, listChecks).only(inCSV),
		get("/v1/checks.xlsx", "checksXLSX", checkParams, listChecks).only(inXLSX),
		get("/v1/series/{series}/targets", "seriesTargets", seriesTargetParams, seriesTargets).in(rowsIn),
		get("/v1/series/{series}/targets.csv", "seriesTargetsCSV", seriesTargetParams, seriesTargets).only(inCSV),
		get("/v1/series/{series}/targets.xlsx", "seriesTargetsXLSX", seriesTargetParams, seriesTargets).only(inXLSX),
		get("/v1/targets", "targets", targetParams, listTargets).in(rowsIn),
		get("/v1/targets.csv", "targetsCSV", targetParams, listTargets).only(inCSV),
		get("/v1/targets.xlsx", "targetsXLSX", targetParams, listTargets).only(inXLSX),
		get("/v1/rates", "rates", rateParams, listRates).in(rowsIn),
		get("/v1/rates.csv", "ratesCSV", rateParams, listRates).only(inCSV),
		get("/v1/rates.xlsx", "ratesXLSX", rateParams, listRates).only(inXLSX),
		get("/v1/rates/feeds", "feeds", catalogueParams, listFeeds),
		get("/v1/convert", "convert", convertParams, convert),
		get("/v1/revisions", "revisions", recordParams, listRevisions),
		get(feedPath, "revisionsAtom", feedParams, recordFeed).feed(),
		get("/v1/revisions/{revision}", "revision", revisionParams, oneRevision).in(rowsIn),
	}
}

// actions are the routes that change something or tell of the service itself.
func actions() []*route {
	return []*route{
		act(http.MethodPost, "/v1/revisions/{revision}/undo", "undoRevision", forEditors, undoParams, undoRevision),
		act(http.MethodGet, "/v1/imports", "imports", forEditors, []param{pPage, pCursor}, listImports),
		act(http.MethodPost, "/v1/imports", "postImport", forEditors, importParams, postImport),
		act(http.MethodGet, "/v1/imports/{id}", "getImport", forEditors, nil, getImport),
		act(http.MethodGet, "/v1/imports/{id}/file", "importFile", forEditors, nil, importFile),
		act(http.MethodGet, "/v1/imports/{id}/marked", "markedImport", forEditors, nil, markedImport),
		act(http.MethodPost, "/v1/imports/{id}/publish", "publishImport", forEditors, []param{pPublish}, publishImport),
		act(http.MethodPost, "/v1/imports/{id}/cancel", "cancelImport", forEditors, nil, cancelImport),
		act(http.MethodGet, "/v1/rates/fetch", "fetches", forEditors, nil, listFetches),
		act(http.MethodPost, "/v1/rates/fetch/{feed}", "fetchRates", forEditors, fetchParams, fetchRates),
		act(http.MethodGet, "/v1/profiles", "profiles", forEditors, nil, listProfiles),
		act(http.MethodGet, "/v1/profiles/{name}", "profile", forEditors, profileParams, getProfile).in(profileIn),
		act(http.MethodPut, "/v1/profiles/{name}", "putProfile", forEditors, nil, putProfile),
		act(http.MethodDelete, "/v1/profiles/{name}", "retireProfile", forEditors, nil, retireProfile),
		act(http.MethodGet, "/v1/audit", "audit", forAdmins, auditParams, listAudit),
		act(http.MethodGet, "/v1/keys", "keys", forAdmins, nil, listKeys),
		act(http.MethodPost, "/v1/keys", "createKey", forAdmins, nil, createKey),
		act(http.MethodDelete, "/v1/keys/{id}", "revokeKey", forAdmins, nil, revokeKey),
		act(http.MethodGet, "/openapi.yaml", "contract", forAll, nil, serveContract),
		act(http.MethodGet, "/favicon.ico", "icon", forAll, nil, serveIcon),
		act(http.MethodGet, "/docs", "docs", forAll, nil, serveDocs),
		act(http.MethodGet, "/docs/problems", "problems", forAll, nil, serveProblems),
		act(http.MethodGet, "/docs/{asset}", "docsAsset", forAll, nil, serveAsset),
		act(http.MethodGet, "/healthz", "health", forAll, nil, health),
		act(http.MethodGet, "/readyz", "ready", forAll, nil, ready),
		act(http.MethodGet, "/metrics", "metrics", forEditors, nil, serveMetrics),
	}
}

// get makes a route that reads.
func get(path, operation string, params []param, read readFunc) *route {
	return &route{method: http.MethodGet, path: path, operation: operation, access: forReaders, params: params, formats: onlyJSON, read: read}
}

// act makes a route that writes its response itself.
func act(method, path, operation string, need access, params []param, do doFunc) *route {
	return &route{
		method: method, path: path, operation: operation, access: need, params: params, do: do,
		lenient: !strings.HasPrefix(path, "/v1"),
	}
}

// in offers further formats.
func (rt *route) in(formats []format) *route {
	rt.formats = formats
	return rt
}

// plain makes it one of bare text, which the path's suffix names.
func (rt *route) plain() *route {
	rt.formats, rt.fixed = onlyText, inText
	return rt
}

// only fixes the format that the path's suffix names.
func (rt *route) only(f format) *route {
	return rt.in(rowsIn).as(f)
}

// as fixes the format that the path's suffix names, of those that it offers.
func (rt *route) as(f format) *route {
	rt.fixed = f
	return rt
}

// feed makes it the Atom feed of a list, whose address has its own suffix.
func (rt *route) feed() *route {
	rt.formats, rt.fixed = []format{inAtom, inJSON}, inAtom
	return rt
}

// page makes it a page for people: HTML, and parameters that it does not know
// are ignored.
func (rt *route) page() *route {
	rt.formats, rt.lenient = onlyHTML, true
	return rt
}
