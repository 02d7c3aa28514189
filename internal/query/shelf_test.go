package query_test

import (
	"cmp"
	"context"
	"encoding/csv"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bellwether/data"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// shelf is a store in memory that answers by going through everything: the
// rules of Store at their plainest, for small sets of figures.
type shelf struct {
	words     *catalog.Catalog
	series    map[string]*obs.Series
	versions  []obs.Version // in the order of recording
	rates     []fx.Rate
	revisions []obs.Revision
	open      int // scans under way
}

// embedded is the embedded catalogue, read once.
var embedded = sync.OnceValues(func() (*catalog.Catalog, error) { return catalog.Read(data.Catalog()) })

func newShelf(t testing.TB) *shelf {
	t.Helper()
	words, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return &shelf{words: words, series: map[string]*obs.Series{}}
}

// put records a version of a series under a new revision, published and
// recorded at one instant.
func (s *shelf) put(code string, o obs.Observation) {
	key, err := series.Parse(code)
	if err != nil {
		panic(err)
	}
	known := s.series[key.Code()]
	if known == nil {
		known = &obs.Series{ID: int64(len(s.series) + 1), Key: key, Code: key.Code(), Multiplier: o.Value.Multiplier()}
		s.series[known.Code] = known
	}
	if o.Status == "" {
		o.Status = "A"
	}
	id := "0000000000" + strconv.Itoa(10+len(s.revisions))
	s.versions = append(s.versions, obs.Version{Series: known, Observation: o, Revision: id[len(id)-12:], RecordedAt: o.Published})
	s.revisions = append(s.revisions, obs.Revision{ID: id[len(id)-12:], Kind: obs.ByImport, RecordedAt: o.Published, VisibleAt: o.Published, Rows: 1})
}

func (s *shelf) now() time.Time {
	now := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, v := range s.versions {
		if v.Published.After(now) {
			now = v.Published
		}
	}
	return now
}

func (s *shelf) Head(context.Context) (obs.Head, error) {
	return obs.Head{Change: 1, Instant: s.now()}, nil
}

func (s *shelf) Moment(_ context.Context, at vintage.Point) (bool, error) {
	return slices.ContainsFunc(s.versions, func(v obs.Version) bool { return v.RecordedAt.Equal(at.Recorded) }), nil
}

func (s *shelf) NewestChange(_ context.Context, until time.Time) (time.Time, error) {
	var first, newest time.Time
	for _, r := range s.revisions {
		if first.IsZero() || r.VisibleAt.Before(first) {
			first = r.VisibleAt
		}
		if !r.VisibleAt.After(until) && r.VisibleAt.After(newest) {
			newest = r.VisibleAt
		}
	}
	if newest.IsZero() {
		return first, nil
	}
	return newest, nil
}

func (s *shelf) Office(context.Context) (obs.Office, error) {
	return obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, nil
}

func (s *shelf) Catalog(context.Context, vintage.Point) (*catalog.Catalog, error) {
	return s.words, nil
}

func (s *shelf) visible(sel query.Selection, at vintage.Point) []obs.Version {
	families := map[string]bool{}
	for _, known := range s.series {
		if sel.Holds(known.Code, &known.Key) {
			families[known.Key.Family()] = true
		}
	}
	var found []obs.Version
	for _, v := range s.versions {
		selected := sel.Holds(v.Series.Code, &v.Series.Key) || sel.Relatives && families[v.Series.Key.Family()]
		within := len(sel.Periods) == 0 || slices.Contains(sel.Periods, v.Period)
		if selected && within && (!sel.FromSet || v.Period.End() > sel.From) && at.Sees(v.Published, v.RecordedAt) {
			found = append(found, v)
		}
	}
	slices.SortStableFunc(found, func(a, b obs.Version) int {
		return cmp.Or(cmp.Compare(a.Series.Key.Family(), b.Series.Key.Family()), cmp.Compare(a.Series.Code, b.Series.Code),
			period.Compare(a.Period, b.Period), a.Published.Compare(b.Published))
	})
	return found
}

// each hands a version over in memory that is used again, as a store may.
func (s *shelf) each(list []obs.Version, each func(*obs.Version) error) error {
	s.open++
	defer func() { s.open-- }()
	var reused obs.Version
	for _, v := range list {
		reused = v
		if err := each(&reused); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Versions(_ context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	s.alone()
	return s.each(s.visible(sel, at), each)
}

func (s *shelf) Scan(_ context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	s.alone()
	return s.each(inForce(s.visible(sel, at)), each)
}

// alone refuses a question while a scan is open: a pool of one connection
// would wait for ever.
func (s *shelf) alone() {
	if s.open > 0 {
		panic("the store is asked while a scan is open")
	}
}

func inForce(list []obs.Version) []obs.Version {
	var force []obs.Version
	for i, v := range list {
		if i+1 < len(list) && list[i+1].Series == v.Series && list[i+1].Period == v.Period {
			continue
		}
		force = append(force, v)
	}
	return force
}

func (s *shelf) Coverage(_ context.Context, sel query.Selection, at vintage.Point) ([]obs.Coverage, error) {
	s.alone()
	sel.Relatives = false
	var list []obs.Coverage
	for _, v := range inForce(s.visible(sel, at)) {
		if len(list) == 0 || list[len(list)-1].Series != v.Series {
			list = append(list, obs.Coverage{Series: v.Series})
		}
		c := &list[len(list)-1]
		f := v.Period.Frequency()
		accumulated := f == period.None && v.Period.YTD()
		i := slices.IndexFunc(c.Spans, func(s obs.Span) bool { return s.Frequency == f && s.Accumulated == accumulated })
		if i < 0 {
			i = len(c.Spans)
			c.Spans = append(c.Spans, obs.Span{Frequency: f, Accumulated: accumulated, First: v.Period})
		}
		c.Spans[i].Last = v.Period
		c.Spans[i].Count++
	}
	slices.SortFunc(list, func(a, b obs.Coverage) int { return cmp.Compare(a.Series.Code, b.Series.Code) })
	return list, nil
}

func (s *shelf) Rates(_ context.Context, at vintage.Point) ([]fx.Rate, error) {
	s.alone()
	var visible []fx.Rate
	for _, r := range s.rates {
		if !r.PublishedAt.After(at.Published) {
			visible = append(visible, r)
		}
	}
	return visible, nil
}

func (s *shelf) RatesMark(ctx context.Context, at vintage.Point) (query.RatesMark, error) {
	rates, err := s.Rates(ctx, at)
	mark := query.RatesMark{Change: int64(len(rates))}
	for _, r := range rates {
		if r.PublishedAt.After(mark.Published) {
			mark.Published = r.PublishedAt
		}
	}
	return mark, err
}

func (s *shelf) Revisions(_ context.Context, at vintage.Point, before string, limit int) ([]obs.Revision, int, error) {
	var visible []obs.Revision
	for _, r := range s.revisions {
		if !r.VisibleAt.After(at.Published) {
			visible = append(visible, r)
		}
	}
	slices.Reverse(visible)
	total := len(visible)
	if before != "" {
		i := slices.IndexFunc(visible, func(r obs.Revision) bool { return r.ID == before })
		visible = visible[i+1:]
	}
	return visible[:min(limit, len(visible))], total, nil
}

func (s *shelf) Revision(_ context.Context, id string, at vintage.Point) (obs.Revision, error) {
	for _, r := range s.revisions {
		if r.ID == id && !r.VisibleAt.After(at.Published) {
			return r, nil
		}
	}
	return obs.Revision{}, fault.New(fault.NotFound, fault.UnknownRevision, "no revision is %s", id)
}

// sampleShelf holds the sample: every file of it, oldest first.
func sampleShelf(t testing.TB) *shelf {
	t.Helper()
	s := newShelf(t)
	files, err := fs.Glob(data.Sample(), "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		rows := readSample(t, name)
		if name == "rates.csv" {
			for _, row := range rows {
				s.putRate(row)
			}
			continue
		}
		for _, row := range rows {
			s.putRow(row)
		}
	}
	slices.SortStableFunc(s.versions, func(a, b obs.Version) int { return a.Published.Compare(b.Published) })
	return s
}

func readSample(t testing.TB, name string) []map[string]string {
	t.Helper()
	file, err := data.Sample().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, cell := range record {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func beijing(text string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, text, time.FixedZone("CST", 8*60*60))
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func (s *shelf) putRow(row map[string]string) {
	unit := row["unit"]
	if unit == "" {
		unit = "percent"
	}
	code := strings.ToLower(row["indicator"] + "." + row["area"] + "." + unit)
	level := code
	if row["price_basis"] != "" {
		level += "." + row["price_basis"]
	}
	if row["scenario"] != "" && row["scenario"] != series.Actual {
		level += "." + row["scenario"]
	}
	o := obs.Observation{Period: period.MustParse(row["period"]), Published: beijing(row["published"]), Note: row["note"],
		Source: obs.Source{Name: row["source"], URL: row["source_url"]}, Origin: obs.Origin{Line: 2, Column: 4, Cell: row["value"]}}
	multiplier, _ := strconv.Atoi(row["multiplier"])
	if row["value"] != "" {
		stated := o
		stated.Value = figure.MustParse(row["value"], multiplier)
		s.put(level, stated)
	}
	if row["growth_reported"] == "" && row["growth_text"] == "" {
		return
	}
	claim := code + "." + orYoY(row["growth_comparison"])
	if basis := row["growth_basis"]; basis != "" && basis != "unspecified" {
		claim += "." + row["growth_basis"]
	}
	if row["growth_text"] != "" {
		o.State, o.Text, o.Reason, o.Status = obs.InWords, row["growth_text"], "words", "O"
	} else {
		o.Value = figure.MustParse(row["growth_reported"], 0)
	}
	s.put(claim, o)
}

func orYoY(comparison string) string {
	if comparison == "" {
		return "yoy"
	}
	return comparison
}

func (s *shelf) putRate(row map[string]string) {
	s.rates = append(s.rates, fx.Rate{
		Feed: row["feed"], Base: row["base"], Quote: row["quote"], Kind: fx.Kind(row["kind"]), Period: period.MustParse(row["period"]),
		Value: figure.MustParse(row["rate"], 0), PublishedAt: beijing(row["published"]), Source: row["source"],
	})
}
