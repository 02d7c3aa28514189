package api

import (
	"bytes"
	"context"
	"strconv"
	"strings"

	"bellwether/internal/encode"
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// pageRows is how many rows a page of JSON has across series, where the asker
// does not say.
const pageRows = 1_000

// seriesRows answers the observations of one series.
func seriesRows(ctx context.Context, a *API, q *question) (*answer, error) {
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.rows(ctx, q, m, func(ask query.Question, sink query.Sink) error {
		return a.query.Series(ctx, m, code, ask, sink)
	})
}

// allRows answers observations across series.
func allRows(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.rows(ctx, q, m, func(ask query.Question, sink query.Sink) error {
		if ask.Limit == 0 && q.format == inJSON {
			ask.Limit = pageRows
		}
		return a.query.Observations(ctx, m, ask, sink)
	})
}

// resolve finds the series that the path names, and leads to its present code
// where it has another one now.
func (a *API) resolve(ctx context.Context, q *question) (query.Moment, string, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return m, "", err
	}
	asked := q.path["series"]
	code, renamed, err := a.query.Resolve(ctx, m, asked)
	if err != nil {
		return m, "", err
	}
	if renamed {
		return m, "", &moved{name: "series", to: code}
	}
	return m, code, nil
}

// rows encodes the rows that ask gives.
func (a *API) rows(ctx context.Context, q *question, m query.Moment, ask func(query.Question, query.Sink) error) (*answer, error) {
	if err := q.checkLayout(); err != nil {
		return nil, err
	}
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	asked, err := q.rows()
	if err != nil {
		return nil, err
	}
	if q.triangular() {
		return a.triangle(ctx, q, m, asked)
	}
	if q.inTable() {
		return a.wide(ctx, q, m, asked)
	}
	options, err := a.rowOptions(ctx, q, m)
	if err != nil {
		return nil, err
	}
	body := a.rooms.take()
	defer a.rooms.giveBack(body)
	end := &tail{Sink: a.sink(q, body, options), limit: a.mostRows(q), counted: q.format != inJSON}
	if err := ask(asked, end); err != nil {
		return nil, err
	}
	return a.bind(newAnswer(bytes.Clone(body.Bytes()), q.format, q.disposition()...), q, m, end.next), nil
}

// checkFormat refuses parameters that mean nothing in the format of the
// answer.
func (q *question) checkFormat() error {
	only := map[string]format{"bom": inCSV, "numbers": inJSON, "limit": inJSON, "cursor": inJSON}
	for _, name := range [...]string{"bom", "numbers", "limit", "cursor"} {
		if f := only[name]; q.values.has(name) && q.format != f {
			return conflict(name, "format", "%s means nothing where %s is "+string(q.format), "format="+string(f)+", or no "+name)
		}
	}
	return nil
}

// onlyOfJSON are the parameters that the address of the same answer as CSV
// leaves out: it is whole and has all columns; never changed.
var onlyOfJSON = map[string]bool{"format": true, "fields": true, "numbers": true, "limit": true, "cursor": true}

// sink encodes rows in the format of the question.
func (a *API) sink(q *question, w *bytes.Buffer, o encode.Options) query.Sink {
	switch q.format {
	case inCSV:
		return encode.NewCSV(w, o)
	case inXLSX:
		return encode.NewXLSX(w, o)
	}
	return encode.NewJSON(w, o)
}

// rowOptions says how the figures that the question asks for are written.
func (a *API) rowOptions(ctx context.Context, q *question, m query.Moment) (encode.Options, error) {
	_, zone, err := a.query.Office(ctx)
	if err != nil {
		return encode.Options{}, err
	}
	options := encode.Options{
		Fields: q.values["fields"], Strings: q.values.get("numbers") == "string", BOM: q.values.get("bom") == "true",
		Lang: q.lang, Zone: zone,
		Office: a.officeBlock(),
	}
	switch q.format {
	case inCSV:
		return options, nil
	case inXLSX:
		return a.bookOptions(ctx, q, m, options)
	}
	options.Links = encode.Links{Self: a.self(q), CSV: a.link(q.address(".csv", onlyOfJSON)), Series: a.linkOf(q, "/v1/series"), Observations: a.linkOf(q, "/v1/observations")}
	if !q.values.has("latest") {
		options.Links.Next = func(cursor string) string { return a.link(q.following(cursor)) }
	}
	if q.inTable() {
		options.Links.Rows = a.link(q.asRows())
	}
	return options, nil
}

