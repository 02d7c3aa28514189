package crash

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"bellwether/internal/testdb"
)

// scale is how often and with how much the tests crash.
type scale struct {
	series, months int // of the large file
	kills          int // of an import on SQLite
	stops          int // of PostgreSQL under an import
	served         int // of a server, on each engine
}

// scaleOf reads BELLWETHER_CRASHES.
func scaleOf(t *testing.T) scale {
	t.Helper()
	switch text := os.Getenv("BELLWETHER_CRASHES"); text {
	case "":
		return scale{series: 200, months: 200, kills: 4, stops: 2, served: 1}
	case "full":
		return scale{series: 2000, months: 200, kills: 40, stops: 20, served: 4}
	default:
		t.Fatalf("BELLWETHER_CRASHES is %q, expected full or nothing", text)
		return scale{}
	}
}

func TestACrashLosesNothingAcknowledgedAndLeavesNothingPartial(t *testing.T) {
	s := scaleOf(t)
	p := build(t)
	large := writeLargeFile(t, s.series, s.months)
	t.Run("sqlite", func(t *testing.T) {
		newRig(t, sqliteEngine{}, p, large).crashAll(t, s.kills, s.served)
	})
	t.Run("postgres", func(t *testing.T) {
		cluster := testdb.NewCluster(t)
		if cluster == nil {
			return
		}
		newRig(t, postgresEngine{cluster}, p, large).crashAll(t, s.stops, s.served)
	})
}

// rig is what every round on an engine begins with and is measured by.
type rig struct {
	engine
	program
	large   string    // the path of the large file
	base    testdb.DB // holds the small import and a key; nobody writes to it
	key     string    // of an editor
	before  content   // of the base
	after   content   // once the large import is in it too
	lengths lengths   // of the large import
}

// newRig prepares the base and imports the large file once without a crash.
func newRig(t *testing.T, e engine, p program, large string) *rig {
	t.Helper()
	r := &rig{engine: e, program: p, large: large, base: e.blank(t)}
	r.run(t, "import", writeFile(t, "small.csv", smallFile), "--publish", "now", "--database", r.base.DSN)
	r.key = strings.TrimSpace(r.run(t, "keys", "create", "--role", "editor", "--name", "desk", "--database", r.base.DSN))
	r.before = r.content(t, r.base)

	db := r.copy(t, r.base)
	look := r.watch(t, db)
	c := r.importLarge(t, db)
	r.lengths = measure(look, c.done)
	if code := c.exit(); code != 0 {
		t.Fatalf("an import that nothing disturbed ended with %d:\n%s", code, c.said.String())
	}
	r.after = r.content(t, db)
	t.Logf("%d rows undisturbed: reading %v, storing %v, stored %v", r.after.rows["observation"]-r.before.rows["observation"],
		r.lengths[reading].Round(time.Millisecond), r.lengths[storing].Round(time.Millisecond), r.lengths[stored].Round(time.Millisecond))
	return r
}

// crashAll crashes so many imports and so many servers.
func (r *rig) crashAll(t *testing.T, imports, servers int) {
	t.Run("import", func(t *testing.T) { r.crashImports(t, imports) })
	t.Run("serve", func(t *testing.T) { r.crashServers(t, servers) })
}

// importLarge starts the large import into a database.
func (r *rig) importLarge(t *testing.T, db testdb.DB) *child {
	t.Helper()
	return r.start(t, nil, "import", r.large, "--publish", "now", "--database", db.DSN)
}

// tally counts what the crashes of a rig did.
type tally struct {
	in     [acknowledged + 1]int // crashes by the phase that they came in
	stored int                   // of them left the import whole
	silent int                   // of those did it without an acknowledgement
}

func (c tally) String() string {
	return fmt.Sprintf("%d crashes while reading, %d while storing, %d behind the commit, %d after the acknowledgement; %d left the import whole, %d of them unacknowledged",
		c.in[reading], c.in[storing], c.in[stored], c.in[acknowledged], c.stored, c.silent)
}

// landed is how many crashes came before the import had ended.
func (c tally) landed() int { return c.in[reading] + c.in[storing] + c.in[stored] }

// note adds a crash and what it left.
func (c *tally) note(in phase, whole, answered bool) {
	c.in[in]++
	if whole {
		c.stored++
	}
	if whole && !answered {
		c.silent++
	}
}

// crashImports crashes so many imports before they end.
func (r *rig) crashImports(t *testing.T, crashes int) {
	t.Helper()
	var sum tally
	began := time.Now()
	for round := 0; sum.landed() < crashes && round < 2*crashes+4; round++ {
		if !t.Run(strconv.Itoa(round), func(t *testing.T) { r.crashImport(t, pick(round, r.lengths), &sum) }) {
			return
		}
	}
	t.Logf("import: %v, in %v", sum, time.Since(began).Round(time.Second))
	if sum.landed() < crashes {
		t.Errorf("only %d of %d crashes came before the import had ended", sum.landed(), crashes)
	}
	if crashes >= 20 && (sum.in[reading] == 0 || sum.in[storing] == 0 || sum.stored == 0) {
		t.Error("the crashes did not come in every phase")
	}
}

// crashImport crashes one import, looks at what is left, and imports again.
func (r *rig) crashImport(t *testing.T, m moment, sum *tally) {
	db := r.copy(t, r.base)
	look := r.watch(t, db)
	c := r.importLarge(t, db)
	in, after := m.await(look, c.done)
	r.crash(t, c)
	if in == acknowledged {
		r.lengths[m.in] = after // the machine has become faster
	}
	code := c.exit()
	whole := r.whole(t, db)
	t.Logf("%v, while %v: ended with %d, whole %t", m, in, code, whole)
	sum.note(in, whole, code == 0)
	switch {
	case code != 0 && code != 1 && code != killed:
		t.Errorf("the import ended with %d:\n%s", code, c.said.String())
	case code == 0 && !whole:
		t.Error("the import was acknowledged and is lost")
	}
	r.run(t, "import", r.large, "--publish", "now", "--database", db.DSN)
	if !r.whole(t, db) {
		t.Error("the import that was run again is not there")
	}
}
