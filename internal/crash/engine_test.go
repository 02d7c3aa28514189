package crash

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// phase is how far an import is.
type phase int

// The phases of an import, in their order.
const (
	reading      phase = iota // and checking: nothing is written
	storing                   // in the transaction
	stored                    // behind the commit, while nobody knows of it yet
	acknowledged              // it has ended by itself
)

func (p phase) String() string {
	return [...]string{"reading", "storing", "stored", "acknowledged"}[p]
}

// engine makes databases, sees how far an import into one is, and crashes.
type engine interface {
	blank(t *testing.T) testdb.DB
	copy(t *testing.T, of testdb.DB) testdb.DB

	// watch returns a look at the import into a database that begins now. It
	// tells the phases until stored.
	watch(t *testing.T, db testdb.DB) (look func() phase)

	// crash ends the process or takes the database from it. It returns when
	// the database can be opened again.
	crash(t *testing.T, importing *child)

	// tables is the statement that lists the tables.
	tables() string
}

// sqliteEngine crashes by the end of the process that has the file open.
type sqliteEngine struct{}

func (sqliteEngine) blank(t *testing.T) testdb.DB { return testdb.Blank(t, migrations.SQLite) }

func (e sqliteEngine) copy(t *testing.T, of testdb.DB) testdb.DB {
	t.Helper()
	if size(t, of.File()+"-wal") != 0 {
		t.Fatal("the database that is copied was not closed")
	}
	bytes, err := os.ReadFile(of.File())
	if err != nil {
		t.Fatal(err)
	}
	db := e.blank(t)
	if err := os.WriteFile(db.File(), bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return db
}

// watch looks at the files: who writes holds a lock, and what is committed goes
// into the database itself, which grows.
func (sqliteEngine) watch(t *testing.T, db testdb.DB) func() phase {
	before, seen := size(t, db.File()), reading
	return func() phase {
		switch {
		case size(t, db.File()) != before:
			seen = stored
		case locked(t, db.File()+"-shm"):
			seen = max(seen, storing)
		}
		return seen
	}
}

// writeLock is the byte of the shared file that the one who writes locks,
// WAL_WRITE_LOCK of "WAL-mode File Format" in SQLite's documentation.
const writeLock = 120

// locked reports whether another process holds the lock.
func locked(t *testing.T, shared string) bool {
	file, err := os.Open(shared)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	if err != nil {
		t.Error(err)
		return false
	}
	defer file.Close()
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart, Start: writeLock, Len: 1}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_GETLK, &lock); err != nil {
		t.Error(err)
		return false
	}
	return lock.Type != syscall.F_UNLCK
}

func (sqliteEngine) crash(_ *testing.T, importing *child) { importing.kill() }

func (sqliteEngine) tables() string {
	return `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
}

// size is that of a file, 0 where there is none.
func size(t *testing.T, path string) int64 {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		t.Error(err)
		return 0
	}
	return info.Size()
}

// postgresEngine crashes by the end of the server.
type postgresEngine struct{ cluster *testdb.Cluster }

func (e postgresEngine) blank(t *testing.T) testdb.DB { return e.cluster.Blank(t) }

func (e postgresEngine) copy(t *testing.T, of testdb.DB) testdb.DB { return e.cluster.Copy(t, of) }

// watch asks for what others see of a transaction: the pages that it has
// taken, and in the end the revision.
func (postgresEngine) watch(t *testing.T, db testdb.DB) func() phase {
	raw := db.Raw(t)
	raw.SetMaxOpenConns(1)
	ask := func() (pages int64, revisions int) {
		row := raw.QueryRow(`SELECT pg_total_relation_size('file_chunk'), (SELECT COUNT(*) FROM revision)`)
		if err := row.Scan(&pages, &revisions); err != nil {
			t.Errorf("watch the import: %v", err)
		}
		return pages, revisions
	}
	pages, revisions := ask()
	return func() phase {
		switch p, r := ask(); {
		case r != revisions:
			return stored
		case p != pages:
			return storing
		}
		return reading
	}
}

func (e postgresEngine) crash(t *testing.T, _ *child) {
	e.cluster.StopImmediately(t)
	e.cluster.Start(t)
}

func (postgresEngine) tables() string {
	return `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`
}

// count returns how many rows each table has. What the audit knows is not
// counted: whether a request that was cut off stands there is no matter.
func count(t *testing.T, e engine, db testdb.DB) map[string]int {
	t.Helper()
	raw := db.Raw(t)
	defer raw.Close()
	rows := map[string]int{}
	for _, table := range names(t, raw, e.tables()) {
		var n int
		if err := raw.QueryRow(`SELECT COUNT(*) FROM ` + table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		rows[table] = n
	}
	delete(rows, "audit")
	return rows
}

func names(t *testing.T, raw *sql.DB, statement string) []string {
	t.Helper()
	rows, err := raw.QueryContext(context.Background(), statement)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		list = append(list, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