// rows makes the question of the parameters, which were checked one by one.
func (q *question) rows() (query.Question, error) {
	v := q.values
	ask := query.Question{
		Filter: v.filter(),
		Range: query.Range{
			Latest: v.number("latest"), Frequency: v.get("frequency"), Accumulation: v.get("accumulation"), Derive: v.get("derive"),
		},
		View:      q.view(),
		Vintage:   query.Vintages(v.get("vintage")),
		Transform: v.get("transform"),
		Limit:     v.number("limit"),
		Cursor:    v.get("cursor"),
	}
	for _, text := range v["period"] {
		p, err := period.Parse(text)
		if err != nil {
			return ask, err
		}
		ask.Periods = append(ask.Periods, p)
	}
	var err error
	if ask.Start, err = v.day("start"); err != nil {
		return ask, err
	}
	ask.End, err = v.day("end")
	return ask, err
}

func (v values) filter() query.Filter {
	return query.Filter{
		Series: v["series"], Indicators: v["indicator"], Areas: v["area"], Units: v["unit"],
		Measures: v["measure"], Scenarios: v["scenario"], Datasets: v["dataset"], Text: v.get("q"),
	}
}

func (q *question) view() query.View {
	v := q.values
	view := query.View{Currencies: v["currency"], FX: v.get("fx"), FXSource: v.get("fx_source"), FXAsOf: v.get("fx_as_of"), Lang: q.lang}
	if v.has("scale") {
		view.Scale = query.Scale{Power: v.number("scale"), Set: true}
	}
	return view
}

// number returns the whole number of a parameter, 0 when it did not come.
func (v values) number(name string) int {
	n, err := strconv.Atoi(v.get(name))
	if err != nil {
		return 0
	}
	return n
}

// day returns a bound of the range, which was written as a date.
func (v values) day(name string) (query.Day, error) {
	if !v.has(name) {
		return query.Day{}, nil
	}
	d, err := period.ParseDate(v.get(name))
	return query.Day{Date: d, Set: true}, err
}

// disposition names the file that a browser saves a table as.
func (q *question) disposition() []field {
	if q.format == inJSON {
		return nil
	}
	name := "observations"
	if code := q.path["series"]; code != "" {
		name = code
	}
	if periods := q.values["period"]; len(periods) == 1 {
		name += "." + strings.Replace(periods[0], "/", "--", 1)
	}
	return []field{savedAs(name, q.format)}
}

// savedAs names the file that a browser saves a table as.
func savedAs(name string, f format) field {
	return field{"Content-Disposition", []string{`inline; filename="` + plainName(name) + `.` + string(f) + `"`}}
}

// plainName keeps of a name what may stand in quotes in a header.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|%;`, r) {
			return '_'
		}
		return r
	}, name)
}

// tail watches rows go by: it keeps the cursor of the next page, and where
// they are counted refuses an answer of too many, with their number.
type tail struct {
	query.Sink
	counted bool
	limit   int
	seen    int
	next    string
}

// Row hands the row on while it is not one too many.
func (t *tail) Row(r *query.Row) error {
	t.seen++
	if t.counted && t.seen > t.limit {
		return nil
	}
	return t.Sink.Row(r)
}

// End refuses when there were too many.
func (t *tail) End(end query.Tail) error {
	if t.counted && t.seen > t.limit {
		return tooManyRows(t.seen, t.limit)
	}
	t.next = end.Next
	return t.Sink.End(end)
}

func tooManyRows(seen, most int) error {
	return fault.New(fault.TooLarge, fault.AnswerTooLarge, "there are %d rows and one answer has at most %d", seen, most).
		Expect("a smaller range, or JSON in pages")
}
