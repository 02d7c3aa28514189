package store

import (
	"context"
	"crypto/tls"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"bellwether/internal/fault"
)

// How long a caller is told to wait.
const (
	retryBusy = time.Second
	retryLost = 5 * time.Second
	retrySeen = time.Minute
)

// theirs marks an error of the caller's own function, which is handed back as
// it is: a broken connection to a reader is not a lost database.
func theirs(err error) error {
	var marked *callerError
	if err == nil || errors.As(err, &marked) {
		return err
	}
	return &callerError{err}
}

type callerError struct{ error }

func (e *callerError) Unwrap() error { return e.error }

// failure turns an error of a driver into a fault. A fault, and an error that
// no driver made, stay what they are. What was cancelled by the caller keeps
// its context error inside.
func failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var caller *callerError
	if errors.As(err, &caller) {
		return caller.error
	}
	var known *fault.Error
	if errors.As(err, &known) {
		return err
	}
	if ctx.Err() != nil {
		return timeout(errors.Join(ctx.Err(), err))
	}
	var fromSQLite *sqlite.Error
	if errors.As(err, &fromSQLite) {
		return sqliteFailure(fromSQLite)
	}
	if fromPostgres := pq.As(err); fromPostgres != nil {
		return postgresFailure(fromPostgres)
	}
	if lost(err) || unencrypted(err) {
		return unavailable(err, retryLost, "the database is lost")
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return timeout(err)
	}
	return err
}

// lost says that the connection broke or could not be made.
func lost(err error) bool {
	var network *net.OpError
	var number syscall.Errno
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.As(err, &network) || errors.As(err, &number)
}

// unencrypted says that client and server did not agree on encryption.
func unencrypted(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.Is(err, pq.ErrSSLNotSupported) || errors.As(err, &certificate)
}

func unavailable(err error, retry time.Duration, detail string) error {
	e := fault.Wrap(err, fault.Unavailable, fault.DatabaseUnavailable, "%s", detail).Expect("the same again, later")
	e.RetryAfter = retry
	return e
}

func timeout(err error) error {
	e := fault.Wrap(err, fault.Unavailable, fault.DatabaseTimeout, "the database took too long").Expect("the same again, later")
	e.RetryAfter = retryBusy
	return e
}

func internal(err error, detail string) error {
	return fault.Wrap(err, fault.Internal, fault.InternalError, "%s", detail)
}

// sqliteFailure goes by the primary result code, the low byte.
func sqliteFailure(err *sqlite.Error) error {
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return unavailable(err, retryBusy, busyWords)
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL:
		return unavailable(err, retryLost, "the database cannot be reached")
	case sqlite3.SQLITE_FULL:
		return diskFull(err)
	case sqlite3.SQLITE_READONLY:
		return readOnly(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damaged(err)
	case sqlite3.SQLITE_INTERRUPT:
		return timeout(err)
	}
	return internal(err, "the database refused a statement")
}

// postgresFailure goes by the SQLSTATE: 57014 is a statement that was
// cancelled, 57P01 to 57P05 a server that stops or starts, 40001 and 40P01
// transactions that got in each other's way, 55P03 a lock that was not had,
// 25006 a standby that was asked to write, 3D000 a database that is not there,
// 42501 a right that is lacking. The classes 08 and 58 are lost connections
// and failing disks, 53 lacking resources, 28 logins, XX damage.
func postgresFailure(err *pq.Error) error {
	state := string(err.Code)
	switch state {
	case "57014":
		return timeout(err)
	case "57P01", "57P02", "57P03", "57P05":
		return unavailable(err, retryLost, "the database stops or starts")
	case "40001", "40P01", "55P03":
		return unavailable(err, retryBusy, busyWords)
	case "53100":
		return diskFull(err)
	case "25006":
		return readOnly(err)
	case "3D000":
		return lacking(err, fault.DatabaseUnknown, "the database is not there")
	case "42501":
		return fault.Wrap(err, fault.Internal, fault.DatabaseForbidden, "the user of the database lacks a right that the service needs").
			Expect("the owner of the tables to grant it")
	case "XX001", "XX002":
		return damaged(err)
	}
	switch {
	case strings.HasPrefix(state, "08"), strings.HasPrefix(state, "58"):
		return unavailable(err, retryLost, "the database is lost")
	case strings.HasPrefix(state, "53"):
		return unavailable(err, retryBusy, "the database has too much to do")
	case strings.HasPrefix(state, "28"):
		return lacking(err, fault.DatabaseLogin, "the database does not let the service in")
	}
	return internal(err, "the database refused a statement")
}

// busyWords say that others hold what is needed.
const busyWords = "the database is busy with what others store"

// waiting is failure for one who waits for a turn to write: what runs out then
// is the waiting, and not the work.
func waiting(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return unavailable(errors.Join(ctx.Err(), err), retryBusy, busyWords)
	}
	return failure(ctx, err)
}

func diskFull(err error) error {
	return lacking(err, fault.DiskFull, "the disk of the database is full")
}

func readOnly(err error) error {
	return lacking(err, fault.DatabaseReadOnly, "the database takes no writing")
}

func damaged(err error) error {
	return fault.Wrap(err, fault.Internal, fault.DatabaseDamaged, "the database is damaged").
		Expect("a backup restored into a new database")
}

// lacking is for what comes back when somebody has seen to it.
func lacking(err error, code fault.Code, detail string) error {
	e := fault.Wrap(err, fault.Unavailable, code, "%s", detail).Expect("the same again, when the database was seen to")
	e.RetryAfter = retrySeen
	return e
}
