package store

import (
	"context"
	"database/sql"
	"strings"

	"bellwether/migrations"
)

// insertion is rows that wait to be added to one table.
type insertion struct {
	table   string
	columns []string
	values  []any // row by row
	whole   *sql.Stmt
	single  *sql.Stmt
}

func (i *insertion) add(values ...any) { i.values = append(i.values, values...) }

func (i *insertion) waiting() int { return len(i.values) / len(i.columns) }

// flush writes the rows and forgets them.
func (i *insertion) flush(ctx context.Context, t *tx) error {
	if len(i.values) == 0 {
		return nil
	}
	write := i.insert
	if t.s.dialect.engine == migrations.Postgres {
		write = i.copy
	}
	err := write(ctx, t)
	clear(i.values)
	i.values = i.values[:0]
	return err
}

// insert writes with statements of a whole batch, and of single rows for what
// is left.
func (i *insertion) insert(ctx context.Context, t *tx) (err error) {
	width, batch := len(i.columns), t.s.dialect.batch
	left := i.values
	for len(left) > 0 {
		rows, statement := 1, &i.single
		if len(left) >= width*batch {
			rows, statement = batch, &i.whole
		}
		if *statement == nil {
			if *statement, err = t.PrepareContext(ctx, i.insertText(rows)); err != nil {
				return err
			}
		}
		if _, err := (*statement).ExecContext(ctx, left[:rows*width]...); err != nil {
			return err
		}
		left = left[rows*width:]
	}
	return nil
}

func (i *insertion) insertText(rows int) string {
	row := "(" + strings.Repeat("?, ", len(i.columns)-1) + "?)"
	return "INSERT INTO " + i.table + " (" + strings.Join(i.columns, ", ") + ") VALUES " +
		strings.Repeat(row+", ", rows-1) + row
}

// copy writes with COPY, whose rows the driver streams.
func (i *insertion) copy(ctx context.Context, t *tx) error {
	statement, err := t.PrepareContext(ctx, "COPY "+i.table+" ("+strings.Join(i.columns, ", ")+") FROM STDIN")
	if err != nil {
		return err
	}
	defer statement.Close()
	for left := i.values; len(left) > 0; left = left[len(i.columns):] {
		if _, err := statement.ExecContext(ctx, left[:len(i.columns)]...); err != nil {
			return err
		}
	}
	_, err = statement.ExecContext(ctx)
	return err
}
