package ingest

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/diff"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

const (
	maxAsks  = 1000 // of one question to the store
	maxShown = 1000 // revisions and series in a report
)

// differ compares the statements of a file with what stands in the store, and
// with what the file itself states of the same figure in an earlier release.
type differ struct {
	store  Store
	labels Labels
	until  time.Time // what stands is asked at this instant
	batch  []release
	series map[string]*touched
	shown  []ranked
	sum    Difference

	withdrawals []withdrawal // of what does not stand
	coarser     []coarser    // than what stands
	rates       standingRates
}

// touched is what the file says about one series.
type touched struct {
	Touch
	standing int // periods with a version in force
	met      int // of those, periods that the file states
	nature   diff.Nature
}

// ranked is a revision with its size.
type ranked struct {
	Change
	size *big.Rat // of the relative change; nil where there is none
}

func newDiffer(store Store, labels Labels, until time.Time) *differ {
	return &differ{store: store, labels: labels, until: until, series: map[string]*touched{}}
}

// add takes one statement of a figure that the file states once.
func (d *differ) add(ctx context.Context, s *statement) error {
	return d.take(ctx, &release{statement: *s, last: true})
}

// take takes one release; the store is asked for a thousand at once.
func (d *differ) take(ctx context.Context, r *release) error {
	if d.store == nil {
		return nil
	}
	if r.rate != nil {
		return d.takeRate(ctx, r)
	}
	d.batch = append(d.batch, *r)
	if len(d.batch) < maxAsks {
		return nil
	}
	return d.flush(ctx)
}

func (d *differ) flush(ctx context.Context) error {
	if len(d.batch) == 0 {
		return nil
	}
	if err := d.meet(ctx); err != nil {
		return err
	}
	standing, err := d.preceding(ctx, func(r *release) (time.Time, bool) { return d.until, d.of(r).standing > 0 })
	if err != nil {
		return err
	}
	older, err := d.preceding(ctx, func(r *release) (time.Time, bool) { return r.Published, d.late(r, standing[r]) })
	if err != nil {
		return err
	}
	for i := range d.batch {
		r := &d.batch[i]
		now := standing[r]
		before := now
		if d.late(r, now) {
			before = older[r]
		}
		d.compare(r, now, before)
	}
	d.batch = d.batch[:0]
	return nil
}

// late reports whether what stands was published after a release.
func (d *differ) late(r *release, now *obs.Version) bool {
	return now != nil && now.Published.After(d.instant(&r.statement))
}

