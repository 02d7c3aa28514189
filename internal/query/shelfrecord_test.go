package query_test

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

func (s *shelf) RevisionsSince(_ context.Context, at vintage.Point, since time.Time, after string, limit int) ([]obs.Revision, int, error) {
	var visible []obs.Revision
	for _, r := range s.revisions {
		if r.VisibleAt.After(since) && !r.VisibleAt.After(at.Published) {
			visible = append(visible, r)
		}
	}
	total := len(visible)
	if after != "" {
		i := slices.IndexFunc(visible, func(r obs.Revision) bool { return r.ID == after })
		visible = visible[i+1:]
	}
	return visible[:min(limit, len(visible))], total, nil
}

// Stated hands over every version; nothing on a shelf is undone.
func (s *shelf) Stated(_ context.Context, id string, at vintage.Point, each func(*obs.Version, time.Time) error) error {
	s.alone()
	type place struct {
		series *obs.Series
		period period.Period
	}
	stated := map[place]bool{}
	for _, v := range s.versions {
		if v.Revision == id {
			stated[place{v.Series, v.Period}] = true
		}
	}
	all := slices.DeleteFunc(s.visible(query.Selection{}, at), func(v obs.Version) bool { return !stated[place{v.Series, v.Period}] })
	return s.each(all, func(v *obs.Version) error { return each(v, time.Time{}) })
}

// StatedRates hands over nothing: no revision on a shelf states rates.
func (s *shelf) StatedRates(context.Context, string, vintage.Point, func(*query.RateVersion) error) error {
	return nil
}

func (s *shelf) Recorded(_ context.Context, id string) (obs.Revision, error) {
	for _, r := range s.revisions {
		if r.ID == id {
			return r, nil
		}
	}
	return obs.Revision{}, fault.New(fault.NotFound, fault.UnknownRevision, "no revision is %s", id)
}

func (s *shelf) Undoable(ctx context.Context, id string) (obs.Revision, error) {
	return s.Recorded(ctx, id)
}

func (s *shelf) Datasets(context.Context, string) ([]string, error) { return []string{"main"}, nil }
