package store

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bellwether/internal/fault"
	"bellwether/migrations"
)

// opening turns a failure to open a database into a fault for the one who named
// it: it names the place, never the password, and what to do. Faults of a
// database that is open name no place, for readers see them.
func (p place) opening(err error) error {
	if err == nil {
		return nil
	}
	e := fault.From(err)
	switch e.Code {
	case fault.DiskFull:
		return p.says(e, "the disk of %s is full", p.name()).Expect("room on it")
	case fault.DatabaseReadOnly:
		return p.says(e, "%s takes no writing", p.name()).
			Expect("a database that this user may write to, on a disk that may be written to, and that is no standby")
	case fault.DatabaseDamaged:
		if isSQLite(err, sqlite3.SQLITE_NOTADB) {
			return notADatabase(p, err)
		}
		return p.says(e, "%s is damaged", p.name()).Expect("a backup restored into a new database")
	case fault.DatabaseUnknown:
		return p.says(e, "the server %s has no database %q", p.server, p.database).Expect("the name of one, or createdb %s", p.database)
	case fault.DatabaseLogin:
		return p.says(e, "the server %s does not let the user %q in", p.server, p.user).
			Expect("a user of the server in the URL, and the right password there or in PGPASSWORD")
	case fault.DatabaseForbidden:
		return p.says(e, "the user %q lacks a right that is needed in %s", p.user, p.name()).
			Expect("the owner of the tables, or a user to whom it granted reading and writing")
	case fault.DatabaseUnavailable:
		return p.unreached(e)
	}
	if unsaid := pq.As(err, undefinedSetting, invalidSetting); unsaid != nil {
		return fault.Wrap(err, fault.Invalid, fault.DatabaseInvalid, "the server %s takes a setting of the URL for none: %s", p.server, unsaid.Message).
			Expect("settings that PostgreSQL knows")
	}
	return err
}

// The SQLSTATEs of a setting that there is not, and of a value that it cannot
// have.
const (
	undefinedSetting = "42704"
	invalidSetting   = "22023"
)

// unreached says why a place does not answer.
func (p place) unreached(e *fault.Error) error {
	var unnamed *net.DNSError
	switch {
	case isSQLite(e, sqlite3.SQLITE_CANTOPEN):
		return fault.Wrap(e, fault.Invalid, fault.DatabaseInvalid, "%s cannot be opened", p.name()).
			Expect("a file in a directory that is there, both of which this user may read and write to")
	case unencrypted(e):
		return fault.Wrap(e, fault.Invalid, fault.DatabaseInvalid, "the server %s gives no encryption that can be trusted", p.server).
			Expect("a server with a certificate that is known here, or another sslmode in the URL: sslmode=disable where the network is safe")
	case errors.As(e, &unnamed):
		return p.says(e, "the host of %s is not known", p.server).Expect("another host, or a name service that knows it")
	case p.engine == migrations.Postgres && lost(e):
		return p.says(e, "no PostgreSQL answers at %s", p.server).Expect("a server that runs there, or another host and port")
	}
	return e
}

// says replaces the words of a fault.
func (p place) says(e *fault.Error, format string, args ...any) *fault.Error {
	told := *e
	told.Detail = fmt.Sprintf(format, args...)
	return &told
}

// name is what people call the place.
func (p place) name() string {
	if p.engine == migrations.Postgres {
		return fmt.Sprintf("the database %q on the server %s", p.database, p.server)
	}
	return "the file " + p.file
}

func isSQLite(err error, code int) bool {
	var fromSQLite *sqlite.Error
	return errors.As(err, &fromSQLite) && fromSQLite.Code()&0xff == code
}

func notADatabase(p place, err error) error {
	return fault.Wrap(err, fault.Refused, fault.NotADatabase, "%s holds something else than a database of this service", p.name()).
		Expect("another place")
}

// unclaimed refuses a database without a schema of this service in which there
// are tables already: in a file any, on a server those of the same names.
func (s *Store) unclaimed(ctx context.Context) error {
	var tables int
	query := "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'goose_db_version'"
	var names []any
	if s.dialect.engine == migrations.Postgres {
		query = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA AND table_name = ANY($1)"
		var list []string
		for _, table := range wholeTables() {
			list = append(list, table.name)
		}
		names = append(names, s.dialect.list(list))
	}
	if err := s.read.QueryRowxContext(ctx, query, names...).Scan(&tables); err != nil {
		return failure(ctx, err)
	}
	if tables > 0 {
		return notADatabase(s.place, nil)
	}
	return nil
}
