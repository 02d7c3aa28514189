package api

import (
	"net/url"
	"strings"
)

// seriesPath is the path of a series.
func seriesPath(code string) string { return "/v1/series/" + url.PathEscape(code) }

// figurePath is the path of one figure explained. A period has no slash in a
// path.
func figurePath(code, period string) string {
	return seriesPath(code) + "/observations/" + strings.Replace(period, "/", "--", 1)
}

// figureLink is where one figure is explained.
func (a *API) figureLink(q *question, code, period string) string {
	return a.linkOf(q, figurePath(code, period))
}
