package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// knowledge is what a node keeps in memory: the newest change, and the rows
// that observations refer to by number. Those are never changed once they are
// stored, and numbers count up without gaps, so a later knowledge only adds to
// an earlier one and readers of the earlier one are not disturbed.
type knowledge struct {
	head      obs.Head
	recorded  time.Time // of the newest revision
	revisions []revisionRef
	catalogs  []int64 // the numbers of catalogue revisions
	rates     []ratesChange
	series    []*obs.Series
	sources   []obs.Source
	codes     map[string]int64     // of series
	names     map[obs.Source]int64 // of sources
}

// revisionRef is what a version says of the revision that stored it.
type revisionRef struct {
	publicID string
	recorded time.Time
}

func (k *knowledge) seriesByCode(code string) (*obs.Series, bool) {
	id, ok := k.codes[code]
	if !ok {
		return nil, false
	}
	return k.series[id-1], true
}

// catalogAt returns the number of the newest catalogue revision that was
// recorded until an instant, 0 where there is none. A catalogue has no
// embargo: it is visible when it is recorded.
func (k *knowledge) catalogAt(recorded time.Time) int64 {
	for _, number := range slices.Backward(k.catalogs) {
		if !k.revisions[number-1].recorded.After(recorded) {
			return number
		}
	}
	return 0
}

// Head returns the newest change that is visible now. While a watch runs it is
// answered from memory.
func (s *Store) Head(ctx context.Context) (obs.Head, error) {
	k, err := s.current(ctx)
	if err != nil {
		return obs.Head{}, err
	}
	return k.head, nil
}

// current returns what is known, fresh: from memory while a watch runs and
// until something more becomes visible.
func (s *Store) current(ctx context.Context) (*knowledge, error) {
	k := s.known.Load()
	due := !k.head.Next.IsZero() && !s.clock().Before(k.head.Next)
	if s.watched.Load() && !due {
		return k, nil
	}
	if err := s.learn(ctx); err != nil {
		return nil, err
	}
	return s.known.Load(), nil
}

// Now returns the later of the clock and the newest recorded instant.
func (s *Store) Now(ctx context.Context) (time.Time, error) {
	k, err := s.current(ctx)
	if err != nil {
		return time.Time{}, err
	}
	return later(vintage.Micros(s.clock()), k.recorded), nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// learn brings what is known forward to what is stored now.
func (s *Store) learn(ctx context.Context) error {
	s.learning.Lock()
	defer s.learning.Unlock()
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	old := s.known.Load()
	next := *old
	err := s.snapshot(ctx, func(t *sqlx.Tx) error {
		var change int64
		var recorded any
		err := s.rowIn(ctx, t, "newest_revision", args{}, &change, &recorded)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		next.head.Change, next.recorded = change, asInstant(recorded)
		if change != old.head.Change {
			if err := s.learnRows(ctx, t, &next); err != nil {
				return err
			}
		}
		now := s.dialect.instant(later(vintage.Micros(s.clock()), next.recorded))
		var instant, coming any
		err = s.rowIn(ctx, t, "head", args{"now": now}, &instant, &coming)
		next.head.Instant, next.head.Next = asInstant(instant), asInstant(coming)
		return err
	})
	if err == nil {
		s.known.Store(&next)
	}
	return err
}

func (s *Store) rowIn(ctx context.Context, t *sqlx.Tx, name string, arguments args, into ...any) error {
	statement, err := s.read.statement(ctx, s.texts[name])
	if err != nil {
		return err
	}
	return t.NamedStmtContext(ctx, statement).QueryRowxContext(ctx, arguments).Scan(into...)
}

// learnRows adds the revisions, series and sources that came since.
func (s *Store) learnRows(ctx context.Context, t *sqlx.Tx, k *knowledge) error {
	err := s.eachAfter(ctx, t, "revisions_after", len(k.revisions), func(rows *sqlx.Rows, id *int64) error {
		var ref revisionRef
		var kind obs.RevisionKind
		var recorded, rates any
		err := rows.Scan(id, &ref.publicID, &kind, &recorded, &rates)
		ref.recorded = asInstant(recorded)
		k.revisions = append(k.revisions, ref)
		if kind == obs.ByCatalog {
			k.catalogs = append(k.catalogs, *id)
		}
		if rates != nil {
			k.changeRates(*id, asInstant(rates))
		}
		return err
	})
	if err != nil {
		return err
	}
	codes, names := map[string]int64{}, map[obs.Source]int64{}
	err = s.eachAfter(ctx, t, "series_after", len(k.series), func(rows *sqlx.Rows, id *int64) error {
		one := &obs.Series{}
		if err := rows.Scan(id, &one.Code, &one.Multiplier); err != nil {
			return err
		}
		key, err := series.Parse(one.Code)
		one.ID, one.Key = *id, key
		k.series = append(k.series, one)
		codes[one.Code] = *id
		return err
	})
	if err != nil {
		return err
	}
	err = s.eachAfter(ctx, t, "sources_after", len(k.sources), func(rows *sqlx.Rows, id *int64) error {
		var source obs.Source
		err := rows.Scan(id, &source.Name, &source.URL)
		k.sources = append(k.sources, source)
		names[source] = *id
		return err
	})
	k.codes, k.names = extended(k.codes, codes), extended(k.names, names)
	return err
}

// extended returns old with what was added. Readers of old are not disturbed.
func extended[K comparable](old, added map[K]int64) map[K]int64 {
	if len(added) == 0 {
		return old
	}
	all := make(map[K]int64, len(old)+len(added))
	maps.Copy(all, old)
	maps.Copy(all, added)
	return all
}

// eachAfter reads the rows with a number above known and checks that numbers
// have no gap, for a number is a place in memory.
func (s *Store) eachAfter(ctx context.Context, t *sqlx.Tx, name string, known int, read func(*sqlx.Rows, *int64) error) error {
	statement, err := s.read.statement(ctx, s.texts[name])
	if err != nil {
		return err
	}
	rows, err := t.NamedStmtContext(ctx, statement).QueryxContext(ctx, args{"id": known})
	if err != nil {
		return err
	}
	next := int64(known)
	return drain(rows, func(rows *sqlx.Rows) error {
		next++
		var id int64
		if err := read(rows, &id); err != nil {
			return err
		}
		if id != next {
			return internal(nil, "the database lacks a number that it gave")
		}
		return nil
	})
}
