package ingest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bellwether/internal/check"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// truth keeps what the file states until all of it is read, and holds it then,
// with what stands in the store, against itself: the state as it would be.
type truth struct {
	until  time.Time // statements without an instant of publication count from here
	ids    map[string]int32
	last   *named // of the statement before
	lastID int32
	series []filed
	ledger ledger
}

// newTruth returns nil where there is no store to hold anything against.
func (j *job) newTruth(until time.Time) *truth {
	if j.store == nil || j.words == nil || j.layout.kind == Rates {
		return nil
	}
	return &truth{until: until, ids: map[string]int32{}}
}

func (t *truth) close() error {
	if t == nil {
		return nil
	}
	return t.ledger.close()
}

// add takes one statement.
func (t *truth) add(ordinal uint32, s *statement) error {
	if t == nil {
		return nil
	}
	id := t.id(s.named)
	t.series[id].note(s.Period)
	t.series[id].noteNumber(&s.Observation)
	published := s.Published
	if published.IsZero() {
		published = t.until
	}
	return t.ledger.add(entry{
		series: id, start: s.Period.Start(), end: s.Period.End(), line: int32(s.line), column: int32(s.Origin.Column), ordinal: ordinal,
		published: published.UnixMicro(), state: s.State, withdrawn: s.Withdrawn,
	}, s.Value)
}

// id numbers the series of the file.
func (t *truth) id(n *named) int32 {
	if n == t.last {
		return t.lastID
	}
	id, ok := t.ids[n.code]
	if !ok {
		id = int32(len(t.series))
		t.ids[n.code] = id
		t.series = append(t.series, filed{Series: obs.Series{Key: n.key, Code: n.code}})
	}
	t.last, t.lastID = n, id
	return id
}

// holdTogether warns of every figure of the file that does not fit the others
// of the state as it would be.
func (j *job) holdTogether(ctx context.Context, t *truth, change *differ) error {
	if t == nil || !j.sound() || len(t.series) == 0 {
		return nil
	}
	rules := check.NewRules(j.words)
	stored, err := j.store.Series(ctx)
	if err != nil {
		return err
	}
	all := t.groups(rules, stored, func(code string) bool { return change.series[code] != nil && change.series[code].standing > 0 })
	batches := t.batches(all, maxBatch)
	if len(batches) == 0 {
		return nil
	}
	rates, err := j.ratesAt(ctx, vintage.At(t.until, t.until))
	if err != nil {
		return err
	}
	for i := range batches {
		if err := j.holdBatch(ctx, t, &batches[i], against{rules, rates, change}); err != nil {
			return err
		}
	}
	return nil
}

// against is what a state is held together by.
type against struct {
	rules  *check.Rules
	rates  *fx.Book
	change *differ
}

// holdBatch merges what the file states with what is stored and holds it
// together.
func (j *job) holdBatch(ctx context.Context, t *truth, b *batch, by against) error {
	filed, err := j.inOrder(t, b)
	if err != nil {
		return err
	}
	var finder *check.Finder
	finder = check.NewFinder(by.rules, by.rates, check.Class.Shown, func(f *check.Found) {
		if j.warnOf(f) && j.warnings.flooded() {
			finder.Briefly()
		}
	})
	if j.warnings.flooded() {
		finder.Briefly()
	}
	beside := j.newNeighbours(by.rules, by.change)
	m := merger{truth: t, filed: filed, tell: func(s *check.Statement) {
		finder.Add(s)
		beside.add(s)
	}}
	if err := j.store.Histories(ctx, b.families, b.first-aYear, b.last+aYear, t.until, m.stored); err != nil {
		return err
	}
	if err := m.rest(); err != nil {
		return err
	}
	finder.Close()
	beside.close()
	return nil
}

