package store

import (
	"context"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// picking returns the conditions of what is read and adds their arguments.
type picking func(into args) string

func (s *Store) picking(sel query.Selection) picking {
	return func(into args) string { return where(s.dialect, sel, into) }
}

// Scan calls each with the version in force of every selected series and
// period at the point. The contract is that of query.Store.
func (s *Store) Scan(ctx context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	return s.scan(ctx, at, each, s.picking(sel))
}

func (s *Store) scan(ctx context.Context, at vintage.Point, each func(*obs.Version) error, pick picking) error {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	at = vintage.At(at.Published, at.Recorded)
	return s.asking(ctx, at.Recorded, func(k *knowledge) error {
		if at.Recorded.Equal(k.head.Instant) {
			done, err := s.scanInForce(ctx, k, at.Published, each, pick)
			if done || err != nil {
				return err
			}
		}
		last := lastOfEach{each: each}
		if err := s.scanStanding(ctx, k, at, last.take, pick); err != nil {
			return err
		}
		return last.flush()
	})
}

// Versions calls each with every selected version that stands and is visible
// at the point. The contract is that of query.Store.
func (s *Store) Versions(ctx context.Context, sel query.Selection, at vintage.Point, each func(*obs.Version) error) error {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	at = vintage.At(at.Published, at.Recorded)
	pick := s.picking(sel)
	if sel.Newest > 0 && s.dialect.seeks {
		pick = s.pickingNewest(sel)
	}
	return s.asking(ctx, at.Recorded, func(k *knowledge) error {
		return s.scanStanding(ctx, k, at, each, pick)
	})
}

// scanInForce reads by superseded_at. It reports false, with nothing handed
// on, when the database has moved on from what is known, or when no row came
// that could tell.
func (s *Store) scanInForce(ctx context.Context, k *knowledge, published time.Time, each func(*obs.Version) error, pick picking) (bool, error) {
	arguments := args{"published": s.dialect.instant(published)}
	rows, err := s.queryText(ctx, s.selecting("in_force", pick, arguments), arguments)
	if err != nil {
		return false, err
	}
	reader := newVersionReader(k, 0, 1)
	var version obs.Version
	agreed := false
	err = drain(rows, func(rows *sqlx.Rows) error {
		if err := reader.scan(rows); err != nil {
			return err
		}
		if !agreed && asInt(reader.cells[versionColumns]) != k.head.Change {
			return errMovedOn
		}
		agreed = true
		if err := reader.read(0, &version); err != nil {
			return err
		}
		return theirs(each(&version))
	})
	if err == errMovedOn {
		return false, nil
	}
	return agreed, err
}

// scanStanding reads every version that stands and is visible at the point.
func (s *Store) scanStanding(ctx context.Context, k *knowledge, at vintage.Point, each func(*obs.Version) error, pick picking) error {
	arguments := args{
		"published": s.dialect.instant(at.Published),
		"recorded":  s.dialect.instant(at.Recorded),
		"change":    k.head.Change,
	}
	rows, err := s.queryText(ctx, s.selecting("standing", pick, arguments), arguments)
	if err != nil {
		return err
	}
	reader := newVersionReader(k, 0, 0)
	var version obs.Version
	return drain(rows, func(rows *sqlx.Rows) error {
		if err := reader.scan(rows); err != nil {
			return err
		}
		if err := reader.read(0, &version); err != nil {
			return err
		}
		return theirs(each(&version))
	})
}

// selecting puts the conditions of what is read into a statement.
func (s *Store) selecting(name string, pick picking, arguments args) string {
	return strings.Replace(s.texts[name], selectionMark, pick(arguments), 1)
}

// lastOfEach hands on the last of the versions of each series and period.
type lastOfEach struct {
	each func(*obs.Version) error
	held obs.Version
	any  bool
}

func (l *lastOfEach) take(v *obs.Version) error {
	if l.any && (v.Series != l.held.Series || v.Period != l.held.Period) {
		if err := l.each(&l.held); err != nil {
			return theirs(err)
		}
	}
	l.held, l.any = *v, true
	return nil
}

func (l *lastOfEach) flush() error {
	if !l.any {
		return nil
	}
	return theirs(l.each(&l.held))
}
