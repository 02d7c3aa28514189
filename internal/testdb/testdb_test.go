package testdb_test

import (
	"testing"

	"bellwether/internal/testdb"
	"bellwether/migrations"
)

func TestEveryEngineGivesADatabaseOfItsOwn(t *testing.T) {
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		t.Logf("engine: %s", db.Engine)
		first, second := db.Raw(t), testdb.New(t, db.Engine).Raw(t)
		if _, err := first.Exec(`INSERT INTO office (one, zone, currency) VALUES (1, 'UTC', '')`); err != nil {
			t.Fatal(err)
		}
		var rows int
		if err := second.QueryRow(`SELECT COUNT(*) FROM office`).Scan(&rows); err != nil {
			t.Fatal(err)
		}
		if rows != 0 {
			t.Errorf("a second database has %d rows of the first, want 0", rows)
		}
	})
}

func TestBlankHasNoSchema(t *testing.T) {
	for _, engine := range testdb.Engines(t) {
		db := testdb.Blank(t, engine)
		current, newest, err := migrations.Versions(t.Context(), engine, db.Raw(t))
		if err != nil || current != 0 || newest < 1 {
			t.Errorf("%s: Versions() = %d, %d, %v, want 0 and at least 1", engine, current, newest, err)
		}
	}
}
