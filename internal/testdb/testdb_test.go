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

func TestWhatIsCommittedOutlivesAnImmediateStop(t *testing.T) {
	cluster := testdb.NewCluster(t)
	if cluster == nil {
		return
	}
	db := cluster.Blank(t)
	raw := db.Raw(t)
	if _, err := raw.Exec(`CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (7)`); err != nil {
		t.Fatal(err)
	}
	open, err := raw.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open.Exec(`INSERT INTO kept VALUES (8)`); err != nil {
		t.Fatal(err)
	}
	cluster.StopImmediately(t)
	if err := open.Commit(); err == nil {
		t.Error("Commit() succeeded while the server was stopped")
	}
	cluster.Start(t)
	var n, rows int
	if err := raw.QueryRow(`SELECT MAX(n), COUNT(*) FROM kept`).Scan(&n, &rows); err != nil || n != 7 || rows != 1 {
		t.Errorf("after the stop: %d in %d rows, %v, want 7 in 1", n, rows, err)
	}
}
