package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// Finding is a rule that the database does not keep.
type Finding struct {
	Where string `json:"where"` // the table, and which row where it is one
	What  string `json:"what"`  // what stands there and what was expected
}

// findingsShown is how many findings of one kind are listed.
const findingsShown = 100

// Verify checks that the database keeps its own rules and returns where it
// does not: the engine's own check, the triggers, references, the order of
// revisions and how many rows each states, the hashes of originals, every
// superseded_at, computed anew from the plain rule, and every value whose cell
// was kept and is a plain number. It reads one snapshot of all tables and
// changes nothing. Progress is told in rows.
func (s *Store) Verify(ctx context.Context, progress func(done, total int)) ([]Finding, error) {
	v := verification{s: s, progress: progress}
	err := s.snapshot(ctx, func(t *sqlx.Tx) error {
		v.t = t
		for _, check := range []func(context.Context) error{
			v.count, v.engine, v.triggers, v.references, v.revisions, v.sizes, v.originals,
			func(ctx context.Context) error { return v.versions(ctx, observations) },
			func(ctx context.Context) error { return v.versions(ctx, rates) },
		} {
			if err := check(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return v.findings, err
}

// verification is a Verify on its way.
type verification struct {
	s           *Store
	t           *sqlx.Tx
	progress    func(done, total int)
	done, total int
	findings    []Finding
	undone      map[int]bool
	publicIDs   map[int]string // of revisions
}

func (v *verification) found(where, format string, args ...any) {
	if len(v.findings) < findingsShown {
		v.findings = append(v.findings, Finding{where, fmt.Sprintf(format, args...)})
	}
}

// step tells of progress now and then.
func (v *verification) step() {
	v.done++
	if v.done%1000 == 0 || v.done == v.total {
		v.progress(v.done, v.total)
	}
}

func (v *verification) query(ctx context.Context, name string, read func(*sqlx.Rows) error) error {
	rows, err := v.t.QueryxContext(ctx, v.s.texts[name])
	if err != nil {
		return err
	}
	return drain(rows, read)
}

func (v *verification) count(ctx context.Context) error {
	return v.t.QueryRowxContext(ctx, v.s.texts["verify_total"]).Scan(&v.total)
}

// engine asks SQLite to check its file; PostgreSQL has no such question.
func (v *verification) engine(ctx context.Context) error {
	if v.s.dialect.engine != migrations.SQLite {
		return nil
	}
	rows, err := v.t.QueryxContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return err
	}
	return drain(rows, func(rows *sqlx.Rows) error {
		var said string
		err := rows.Scan(&said)
		if err == nil && said != "ok" {
			v.found("the file", "%s", said)
		}
		return err
	})
}

// triggers looks for the guards that keep rows from being changed.
func (v *verification) triggers(ctx context.Context) error {
	present := map[string]bool{}
	query := "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
	if v.s.dialect.engine == migrations.Postgres {
		query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgname"
	}
	rows, err := v.t.QueryxContext(ctx, query)
	if err != nil {
		return err
	}
	err = drain(rows, func(rows *sqlx.Rows) error {
		var name string
		err := rows.Scan(&name)
		present[name] = true
		return err
	})
	for _, table := range wholeTables() {
		for _, guard := range []string{"_is_kept", "_is_unchanged"} {
			if err == nil && !present[table.name+guard] {
				v.found(table.name, "the trigger %s%s is gone", table.name, guard)
			}
		}
	}
	return err
}

func (v *verification) references(ctx context.Context) error {
	return v.query(ctx, "verify_references", func(rows *sqlx.Rows) error {
		var where string
		var count int
		err := rows.Scan(&where, &count)
		if err == nil && count > 0 {
			v.found(where, "%d rows refer to what is not there", count)
		}
		return err
	})
}

// revisions checks that numbers have no gap, that they and the instants of
// recording grow together, and that visibility follows from both.
func (v *verification) revisions(ctx context.Context) error {
	v.undone, v.publicIDs = map[int]bool{}, map[int]string{}
	var last int64
	var before time.Time
	visible := map[int64]time.Time{}
	return v.query(ctx, "verify_revisions", func(rows *sqlx.Rows) error {
		var id int64
		var publicID string
		var at, until, from, target any
		if err := rows.Scan(&id, &publicID, &at, &until, &from, &target); err != nil {
			return err
		}
		where := "revision " + publicID
		v.publicIDs[int(id)] = publicID
		recorded, seen := asInstant(at), asInstant(from)
		if id != last+1 || !recorded.After(before) {
			v.found(where, "is number %d, out of order after number %d", id, last)
		}
		want := vintage.Effective(recorded, asInstant(until), recorded)
		if target != nil {
			v.undone[int(asInt(target))] = true
			want = recorded
			if visible[asInt(target)].After(recorded) {
				want = vintage.Forever
			}
		}
		if !seen.Equal(want) {
			v.found(where, "becomes visible at %s, expected %s", seen.Format(time.RFC3339Nano), want.Format(time.RFC3339Nano))
		}
		last, before, visible[id] = id, recorded, seen
		return nil
	})
}

func (v *verification) sizes(ctx context.Context) error {
	return v.query(ctx, "verify_sizes", func(rows *sqlx.Rows) error {
		var id string
		var said, there int64
		err := rows.Scan(&id, &said, &there)
		if err == nil {
			v.found("revision "+id, "states %d rows and has %d", said, there)
		}
		return err
	})
}

// originals hashes every kept file. The chunks come one by one.
func (v *verification) originals(ctx context.Context) error {
	type file struct {
		sha  string
		size int64
	}
	var files []file
	err := v.query(ctx, "verify_files", func(rows *sqlx.Rows) error {
		var f file
		err := rows.Scan(&f.sha, &f.size)
		files = append(files, f)
		return err
	})
	for _, f := range files {
		if err != nil {
			return err
		}
		hash, size := sha256.New(), int64(0)
		for n := 1; ; n++ {
			body, there, reading := v.chunk(ctx, f.sha, n)
			if err = reading; err != nil || !there {
				break
			}
			hash.Write(body)
			size += int64(len(body))
		}
		if sum := hex.EncodeToString(hash.Sum(nil)); err == nil && (sum != f.sha || size != f.size) {
			v.found("file "+f.sha, "%d bytes of %d that hash to %s", size, f.size, sum)
		}
		v.step()
	}
	return err
}

func (v *verification) chunk(ctx context.Context, sha string, n int) (body []byte, there bool, err error) {
	statement, err := v.s.read.statement(ctx, v.s.texts["file_chunk"])
	if err != nil {
		return nil, false, err
	}
	rows, err := v.t.NamedStmtContext(ctx, statement).QueryxContext(ctx, args{"sha256": sha, "n": n})
	if err != nil {
		return nil, false, err
	}
	err = drain(rows, func(rows *sqlx.Rows) error {
		there = true
		return rows.Scan(&body)
	})
	return body, there, err
}
