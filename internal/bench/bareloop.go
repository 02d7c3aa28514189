package main

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// bareLoop does what a cold answer cannot do without, and nothing else: it
// runs the service's own statement for a series and appends the rows with the
// fields that answers have by default, growth too. It knows that every figure
// is a month of a level with one decimal and keeps to 64-bit integers.
type bareLoop struct {
	db        *sql.DB
	statement *sql.Stmt
	arguments [][]any // of each series
	next      int
	zone      *time.Location
	cells     []any
	targets   []any
	levels    []int64
	out       []byte
}

func newBareLoop(ctx context.Context, s *shelf) (*bareLoop, error) {
	head, err := s.Store.Head(ctx)
	if err != nil {
		return nil, err
	}
	b := &bareLoop{}
	if b.zone, err = time.LoadLocation(officeZone); err != nil {
		return nil, err
	}
	text := ""
	for _, series := range s.money {
		sel := query.Selection{Codes: []string{s.figures.identities[series].code()}, Relatives: true}
		var arguments []any
		if text, arguments, err = s.Store.InForce(sel, vintage.Now(head.Instant)); err != nil {
			return nil, err
		}
		b.arguments = append(b.arguments, arguments)
	}
	if b.db, err = s.database.raw(); err != nil {
		return nil, err
	}
	if b.statement, err = b.db.PrepareContext(ctx, text); err != nil {
		b.db.Close()
		return nil, err
	}
	return b, nil
}

func (b *bareLoop) close() {
	b.statement.Close()
	b.db.Close()
}

// ask runs the statement for the next series and appends its rows.
func (b *bareLoop) ask(ctx context.Context) error {
	rows, err := b.statement.QueryContext(ctx, b.arguments[b.next]...)
	if err != nil {
		return err
	}
	defer rows.Close()
	b.next = (b.next + stride) % len(b.arguments)
	if b.cells == nil {
		if err := b.makeRoom(rows); err != nil {
			return err
		}
	}
	b.out, b.levels = append(b.out[:0], '['), b.levels[:0]
	for rows.Next() {
		if err := rows.Scan(b.targets...); err != nil {
			return err
		}
		if err := b.row(); err != nil {
			return err
		}
	}
	b.out = append(b.out, ']')
	return rows.Err()
}

func (b *bareLoop) makeRoom(rows *sql.Rows) error {
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	b.cells, b.targets = make([]any, len(columns)), make([]any, len(columns))
	for i := range b.cells {
		b.targets[i] = &b.cells[i]
	}
	return nil
}

// The columns of the statement that a row is made of.
const (
	endColumn, startColumn, publishedColumn = 1, 2, 3
	valueColumn, statusColumn               = 6, 9
)

func (b *bareLoop) row() error {
	end, start := day(b.cells[endColumn]), day(b.cells[startColumn])
	value := text(b.cells[valueColumn])
	level, err := tenths(value)
	if err != nil {
		return err
	}
	out := b.out
	if len(b.levels) > 0 {
		out = append(out, ',')
	}
	out = append(out, `{"period":"`...)
	out = start.AppendFormat(out, "2006-01")
	out = append(out, `","start":"`...)
	out = start.AppendFormat(out, time.DateOnly)
	out = append(out, `","end":"`...)
	out = end.AddDate(0, 0, -1).AppendFormat(out, time.DateOnly)
	out = append(out, `","months":1,"ytd":`...)
	out = strconv.AppendBool(out, start.Month() == time.January)
	out = append(append(out, `,"value":`...), value...)
	out = append(append(out, `,"decimals":1,"status":"`...), text(b.cells[statusColumn])...)
	out = append(out, `","flags":null,"reason":null,"growth_reported":null,"growth_computed":`...)
	out = b.appendGrowth(out, level)
	out = append(out, `,"growth_check":null,"published":"`...)
	out = instant(b.cells[publishedColumn]).In(b.zone).AppendFormat(out, time.DateOnly)
	b.out = append(out, `"}`...)
	b.levels = append(b.levels, level)
	return nil
}

// appendGrowth appends the growth on the month of the year before, in percent
// to two decimals, half away from zero.
func (b *bareLoop) appendGrowth(out []byte, level int64) []byte {
	if len(b.levels) < 12 {
		return append(out, "null"...)
	}
	base := b.levels[len(b.levels)-12]
	growth, sign := (level-base)*20_000, int64(1)
	if growth < 0 {
		growth, sign = -growth, -1
	}
	growth = (growth + base) / (2 * base)
	if sign*growth < 0 {
		out = append(out, '-')
	}
	out = append(strconv.AppendInt(out, growth/100, 10), '.')
	return append(out, byte('0'+growth/10%10), byte('0'+growth%10))
}

var errCell = errors.New("a cell is not what was generated")

// tenths reads a number of one decimal.
func tenths(value string) (int64, error) {
	n := len(value)
	if n < 3 || value[n-2] != '.' {
		return 0, errCell
	}
	whole, err := strconv.ParseInt(value[:n-2], 10, 64)
	return 10*whole + int64(value[n-1]-'0'), err
}

// The functions below take a cell as SQLite or as PostgreSQL gives it.

func day(cell any) time.Time {
	if t, ok := cell.(time.Time); ok {
		return t
	}
	t, _ := time.Parse(time.DateOnly, text(cell)) // the rows are compared before anything is measured
	return t
}

func instant(cell any) time.Time {
	if n, ok := cell.(int64); ok {
		return time.UnixMicro(n)
	}
	t, _ := cell.(time.Time)
	return t
}

func text(cell any) string {
	switch cell := cell.(type) {
	case string:
		return cell
	case []byte:
		return string(cell)
	}
	return ""
}
