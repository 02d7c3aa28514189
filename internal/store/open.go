package store

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	_ "modernc.org/sqlite" // the driver of SQLite

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/migrations"
)

// SchemaVersion is the newest step of the schema that this version knows.
const SchemaVersion = 6

// Open opens a database that is there and of this version's schema. It never
// creates or migrates one. Faults: database_not_created of kind NotFound,
// schema_newer and schema_older of kind Conflict, not_a_database of kind
// Refused, database_invalid, database_damaged, and Unavailable for one that
// does not answer; they name the place.
func Open(ctx context.Context, options Options) (*Store, error) {
	s, err := connect(options, false)
	if err != nil {
		return nil, err
	}
	err = s.prepare(ctx)
	if err == nil {
		err = s.start(ctx)
	}
	if err != nil {
		s.Close()
		return nil, s.place.opening(err)
	}
	return s, nil
}

// Create opens the database and, where that is needed, creates it or brings
// its schema forward. A new database is bound to the office; a zone or
// currency that differs from a bound one is a fault office_differs of kind
// Conflict, an empty one agrees with any. What the catalogue says that the
// stored one does not is recorded as a catalogue revision.
func Create(ctx context.Context, options Options, office obs.Office, words *catalog.Catalog) (*Store, error) {
	s, err := connect(options, true)
	if err != nil {
		return nil, err
	}
	if err := s.create(ctx, office, words); err != nil {
		s.Close()
		return nil, s.place.opening(err)
	}
	return s, nil
}

func (s *Store) create(ctx context.Context, office obs.Office, words *catalog.Catalog) error {
	if _, _, err := s.migrate(ctx); err != nil {
		return err
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	if err := s.bind(ctx, office); err != nil {
		return err
	}
	if err := s.start(ctx); err != nil {
		return err
	}
	return s.recordCatalog(ctx, words)
}

// Migrate creates the database or brings its schema forward, and returns the
// step that it stood at and the one that it stands at.
func Migrate(ctx context.Context, options Options) (from, to int, err error) {
	s, err := connect(options, true)
	if err != nil {
		return 0, 0, err
	}
	defer s.Close()
	from, to, err = s.migrate(ctx)
	return from, to, s.place.opening(err)
}

// connect makes the pools; nothing is asked of the database yet.
func connect(options Options, create bool) (*Store, error) {
	at, err := parseDSN(options.DSN)
	if err != nil {
		return nil, err
	}
	s := &Store{options: options.withDefaults(), place: at, turn: make(chan struct{}, 1)}
	s.known.Store(&knowledge{})
	if at.engine == migrations.Postgres {
		s.dialect = postgresDialect
		s.read, err = openPostgres(&s.place, s.options.MaxConns)
		s.write = s.read
	} else {
		s.dialect = sqliteDialect
		s.read, s.write, err = openSQLite(at, s.options.MaxConns, create)
	}
	if err != nil {
		return nil, err
	}
	s.texts, err = loadStatements(s.dialect)
	return s, err
}

func (s *Store) migrate(ctx context.Context) (from, to int, err error) {
	current, newest, err := migrations.Versions(ctx, s.dialect.engine, s.write.DB.DB)
	switch {
	case err != nil:
		return 0, 0, failure(ctx, err)
	case current > newest:
		return int(current), int(newest), newer(current, newest)
	case current == newest:
		return int(current), int(newest), nil
	case current == 0:
		if err := s.unclaimed(ctx); err != nil {
			return 0, 0, err
		}
	}
	first, last, err := migrations.Up(ctx, s.dialect.engine, s.write.DB.DB)
	return int(first), int(last), failure(ctx, err)
}

// prepare checks the schema and prepares every statement.
func (s *Store) prepare(ctx context.Context) error {
	current, newest, err := migrations.Versions(ctx, s.dialect.engine, s.read.DB.DB)
	switch {
	case err != nil:
		return failure(ctx, err)
	case current == 0:
		if err := s.unclaimed(ctx); err != nil {
			return err
		}
		return notCreated()
	case current > newest:
		return newer(current, newest)
	case current < newest:
		return fault.New(fault.Conflict, fault.SchemaOlder, "the database is at schema %d and this version needs %d", current, newest).
			Expect("a backup, then the command migrate")
	}
	for _, p := range s.pools() {
		if err := p.prepareAll(ctx, s.texts); err != nil {
			return failure(ctx, err)
		}
	}
	return nil
}

// start learns what is stored.
func (s *Store) start(ctx context.Context) error {
	if err := s.row(ctx, "office", args{}, &s.office.Zone, &s.office.Currency); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return notCreated()
		}
		return failure(ctx, err)
	}
	return s.learn(ctx)
}