// meet asks how much stands of the series that the batch names first.
func (d *differ) meet(ctx context.Context) error {
	var codes []string
	for i := range d.batch {
		code := d.batch[i].named.code
		if d.series[code] == nil {
			d.series[code] = &touched{Touch: Touch{Series: code}, nature: d.natureOf(&d.batch[i].named.key)}
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return nil
	}
	counts, err := d.store.Standing(ctx, codes)
	if err != nil {
		return err
	}
	for i, code := range codes {
		d.series[code].standing = counts[i]
	}
	return nil
}

func (d *differ) of(r *release) *touched { return d.series[r.named.code] }

// natureOf returns whether the numbers of a series are percentages.
func (d *differ) natureOf(key *series.Key) diff.Nature {
	if key.IsClaim() {
		return diff.Percentage
	}
	code, _ := d.labels.Current(catalog.Units, key.Unit)
	if unit, known := d.labels.Unit(code); known && unit.Kind == catalog.Percent {
		return diff.Percentage
	}
	return diff.Amount
}

// preceding asks the store for the versions before the releases of the batch
// that want one, at the instants that they want.
func (d *differ) preceding(ctx context.Context, wants func(*release) (time.Time, bool)) (map[*release]*obs.Version, error) {
	var asks []Ask
	var askers []*release
	for i := range d.batch {
		s := &d.batch[i]
		if at, wanted := wants(s); wanted {
			asks, askers = append(asks, Ask{s.named.code, s.Period, at}), append(askers, s)
		}
	}
	if len(asks) == 0 {
		return nil, nil
	}
	found, err := d.store.Preceding(ctx, asks)
	if err != nil {
		return nil, err
	}
	versions := make(map[*release]*obs.Version, len(found))
	for i, v := range found {
		if v != nil {
			versions[askers[i]] = v
		}
	}
	return versions, nil
}

// compare counts one release against what precedes it, in the store or the
// file, and the last one of a figure against what stands now.
func (d *differ) compare(r *release, now, stored *obs.Version) {
	t := d.of(r)
	if d.late(r, now) {
		d.sum.Late++
	}
	var before *obs.Observation
	if stored != nil {
		before = &stored.Observation
	}
	if r.earlier != nil && (before == nil || !before.Published.After(orAt(r.earlier.Published, d.until))) {
		before = r.earlier
	}
	change := diff.Compare(figureOf(before), figureOf(&r.Observation))
	d.sum.Counts.Add(change.Kind)
	t.Counts.Add(change.Kind)
	if change.Kind != diff.New && change.Kind != diff.Unchanged {
		d.show(r, before, change.Percent(t.nature))
	}
	if r.Withdrawn && before == nil {
		d.unfounded(&r.statement)
	}
	if r.last {
		d.settle(t, r, now)
	}
}

// settle counts a figure once: as it stands now against as it would stand.
func (d *differ) settle(t *touched, r *release, now *obs.Version) {
	switch {
	case now == nil:
		d.sum.Figures.Add(diff.New)
		return
	case d.late(r, now):
		d.sum.Figures.Add(diff.Unchanged)
	default:
		d.sum.Figures.Add(diff.Compare(figureOf(&now.Observation), figureOf(&r.Observation)).Kind)
		d.noteCoarser(r, &now.Observation)
	}
	t.met++
}

func figureOf(o *obs.Observation) *diff.Figure {
	if o == nil {
		return nil
	}
	figure := diff.Of(o)
	return &figure
}

// orAt is an instant, and at where it is none.
func orAt(instant, at time.Time) time.Time {
	if instant.IsZero() {
		return at
	}
	return instant
}

// show keeps a revision for the report: the largest ones.
func (d *differ) show(r *release, from *obs.Observation, percent string) {
	to := &r.Observation
	c := ranked{Change: Change{Series: r.named.code, Period: r.Period.String(), Line: r.line, Percent: percent}}
	switch {
	case hasNumber(to):
		c.Multiplier = to.Value.Multiplier()
	case hasNumber(from):
		c.Multiplier = from.Value.Multiplier()
	}
	c.From, c.To = shown(from, c.Multiplier), shown(to, c.Multiplier)
	if hasNumber(from) && hasNumber(to) && !from.Value.IsZero() {
		earlier := from.Value.Rat()
		change := new(big.Rat).Sub(to.Value.Rat(), earlier)
		c.size = change.Abs(change.Quo(change, earlier))
	}
	d.shown = append(d.shown, c)
	if len(d.shown) >= 2*maxShown {
		d.cut()
	}
}

func hasNumber(o *obs.Observation) bool {
	return !o.Withdrawn && (o.State == obs.Present || o.State == obs.Nil)
}

// shown is a number at the multiplier, and else what was said instead.
func shown(o *obs.Observation, multiplier int) string {
	if hasNumber(o) {
		return o.Value.At(multiplier).Text()
	}
	return said(o.State, o.Value, o.Text, o.Withdrawn)
}

// cut sorts the revisions, those without a number first, then the largest, and
// keeps what is shown.
func (d *differ) cut() {
	slices.SortStableFunc(d.shown, func(a, b ranked) int {
		switch {
		case a.size == nil || b.size == nil:
			return cmp.Or(cmp.Compare(known(a.size), known(b.size)), cmp.Compare(a.Line, b.Line))
		default:
			return cmp.Or(b.size.Cmp(a.size), cmp.Compare(a.Line, b.Line))
		}
	})
	d.shown = d.shown[:min(len(d.shown), maxShown)]
}

func known(size *big.Rat) int {
	if size == nil {
		return 0
	}
	return 1
}

// finish returns the difference of everything that was added.
func (d *differ) finish(ctx context.Context) (*Difference, error) {
	if err := d.flush(ctx); err != nil {
		return nil, err
	}
	d.cut()
	sum := d.sum
	sum.Revisions, sum.Series = []Change{}, []Touch{}
	for _, c := range d.shown {
		sum.Revisions = append(sum.Revisions, c.Change)
	}
	codes := make([]string, 0, len(d.series))
	for code := range d.series {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		t := d.series[code]
		t.Kept = max(0, t.standing-t.met)
		sum.Kept += t.Kept
		if len(sum.Series) < maxShown {
			sum.Series = append(sum.Series, t.Touch)
		}
	}
	sum.SeriesAll = len(codes)
	return &sum, nil
}
