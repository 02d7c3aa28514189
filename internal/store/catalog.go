package store

import (
	"bytes"
	"context"
	"database/sql"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// catalogCache keeps the catalogues that were built, by the number of the
// revision that made them. Catalogues change seldom; only a few are kept.
type catalogCache struct {
	mu   sync.Mutex
	made map[int64]*catalog.Catalog
}

const catalogsKept = 8

func (c *catalogCache) get(revision int64) *catalog.Catalog {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.made[revision]
}

func (c *catalogCache) put(revision int64, made *catalog.Catalog) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil || len(c.made) >= catalogsKept {
		c.made = map[int64]*catalog.Catalog{}
	}
	c.made[revision] = made
}

// Catalog returns the catalogue as it stood at the point. The contract is that
// of query.Store. While a watch runs it takes no statement.
func (s *Store) Catalog(ctx context.Context, at vintage.Point) (*catalog.Catalog, error) {
	var made *catalog.Catalog
	err := s.asking(ctx, at.Recorded, func(k *knowledge) (err error) {
		made, err = s.catalogOf(ctx, k.catalogAt(at.Recorded))
		return err
	})
	return made, err
}

// catalogOf returns the catalogue of a revision.
func (s *Store) catalogOf(ctx context.Context, revision int64) (*catalog.Catalog, error) {
	if made := s.catalogs.get(revision); made != nil {
		return made, nil
	}
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	stored, err := s.catalogEntries(ctx, revision)
	if err != nil {
		return nil, err
	}
	entries := make([]catalog.Entry, len(stored))
	for i, e := range stored {
		entries[i] = e.Entry
	}
	made, err := catalog.FromEntries(entries)
	if err == nil {
		s.catalogs.put(revision, made)
	}
	return made, err
}

// storedEntry is an entry and who recorded it; nobody for the service itself.
type storedEntry struct {
	catalog.Entry
	author string
}

// catalogEntries returns the newest version of every entry up to a revision.
func (s *Store) catalogEntries(ctx context.Context, revision int64) ([]storedEntry, error) {
	var entries []storedEntry
	err := s.each(ctx, "catalog_entries", args{"revision": revision}, func(rows *sqlx.Rows) error {
		var e storedEntry
		var body string
		err := rows.Scan(&e.Section, &e.Code, &body, &e.author)
		e.Body = []byte(body)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

// recordCatalog records what the service's own catalogue says and the stored
// one does not. An entry that the office recorded is the office's and stays.
func (s *Store) recordCatalog(ctx context.Context, words *catalog.Catalog) error {
	revision, err := s.catalogRevision(ctx, lastInstant)
	if err != nil {
		return err
	}
	stored, err := s.catalogEntries(ctx, revision)
	if err != nil {
		return err
	}
	news := unsaid(stored, words.Entries())
	if len(news) == 0 && revision > 0 {
		return nil
	}
	_, err = s.ExtendCatalog(ctx, news, "", "the catalogue of this version")
	return err
}

// unsaid returns the entries that are not stored, or that are stored otherwise
// by the service itself.
func unsaid(stored []storedEntry, entries []catalog.Entry) []catalog.Entry {
	known := make(map[entryKey]storedEntry, len(stored))
	for _, e := range stored {
		known[entryKey{e.Section, e.Code}] = e
	}
	var news []catalog.Entry
	for _, e := range entries {
		old, ok := known[entryKey{e.Section, e.Code}]
		if !ok || old.author == "" && !bytes.Equal(old.Body, e.Body) {
			news = append(news, e)
		}
	}
	return news
}

type entryKey struct {
	section catalog.Section
	code    string
}

// catalogRevision returns the number of the newest catalogue revision that was
// recorded until an instant, 0 where there is none.
func (s *Store) catalogRevision(ctx context.Context, recorded time.Time) (int64, error) {
	var revision sql.NullInt64
	err := s.row(ctx, "catalog_revision", args{"recorded": s.dialect.instant(recorded)}, &revision)
	return revision.Int64, failure(ctx, err)
}

// Newest returns the catalogue as it stands now.
func (s *Store) Newest(ctx context.Context) (*catalog.Catalog, error) {
	revision, err := s.catalogRevision(ctx, lastInstant)
	if err != nil {
		return nil, err
	}
	return s.catalogOf(ctx, revision)
}

// lastInstant is later than every recording.
var lastInstant = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// ExtendCatalog records entries as the next catalogue revision; each takes the
// place of the stored one with its section and code. What is not a catalogue
// together with what is stored is refused as package catalog says.
func (s *Store) ExtendCatalog(ctx context.Context, entries []catalog.Entry, by, message string) (obs.Revision, error) {
	revision := obs.Revision{ID: newID(), Kind: obs.ByCatalog, By: by, Message: message, Rows: len(entries)}
	err := s.inOrder(ctx, func(t *tx, last int64) error {
		stored, err := s.Newest(ctx)
		if err != nil {
			return err
		}
		if _, err := catalog.FromEntries(merged(stored.Entries(), entries)); err != nil {
			return err
		}
		revision.RecordedAt, revision.VisibleAt = t.now, t.now
		return t.insertCatalog(ctx, last+1, revision, entries)
	})
	return s.outcome(ctx, revision, err)
}

// merged returns the stored entries with those that are new or take a place.
func merged(stored, entries []catalog.Entry) []catalog.Entry {
	places := map[entryKey]int{}
	all := append([]catalog.Entry(nil), stored...)
	for i, e := range all {
		places[entryKey{e.Section, e.Code}] = i
	}
	for _, e := range entries {
		if i, ok := places[entryKey{e.Section, e.Code}]; ok {
			all[i] = e
			continue
		}
		all = append(all, e)
	}
	return all
}

func (t *tx) insertCatalog(ctx context.Context, number int64, r obs.Revision, entries []catalog.Entry) error {
	if err := t.insertRevision(ctx, number, r, time.Time{}, ""); err != nil {
		return err
	}
	rows := insertion{table: "catalog_entry", columns: []string{"section", "code", "revision", "body"}}
	for _, e := range entries {
		rows.add(string(e.Section), e.Code, number, string(e.Body))
	}
	if err := rows.flush(ctx, t); err != nil {
		return err
	}
	if err := t.exec(ctx, "insert_revision_size", args{"revision": number, "row_count": len(entries)}); err != nil {
		return err
	}
	return t.announce(ctx)
}
