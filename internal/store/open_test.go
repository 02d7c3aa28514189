package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

func TestOpenNeverCreates(t *testing.T) {
	for _, engine := range testdb.Engines(t) {
		db := testdb.Blank(t, engine)
		_, err := store.Open(t.Context(), store.Options{DSN: db.DSN})
		wantFault(t, string(engine)+": Open", err, fault.NotFound, fault.DatabaseNotCreated)
		if engine == migrations.SQLite {
			if files, err := filepath.Glob(db.File() + "*"); err != nil || len(files) > 0 {
				t.Errorf("Open left %v", files)
			}
		}
		from, to, err := store.Migrate(t.Context(), store.Options{DSN: db.DSN})
		if err != nil || from != 0 || to != store.SchemaVersion {
			t.Errorf("%s: Migrate = %d, %d, %v, want 0, %d", engine, from, to, err, store.SchemaVersion)
		}
		_, err = store.Open(t.Context(), store.Options{DSN: db.DSN})
		wantFault(t, string(engine)+": Open without an office", err, fault.NotFound, fault.DatabaseNotCreated)
		if from, to, err = store.Migrate(t.Context(), store.Options{DSN: db.DSN}); err != nil || from != to {
			t.Errorf("%s: Migrate again = %d, %d, %v, want nothing to do", engine, from, to, err)
		}
		create(t, db).publishOneOfEverything()
	}
}

func TestAnotherSchemaIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, statement string
		code            fault.Code
	}{
		{"newer", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`, fault.SchemaNewer},
		{"older", `DELETE FROM goose_db_version WHERE version_id = 6`, fault.SchemaOlder},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, f *fixture) {
				f.Close()
				if _, err := f.db.Raw(t).Exec(c.statement); err != nil {
					t.Fatal(err)
				}
				_, err := store.Open(t.Context(), store.Options{DSN: f.db.DSN})
				wantFault(t, "Open", err, fault.Conflict, c.code)
				if c.code == fault.SchemaNewer {
					_, err = store.Create(t.Context(), store.Options{DSN: f.db.DSN}, obs.Office{}, words(t))
					wantFault(t, "Create", err, fault.Conflict, c.code)
				}
			})
		})
	}
}

func TestTheOfficeIsBound(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		for _, c := range []struct {
			office obs.Office
			good   bool
		}{
			{obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, true},
			{obs.Office{}, true},
			{obs.Office{Zone: "UTC"}, false},
			{obs.Office{Zone: "Asia/Shanghai", Currency: "EUR"}, false},
		} {
			s, err := store.Create(t.Context(), store.Options{DSN: f.db.DSN, Clock: f.clock.Now}, c.office, words(t))
			if c.good {
				if err != nil {
					t.Errorf("Create with %+v = %v, want it opened", c.office, err)
					continue
				}
				if got, err := s.Office(t.Context()); err != nil || got.Zone != "Asia/Shanghai" || got.Currency != "CNY" {
					t.Errorf("Office = %+v, %v", got, err)
				}
				s.Close()
				continue
			}
			wantFault(t, "Create with another office", err, fault.Conflict, fault.OfficeDiffers)
		}
		// Opening again records no catalogue a second time.
		if list, total, err := f.Revisions(t.Context(), f.now(), "", 10); err != nil || total != 1 {
			t.Errorf("Revisions = %v, %v, want the first catalogue alone", list, err)
		}
	})
}

func TestADatabaseHasToBeNamed(t *testing.T) {
	for _, dsn := range []string{"", "figures.db", "mysql://x", "sqlite:", "sqlite::memory:", "sqlite:a?b", "postgres://user:hidden@%zz/x"} {
		_, err := store.Open(t.Context(), store.Options{DSN: dsn})
		wantFault(t, "Open "+dsn, err, fault.Invalid, fault.DatabaseInvalid)
		if err != nil && strings.Contains(err.Error(), "hidden") {
			t.Errorf("Open(%q) = %v, which shows the password", dsn, err)
		}
	}
}

func TestFileNamesAreTakenAsTheyAre(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a b%20ü 数.db")
	create(t, testdb.DB{Engine: migrations.SQLite, DSN: "sqlite:" + file}).publishOneOfEverything()
	if found, err := filepath.Glob(filepath.Join(filepath.Dir(file), "*.db")); err != nil || len(found) != 1 || found[0] != file {
		t.Errorf("files = %v, %v, want %s", found, err, file)
	}
}
