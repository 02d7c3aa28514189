package api

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/encode"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// column is a flat column of a list as CSV: its name and the cell of an entry
// in a language. Columns only ever come behind the present ones.
type column[E any] struct {
	name string
	cell func(e E, lang string) encode.Cell
}

// text makes a column of text.
func text[E any](name string, of func(E) string) column[E] {
	return column[E]{name, func(e E, _ string) encode.Cell { return encode.Cell{Text: of(e)} }}
}

// label makes a column of text in the language that is asked for.
func label[E any](name string, of func(E) catalog.Text) column[E] {
	return column[E]{name, func(e E, lang string) encode.Cell { return encode.Cell{Text: of(e).In(lang)} }}
}

// number makes a column of numbers.
func number[E any](name string, of func(E) string) column[E] {
	return column[E]{name, func(e E, _ string) encode.Cell { return encode.Cell{Number: of(e)} }}
}

// The columns of the lists; never changed.
var (
	indicatorColumns = slices.Concat(headColumns(func(i catalog.Indicator) catalog.Head { return i.Head }), []column[catalog.Indicator]{
		text("kind", func(i catalog.Indicator) string { return string(i.Kind) }),
		label("definition", func(i catalog.Indicator) catalog.Text { return i.Definition }),
		text("source", func(i catalog.Indicator) string { return i.Source }),
		text("source_url", func(i catalog.Indicator) string { return i.SourceURL }),
		text("parts", func(i catalog.Indicator) string { return joined(i.Parts) }),
		text("growth_only", func(i catalog.Indicator) string { return strconv.FormatBool(i.GrowthOnly) }),
		label("note", func(i catalog.Indicator) catalog.Text { return i.Note }),
	})
	areaColumns = slices.Concat(headColumns(func(e catalog.Area) catalog.Head { return e.Head }), []column[catalog.Area]{
		text("kind", func(e catalog.Area) string { return string(e.Kind) }),
		text("alpha3", func(e catalog.Area) string { return e.Codes["iso3166-1-alpha3"] }),
		text("codes", func(e catalog.Area) string { return pairs(e.Codes) }),
		text("valid_from", func(e catalog.Area) string { return string(e.From) }),
		text("valid_to", func(e catalog.Area) string { return string(e.To) }),
		text("relations", relationsOf),
		label("note", func(e catalog.Area) catalog.Text { return e.Note }),
	})
	unitColumns = slices.Concat(headColumns(func(u catalog.Unit) catalog.Head { return u.Head }), []column[catalog.Unit]{
		text("kind", func(u catalog.Unit) string { return string(u.Kind) }),
		number("digits", digitsOf),
		text("codes", func(u catalog.Unit) string { return pairs(u.Codes) }),
		text("valid_from", func(u catalog.Unit) string { return string(u.From) }),
		text("valid_to", func(u catalog.Unit) string { return string(u.To) }),
		text("successor", func(u catalog.Unit) string { return successorOf(u).Unit }),
		text("successor_rate", func(u catalog.Unit) string { return successorOf(u).Rate }),
		label("note", func(u catalog.Unit) catalog.Text { return u.Note }),
	})
	datasetColumns = slices.Concat(headColumns(func(d catalog.Dataset) catalog.Head { return d.Head }), []column[catalog.Dataset]{
		label("provider", func(d catalog.Dataset) catalog.Text { return d.Provider }),
		number("rank", func(d catalog.Dataset) string { return strconv.Itoa(d.Rank) }),
		label("note", func(d catalog.Dataset) catalog.Text { return d.Note }),
	})
	seriesColumns = []column[query.SeriesInfo]{
		text("code", func(s query.SeriesInfo) string { return s.Code }),
		text("title", func(s query.SeriesInfo) string { return s.Title }),
		text("indicator", func(s query.SeriesInfo) string { return s.Indicator }),
		text("area", func(s query.SeriesInfo) string { return s.Area }),
		text("unit", func(s query.SeriesInfo) string { return s.Unit }),
		number("multiplier", func(s query.SeriesInfo) string { return strconv.Itoa(s.Multiplier) }),
		text("kind", func(s query.SeriesInfo) string { return s.Kind }),
		text("measure", func(s query.SeriesInfo) string { return s.Measure }),
		text("price_basis", func(s query.SeriesInfo) string { return s.PriceBasis }),
		text("adjustment", func(s query.SeriesInfo) string { return s.Adjustment }),
		text("scenario", func(s query.SeriesInfo) string { return s.Scenario }),
		text("dataset", func(s query.SeriesInfo) string { return s.Dataset }),
		text("breakdowns", func(s query.SeriesInfo) string { return pairs(s.Breakdowns) }),
		text("start", startOf),
		text("end", endOf),
		number("observations", countOf),
		text("coverage", coverageOf),
	}
	rateColumns = []column[query.RateInfo]{
		text("feed", func(r query.RateInfo) string { return r.Feed }),
		text("base", func(r query.RateInfo) string { return r.Base }),
		text("quote", func(r query.RateInfo) string { return r.Quote }),
		text("kind", func(r query.RateInfo) string { return r.Kind }),
		text("period", func(r query.RateInfo) string { return r.Period }),
		text("start", func(r query.RateInfo) string { return known(r.Period).Start().String() }),
		text("end", func(r query.RateInfo) string { return known(r.Period).Last().String() }),
		number("rate", func(r query.RateInfo) string { return string(r.Rate) }),
		text("published_at", func(r query.RateInfo) string { return string(r.PublishedAt) }),
		text("source", func(r query.RateInfo) string { return string(r.Source) }),
		text("note", func(r query.RateInfo) string { return string(r.Note) }),
	}
)

