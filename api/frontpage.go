package api

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/query"
	"bellwether/internal/series"
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
	More       int // figures that are not shown
	Behind     int // figures that the page never shows, where it shows none
	Commands   []string
	Everything string
	Past       string // what the addresses on the page begin with, empty in the present
	AsOf       string // the past that is shown, as it was asked for
	Other      string // the page in the other language
	OtherLang  string
	OtherName  string
}

type frontArea struct {
	Code, Name, Link string
	Rows             []frontRow
}

type frontRow struct {
	Name, Label, Value, Reason, Unit, Growth, Computed, Published string
	Remarks                                                       []string
	Series, Observations, CSV, Explained                          string
}

// maxFrontRows is how many figures the front page shows; with more it leads to
// the list of series.
const maxFrontRows = 500

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
	list, err := a.query.List(ctx, m, query.Filter{Measures: []string{query.All}}, q.lang)
	if err != nil {
		return nil, err
	}
	page := a.newFrontPage(q)
	shown := frontSeries(list)
	page.More = max(0, len(shown)-maxFrontRows)
	if len(shown) == 0 {
		if page.Behind, err = a.behindFront(ctx, m, q.lang); err != nil {
			return nil, err
		}
		page.Empty = page.Behind == 0
	}
	found := &latest{lang: q.lang, zone: zone, rows: map[string]latestRow{}}
	shown = shown[:min(len(shown), maxFrontRows)]
	if err := a.latestOf(ctx, m, shown, found); err != nil {
		return nil, err
	}
	page.Areas = found.areas(words, shown)
	chosen, err := a.example(ctx, m, found.rows, shown)
	if err != nil {
		return nil, err
	}
	page.Commands = a.commands(q, chosen)
	if !m.Updated.IsZero() {
		page.Updated = m.Updated.In(zone).Format("2006-01-02 15:04 MST")
	}
	return page, nil
}

// behindFront counts the series that the front page never shows: goals,
// forecasts, and those of other datasets.
func (a *API) behindFront(ctx context.Context, m query.Moment, lang string) (int, error) {
	all := []string{query.All}
	list, err := a.query.List(ctx, m, query.Filter{Measures: all, Scenarios: all, Datasets: all}, lang)
	return len(list), err
}

// frontSeries picks the series of the front page, by area, then indicator:
// levels, and reported growth where nothing else is known of an indicator.
func frontSeries(list []query.SeriesInfo) []query.SeriesInfo {
	levels := map[[2]string]bool{}
	for _, s := range list {
		if s.Measure == string(series.Level) {
			levels[[2]string{s.Area, s.Indicator}] = true
		}
	}
	shown := slices.DeleteFunc(slices.Clone(list), func(s query.SeriesInfo) bool {
		return s.Measure != string(series.Level) && levels[[2]string{s.Area, s.Indicator}]
	})
	slices.SortStableFunc(shown, func(a, b query.SeriesInfo) int { return cmp.Compare(a.Area, b.Area) })
	return shown
}

// latestOf reads the newest figures of series.
func (a *API) latestOf(ctx context.Context, m query.Moment, shown []query.SeriesInfo, found *latest) error {
	if len(shown) == 0 {
		return nil
	}
	ask := query.Question{Range: query.Range{Latest: 1}, View: query.View{Lang: found.lang}}
	for _, s := range shown {
		ask.Series = append(ask.Series, s.Code)
	}
	return a.query.Observations(ctx, m, ask, found)
}

func (a *API) newFrontPage(q *question) *frontPage {
	page := &frontPage{
		Lang: q.lang, Title: a.config.Office.name(q.lang), Words: frontText(q.lang), Office: a.config.Office,
		Version: a.config.Version, Everything: everything,
		OtherLang: "zh", OtherName: "中文", Past: q.pastLinks(), AsOf: q.values.get("as_of") + q.values.get("recorded_as_of"),
	}
	if q.lang == "zh" {
		page.OtherLang, page.OtherName = "en", "English"
	}
	page.Other = q.address("", map[string]bool{"lang": true}, pair{"lang", page.OtherLang})
	if page.Title == "" {
		page.Title = page.Words.NoName
	}
	return page
}

// commands are three lines to start with, on a series that is here; none where
// there is none.
func (a *API) commands(q *question, example example) []string {
	if example.code == "" {
		return nil
	}
	base := a.config.PublicURL
	if base == "" {
		base = q.host
	}
	path := base + q.pastLinks() + "/v1/series/" + example.code + "/observations"
	explained := path + "/" + strings.Replace(example.period, "/", "--", 1)
	if example.currency != "" {
		explained += "?currency=" + example.currency
	}
	return []string{
		"curl '" + path + "?period=" + example.period + "'",
		"curl '" + path + ".csv'",
		"curl '" + explained + "'",
	}
}

// areas puts the figures in tables, one for each area.
func (l *latest) areas(words *catalog.Catalog, shown []query.SeriesInfo) []frontArea {
	var all []frontArea
	for _, s := range shown {
		row, ok := l.rows[s.Code]
		if !ok {
			continue
		}
		if n := len(all); n == 0 || all[n-1].Code != s.Area {
			all = append(all, frontArea{Code: s.Area, Name: words.Name(catalog.Areas, s.Area, l.lang), Link: "/v1/areas/" + s.Area})
		}
		name := words.Name(catalog.Indicators, s.Indicator, l.lang)
		if s.Measure != string(series.Level) {
			name += " (" + frontText(l.lang).Growth + ")"
		}
		area := &all[len(all)-1]
		area.Rows = append(area.Rows, row.show(s.Code, name, l.lang))
	}
	return all
}

// show makes the table's row.
func (r *latestRow) show(code, name, lang string) frontRow {
	path := seriesPath(code)
	return frontRow{
		Name: name, Label: r.label, Value: r.value, Reason: r.reason, Unit: unitText(r.unit, r.multiplier, lang),
		Growth: r.growth, Computed: r.computed, Published: r.published, Remarks: r.remarks, Series: path, Observations: path + "/observations",
		CSV: path + "/observations.csv", Explained: figurePath(code, r.period),
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
