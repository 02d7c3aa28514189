package query

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// targetReader puts the answer about targets together in two reads: of the
// targets with all their versions, and of the actual figures as every answer of
// rows tells them.
type targetReader struct {
	service *Service
	moment  Moment
	ask     TargetsAsk
	words   *catalog.Catalog
	zone    *time.Location

	entries []targetEntry
	actuals map[string]*actualLine // by code
}

// targetEntry is one statement of a target and the series that it is measured
// by.
type targetEntry struct {
	name    string // of the figure
	target  obs.Version
	inForce bool
	actual  *actualLine // nil where there is none
}

// actualLine is what is needed of a series of actual figures.
type actualLine struct {
	series  obs.Series
	lengths []period.Length // those of the targets
	figures []obs.Version   // of those lengths, and of the base; by end
	newest  *obs.Version    // of any length
	growth  *LatestGrowth
	grewEnd period.Date // of the period of growth
}

// readTargets reads every statement of the targets.
func (r *targetReader) readTargets(ctx context.Context, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	var versions []obs.Version
	err := r.service.store.Versions(ctx, Selection{Codes: codes}, r.moment.Point, func(v *obs.Version) error {
		if n := len(versions); n > 0 && (versions[n-1].Period != v.Period || versions[n-1].Series.Code != v.Series.Code) {
			r.add(versions)
			versions = versions[:0]
		}
		kept := *v
		own := *v.Series
		kept.Series = &own
		versions = append(versions, kept)
		return nil
	})
	if err == nil && len(versions) > 0 {
		r.add(versions)
	}
	return err
}

// add takes the versions of one target, in the order of publication: the one in
// force, and of every other source the last word that says something else. What
// was withdrawn takes what it withdrew along.
func (r *targetReader) add(versions []obs.Version) {
	first := len(r.entries)
	for i := len(versions) - 1; i >= 0; i-- {
		v := versions[i]
		inForce := i == len(versions)-1
		if v.Withdrawn && !inForce {
			return
		}
		said := func(e targetEntry) bool { return e.target.Source == v.Source || sameFigure(&e.target, &v) }
		if inForce || !slices.ContainsFunc(r.entries[first:], said) {
			r.entries = append(r.entries, targetEntry{name: figureName(&v.Series.Key), target: v, inForce: inForce})
		}
		if v.Withdrawn {
			return
		}
	}
}

func sameFigure(a, b *obs.Version) bool {
	return a.State == b.State && a.Withdrawn == b.Withdrawn && (!hasValue(a) || a.Value.Equal(b.Value))
}

// pair finds for every statement the series that it is measured by.
func (r *targetReader) pair(all []obs.Coverage) {
	r.actuals = map[string]*actualLine{}
	if len(r.entries) == 0 {
		return
	}
	byName := r.actualByName(all)
	var paired []targetEntry
	for _, e := range r.entries {
		measures := r.measures(e.target.Series, byName[e.name])
		if len(measures) == 0 {
			paired = append(paired, e)
		}
		for _, s := range measures {
			e.actual = r.line(s)
			if length := e.target.Period.Length(); !slices.Contains(e.actual.lengths, length) {
				e.actual.lengths = append(e.actual.lengths, length)
			}
			paired = append(paired, e)
		}
	}
	r.entries = paired
}

// actualByName returns the actual series of the figures that targets are set
// for.
func (r *targetReader) actualByName(all []obs.Coverage) map[string][]*obs.Series {
	byName := map[string][]*obs.Series{}
	for i := range r.entries {
		byName[r.entries[i].name] = nil
	}
	for i := range all {
		s := all[i].Series
		if s.Key.Scenario != series.Actual {
			continue
		}
		name := figureName(&s.Key)
		if list, asked := byName[name]; asked {
			byName[name] = append(list, s)
		}
	}
	return byName
}

