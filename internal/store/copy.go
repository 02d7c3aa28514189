package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/fault"
	"bellwether/migrations"
)

// Copy fills the empty database that to names, created where it is not there,
// with everything that the one of from holds: every row with both times, ids,
// originals and keys, so that a read of the copy answers the same bytes. It is
// one transaction; what was written is read back and compared, and verified.
// Progress is told in rows. Faults: database_not_empty of kind Conflict,
// backup_differs, and those of Open.
func Copy(ctx context.Context, from, to Options, progress func(done, total int)) error {
	source, err := Open(ctx, from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := connect(to, true)
	if err != nil {
		return err
	}
	defer target.Close()
	if _, _, err := target.migrate(ctx); err != nil {
		return target.place.opening(err)
	}
	if err := target.prepare(ctx); err != nil {
		return target.place.opening(err)
	}
	if err := target.blank(ctx); err != nil {
		return err
	}
	c := copying{source: source, target: target, progress: progress}
	return c.run(ctx)
}

// blank refuses a database that holds anything.
func (s *Store) blank(ctx context.Context) error {
	var zone, currency string
	err := s.row(ctx, "office", args{}, &zone, &currency)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return failure(ctx, err)
	}
	return fault.New(fault.Conflict, fault.DatabaseNotEmpty, "the database to fill holds something already").
		Expect("a new database")
}

// copying is a Copy on its way.
type copying struct {
	source, target *Store
	progress       func(done, total int)
	done, total    int
}

func (c *copying) run(ctx context.Context) error {
	sums := map[string]tableSum{}
	err := c.source.snapshot(ctx, func(from *sqlx.Tx) error {
		if err := from.QueryRowxContext(ctx, c.source.texts["verify_total"]).Scan(&c.total); err != nil {
			return err
		}
		return c.target.inTx(ctx, func(to *tx) error {
			for _, table := range wholeTables() {
				sum, err := c.table(ctx, from, to, table)
				if err != nil {
					return err
				}
				sums[table.name] = sum
			}
			return to.renumber(ctx)
		})
	})
	if err != nil {
		return err
	}
	return c.target.holds(ctx, sums)
}

// table copies one table and sums it up.
func (c *copying) table(ctx context.Context, from *sqlx.Tx, to *tx, table wholeTable) (tableSum, error) {
	rows := insertion{table: table.name, columns: table.names()}
	batch := to.s.dialect.batch
	if table.name == "file_chunk" {
		batch = 1 // a chunk is large enough
	}
	sum := newSummer()
	err := c.source.eachWholeRow(ctx, from, table, func(cells []any) error {
		sum.add(cells)
		for i := range cells {
			cells[i] = to.s.dialect.stored(cells[i])
		}
		rows.add(cells...)
		c.step(table.name)
		if rows.waiting() < batch {
			return nil
		}
		return rows.flush(ctx, to)
	})
	if err == nil {
		err = rows.flush(ctx, to)
	}
	return sum.sum(), err
}

// step counts the rows of the tables that the total is made of.
func (c *copying) step(table string) {
	if table != "observation" && table != "rate" && table != "file" {
		return
	}
	c.done++
	if c.done%1000 == 0 || c.done == c.total {
		c.progress(c.done, c.total)
	}
}

// renumber lets PostgreSQL go on counting after numbers that were copied.
func (t *tx) renumber(ctx context.Context) error {
	if t.s.dialect.engine != migrations.Postgres {
		return nil
	}
	_, err := t.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence('audit', 'id'), MAX(id)) FROM audit HAVING MAX(id) IS NOT NULL`)
	return err
}

// holds reads a written database back and compares it with what was read, and
// checks that it keeps its rules.
func (s *Store) holds(ctx context.Context, sums map[string]tableSum) error {
	err := s.snapshot(ctx, func(t *sqlx.Tx) error {
		for _, table := range wholeTables() {
			sum := newSummer()
			err := s.eachWholeRow(ctx, t, table, func(cells []any) error {
				sum.add(cells)
				return nil
			})
			if err != nil {
				return err
			}
			if got, want := sum.sum(), sums[table.name]; got != want {
				return fault.New(fault.Internal, fault.BackupDiffers, "the table %s reads back as %d rows, %d were written, or with other contents",
					table.name, got.rows, want.rows)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.sound(ctx, func(int, int) {})
}

// sound is Verify as a fault.
func (s *Store) sound(ctx context.Context, progress func(done, total int)) error {
	findings, err := s.Verify(ctx, progress)
	if err == nil && len(findings) > 0 {
		err = fault.New(fault.Internal, fault.BackupDiffers, "the copy breaks its rules, first at %s: %s", findings[0].Where, findings[0].What)
	}
	return err
}
