package api

import (
	"context"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/query"
)

// entry is what the entries of every section answer.
type entry struct {
	Code    string       `json:"code"`
	Name    string       `json:"name"`
	Names   catalog.Text `json:"names"`
	Aliases []string     `json:"aliases"`
	Former  []string     `json:"former,omitempty"`
}

type indicatorEntry struct {
	entry
	Kind        catalog.Kind `json:"kind"`
	Definition  string       `json:"definition,omitempty"`
	Definitions catalog.Text `json:"definitions,omitzero"`
	Source      string       `json:"source,omitempty"`
	SourceURL   string       `json:"source_url,omitempty"`
	Parts       []string     `json:"parts,omitempty"`
	GrowthOnly  bool         `json:"growth_only,omitempty"`
	Note        string       `json:"note,omitempty"`
}

type areaEntry struct {
	entry
	Kind  catalog.AreaKind  `json:"kind"`
	Codes map[string]string `json:"codes,omitempty"`
	catalog.Validity
	Relations []catalog.Relation `json:"relations,omitempty"`
	Note      string             `json:"note,omitempty"`
}

type unitEntry struct {
	entry
	Kind   catalog.UnitKind  `json:"kind"`
	Digits *int              `json:"digits,omitempty"`
	Codes  map[string]string `json:"codes,omitempty"`
	catalog.Validity
	Successor *catalog.Successor `json:"successor,omitempty"`
	Note      string             `json:"note,omitempty"`
}

type datasetEntry struct {
	entry
	Provider string `json:"provider,omitempty"`
	Rank     int    `json:"rank"`
	Note     string `json:"note,omitempty"`
}

func entryOf(h catalog.Head, lang string) entry {
	aliases := h.Aliases
	if aliases == nil {
		aliases = []string{}
	}
	return entry{Code: h.Code, Name: h.Name.In(lang), Names: h.Name, Aliases: aliases, Former: h.Former}
}

func indicatorOf(i catalog.Indicator, lang string) indicatorEntry {
	return indicatorEntry{
		entry: entryOf(i.Head, lang), Kind: i.Kind, Definition: i.Definition.In(lang), Definitions: i.Definition,
		Source: i.Source, SourceURL: i.SourceURL, Parts: i.Parts, GrowthOnly: i.GrowthOnly, Note: i.Note.In(lang),
	}
}

func areaOf(e catalog.Area, lang string) areaEntry {
	return areaEntry{
		entry: entryOf(e.Head, lang), Kind: e.Kind, Codes: e.Codes, Validity: e.Validity,
		Relations: e.Relations, Note: e.Note.In(lang),
	}
}

func unitOf(u catalog.Unit, lang string) unitEntry {
	return unitEntry{
		entry: entryOf(u.Head, lang), Kind: u.Kind, Digits: u.Digits, Codes: u.Codes, Validity: u.Validity,
		Successor: u.Successor, Note: u.Note.In(lang),
	}
}

// datasetOf leaves out who may edit: the names of keys are nobody's business.
func datasetOf(d catalog.Dataset, lang string) datasetEntry {
	return datasetEntry{entry: entryOf(d.Head, lang), Provider: d.Provider.In(lang), Rank: d.Rank, Note: d.Note.In(lang)}
}

// section is one part of the catalogue: how its entries are listed, found and
// shown.
type section[E, S any] struct {
	name   catalog.Section
	plural string
	list   func(*catalog.Catalog) []E
	find   func(*catalog.Catalog, string) (E, bool)
	show   func(E, string) S
	table  []column[E]
}

// The sections that readers see; never changed.
var (
	indicators = section[catalog.Indicator, indicatorEntry]{
		catalog.Indicators, "indicators", (*catalog.Catalog).Indicators, (*catalog.Catalog).Indicator, indicatorOf, indicatorColumns,
	}
	areas = section[catalog.Area, areaEntry]{
		catalog.Areas, "areas", (*catalog.Catalog).Areas, (*catalog.Catalog).Area, areaOf, areaColumns,
	}
	units = section[catalog.Unit, unitEntry]{
		catalog.Units, "units", (*catalog.Catalog).Units, (*catalog.Catalog).Unit, unitOf, unitColumns,
	}
	datasets = section[catalog.Dataset, datasetEntry]{
		catalog.Datasets, "datasets", (*catalog.Catalog).Datasets, (*catalog.Catalog).Dataset, datasetOf, datasetColumns,
	}
)

// all answers the list of a section.
func (s section[E, S]) all(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, words, err := a.words(ctx, q)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, s.plural, s.table, s.list(words))
	}
	list := []S{}
	for _, e := range s.list(words) {
		list = append(list, s.show(e, q.lang))
	}
	return a.small(q, m, q.asCSV(), member{s.plural, list}, member{"total", len(list)})
}

// one answers one entry by its code; a former code and anything else that the
// entry goes by lead there.
func (s section[E, S]) one(ctx context.Context, a *API, q *question) (*answer, error) {
	m, words, err := a.words(ctx, q)
	if err != nil {
		return nil, err
	}
	code := q.path["code"]
	present, known := words.Current(s.name, code)
	if !known {
		if present, err = words.Match(s.name, code); err != nil {
			return nil, namedBy(err, "code", code)
		}
	}
	if folded, err := codeText(present); err == nil && folded != code {
		return nil, &moved{name: "code", to: folded}
	}
	found, _ := s.find(words, present)
	links := map[string]string{s.plural: "/v1/" + s.plural, "series": "/v1/series?" + string(s.name) + "=" + code}
	return a.small(q, m, links, member{string(s.name), s.show(found, q.lang)})
}

// words returns the catalogue of the state that is asked.
func (a *API) words(ctx context.Context, q *question) (query.Moment, *catalog.Catalog, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return m, nil, err
	}
	words, err := a.query.Catalog(ctx, m)
	return m, words, err
}

// namedBy adds to a fault of the catalogue which parameter it is of.
func namedBy(err error, parameter, value string) error {
	f := *fault.From(err)
	f.Items = []fault.Item{{Code: f.Code, Parameter: parameter, Value: value, Expected: f.Expected}}
	return &f
}
