package crash

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bellwether/internal/testdb"
)

// content is all that a database holds: how many rows each table has, and what
// is exported, byte for byte.
type content struct {
	rows   map[string]int
	export string
}

// content checks that a database keeps its rules and returns what it holds.
func (r *rig) content(t *testing.T, db testdb.DB) content {
	t.Helper()
	r.run(t, "verify", "--database", db.DSN)
	return content{
		rows:   count(t, r.engine, db),
		export: r.run(t, "export", "--database", db.DSN),
	}
}

// whole reports whether a database holds all of the large import. One that
// holds a part of it, or has lost anything of the small one, fails the test.
func (r *rig) whole(t *testing.T, db testdb.DB) bool {
	t.Helper()
	got := r.content(t, db)
	switch {
	case got.equal(r.before):
		return false
	case got.equal(r.after):
		return true
	}
	t.Fatalf("the database holds neither nothing of the import (-) nor all of it:\n%s\nexported %d lines, before %d, after %d",
		cmp.Diff(r.before.rows, got.rows), lines(got.export), lines(r.before.export), lines(r.after.export))
	return false
}

func (c content) equal(d content) bool { return c.export == d.export && maps.Equal(c.rows, d.rows) }

func lines(text string) int { return strings.Count(text, "\n") }