// inOrder returns what the file states of a batch: by family, series code,
// period and publication. What is of one series is put in one place first,
// where it mostly is in order already.
func (j *job) inOrder(t *truth, b *batch) ([]entry, error) {
	ends := make([]int, len(b.filed)) // of what is there of each series so far
	places := make([]int32, len(t.series))
	for i := range places {
		places[i] = -1
	}
	total := 0
	for i, id := range b.filed {
		places[id], ends[i] = int32(i), total
		total += t.series[id].entries
	}
	list := make([]entry, total)
	if err := t.ledger.each(func(e *entry) {
		if i := places[e.series]; i >= 0 && !j.repeated.has(e.ordinal) {
			list[ends[i]] = *e
			ends[i]++
		}
	}); err != nil {
		return nil, err
	}
	kept, begin := list[:0], 0
	for i, id := range b.filed {
		own := list[begin:ends[i]]
		slices.SortFunc(own, compareEntries)
		kept = append(kept, own...)
		begin += t.series[id].entries
	}
	return kept, nil
}

// compareEntries orders what is stated of one series by period, publication
// and place in the file.
func compareEntries(a, b entry) int {
	switch {
	case a.end != b.end:
		return int(a.end) - int(b.end)
	case a.start != b.start:
		return int(a.start) - int(b.start)
	case a.published != b.published:
		return cmp.Compare(a.published, b.published)
	}
	return cmp.Compare(a.ordinal, b.ordinal)
}

// family returns the family of a series of the file.
func (t *truth) family(id int32) string {
	f := &t.series[id]
	if f.family == "" {
		f.family = f.Key.Family()
	}
	return f.family
}

// merger tells what the file states and what is stored in one order.
type merger struct {
	truth  *truth
	filed  []entry // what is still to come
	tell   func(*check.Statement)
	series *obs.Series // of the stored version before
	family string
}

// stored takes the next stored version.
func (m *merger) stored(v *obs.Version) error {
	if v.Series != m.series {
		m.series, m.family = v.Series, v.Series.Key.Family()
	}
	for len(m.filed) > 0 && m.comesBefore(&m.filed[0], v) {
		if err := m.take(); err != nil {
			return err
		}
	}
	s := check.Stated(v)
	m.tell(&s)
	return nil
}

// rest takes what is left of the file.
func (m *merger) rest() error {
	for len(m.filed) > 0 {
		if err := m.take(); err != nil {
			return err
		}
	}
	return nil
}

// take hands on the next statement of the file.
func (m *merger) take() error {
	e := &m.filed[0]
	p, err := period.Between(e.start, e.end)
	if err != nil {
		return err
	}
	m.tell(&check.Statement{
		Series: &m.truth.series[e.series].Series, Period: p, Value: m.truth.ledger.value(e), State: e.state, Withdrawn: e.withdrawn,
		Published: time.UnixMicro(e.published).UTC(), Line: int(e.line), Column: int(e.column),
	})
	m.filed = m.filed[1:]
	return nil
}

// comesBefore reports whether a statement of the file comes before one that is
// stored. Of two of one instant the later recorded comes later.
func (m *merger) comesBefore(e *entry, v *obs.Version) bool {
	if code := m.truth.series[e.series].Code; code != v.Series.Code {
		return cmp.Or(cmp.Compare(m.truth.family(e.series), m.family), cmp.Compare(code, v.Series.Code)) < 0
	}
	return cmp.Or(cmp.Compare(e.end, v.Period.End()), cmp.Compare(e.start, v.Period.Start()),
		cmp.Compare(e.published, v.Published.UnixMicro())) < 0
}

// ratesAt returns the rates at a point: those of what would stand. Where they
// contradict each other there are none, and nothing is converted.
func (j *job) ratesAt(ctx context.Context, at vintage.Point) (*fx.Book, error) {
	rates, err := j.store.Rates(ctx, at)
	if err != nil {
		return nil, err
	}
	currencies, err := fx.CurrenciesOf(j.words.Units())
	if err != nil {
		return nil, err
	}
	book, err := fx.NewBook(rates, currencies, j.moment.Feeds...)
	if err != nil && fault.KindOf(err) == fault.Refused {
		return nil, nil
	}
	return book, err
}
