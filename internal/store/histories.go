package store

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// Series returns every stored series. The contract is that of ingest.Store.
func (s *Store) Series(ctx context.Context) ([]*obs.Series, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	k, err := s.newest(ctx)
	if err != nil {
		return nil, failure(ctx, err)
	}
	return slices.Clone(k.series), nil
}

// Histories calls each with the versions of families that stand within days
// and count until an instant. The contract is that of ingest.Store.
func (s *Store) Histories(ctx context.Context, families []string, first, last period.Date, until time.Time, each func(*obs.Version) error) error {
	now, err := s.Now(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	at := vintage.At(until, now)
	return s.asking(ctx, now, func(k *knowledge) error {
		return s.scanStanding(ctx, k, at, each, func(into args) string {
			c := conditions{d: s.dialect, args: into}
			c.among("s.family", "families", "TEXT", families)
			c.add("o.end_date > :first")
			c.add("o.start_date < :last")
			c.args["first"], c.args["last"] = first.String(), last.String()
			return c.text.String()
		})
	})
}