// measures chooses among the actual series of a figure: those in the unit of the
// target, else all; that of the target's dataset first.
func (r *targetReader) measures(target *obs.Series, actual []*obs.Series) []*obs.Series {
	unit := metaOf(r.words, target).unit
	var own []*obs.Series
	for _, s := range actual {
		if metaOf(r.words, s).unit == unit {
			own = append(own, s)
		}
	}
	if len(own) == 0 {
		own = slices.Clone(actual)
	}
	slices.SortStableFunc(own, func(a, b *obs.Series) int { return away(target, a) - away(target, b) })
	return own
}

// away counts in how many ways an actual series is not the target's own.
func away(target, actual *obs.Series) int {
	n := 0
	if actual.Key.Dataset != target.Key.Dataset {
		n += 2
	}
	if actual.Key.Unit != target.Key.Unit {
		n++
	}
	return n
}

func (r *targetReader) line(s *obs.Series) *actualLine {
	l := r.actuals[s.Code]
	if l == nil {
		l = &actualLine{series: *s}
		r.actuals[s.Code] = l
	}
	return l
}

// readActuals reads the actual figures that the targets are measured by.
func (r *targetReader) readActuals(ctx context.Context) error {
	if len(r.actuals) == 0 {
		return nil
	}
	var codes []string
	for code := range r.actuals {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	q := Question{Filter: Filter{Series: codes}, View: View{Lang: r.ask.Lang}}
	a, err := r.service.newAnswer(ctx, r.moment, q, Selection{Codes: codes}, &actualSink{r})
	if err != nil {
		return err
	}
	return a.across(ctx)
}

// actualSink keeps of rows what targets are measured by.
type actualSink struct{ *targetReader }

func (s *actualSink) Begin(Head) error { return nil }

func (s *actualSink) Row(row *Row) error {
	l := s.actuals[row.Version.Series.Code]
	if l == nil {
		return nil
	}
	v := *row.Version
	v.Series = &l.series
	l.newest = &v
	if v.Period == s.ask.Base || slices.Contains(l.lengths, v.Period.Length()) {
		l.figures = append(l.figures, v)
	}
	if (row.HasReported || row.HasComputed) && v.Period.End() > l.grewEnd {
		l.grewEnd = v.Period.End()
		l.growth = newLatestGrowth(row, s.ask.Lang)
	}
	return nil
}

func (s *actualSink) End(Tail) error { return nil }

func newLatestGrowth(row *Row, lang string) *LatestGrowth {
	g := &LatestGrowth{Period: row.Version.Period.String(), Label: row.Version.Period.Label(lang), Check: Text(row.Check)}
	if row.HasReported {
		g.Reported = Number(row.Reported.Text())
	}
	if row.HasComputed {
		g.Computed = Number(row.Computed.Text())
	}
	return g
}

// current returns the figure that a target of the period is measured by: that of
// the period itself, else of those before it the newest of the same length with
// a value, else the newest of the same length; nil where none has the length.
// passed says that a later period has a value and the target's own has none:
// nothing measures the target then.
func (l *actualLine) current(goal period.Period) (best *obs.Version, passed bool) {
	for i := range l.figures {
		v := &l.figures[i]
		switch {
		case v.Period.Length() != goal.Length():
		case v.Period == goal && hasValue(v):
			return v, false
		case v.Period.End() > goal.End():
			passed = passed || hasValue(v)
		case hasValue(v) || best == nil || !hasValue(best):
			best = v
		}
	}
	return best, passed
}

// base returns the figure that the road to a target is measured from: that of
// the period which was asked for, else the earliest of the target's length
// with a value before the current one. Nil where there is none.
func (l *actualLine) base(asked period.Period, current *obs.Version) *obs.Version {
	for i := range l.figures {
		v := &l.figures[i]
		switch {
		case v.Period == asked:
			return v
		case asked.IsZero() && hasValue(v) && v.Period.Length() == current.Period.Length() && v.Period.Start() < current.Period.Start():
			return v
		}
	}
	return nil
}
