package query

import (
	"context"
	"time"

	"bellwether/internal/diff"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// RateVersion is one stored version of a rate.
type RateVersion struct {
	fx.Rate
	Revision   string // the public id of the revision that states it
	RecordedAt time.Time
	UndoneAt   time.Time // when its revision was undone; zero: it stands
}

// view says which versions count: those of a point, without one revision where
// that is named.
type view struct {
	at      vintage.Point
	without string
}

func (w view) counts(s *saying) bool {
	return w.at.Sees(s.published, s.recorded) && (s.undone.IsZero() || s.undone.After(w.at.Recorded)) && s.revision != w.without
}

// saying is what one version says.
type saying struct {
	figure                      diff.Figure
	revision                    string
	published, recorded, undone time.Time
}

// place is what a figure or a rate is of: a series, or a rate whose value does
// not count, and the period.
type place struct {
	series *obs.Series
	rate   fx.Rate
	period period.Period
}

func (p *place) same(other *place) bool {
	if p.series != nil || other.series != nil {
		return p.series == other.series && p.period == other.period
	}
	a, b := &p.rate, &other.rate
	return a.Feed == b.Feed && a.Base == b.Base && a.Quote == b.Quote && a.Kind == b.Kind && p.period == other.period
}

// pair is what one place says in two views; nil where nothing stands.
type pair struct {
	place
	before, after *saying
}

func (p *pair) change() diff.Change {
	var before, after *diff.Figure
	if p.before != nil {
		before = &p.before.figure
	}
	if p.after != nil {
		after = &p.after.figure
	}
	return diff.Compare(before, after)
}

// pairing walks versions in the order of the store and hands over each place
// with what counts last on either side.
type pairing struct {
	before, after view
	each          func(*pair)

	held        pair
	any         bool
	left, right saying // what held points to
}

func (w *pairing) take(at place, said saying) {
	if w.any && !w.held.same(&at) {
		w.flush()
	}
	if !w.any {
		w.held, w.any = pair{place: at}, true
	}
	if w.before.counts(&said) {
		w.left = said
		w.held.before = &w.left
	}
	if w.after.counts(&said) {
		w.right = said
		w.held.after = &w.right
	}
}

func (w *pairing) flush() {
	if w.any && (w.held.before != nil || w.held.after != nil) {
		w.each(&w.held)
	}
	w.any = false
}

// pairs hands over everything that a revision, or the one that it undoes,
// states something of, as two views have it.
func (s *Service) pairs(ctx context.Context, id string, before, after view, each func(*pair)) error {
	walk := &pairing{before: before, after: after, each: each}
	until := before.at
	if after.at.Recorded.After(until.Recorded) {
		until = after.at
	}
	err := s.store.Stated(ctx, id, until, func(v *obs.Version, undone time.Time) error {
		walk.take(place{series: v.Series, period: v.Period}, saying{
			figure: diff.Of(&v.Observation), revision: v.Revision, published: v.Published, recorded: v.RecordedAt, undone: undone,
		})
		return nil
	})
	if err != nil {
		return err
	}
	walk.flush()
	err = s.store.StatedRates(ctx, id, until, func(r *RateVersion) error {
		walk.take(place{rate: r.Rate, period: r.Period}, saying{
			figure: diff.Figure{Value: r.Value}, revision: r.Revision, published: r.PublishedAt, recorded: r.RecordedAt, undone: r.UndoneAt,
		})
		return nil
	})
	if err != nil {
		return err
	}
	walk.flush()
	return nil
}
