package store

import (
	"context"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// load is the rows of one revision on their way into the database. Rows wait
// until there are enough for one statement, so that neither many nor few are
// held; the series and sources that they refer to are stored before them.
type load struct {
	t        *tx
	revision int64
	embargo  time.Time
	rows     int  // that were put
	replaces bool // some series had versions before
	mixed    bool // some series has versions of two publications in this load

	known   *knowledge
	met     map[string]*metSeries // by code
	added   int64                 // series that are new
	sources map[obs.Source]int64  // that are new
	code    []byte                // room for a code
	tables  map[string]*insertion // by table; what is put waits here
	behind  behind                // what is being written meanwhile
}

// metSeries is a series that the load met.
type metSeries struct {
	id        int64
	published int64 // microseconds, of its first row
}

// newLoad begins the rows of a revision. Nobody else can add series or sources
// meanwhile, so what is known once the revision before is known is all.
func newLoad(ctx context.Context, t *tx, revision int64, embargo time.Time) (*load, error) {
	if t.s.known.Load().head.Change != revision-1 {
		if err := t.s.learn(ctx); err != nil {
			return nil, err
		}
	}
	l := &load{
		t: t, revision: revision, embargo: cut(embargo), known: t.s.known.Load(),
		met: map[string]*metSeries{}, sources: map[obs.Source]int64{},
		tables: newInsertions(), behind: behind{tables: newInsertions()},
	}
	return l, nil
}

// newInsertions returns what waits of every table: nothing yet.
func newInsertions() map[string]*insertion {
	tables := map[string]*insertion{}
	for _, of := range []insertion{
		{table: "source", columns: []string{"id", "name", "url"}},
		{table: "series", columns: []string{
			"id", "code", "family", "dataset", "indicator", "area", "unit", "measure", "basis",
			"adjustment", "scenario", "multiplier", "revision",
		}},
		{table: "series_item", columns: []string{"series_id", "dimension", "item"}},
		{table: "observation", columns: []string{
			"series_id", "end_date", "start_date", "published_at", "revision", "state", "value", "decimals",
			"multiplier", "status", "reason", "words", "withdrawn", "as_index", "note", "source_id", "sheet",
			"line", "col", "cell",
		}},
		{table: "rate", columns: []string{
			"feed", "base", "quote", "kind", "end_date", "start_date", "published_at", "revision", "value",
			"decimals", "source_id", "note",
		}},
	} {
		tables[of.table] = &of
	}
	return tables
}

// loadOrder is the order of writing: what is referred to comes first.
var loadOrder = [...]string{"source", "series", "series_item", "observation", "rate"}

// flush writes everything that waits.
func (l *load) flush(ctx context.Context) error {
	if err := l.behind.wait(); err != nil {
		return err
	}
	return l.t.write(ctx, l.tables)
}

// write writes what waits of every table.
func (t *tx) write(ctx context.Context, tables map[string]*insertion) error {
	for _, table := range loadOrder {
		if err := tables[table].flush(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// observation takes one entry.
func (l *load) observation(ctx context.Context, e obs.Entry) error {
	published := vintage.Effective(e.Published, l.embargo, l.t.now)
	id, err := l.series(e, published.UnixMicro())
	if err != nil {
		return err
	}
	if e.Withdrawn {
		e.State = obs.Missing
	}
	instant := l.t.s.dialect.instant
	into := l.tables["observation"]
	into.add(
		id, e.Period.End().String(), e.Period.Start().String(), instant(published), l.revision, int64(e.State),
		storedValue(e.Observation), int64(e.Value.Decimals()), int64(e.Value.Multiplier()), e.Status, e.Reason, e.Text,
		e.Withdrawn, e.Indexed, e.Note, l.source(e.Source), e.Origin.Sheet,
		int64(e.Origin.Line), int64(e.Origin.Column), e.Origin.Cell,
	)
	l.rows++
	if into.waiting() < l.t.s.dialect.batch {
		return nil
	}
	return l.handOver(ctx)
}

// storedValue is the text of the number, or nil where there is none.
func storedValue(o obs.Observation) any {
	if o.State == obs.Present || o.State == obs.Nil {
		return o.Value.Text()
	}
	return nil
}

// series returns the number of the entry's series and adds one that is new.
func (l *load) series(e obs.Entry, published int64) (int64, error) {
	l.code = e.Key.AppendCode(l.code[:0])
	if met := l.met[string(l.code)]; met != nil {
		l.mixed = l.mixed || met.published != published
		return met.id, nil
	}
	key, err := e.Key.Normal()
	if err != nil {
		return 0, err
	}
	code := key.Code()
	if code != string(l.code) {
		e.Key = key
		return l.series(e, published)
	}
	met := &metSeries{published: published}
	if stored, ok := l.known.seriesByCode(code); ok {
		met.id, l.replaces = stored.ID, true
	} else {
		met.id = l.addSeries(code, key, e.Value.Multiplier())
	}
	l.met[code] = met
	return met.id, nil
}

// addSeries gives a new series the next number. Its answers are written in the
// multiplier of this first row.
func (l *load) addSeries(code string, k series.Key, multiplier int) int64 {
	l.added++
	id := int64(len(l.known.series)) + l.added
	l.tables["series"].add(
		id, code, k.Family(), k.Dataset, k.Indicator, k.Area, k.Unit, string(k.Measure), k.Basis,
		k.Adjustment, k.Scenario, int64(multiplier), l.revision,
	)
	for _, b := range k.Breakdowns {
		l.tables["series_item"].add(id, b.Dimension, b.Item)
	}
	return id
}

// source returns the number of a source and adds one that is new; nil for no
// source.
func (l *load) source(of obs.Source) any {
	if of == (obs.Source{}) {
		return nil
	}
	if id, ok := l.known.names[of]; ok {
		return id
	}
	id, ok := l.sources[of]
	if !ok {
		id = int64(len(l.known.sources) + len(l.sources) + 1)
		l.sources[of] = id
		l.tables["source"].add(id, of.Name, of.URL)
	}
	return id
}
