package ingest

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

const (
	maxAsks  = 1000 // of one question to the store
	maxShown = 1000 // revisions and series in a report
)

// differ compares the statements of a file with what stands in the store.
type differ struct {
	store  Store
	until  time.Time // what stands is asked at this instant
	batch  []statement
	series map[string]*touched
	shown  []ranked
	sum    Difference

	withdrawals []withdrawal // of what does not stand
	rates       standingRates
}

// touched is what the file says about one series.
type touched struct {
	Touch
	standing int           // periods with a version in force
	met      int           // of those, periods that the file states
	last     period.Period // that was met
}

// ranked is a revision with its size.
type ranked struct {
	Change
	size *big.Rat // of the relative change; nil where there is none
}

func newDiffer(store Store, until time.Time) *differ {
	return &differ{store: store, until: until, series: map[string]*touched{}}
}

// add takes one statement; the store is asked for a thousand at once.
func (d *differ) add(ctx context.Context, s *statement) error {
	if d.store == nil {
		return nil
	}
	if s.rate != nil {
		return d.addRate(ctx, s)
	}
	d.batch = append(d.batch, *s)
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
	standing, err := d.preceding(ctx, func(s *statement) (time.Time, bool) { return d.until, d.of(s).standing > 0 })
	if err != nil {
		return err
	}
	older, err := d.preceding(ctx, func(s *statement) (time.Time, bool) {
		now := standing[s]
		return s.Published, now != nil && !s.Published.IsZero() && now.Published.After(s.Published)
	})
	if err != nil {
		return err
	}
	for i := range d.batch {
		s := &d.batch[i]
		now := standing[s]
		before := now
		if now != nil && !s.Published.IsZero() && now.Published.After(s.Published) {
			before = older[s]
			d.sum.Late++
		}
		d.compare(s, now != nil, before)
	}
	d.batch = d.batch[:0]
	return nil
}

// meet asks how much stands of the series that the batch names first.
func (d *differ) meet(ctx context.Context) error {
	var codes []string
	for i := range d.batch {
		code := d.batch[i].named.code
		if d.series[code] == nil {
			d.series[code] = &touched{Touch: Touch{Series: code}}
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

func (d *differ) of(s *statement) *touched { return d.series[s.named.code] }

// preceding asks the store for the versions before the statements of the batch
// that want one, at the instants that they want.
func (d *differ) preceding(ctx context.Context, wants func(*statement) (time.Time, bool)) (map[*statement]*obs.Version, error) {
	var asks []Ask
	var askers []*statement
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
	versions := make(map[*statement]*obs.Version, len(found))
	for i, v := range found {
		if v != nil {
			versions[askers[i]] = v
		}
	}
	return versions, nil
}

// compare counts one statement against the version before it.
func (d *differ) compare(s *statement, stands bool, before *obs.Version) {
	t := d.of(s)
	if stands && s.Period != t.last {
		t.met++
		t.last = s.Period
	}
	switch {
	case before == nil:
		d.sum.New++
		t.New++
	case agrees(s, before):
		d.sum.Unchanged++
		t.Unchanged++
	default:
		d.sum.Revised++
		t.Revised++
		d.show(s, before)
	}
	if s.Withdrawn {
		d.sum.Withdrawn++
		if before == nil {
			d.unfounded(s)
		}
	}
}

func agrees(s *statement, v *obs.Version) bool {
	return saying(&s.Observation).same(saying(&v.Observation))
}

// show keeps a revision for the report: the largest ones.
func (d *differ) show(s *statement, v *obs.Version) {
	from, to := &v.Observation, &s.Observation
	c := ranked{Change: Change{Series: s.named.code, Period: s.Period.String(), Line: s.line}}
	switch {
	case hasNumber(to):
		c.Multiplier = to.Value.Multiplier()
	case hasNumber(from):
		c.Multiplier = from.Value.Multiplier()
	}
	c.From, c.To = shown(from, c.Multiplier), shown(to, c.Multiplier)
	if s.State == obs.Present && v.State == obs.Present && !v.Value.IsZero() {
		earlier := v.Value.Rat()
		change := new(big.Rat).Sub(s.Value.Rat(), earlier)
		change.Mul(change, big.NewRat(100, 1)).Quo(change, earlier.Abs(earlier))
		c.Percent, c.size = figure.RoundHalfAway(change, 2), change.Abs(change)
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
