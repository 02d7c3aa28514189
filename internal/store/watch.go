package store

import (
	"context"
	"time"

	"github.com/lib/pq"

	"bellwether/migrations"
)

const (
	watchEvery = 250 * time.Millisecond
	channel    = "bellwether" // that publishing notifies on PostgreSQL
)

// Watch keeps what is known fresh until ctx ends, so that Head is answered
// from memory: it looks every 250 ms whether another process wrote, and on
// PostgreSQL is also told. While the database cannot be watched, Head asks it.
// A node's own writes are known when they return.
func (s *Store) Watch(ctx context.Context) {
	defer s.watched.Store(false)
	for ctx.Err() == nil {
		if err := s.watch(ctx); err != nil && ctx.Err() == nil {
			s.options.Log.WarnContext(ctx, "the database is not watched", "error", err)
		}
		s.watched.Store(false)
		if pause(ctx, watchEvery) != nil {
			return
		}
	}
}

// watch looks until something fails.
func (s *Store) watch(ctx context.Context) error {
	changed, told, stop, err := s.sentry(ctx)
	if err != nil {
		return err
	}
	defer stop()
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		// What came before the sentry stood is learnt first.
		news, err := changed(ctx)
		if err == nil && (news || !s.watched.Load()) {
			err = s.learn(ctx)
		}
		if err != nil {
			return err
		}
		s.watched.Store(true)
		select {
		case <-ctx.Done():
			return nil
		case <-told:
		case <-ticker.C:
		}
	}
}

// sentry returns a function that says whether something was written since it
// was last asked, a channel that may say so earlier, and how to stop.
func (s *Store) sentry(ctx context.Context) (changed func(context.Context) (bool, error), told <-chan *pq.Notification, stop func(), err error) {
	if s.dialect.engine == migrations.Postgres {
		listener := pq.NewListener(s.place.url, watchEvery, 20*watchEvery, nil)
		if err := listener.Listen(channel); err != nil {
			listener.Close()
			return nil, nil, nil, failure(ctx, err)
		}
		// A nil notification says that the connection was lost meanwhile; like
		// any other it leads to the question what is newest.
		return s.newerRevision, listener.Notify, func() { listener.Close() }, nil
	}
	connection, err := s.read.Connx(ctx)
	if err != nil {
		return nil, nil, nil, failure(ctx, err)
	}
	seen := int64(-1)
	changed = func(ctx context.Context) (bool, error) {
		var version int64
		err := connection.QueryRowxContext(ctx, "PRAGMA data_version").Scan(&version)
		news := version != seen
		seen = version
		return news, failure(ctx, err)
	}
	return changed, nil, func() { connection.Close() }, nil
}

// newerRevision asks whether there is a revision that is not known.
func (s *Store) newerRevision(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, watchTimeout)
	defer cancel()
	var id int64
	var recorded any
	if err := s.row(ctx, "newest_revision", args{}, &id, &recorded); err != nil {
		return false, failure(ctx, err)
	}
	return id != s.known.Load().head.Change, nil
}

const watchTimeout = 5 * time.Second
