package store

import (
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/migrations"
)

// Options say how a database is opened.
type Options struct {
	// DSN is sqlite:FILE or a postgres:// URL. A URL without sslmode asks for
	// encryption unless it names a unix socket.
	DSN string

	// Clock tells the time; nil is the clock of the machine.
	Clock func() time.Time

	// Log takes what nobody can be told: a watch that was lost and came back.
	// Nil discards it.
	Log *slog.Logger

	// MaxConns bounds the connections that read at the same time; 0 is 16, and
	// fewer than 3 are 3.
	MaxConns int

	// QueryTimeout bounds every read; 0 leaves it to the caller's context.
	// Writing is bounded by the caller's context only.
	QueryTimeout time.Duration
}

const (
	defaultConns = 16
	leastConns   = 3 // one writes, one watches, one reads
)

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxConns < 1 {
		o.MaxConns = defaultConns
	}
	o.MaxConns = max(o.MaxConns, leastConns)
	return o
}

// place is a DSN taken apart.
type place struct {
	engine migrations.Engine
	file   string // of SQLite
	url    string // of PostgreSQL

	// What the URL and the environment of PostgreSQL name, for people.
	server, database, user string
}

// parseDSN reads sqlite:FILE and postgres://…; a relative file is made
// absolute, so that a later change of directory does not move it.
func parseDSN(dsn string) (place, error) {
	if file, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		return sqlitePlace(file)
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return postgresPlace(dsn)
	}
	return place{}, invalidDSN("the database is neither sqlite:FILE nor a postgres:// URL")
}

func sqlitePlace(file string) (place, error) {
	if file == "" || strings.HasPrefix(file, ":memory:") || strings.ContainsAny(file, "?#\x00") {
		return place{}, invalidDSN("the database sqlite:%s names no file", fault.Clip(file))
	}
	absolute, err := filepath.Abs(file)
	if err != nil {
		return place{}, fault.Wrap(err, fault.Invalid, fault.DatabaseInvalid, "the file of the database cannot be found")
	}
	return place{engine: migrations.SQLite, file: absolute}, nil
}

// postgresPlace adds what every session needs: a stated sslmode, an end to
// waiting for a connection, and UTC. The driver itself asks for ISO dates.
func postgresPlace(dsn string) (place, error) {
	u, err := url.Parse(dsn)
	if err != nil {
		// The parser's error quotes the URL, and a URL may hold a password.
		return place{}, invalidDSN("the database is not a URL that can be read")
	}
	settings := u.Query()
	if !settings.Has("sslmode") {
		mode := "require"
		if u.Hostname() == "" || strings.HasPrefix(settings.Get("host"), "/") {
			mode = "disable"
		}
		settings.Set("sslmode", mode)
	}
	if !settings.Has("connect_timeout") {
		settings.Set("connect_timeout", "5")
	}
	settings.Set("TimeZone", "UTC")
	u.RawQuery = settings.Encode()
	return place{engine: migrations.Postgres, url: u.String()}, nil
}

func invalidDSN(format string, args ...any) error {
	return fault.New(fault.Invalid, fault.DatabaseInvalid, format, args...).
		Expect("sqlite:figures.db or postgres://user@host/figures")
}