// headColumns are the columns of every entry of the catalogue.
func headColumns[E any](head func(E) catalog.Head) []column[E] {
	return []column[E]{
		text("code", func(e E) string { return head(e).Code }),
		label("name", func(e E) catalog.Text { return head(e).Name }),
		text("name_en", func(e E) string { return head(e).Name.En }),
		text("name_zh", func(e E) string { return head(e).Name.Zh }),
		text("aliases", func(e E) string { return joined(head(e).Aliases) }),
		text("former", func(e E) string { return joined(head(e).Former) }),
	}
}

// tableOf makes the answer of a list as CSV or as a workbook.
func tableOf[E any](a *API, q *question, m query.Moment, name string, columns []column[E], list []E) (*answer, error) {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	var body bytes.Buffer
	table, err := a.listTable(&body, q, m, len(list), names)
	if err != nil {
		return nil, err
	}
	cells := make([]encode.Cell, len(columns))
	for _, e := range list {
		for i, c := range columns {
			cells[i] = c.cell(e, q.lang)
		}
		if err := table.Line(cells...); err != nil {
			return nil, err
		}
	}
	if err := table.Close(); err != nil {
		return nil, err
	}
	return a.bind(newAnswer(body.Bytes(), q.format, savedAs(name, q.format)), q, m, ""), nil
}

// joined puts several texts in one cell.
func joined(list []string) string { return strings.Join(list, ";") }

// pairs puts names with their texts in one cell.
func pairs(all map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, name+"="+all[name])
	}
	return joined(list)
}

func relationsOf(e catalog.Area) string {
	var list []string
	for _, r := range e.Relations {
		list = append(list, string(r.Kind)+"="+r.Area)
	}
	return joined(list)
}

func digitsOf(u catalog.Unit) string {
	if u.Digits == nil {
		return ""
	}
	return strconv.Itoa(*u.Digits)
}

func successorOf(u catalog.Unit) catalog.Successor {
	if u.Successor == nil {
		return catalog.Successor{}
	}
	return *u.Successor
}

// known reads a period that the service itself wrote.
func known(text string) period.Period {
	p, _ := period.Parse(text)
	return p
}

// startOf is the first day of which a series has a figure.
func startOf(s query.SeriesInfo) string {
	var first period.Date
	for i, span := range s.Coverage {
		if day := known(span.First).Start(); i == 0 || day < first {
			first = day
		}
	}
	return first.String()
}

// endOf is the last day of which a series has a figure.
func endOf(s query.SeriesInfo) string {
	var last period.Date
	for i, span := range s.Coverage {
		if day := known(span.Last).Last(); i == 0 || day > last {
			last = day
		}
	}
	return last.String()
}

func countOf(s query.SeriesInfo) string {
	n := 0
	for _, span := range s.Coverage {
		n += span.Count
	}
	return strconv.Itoa(n)
}

// coverageOf says of each frequency and accumulation from when to when there
// are how many figures: A single 2011..2014 4.
func coverageOf(s query.SeriesInfo) string {
	var list []string
	for _, span := range s.Coverage {
		words := []string{string(span.Frequency), span.Accumulation, span.First + ".." + span.Last, strconv.Itoa(span.Count)}
		list = append(list, strings.TrimSpace(strings.Join(words, " ")))
	}
	return joined(list)
}
