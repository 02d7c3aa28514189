package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// live fills a store with all that happens in a life and returns every point
// at which something became visible.
func (f *fixture) live() []vintage.Point {
	f.Helper()
	var points []vintage.Point
	f.publishOneOfEverything()
	points = append(points, f.now())
	f.clock.Set(day(2))
	wrong := f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "119.00"), entry("gdp.cn.usd", "2013", "19.2"))
	points = append(points, f.now())
	f.publish(day(4), entry("gdp.cn.cny", "2013", "120"))
	f.clock.Set(day(3))
	if _, err := f.Undo(f.Context(), wrong.ID, "clerk", "wrong"); err != nil {
		f.Fatal(err)
	}
	points = append(points, f.now())
	kept := f.keep(strings.Repeat("kept ", 300_000), `{"state":"refused"}`)
	if kept.State != obs.Refused {
		f.Fatal("the import is not refused")
	}
	f.clock.Set(day(5))
	return append(points, f.now())
}

// answers is everything that a store answers at the points.
func (f *fixture) answers(points []vintage.Point) string {
	f.Helper()
	var text strings.Builder
	for _, at := range points {
		fmt.Fprintln(&text, vintage.Token(at), f.collect(f.Scan, query.Selection{}, at), f.collect(f.Versions, query.Selection{}, at), f.rates(at))
		list, total, err := f.Revisions(f.Context(), at, "", 100)
		fmt.Fprintln(&text, list, total, err)
		covered, err := f.Coverage(f.Context(), query.Selection{}, at)
		for _, c := range covered {
			fmt.Fprintln(&text, c.Series.Code, c.Series.Multiplier, c.Spans, err)
		}
	}
	imports, err := f.Imports(f.Context(), 100, "")
	fmt.Fprintln(&text, imports, err)
	for _, one := range imports {
		var original bytes.Buffer
		err := f.Original(f.Context(), one.ID, &original)
		fmt.Fprintln(&text, original.Len(), original.String(), err)
	}
	keys, err := f.Keys(f.Context())
	fmt.Fprintln(&text, keys, err)
	log, err := f.AuditLog(f.Context(), obs.AuditAsk{Limit: 100})
	fmt.Fprintln(&text, log, err)
	return text.String()
}

func open(t testing.TB, db testdb.DB, now time.Time) *fixture {
	t.Helper()
	c := &clock{now: now}
	s, err := store.Open(t.Context(), store.Options{DSN: db.DSN, Clock: c.Now})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return &fixture{Store: s, TB: t, clock: c, db: db}
}

func silent(int, int) {}

func TestACopyAnswersTheSame(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		points := f.live()
		want := f.answers(points)
		for _, engine := range testdb.Engines(t) {
			target := testdb.Blank(t, engine)
			last := 0
			err := store.Copy(t.Context(), store.Options{DSN: f.db.DSN}, store.Options{DSN: target.DSN}, func(done, total int) {
				if done > total {
					t.Errorf("progress %d of %d", done, total)
				}
				last = done
			})
			if err != nil || last == 0 {
				t.Fatalf("Copy to %s = %v after %d rows", engine, err, last)
			}
			copied := open(t, target, day(5))
			if got := copied.answers(points); got != want {
				t.Errorf("the copy on %s answers\n%s\nwant\n%s", engine, got, want)
			}
			copied.clock.Set(day(6))
			copied.publish(time.Time{}, entry("gdp.cn.cny", "2014", "1")) // it goes on
			copied.checkSound()
			if err := copied.Audit(t.Context(), obs.AuditEntry{Action: "go.on"}); err != nil {
				t.Errorf("Audit in the copy: %v", err)
			}
			err = store.Copy(t.Context(), store.Options{DSN: f.db.DSN}, store.Options{DSN: target.DSN}, silent)
			wantFault(t, "Copy into a database that is not empty", err, fault.Conflict, fault.DatabaseNotEmpty)
		}
	})
}

func TestABackupIsWrittenWhileTheDatabaseIsOpen(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		points := f.live()
		want := f.answers(points)
		file := filepath.Join(t.TempDir(), "backup.db")
		options := store.Options{DSN: f.db.DSN, Clock: f.clock.Now}
		if err := store.Backup(t.Context(), options, file, silent); err != nil {
			t.Fatalf("Backup: %v", err)
		}
		back := open(t, testdb.DB{Engine: migrations.SQLite, DSN: "sqlite:" + file}, day(5))
		if got := back.answers(points); got != want {
			t.Errorf("the backup answers\n%s\nwant\n%s", got, want)
		}
		back.Close()
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Backup(t.Context(), options, file, silent)
		wantFault(t, "Backup over a file", err, fault.Conflict, fault.BackupExists)
		if after, err := os.ReadFile(file); err != nil || !slices.Equal(before, after) {
			t.Error("the file that was there was changed")
		}
		left, err := filepath.Glob(filepath.Join(filepath.Dir(file), ".*"))
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	for name, tamper := range map[string]func(testdb.DB) []string{
		"superseded_at": func(db testdb.DB) []string {
			at := map[migrations.Engine]string{migrations.SQLite: "superseded_at - 1", migrations.Postgres: "now()"}[db.Engine]
			return []string{`UPDATE observation SET superseded_at = ` + at + ` WHERE revision = (SELECT MIN(revision) FROM observation)`}
		},
		"a value in the original": func(db testdb.DB) []string {
			return append(dropped(db, "file_chunk"), `UPDATE file_chunk SET body = substr(body, 2)`)
		},
		"a row": func(db testdb.DB) []string {
			return append(dropped(db, "observation"), `DELETE FROM observation WHERE revision = (SELECT MAX(revision) FROM observation)`)
		},
		"an instant of visibility": func(db testdb.DB) []string {
			kinds := `UPDATE revision SET visible_at = recorded_at, embargo = NULL WHERE kind = 'undo' OR embargo IS NOT NULL`
			return append(dropped(db, "revision"), kinds)
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, f *fixture) {
				f.live()
				hidden := f.publish(day(9), entry("gdp.cn.cny", "2015", "1"))
				if _, err := f.Undo(t.Context(), hidden.ID, "clerk", ""); err != nil {
					t.Fatal(err)
				}
				f.checkSound()
				raw := f.db.Raw(t)
				for _, statement := range tamper(f.db) {
					if _, err := raw.Exec(statement); err != nil {
						t.Fatalf("%s: %v", statement, err)
					}
				}
				findings, err := f.Verify(t.Context(), silent)
				if err != nil || len(findings) == 0 {
					t.Errorf("Verify = %v, %v, want a finding", findings, err)
				}
			})
		})
	}
}

// dropped takes a table's guards away.
func dropped(db testdb.DB, table string) []string {
	var list []string
	for _, guard := range []string{"_is_kept", "_is_unchanged"} {
		statement := "DROP TRIGGER " + table + guard
		if db.Engine == migrations.Postgres {
			statement += " ON " + table
		}
		list = append(list, statement)
	}
	return list
}
