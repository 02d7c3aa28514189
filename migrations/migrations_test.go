package migrations_test

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"bellwether/migrations"
)

func Example() {
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	from, to, err := migrations.Up(context.Background(), migrations.SQLite, db)
	fmt.Println(from, to, err)
	current, newest, err := migrations.Versions(context.Background(), migrations.SQLite, db)
	fmt.Println(current, newest, err)
	// Output:
	// 0 6 <nil>
	// 6 6 <nil>
}

var created = regexp.MustCompile(`CREATE (?:UNIQUE )?(?:TABLE|INDEX) (\w+)`)

func TestBothEnginesHaveTheSameTables(t *testing.T) {
	tables := func(engine migrations.Engine) []string {
		var names []string
		steps, err := fs.Glob(migrations.Files(), string(engine)+"/*.sql")
		if err != nil || len(steps) == 0 {
			t.Fatalf("steps of %s: %v, %v", engine, steps, err)
		}
		for _, step := range steps {
			text, err := fs.ReadFile(migrations.Files(), step)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range created.FindAllStringSubmatch(string(text), -1) {
				names = append(names, found[1])
			}
		}
		return names
	}
	sqlite, postgres := tables(migrations.SQLite), tables(migrations.Postgres)
	if !slices.Equal(sqlite, postgres) {
		t.Errorf("SQLite has %v, PostgreSQL %v, want the same", sqlite, postgres)
	}
}
