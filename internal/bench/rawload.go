package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"bellwether/migrations"
)

// rawLoad is a load of the figures by the engine alone: one transaction, with
// the statement that it takes rows by fastest, into one table.
type rawLoad struct {
	db        *sql.DB
	engine    migrations.Engine
	figures   *figures
	table     string
	ids       map[string]int64 // of series, by code
	revision  int64
	source    int64
	published any
}

// columns are those of an observation as it is stored, but for the one that
// has a default.
var columns = []string{
	"series_id", "end_date", "start_date", "published_at", "revision", "state", "value", "decimals",
	"multiplier", "status", "reason", "words", "withdrawn", "as_index", "note", "source_id", "sheet",
	"line", "col", "cell",
}

// intoObservations loads into the service's own table, whose rules all hold,
// beneath series that an import of one month of them made before.
func (b *bench) intoObservations(ctx context.Context, d *database) (time.Duration, error) {
	a, err := open(ctx, d)
	if err != nil {
		return 0, err
	}
	err = publish(ctx, a, oneMonthFile(b.dir), "")
	if closing := a.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return 0, err
	}
	l, err := b.newRawLoad(d, "observation")
	if err != nil {
		return 0, err
	}
	defer l.db.Close()
	rows, err := l.db.QueryContext(ctx, "SELECT id, code FROM series")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var code string
		if err := rows.Scan(&id, &code); err != nil {
			return 0, err
		}
		l.ids[code] = id
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	err = l.db.QueryRowContext(ctx, "SELECT (SELECT MAX(id) FROM revision), (SELECT MAX(id) FROM source)").Scan(&l.revision, &l.source)
	if err != nil {
		return 0, err
	}
	return l.timed(ctx)
}

// intoBareTable loads into a table of the same columns and key that has no
// other rule, index or trigger.
func (b *bench) intoBareTable(ctx context.Context, d *database) (time.Duration, error) {
	l, err := b.newRawLoad(d, "bare")
	if err != nil {
		return 0, err
	}
	defer l.db.Close()
	for i, of := range b.figures.identities {
		l.ids[of.code()] = int64(i + 1)
	}
	l.revision, l.source = 1, 1
	if _, err := l.db.ExecContext(ctx, bareTables[l.engine]); err != nil {
		return 0, err
	}
	return l.timed(ctx)
}

// bareTables makes the table of intoBareTable.
var bareTables = map[migrations.Engine]string{
	migrations.SQLite: `CREATE TABLE bare (
		series_id INTEGER NOT NULL, end_date TEXT NOT NULL, start_date TEXT NOT NULL, published_at INTEGER NOT NULL,
		revision INTEGER NOT NULL, superseded_at INTEGER NOT NULL DEFAULT 4611686018427387904, state INTEGER NOT NULL,
		value TEXT, decimals INTEGER NOT NULL, multiplier INTEGER NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
		words TEXT NOT NULL, withdrawn INTEGER NOT NULL, as_index INTEGER NOT NULL, note TEXT NOT NULL, source_id INTEGER,
		sheet TEXT NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, cell TEXT NOT NULL,
		PRIMARY KEY (series_id, end_date, start_date, published_at, revision)
	) STRICT, WITHOUT ROWID`,
	migrations.Postgres: `CREATE TABLE bare (
		series_id BIGINT NOT NULL, end_date DATE NOT NULL, start_date DATE NOT NULL, published_at TIMESTAMPTZ NOT NULL,
		revision BIGINT NOT NULL, superseded_at TIMESTAMPTZ NOT NULL DEFAULT 'infinity', state SMALLINT NOT NULL,
		value NUMERIC, decimals SMALLINT NOT NULL, multiplier SMALLINT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
		words TEXT NOT NULL, withdrawn BOOLEAN NOT NULL, as_index BOOLEAN NOT NULL, note TEXT NOT NULL, source_id BIGINT,
		sheet TEXT NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, cell TEXT NOT NULL,
		PRIMARY KEY (series_id, end_date, start_date, published_at, revision)
	)`,
}

// rawPublished is another instant than that of the figures, so that no key is
// there already.
var rawPublished = time.Date(2021, time.January, 16, 0, 0, 0, 0, time.UTC)

func (b *bench) newRawLoad(d *database, table string) (*rawLoad, error) {
	db, err := d.raw()
	if err != nil {
		return nil, err
	}
	l := &rawLoad{db: db, engine: d.engine.name, figures: b.figures, table: table, ids: map[string]int64{}, published: rawPublished}
	if l.engine == migrations.SQLite {
		l.published = rawPublished.UnixMicro()
	}
	return l, nil
}

// timed loads everything, returns how long that took until it was committed,
// and counts then.
func (l *rawLoad) timed(ctx context.Context) (time.Duration, error) {
	before, err := l.count(ctx)
	if err != nil {
		return 0, err
	}
	load := l.insert
	if l.engine == migrations.Postgres {
		load = l.copy
	}
	began := time.Now()
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := load(ctx, tx); err != nil {
		return 0, err
	}
	if err := tx.Commit(); err != nil {
		return 0, err
	}
	took := time.Since(began)
	after, err := l.count(ctx)
	if err == nil && after-before != l.figures.rows() {
		err = fmt.Errorf("%d rows were loaded, expected %d", after-before, l.figures.rows())
	}
	return took, err
}

func (l *rawLoad) count(ctx context.Context) (n int, err error) {
	err = l.db.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+l.table).Scan(&n)
	return n, err
}

// values appends the cells of a row of the table.
func (l *rawLoad) values(dst []any, r row, line int) []any {
	value := r.value.Text()
	return append(dst,
		l.ids[r.code()], r.period.End().String(), r.period.Start().String(), l.published, l.revision, int64(0), value, int64(1),
		int64(r.multiplier), "A", "", "", false, false, "", l.source, "", int64(line), int64(4), value)
}

// insertRows is how many rows one statement of SQLite inserts.
const insertRows = 50

func (l *rawLoad) insert(ctx context.Context, tx *sql.Tx) error {
	whole, err := tx.PrepareContext(ctx, l.insertText(insertRows))
	if err != nil {
		return err
	}
	var waiting []any
	line := 1
	err = l.figures.each(func(r row) error {
		line++
		waiting = l.values(waiting, r, line)
		if len(waiting) < insertRows*len(columns) {
			return nil
		}
		_, err := whole.ExecContext(ctx, waiting...)
		waiting = waiting[:0]
		return err
	})
	if err != nil || len(waiting) == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, l.insertText(len(waiting)/len(columns)), waiting...)
	return err
}

func (l *rawLoad) insertText(rows int) string {
	one := "(" + strings.Repeat("?, ", len(columns)-1) + "?)"
	return "INSERT INTO " + l.table + " (" + strings.Join(columns, ", ") + ") VALUES " + strings.Repeat(one+", ", rows-1) + one
}

func (l *rawLoad) copy(ctx context.Context, tx *sql.Tx) error {
	statement, err := tx.PrepareContext(ctx, "COPY "+l.table+" ("+strings.Join(columns, ", ")+") FROM STDIN")
	if err != nil {
		return err
	}
	defer statement.Close()
	var cells []any
	line := 1
	err = l.figures.each(func(r row) error {
		line++
		cells = l.values(cells[:0], r, line)
		_, err := statement.ExecContext(ctx, cells...)
		return err
	})
	if err != nil {
		return err
	}
	_, err = statement.ExecContext(ctx)
	return err
}
