package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/lib/pq"

	"bellwether/internal/period"
	"bellwether/internal/vintage"
	"bellwether/migrations"
)

// dialect is what the two engines write differently. All other SQL is shared.
type dialect struct {
	engine  migrations.Engine
	forever string // the literal of an instant that never comes
	batch   int    // rows that are written at once

	// among is the condition that a column is one of a list parameter of the
	// SQL type.
	among func(parameter, sqlType string) string

	// table is a derived table of a parameter that holds rows as JSON: column
	// n counts from 0, the others are named and typed in pairs.
	table func(parameter string, columns []column) string

	typed func(parameter string) string // a parameter that is an instant, where nothing else says so

	seeks bool // each series seeks its end in the key by itself, where the planner is told to go by series

	list    func([]string) any  // an argument for among
	instant func(time.Time) any // an argument for an instant; nil for the zero time
}

type column struct{ name, sqlType string }

const foreverMicros = 1 << 62 // of SQLite

var sqliteDialect = dialect{
	engine:  migrations.SQLite,
	forever: fmt.Sprint(int64(foreverMicros)),
	batch:   50,
	among: func(parameter, _ string) string {
		return "IN (SELECT value FROM json_each(:" + parameter + "))"
	},
	table: func(parameter string, columns []column) string {
		text := "(SELECT key AS n"
		for i, c := range columns {
			text += fmt.Sprintf(", json_extract(value, '$[%d]') AS %s", i, c.name)
		}
		return text + " FROM json_each(:" + parameter + "))"
	},
	typed: func(parameter string) string { return "CAST(:" + parameter + " AS INTEGER)" },
	seeks: true,
	list:  func(texts []string) any { return jsonText(texts) },
	instant: func(t time.Time) any {
		if t.IsZero() {
			return nil
		}
		return t.UnixMicro()
	},
}

var postgresDialect = dialect{
	engine:  migrations.Postgres,
	forever: "CAST('infinity' AS TIMESTAMPTZ)",
	batch:   8000,
	among: func(parameter, sqlType string) string {
		return "= ANY(CAST(:" + parameter + " AS " + sqlType + "[]))"
	},
	table: func(parameter string, columns []column) string {
		text := "(SELECT n - 1 AS n"
		for i, c := range columns {
			text += fmt.Sprintf(", %s AS %s", postgresCell(i, c.sqlType), c.name)
		}
		return text + " FROM JSON_ARRAY_ELEMENTS(CAST(:" + parameter + " AS JSON)) WITH ORDINALITY AS x(value, n))"
	},
	typed: func(parameter string) string { return "CAST(:" + parameter + " AS TIMESTAMPTZ)" },
	list:  func(texts []string) any { return pq.StringArray(texts) },
	instant: func(t time.Time) any {
		switch {
		case t.IsZero():
			return nil
		case t.Equal(vintage.Forever):
			return "infinity"
		}
		return vintage.Micros(t)
	},
}

// postgresCell reads one cell of a JSON row. Instants come as microseconds.
func postgresCell(i int, sqlType string) string {
	if sqlType == "TIMESTAMPTZ" {
		return fmt.Sprintf("TIMESTAMPTZ 'epoch' + CAST(value->>%d AS BIGINT) * INTERVAL '1 microsecond'", i)
	}
	return fmt.Sprintf("CAST(value->>%d AS %s)", i, sqlType)
}

func jsonText(rows any) string {
	text, err := json.Marshal(rows)
	if err != nil {
		panic("encode a list of texts: " + err.Error()) // lists of texts and integers always encode
	}
	return string(text)
}

// The functions below turn what a driver returns into what it means. SQLite
// returns int64, string and []byte; PostgreSQL also bool and time.Time, and
// []byte for numbers.

func asInstant(v driver.Value) time.Time {
	switch v := v.(type) {
	case int64:
		return time.UnixMicro(v).UTC()
	case time.Time:
		return v.UTC()
	case []byte: // infinity
		return vintage.Forever
	}
	return time.Time{}
}

func asDate(v driver.Value) (period.Date, error) {
	switch v := v.(type) {
	case string:
		return period.ParseDate(v)
	case time.Time:
		return period.Date(v.Unix() / secondsOfDay), nil
	}
	return 0, fmt.Errorf("a day is stored as %T", v)
}

const secondsOfDay = 24 * 60 * 60

func asText(v driver.Value) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}

func asInt(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}

func asBool(v driver.Value) bool {
	switch v := v.(type) {
	case bool:
		return v
	case int64:
		return v != 0
	}
	return false
}
