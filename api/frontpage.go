package api

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/query"
)

// frontPage is what the template of the front page shows.
type frontPage struct {
	Lang       string
	Title      string
	Words      frontWords
	Office     Office
	Version    string
	Updated    string
	Empty      bool
	Areas      []frontArea
	Commands   []string
	Everything string
	Other      string // the page in the other language
	OtherLang  string
	OtherName  string
}

type frontArea struct {
	Code, Name, Link string
	Rows             []frontRow
}

type frontRow struct {
	Name, Label, Value, Reason, Unit, Growth, Published string
	Flags                                               []string
	Series, Observations, CSV, Explained                string
}

// frontPage gathers the latest figure of every area and indicator.
func (a *API) frontPage(ctx context.Context, q *question, m query.Moment) (*frontPage, error) {
	words, err := a.query.Catalog(ctx, m)
	if err != nil {
		return nil, err
	}
	_, zone, err := a.query.Office(ctx)
	if err != nil {
		return nil, err
	}
	found := &latest{words: words, lang: q.lang}
	ask := query.Question{
		Filter: query.Filter{Measures: []string{query.All}}, Range: query.Range{Latest: 1}, View: query.View{Lang: q.lang},
	}
	if err := a.query.Observations(ctx, m, ask, found); err != nil {
		return nil, err
	}
	page := a.newFrontPage(q)
	for i := range found.rows {
		found.rows[i].published = found.rows[i].publishedAt.In(zone).Format("2006-01-02")
	}
	page.Areas = found.areas()
	page.Empty = len(page.Areas) == 0
	page.Commands = a.commands(found.rows)
	if !m.Updated.IsZero() {
		page.Updated = m.Updated.In(zone).Format("2006-01-02 15:04 MST")
	}
	return page, nil
}

func (a *API) newFrontPage(q *question) *frontPage {
	page := &frontPage{
		Lang: q.lang, Title: a.config.Office.name(q.lang), Words: frontText(q.lang), Office: a.config.Office,
		Version: a.config.Version, Everything: everything,
		Other: "/?lang=zh", OtherLang: "zh", OtherName: "中文",
	}
	if q.lang == "zh" {
		page.Other, page.OtherLang, page.OtherName = "/?lang=en", "en", "English"
	}
	if page.Title == "" {
		page.Title = page.Words.NoName
	}
	return page
}

// commands are three lines to start with, on a series that is here.
func (a *API) commands(rows []latestRow) []string {
	base, code, period := a.config.PublicURL, "gdp.cn-cq-lj.cny", "2013-01-01/P9M"
	if base == "" {
		base = "http://localhost:8080"
	}
	if i := slices.IndexFunc(rows, func(r latestRow) bool { return !r.key.IsClaim() }); i >= 0 {
		code, period = rows[i].code, rows[i].period
	}
	return []string{
		"curl '" + base + "/v1/series/" + code + "/observations?period=" + period + "'",
		"curl '" + base + "/v1/series/" + code + "/observations.csv'",
		"curl '" + base + "/v1/series/" + code + "/observations/" + strings.Replace(period, "/", "--", 1) + "?currency=USD'",
	}
}

// latest gathers the newest row of each series; of several that end on one
// day the first, which is the longest.
type latest struct {
	words *catalog.Catalog
	lang  string
	rows  []latestRow
}

// Begin does nothing: a page has no head of rows.
func (l *latest) Begin(query.Head) error { return nil }

// End does nothing.
func (l *latest) End(query.Tail) error { return nil }

// Row keeps what the page shows of a row.
func (l *latest) Row(r *query.Row) error {
	s := r.Version.Series
	if n := len(l.rows); n > 0 && l.rows[n-1].code == s.Code {
		return nil
	}
	l.rows = append(l.rows, newLatestRow(r, l.lang))
	return nil
}

// areas puts the rows in tables, areas and indicators in the order of their
// codes. Reported growth has a row of its own where nothing else is known of
// the indicator.
func (l *latest) areas() []frontArea {
	levels := map[[2]string]bool{}
	for _, r := range l.rows {
		if !r.key.IsClaim() {
			levels[[2]string{r.key.Area, r.key.Indicator}] = true
		}
	}
	rows := slices.DeleteFunc(slices.Clone(l.rows), func(r latestRow) bool {
		return r.key.IsClaim() && levels[[2]string{r.key.Area, r.key.Indicator}]
	})
	slices.SortStableFunc(rows, func(a, b latestRow) int { return cmp.Compare(a.key.Area, b.key.Area) })
	var all []frontArea
	for _, r := range rows {
		if n := len(all); n == 0 || all[n-1].Code != r.key.Area {
			all = append(all, frontArea{
				Code: r.key.Area, Name: l.words.Name(catalog.Areas, r.key.Area, l.lang), Link: "/v1/areas/" + r.key.Area,
			})
		}
		area := &all[len(all)-1]
		area.Rows = append(area.Rows, r.show(l.words, l.lang))
	}
	return all
}

// show makes the table's row.
func (r *latestRow) show(words *catalog.Catalog, lang string) frontRow {
	path := "/v1/series/" + r.code
	name := words.Name(catalog.Indicators, r.key.Indicator, lang)
	if r.key.IsClaim() {
		name += " (" + frontText(lang).Growth + ")"
	}
	return frontRow{
		Name: name, Label: r.label, Value: r.value, Reason: r.reason, Unit: unitText(r.unit, r.multiplier, lang),
		Growth: r.growth, Published: r.published, Flags: r.flags, Series: path, Observations: path + "/observations",
		CSV: path + "/observations.csv", Explained: path + "/observations/" + strings.Replace(r.period, "/", "--", 1),
	}
}

// percent is the unit of reported growth.
const percent = "percent"

// powers are the words for powers of ten.
var powers = map[int][2]string{
	3: {"thousand", "千"}, 4: {"ten thousand", "万"}, 6: {"million", "百万"}, 8: {"hundred million", "亿"},
	9: {"billion", "十亿"}, 12: {"trillion", "万亿"},
}

// unitText says a unit with its power of ten, such as billion CNY.
func unitText(unit string, multiplier int, lang string) string {
	if unit == percent {
		return "%"
	}
	if multiplier == 0 {
		return unit
	}
	word, known := powers[multiplier]
	switch {
	case !known:
		return "10^" + strconv.Itoa(multiplier) + " " + unit
	case lang == "zh":
		return word[1] + " " + unit
	}
	return word[0] + " " + unit
}
