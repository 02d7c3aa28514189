package store

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// Moment reports whether some visible change made the point. The contract is
// that of query.Store.
func (s *Store) Moment(ctx context.Context, at vintage.Point) (bool, error) {
	now, err := s.Now(ctx)
	if err != nil || at != vintage.At(at.Published, at.Recorded) || at.Recorded.After(now) {
		return false, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var made int
	err = s.row(ctx, "moment", args{"recorded": s.dialect.instant(at.Recorded), "now": s.dialect.instant(now)}, &made)
	return made > 0, failure(ctx, err)
}

// NewestChange returns the instant of the newest change that was visible at an
// instant. The contract is that of query.Store.
func (s *Store) NewestChange(ctx context.Context, until time.Time) (time.Time, error) {
	now, err := s.Now(ctx)
	if err != nil {
		return time.Time{}, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	var instant any
	err = s.row(ctx, "newest_change", args{"until": s.dialect.instant(until), "now": s.dialect.instant(now)}, &instant)
	return asInstant(instant), failure(ctx, err)
}

// Preceding returns what is in force at each ask's instant of publication. The
// contract is that of ingest.Store.
func (s *Store) Preceding(ctx context.Context, asks []ingest.Ask) ([]*obs.Version, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	k, err := s.newest(ctx)
	if err != nil {
		return nil, err
	}
	found := make([]*obs.Version, len(asks))
	rows := make([][]any, 0, len(asks))
	places := make([]int, 0, len(asks))
	for i, ask := range asks {
		if one, ok := k.seriesByCode(ask.Code); ok {
			at := ask.PublishedAt
			if at.IsZero() {
				at = later(s.clock(), k.recorded)
			}
			rows = append(rows, []any{one.ID, ask.Period.End().String(), ask.Period.Start().String(), at.UnixMicro()})
			places = append(places, i)
		}
	}
	if len(rows) == 0 {
		return found, nil
	}
	reader := newVersionReader(k, 1, 0)
	err = s.each(ctx, "preceding", args{"asks": jsonText(rows), "change": k.head.Change}, func(rows *sqlx.Rows) error {
		if err := reader.scan(rows); err != nil {
			return err
		}
		version := &obs.Version{}
		found[places[asInt(reader.cells[0])]] = version
		return reader.read(1, version)
	})
	return found, err
}

// newest returns what is known, brought forward where the database says more.
func (s *Store) newest(ctx context.Context) (*knowledge, error) {
	news, err := s.newerRevision(ctx)
	if err == nil && news {
		err = s.learn(ctx)
	}
	return s.known.Load(), err
}

// Standing returns how many periods have a version in force for each series
// code. The contract is that of ingest.Store.
func (s *Store) Standing(ctx context.Context, codes []string) ([]int, error) {
	now, err := s.Now(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	counts := map[string]int{}
	err = s.each(ctx, "standing_periods", args{"codes": s.dialect.list(codes), "now": s.dialect.instant(now)}, func(rows *sqlx.Rows) error {
		var code string
		var count int
		err := rows.Scan(&code, &count)
		counts[code] = count
		return err
	})
	list := make([]int, len(codes))
	for i, code := range codes {
		list[i] = counts[code]
	}
	return list, err
}
