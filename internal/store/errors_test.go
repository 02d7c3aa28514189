package store_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// wantForReaders checks a fault that readers see: it names no place, and shows
// nothing of a driver.
func wantForReaders(t *testing.T, what string, err error, kind fault.Kind, code fault.Code) {
	t.Helper()
	if err == nil {
		t.Fatalf("%s succeeded, want %s", what, code)
	}
	wantFault(t, what, err, kind, code)
	if kind == fault.Unavailable && fault.From(err).RetryAfter <= 0 {
		t.Errorf("%s = %v, want when to try again", what, err)
	}
	said := fault.From(err).Detail + fault.From(err).Expected
	for _, word := range []string{"pq", "SQL", "/", "bellwether_"} {
		if strings.Contains(said, word) {
			t.Errorf("%s says %q, which shows %q", what, said, word)
		}
	}
}

// TestADatabaseThatCannotWriteIsUnavailable fills the disk, takes the right to
// write away and damages the database: on SQLite for the connection that
// writes, on PostgreSQL by a trigger that fails with the server's own state.
func TestADatabaseThatCannotWriteIsUnavailable(t *testing.T) {
	const trigger = `CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '%s'; END $$;
		CREATE TRIGGER fails BEFORE INSERT ON observation EXECUTE FUNCTION fails()`
	for _, c := range []struct {
		name, begin, end, state string // of SQLite how it begins and ends, of PostgreSQL what it is
		kind                    fault.Kind
		code                    fault.Code
	}{
		{"full disk", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "53100", fault.Unavailable, fault.DiskFull},
		{"read only", "PRAGMA query_only = 1", "PRAGMA query_only = 0", "25006", fault.Unavailable, fault.DatabaseReadOnly},
		{"no right", "", "", "42501", fault.Internal, fault.DatabaseForbidden},
		{"damaged", "", "", "XX001", fault.Internal, fault.DatabaseDamaged},
		{"no database any more", "", "", "3D000", fault.Unavailable, fault.DatabaseUnknown},
		{"another password", "", "", "28P01", fault.Unavailable, fault.DatabaseLogin},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, f *fixture) {
				begin, end := c.begin, c.end
				if f.db.Engine == migrations.Postgres {
					begin, end = fmt.Sprintf(trigger, c.state), "DROP TRIGGER fails ON observation"
				}
				if begin == "" {
					return // only a server fails so
				}
				if err := f.OnWriter(t.Context(), begin); err != nil {
					t.Fatal(err)
				}
				_, err := f.publishBulk(t.Context(), bulk{1000, 1, 5})
				wantForReaders(t, "Publish", err, c.kind, c.code)
				if _, err := f.Imports(t.Context(), 10, ""); err != nil {
					t.Errorf("Imports = %v, want them read", err)
				}
				if err := f.OnWriter(t.Context(), end); err != nil {
					t.Fatal(err)
				}
				f.publish(time.Time{}, entry("gdp.cn.cny", "2013", "1"))
				f.checkSound()
			})
		})
	}
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// TestADamagedFileIsSaid writes over the pages behind the first ones of a file.
func TestADamagedFileIsSaid(t *testing.T) {
	f := create(t, testdb.New(t, migrations.SQLite))
	if _, err := f.publishBulk(t.Context(), bulk{2000, 1, 5}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	whole, err := os.ReadFile(f.db.File())
	if err != nil {
		t.Fatal(err)
	}
	for i := len(whole) / 2; i < len(whole); i++ {
		whole[i] = 0xA5
	}
	if err := os.WriteFile(f.db.File(), whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), store.Options{DSN: f.db.DSN, Clock: f.clock.Now})
	if err != nil {
		wantFault(t, "Open", err, fault.Internal, fault.DatabaseDamaged)
		return
	}
	defer s.Close()
	damaged := &fixture{Store: s, TB: t, clock: f.clock, db: f.db}
	err = s.Scan(t.Context(), query.Selection{}, damaged.now(), func(*obs.Version) error { return nil })
	wantForReaders(t, "Scan of a damaged file", err, fault.Internal, fault.DatabaseDamaged)
}

