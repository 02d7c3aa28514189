package store

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// versions checks every version of a table: how long it is in force, and that
// its value is what its cell says.
func (v *verification) versions(ctx context.Context, of versioned) error {
	group := versionGroup{v: v, table: of.Table}
	err := v.query(ctx, "verify_"+of.Table, group.read)
	group.check()
	return err
}

// versionGroup is the versions of one thing, in their order.
type versionGroup struct {
	v        *verification
	table    string
	versions []vintage.Version
	stored   []time.Time
}

// read takes a row: what the version is of, end, start, publication, revision
// and superseded_at; of an observation also state, value, whether it was
// printed as an index, its cell and line.
func (g *versionGroup) read(rows *sqlx.Rows) error {
	cells, err := rows.SliceScan()
	if err != nil {
		return err
	}
	span, err := readPeriod(cells[2], cells[1])
	if err != nil {
		return err
	}
	key := vintage.Key{Series: asText(cells[0]), Period: span}
	if len(g.versions) > 0 && g.versions[0].Key != key {
		g.check()
	}
	version := vintage.Version{Key: key, Published: asInstant(cells[3]), Revision: int(asInt(cells[4]))}
	g.versions = append(g.versions, version)
	g.stored = append(g.stored, asInstant(cells[5]))
	if len(cells) > 6 {
		g.checkValue(version, cells[6:])
	}
	g.v.step()
	return nil
}

// check computes every superseded_at of the group anew.
func (g *versionGroup) check() {
	want := vintage.Superseded(g.versions, func(revision int) bool { return g.v.undone[revision] })
	for i, version := range g.versions {
		if !g.stored[i].Equal(want[i]) {
			g.v.found(g.name(version), "superseded_at is %s, expected %s", until(g.stored[i]), until(want[i]))
		}
	}
	g.versions, g.stored = g.versions[:0], g.stored[:0]
}

// checkValue holds a stored value against the cell that it was read from.
func (g *versionGroup) checkValue(version vintage.Version, cells []any) {
	state, value, cell := obs.State(asInt(cells[0])), asText(cells[1]), asText(cells[3])
	number, isNumber := new(big.Rat).SetString(value)
	switch {
	case state == obs.Nil && isNumber && number.Sign() != 0:
		g.v.found(g.name(version), "the value is %s, and a declared zero", value)
	case state == obs.Present && cell != value && contradicts(cell, value, asBool(cells[2])):
		g.v.found(g.name(version), "the value is %s, and its cell in line %d says %s", value, asInt(cells[4]), cell)
	}
}

// name tells people of which version a finding is.
func (g *versionGroup) name(version vintage.Version) string {
	return fmt.Sprintf("%s %s %s of revision %s", g.table, version.Key.Series, version.Key.Period, g.v.publicIDs[version.Revision])
}

func until(t time.Time) string {
	if t.Equal(vintage.Forever) {
		return "never"
	}
	return t.Format(time.RFC3339Nano)
}
