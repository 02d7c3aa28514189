package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
)

// cellKind is how a column is stored, where that differs between engines.
type cellKind byte

const (
	plain   cellKind = iota // integers, texts and bytes
	instant                 // microseconds or timestamptz
	date                    // ISO text or DATE
	number                  // text or NUMERIC
	flag                    // 0 and 1 or BOOLEAN
	octets                  // BLOB or BYTEA
)

// tableColumn is one column of a table.
type tableColumn struct {
	name string
	kind cellKind
}

// wholeTable is a table with every column, for copying and comparing. key is
// what its rows are ordered by.
type wholeTable struct {
	name    string
	columns []tableColumn
	key     string
}

// wholeTables returns every table, what is referred to first.
func wholeTables() []wholeTable {
	return []wholeTable{
		describe("office", "one", "one zone currency"),
		describe("file", "sha256", "sha256 size"),
		describe("file_chunk", "sha256, n", "sha256 n body:octets"),
		describe("import", "id", "id sha256 name author profile dataset uploaded_at:instant"),
		describe("import_event", "import_id, n", "import_id n at:instant what author detail report"),
		describe("revision", "id", "id public_id kind recorded_at:instant embargo:instant visible_at:instant author message import_id undoes idempotency_key"),
		describe("revision_size", "revision", "revision row_count"),
		describe("catalog_entry", "revision, section, code", "section code revision body"),
		describe("series", "id", "id code family dataset indicator area unit measure basis adjustment scenario multiplier revision"),
		describe("series_item", "series_id, dimension", "series_id dimension item"),
		describe("source", "id", "id name url"),
		describe("observation", "series_id, end_date, start_date, published_at, revision",
			"series_id end_date:date start_date:date published_at:instant revision superseded_at:instant state value:number decimals multiplier "+
				"status reason words withdrawn:flag as_index:flag note source_id sheet line col cell"),
		describe("rate", "feed, base, quote, kind, end_date, start_date, published_at, revision",
			"feed base quote kind end_date:date start_date:date published_at:instant revision superseded_at:instant value:number decimals source_id note"),
		describe("profile", "name, version", "name version body at:instant author"),
		describe("rate_fetch", "feed, address, n", "feed address n at:instant what author revision etag modified new_rates import_id detail"),
		describe("api_key", "id", "id name role hash:octets created_at:instant expires_at:instant revoked_at:instant used_at:instant"),
		describe("audit", "id", "id at:instant author action subject detail"),
	}
}

// describe reads "name" and "name:kind" words.
func describe(name, key, columns string) wholeTable {
	kinds := map[string]cellKind{"": plain, "instant": instant, "date": date, "number": number, "flag": flag, "octets": octets}
	t := wholeTable{name: name, key: key}
	for word := range strings.FieldsSeq(columns) {
		column, kind, _ := strings.Cut(word, ":")
		t.columns = append(t.columns, tableColumn{column, kinds[kind]})
	}
	return t
}

func (t wholeTable) names() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

// eachWholeRow calls read with the cells of every row in the order of the key,
// as an engine of either kind means them: int64, string, bool, []byte,
// time.Time or nil. The cells are reused.
func (s *Store) eachWholeRow(ctx context.Context, t *sqlx.Tx, of wholeTable, read func([]any) error) error {
	names := of.names()
	for i, c := range of.columns {
		if c.kind == date {
			names[i] = "CAST(" + c.name + " AS TEXT)"
		}
	}
	rows, err := t.QueryxContext(ctx, "SELECT "+strings.Join(names, ", ")+" FROM "+of.name+" ORDER BY "+of.key)
	if err != nil {
		return err
	}
	cells := make([]any, len(of.columns))
	targets := make([]any, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	return drain(rows, func(rows *sqlx.Rows) error {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		for i, c := range of.columns {
			cells[i] = c.kind.meaning(cells[i])
		}
		return read(cells)
	})
}

// meaning turns what a driver returned into what both engines mean.
func (k cellKind) meaning(cell any) any {
	if cell == nil {
		return nil
	}
	switch k {
	case instant:
		return asInstant(cell)
	case flag:
		return asBool(cell)
	case octets:
		return cell
	}
	if bytes, ok := cell.([]byte); ok {
		return string(bytes)
	}
	return cell
}

// stored is the inverse of meaning.
func (d dialect) stored(cell any) any {
	if at, ok := cell.(time.Time); ok {
		return d.instant(at)
	}
	return cell
}

// tableSum is what a table holds: its rows, and a hash over all of them.
type tableSum struct {
	rows int
	hash string
}

// summer sums rows up.
type summer struct {
	rows int
	hash hash.Hash
}

func newSummer() *summer { return &summer{hash: sha256.New()} }

func (s *summer) add(cells []any) {
	s.rows++
	for _, cell := range cells {
		switch cell := cell.(type) {
		case nil:
			s.hash.Write([]byte("null;"))
		case time.Time:
			fmt.Fprintf(s.hash, "t%d;", cell.UnixMicro())
		case []byte:
			fmt.Fprintf(s.hash, "b%d:", len(cell))
			s.hash.Write(cell)
		default:
			text := fmt.Sprint(cell)
			fmt.Fprintf(s.hash, "%d:%s;", len(text), text)
		}
	}
}

func (s *summer) sum() tableSum { return tableSum{s.rows, hex.EncodeToString(s.hash.Sum(nil))} }