// TestWhatIsNoDatabaseOfThisServiceIsLeftAlone names files and databases of
// others.
func TestWhatIsNoDatabaseOfThisServiceIsLeftAlone(t *testing.T) {
	for _, engine := range testdb.Engines(t) {
		db := testdb.Blank(t, engine)
		if _, err := db.Raw(t).Exec("CREATE TABLE import (of_others INTEGER)"); err != nil {
			t.Fatal(err)
		}
		places := []string{db.DSN}
		if engine == migrations.SQLite {
			text := t.TempDir() + "/letter.txt"
			if err := os.WriteFile(text, []byte(strings.Repeat("Dear Sir or Madam, ", 100)), 0o600); err != nil {
				t.Fatal(err)
			}
			places = append(places, "sqlite:"+text)
		}
		for _, dsn := range places {
			_, opening := store.Open(t.Context(), store.Options{DSN: dsn})
			wantFault(t, "Open", opening, fault.Refused, fault.NotADatabase)
			_, creating := store.Create(t.Context(), store.Options{DSN: dsn}, obs.Office{}, words(t))
			wantFault(t, "Create", creating, fault.Refused, fault.NotADatabase)
		}
		var tables int
		count := "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('import', 'office')"
		if engine == migrations.Postgres {
			count = "SELECT COUNT(*) FROM pg_tables WHERE tablename IN ('import', 'office')"
		}
		if err := db.Raw(t).QueryRow(count).Scan(&tables); err != nil || tables != 1 {
			t.Errorf("%s: %d tables, %v, want the one of others", engine, tables, err)
		}
	}
}

// TestAPlaceThatCannotBeOpenedSaysWhatToDo names places wrongly in every way.
func TestAPlaceThatCannotBeOpenedSaysWhatToDo(t *testing.T) {
	deaf, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := deaf.Addr().String()
	deaf.Close()
	missing := t.TempDir() + "/missing/figures.db"
	places := map[string]string{
		"sqlite:" + missing: "database_invalid: the file " + missing + " cannot be opened",
		"postgres://clerk:hidden@" + nobody + "/figures?sslmode=disable": "database_unavailable: no PostgreSQL answers at " + nobody,
		"postgres://clerk:hidden@" + nobody + "/figures?sslmode=maybe":   `database_invalid: the URL of the database cannot be read: wrong value for "sslmode"`,
	}
	for _, engine := range testdb.Engines(t) {
		if engine != migrations.Postgres {
			continue
		}
		db := testdb.Blank(t, engine)
		for change, want := range map[string]string{
			"path=/nowhere":  `database_unknown: the server %s has no database "nowhere"`,
			"user=nobody":    `database_login: the server %s does not let the user "nobody" in`,
			"no_setting=1":   "database_invalid: the server %s takes a setting of the URL for none",
			"search_path=no": "database_not_created",
		} {
			name, value, _ := strings.Cut(change, "=")
			u := mustURL(t, db.DSN)
			settings := u.Query()
			u.User = url.UserPassword(u.User.Username(), "hidden")
			switch name {
			case "path":
				u.Path = value
			default:
				settings.Set(name, value)
			}
			u.RawQuery = settings.Encode()
			server := net.JoinHostPort(u.Hostname(), "5432")
			if host := settings.Get("host"); host != "" {
				server = net.JoinHostPort(host, "5432")
			} else if u.Port() != "" {
				server = u.Host
			}
			if strings.Contains(want, "%s") {
				want = fmt.Sprintf(want, server)
			}
			places[u.String()] = want
		}
	}
	for dsn, want := range places {
		_, err := store.Open(t.Context(), store.Options{DSN: dsn})
		if strings.HasPrefix(dsn, "sqlite:") {
			_, err = store.Create(t.Context(), store.Options{DSN: dsn}, obs.Office{}, words(t))
		}
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Open %s = %v, want %s", dsn, err, want)
		}
		if err != nil && strings.Contains(err.Error()+fault.From(err).Expected, "hidden") {
			t.Errorf("Open %s = %v, which shows the password", dsn, err)
		}
	}
}

// TestWaitingForAnotherImportIsBusy lets a turn to write run out, which says
// other words than work that takes too long.
func TestWaitingForAnotherImportIsBusy(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		other := open(t, f.db, day(1))
		for name, node := range map[string]*fixture{"in the same process": f, "in another process": other} {
			_, err := f.Publish(t.Context(), obs.Release{Upload: upload(name), By: "clerk"}, strings.NewReader(name), func(put func(obs.Entry) error) error {
				ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
				defer cancel()
				_, err := node.publishBulk(ctx, bulk{1, 1, 5})
				wantForReaders(t, name, err, fault.Unavailable, fault.DatabaseUnavailable)
				return put(entry("gdp.cn.cny", "2013", "1"))
			})
			if err != nil {
				t.Errorf("%s: Publish of the first = %v, want it stored", name, err)
			}
		}
	})
}
