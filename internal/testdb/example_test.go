package testdb_test

import (
	"testing"

	"bellwether/internal/testdb"
)

func Example() {
	test := func(t *testing.T) {
		testdb.Each(t, func(t *testing.T, db testdb.DB) {
			t.Log(db.Engine, db.DSN)
		})
	}
	_ = test // what go test runs
}