func (s *Store) pools() []*pool {
	if s.write == s.read {
		return []*pool{s.read}
	}
	return []*pool{s.read, s.write}
}

// bind stores the office of a new database and holds it against that of one
// that is bound, which takes no writing.
func (s *Store) bind(ctx context.Context, office obs.Office) error {
	var bound obs.Office
	err := s.row(ctx, "office", args{}, &bound.Zone, &bound.Currency)
	if errors.Is(err, sql.ErrNoRows) {
		if office.Zone == "" {
			office.Zone = "UTC"
		}
		return s.inTx(ctx, func(t *tx) error {
			return t.exec(ctx, "insert_office", args{"zone": office.Zone, "currency": office.Currency})
		})
	}
	switch {
	case err != nil:
		return failure(ctx, err)
	case office.Zone != "" && office.Zone != bound.Zone:
		return differs("time zone", office.Zone, bound.Zone)
	case office.Currency != "" && office.Currency != bound.Currency:
		return differs("currency", office.Currency, bound.Currency)
	}
	return nil
}

func differs(what, configured, bound string) error {
	return fault.New(fault.Conflict, fault.OfficeDiffers, "the configured %s is %q, and the database was created with %q", what, configured, bound).
		Expect("%q, or a new database", bound)
}

func notCreated() error {
	return fault.New(fault.NotFound, fault.DatabaseNotCreated, "there is no database of this service").
		Expect("the command serve or migrate, which create one")
}

func newer(current, newest int64) error {
	return fault.New(fault.Conflict, fault.SchemaNewer, "the database is at schema %d and this version knows schemas up to %d", current, newest).
		Expect("the version of the service that made the database, or a later one")
}

// openSQLite makes a pool that reads and the one connection that writes.
func openSQLite(at place, conns int, create bool) (read, write *pool, err error) {
	if _, err := os.Stat(at.file); errors.Is(err, os.ErrNotExist) && !create {
		return nil, nil, notCreated()
	}
	writer, err := sqlx.Open("sqlite", sqliteURL(at.file, "immediate")+"&_pragma=cache_size(-65536)")
	if err != nil {
		return nil, nil, fault.Wrap(err, fault.Invalid, fault.DatabaseInvalid, "the file of the database cannot be opened")
	}
	reader, err := sqlx.Open("sqlite", sqliteURL(at.file, "deferred")+"&_query_only=1")
	if err != nil {
		writer.Close()
		return nil, nil, fault.Wrap(err, fault.Invalid, fault.DatabaseInvalid, "the file of the database cannot be opened")
	}
	return newPool(reader, conns), newPool(writer, 1), nil
}

// sqliteURL sets on every connection what the rules rest on: waiting for a
// lock, foreign keys, a commit that survives a power cut, readers beside the
// writer, and triggers that see what REPLACE deletes.
func sqliteURL(file, lock string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?_txlock=" + lock +
		"&_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=recursive_triggers(1)&_dqs=0"
}

// openPostgres makes a pool and notes what the URL and the environment name.
func openPostgres(at *place, conns int) (*pool, error) {
	config, err := pq.NewConfig(at.url)
	if err != nil {
		return nil, invalidDSN("the URL of the database cannot be read: %s", strings.TrimPrefix(err.Error(), "pq: "))
	}
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, invalidDSN("the URL of the database cannot be used: %s", strings.TrimPrefix(err.Error(), "pq: "))
	}
	at.server = net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	at.database, at.user = config.Database, config.User
	return newPool(sqlx.NewDb(sql.OpenDB(connector), "postgres"), conns), nil
}
