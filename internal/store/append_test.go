package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/migrations"
)

// guarded lists each table whose rows only come, with a column that a stranger
// may try to change and, for SQLite, how to replace or upsert a row.
var guarded = []struct{ table, column, key string }{
	{"observation", "value", "series_id, end_date, start_date, published_at, revision"},
	{"rate", "value", "feed, base, quote, kind, end_date, start_date, published_at, revision"},
	{"revision", "message", "id"},
	{"revision_size", "row_count", "revision"},
	{"source", "name", "id"},
	{"file", "size", "sha256"},
	{"file_chunk", "body", "sha256, n"},
	{"import", "profile", "id"},
	{"import_event", "what", "import_id, n"},
	{"audit", "author", "id"},
	{"series", "code", "id"},
	{"catalog_entry", "body", "section, code, revision"},
	{"office", "zone", "one"},
}

func TestRowsAreNeverChanged(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publishOneOfEverything()
		// A connection of a stranger: no foreign keys, no recursive triggers.
		raw := f.db.Raw(t)
		for _, g := range guarded {
			before := dump(t, raw, g.table)
			if before == "" {
				t.Fatalf("%s is empty, the test says nothing of it", g.table)
			}
			for _, statement := range attempts(f.db.Engine, g.table, g.column, g.key) {
				if _, err := raw.Exec(statement); err == nil {
					t.Errorf("%q succeeded, want it refused", statement)
				}
			}
			if after := dump(t, raw, g.table); after != before {
				t.Errorf("%s = %s, want it as before: %s", g.table, after, before)
			}
		}
	})
}

// attempts are ways to change what is stored.
func attempts(engine migrations.Engine, table, column, key string) []string {
	list := []string{
		"UPDATE " + table + " SET " + column + " = " + column,
		"DELETE FROM " + table,
	}
	if engine == migrations.Postgres {
		return append(list,
			"TRUNCATE "+table+" CASCADE",
			"INSERT INTO "+table+" SELECT * FROM "+table+" ON CONFLICT ("+key+") DO UPDATE SET "+column+" = EXCLUDED."+column)
	}
	return append(list,
		"REPLACE INTO "+table+" SELECT * FROM "+table,
		"INSERT OR REPLACE INTO "+table+" SELECT * FROM "+table,
		"UPDATE OR REPLACE "+table+" SET "+column+" = "+column,
		"INSERT INTO "+table+" SELECT * FROM "+table+" WHERE true ON CONFLICT ("+key+") DO UPDATE SET "+column+" = excluded."+column)
}

func TestOnlyTheEndOfAVersionIsWritten(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		f.publishOneOfEverything()
		raw := f.db.Raw(t)
		if _, err := raw.Exec(`UPDATE observation SET superseded_at = superseded_at`); err != nil {
			t.Errorf("writing superseded_at: %v", err)
		}
		before := `4` // microseconds of 1970
		if f.db.Engine == migrations.Postgres {
			before = `TIMESTAMPTZ '1970-01-01 00:00:00Z'`
		}
		if _, err := raw.Exec(`UPDATE observation SET superseded_at = ` + before); err == nil {
			t.Error("a version that ends before it begins was stored, want it refused")
		}
	})
}

// publishOneOfEverything fills every table.
func (f *fixture) publishOneOfEverything() {
	f.Helper()
	ctx := context.Background()
	e := entry("gdp.cn.cny", "2013", "118.70")
	e.Source = obs.Source{Name: "Yearbook", URL: "https://example.org/"}
	e.Origin = obs.Origin{Line: 2, Column: 3, Cell: "118.70"}
	f.publish(time.Time{}, e)
	f.publishRates(rate("2013-01-02", "6.2"))
	if err := f.Audit(ctx, obs.AuditEntry{By: "clerk", Action: "import.read", Subject: "x"}); err != nil {
		f.Fatalf("Audit: %v", err)
	}
	if err := f.CreateKey(ctx, obs.Key{ID: "0123456789ab", Name: "clerk", Role: obs.Editor, Created: day(1)}, bytes.Repeat([]byte{7}, 32)); err != nil {
		f.Fatalf("CreateKey: %v", err)
	}
}

// dump is a table's rows as text, whatever their order.
func dump(t testing.TB, raw *sql.DB, table string) string {
	t.Helper()
	rows, err := raw.Query("SELECT * FROM " + table + " ORDER BY 1, 2")
	if table == "office" {
		rows, err = raw.Query("SELECT * FROM office")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for rows.Next() {
		cells := make([]sql.RawBytes, len(names))
		targets := make([]any, len(names))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := rows.Scan(targets...); err != nil {
			t.Fatal(err)
		}
		for _, cell := range cells {
			text.Write(cell)
			text.WriteByte('|')
		}
		text.WriteByte('\n')
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestValuesAreKeptAsPrinted(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		for i, text := range []string{"118.70", "-0.050", "0", "0.000", "99999999999999999999.123456789012345678", "-1200"} {
			period := []string{"2010", "2011", "2012", "2013", "2014", "2015"}[i]
			f.publish(time.Time{}, entry("gdp.cn.cny", period, text))
			got := f.texts(query.Selection{Codes: []string{"gdp.cn.cny"}, From: entry("gdp.cn.cny", period, "0").Period.Start(), FromSet: true}, f.now())
			if want := "gdp.cn.cny " + period + " " + text; len(got) != 1 || got[0] != want {
				t.Errorf("Scan = %q, want [%q]", got, want)
			}
		}
	})
}

// publishRates stores rates as one revision.
func (f *fixture) publishRates(rates ...fx.Rate) obs.Revision {
	f.Helper()
	body := time.Now().String()
	revision, err := f.PublishRates(context.Background(), obs.Release{Upload: upload(body), By: "clerk"}, strings.NewReader(body),
		func(put func(fx.Rate) error) error {
			for _, r := range rates {
				if err := put(r); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		f.Fatalf("PublishRates: %v", err)
	}
	return revision
}
