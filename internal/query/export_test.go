package query_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/sheet"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/migrations"
)

// office is a database, what writes to it and what reads it, with a clock that
// goes on by a minute whenever it is looked at.
type office struct {
	store  *store.Store
	ingest *ingest.Service
	query  *query.Service
	now    time.Time
}

func newOffice(t *testing.T, rt *rapid.T, now time.Time) *office {
	t.Helper()
	words, err := embedded()
	if err != nil {
		rt.Fatal(err)
	}
	o := &office{now: now}
	tick := func() time.Time {
		o.now = o.now.Add(time.Minute)
		return o.now
	}
	o.store, err = store.Create(t.Context(), store.Options{DSN: testdb.New(t, migrations.SQLite).DSN, Clock: tick}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words)
	if err != nil {
		rt.Fatal(err)
	}
	o.ingest, o.query = ingest.New(o.store, tick, ingest.Limits{}), query.New(o.store, tick)
	return o
}

// take imports a file.
func (o *office) take(t *testing.T, text string) (*ingest.Result, error) {
	file := ingest.File{Name: "file.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
	return o.ingest.Import(t.Context(), ingest.Request{File: file, By: "clerk", Publish: ingest.Publish{Now: true}})
}

// drawFile draws a file of a few rows: figures, claims, growths in words,
// words for no figure and withdrawals, of few periods and days, so that files
// correct each other under one date, come late and repeat one another.
func drawFile(rt *rapid.T) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"series", "period", "value", "multiplier", "status", "growth_text", "note", "published"}) //nolint:errcheck // into memory
	seen := map[string]bool{}
	for range rapid.IntRange(1, 6).Draw(rt, "rows") {
		code := rapid.SampledFrom([]string{"gdp.cn.cny", "gdp.cn.cny.yoy", "gdp.us.usd"}).Draw(rt, "series")
		period := rapid.SampledFrom([]string{"2013", "2013-Q1", "2013-01-01/P9M"}).Draw(rt, "period")
		published := rapid.SampledFrom([]string{"2014-01-20", "2014-02-20", "2014-02-20T10:00:00+08:00", "2015-01-20", ""}).Draw(rt, "published")
		if key := code + period + published; seen[key] {
			continue
		} else {
			seen[key] = true
		}
		value := rapid.SampledFrom([]string{"1", "1.0", "-2.50", "3", "n/a", "-", "nil", ""}).Draw(rt, "value")
		multiplier, status, growth := rapid.SampledFrom([]string{"", "0", "3"}).Draw(rt, "multiplier"), "", ""
		if strings.HasSuffix(code, ".yoy") {
			multiplier = ""
			if rapid.Bool().Draw(rt, "in words") {
				value, growth = "", rapid.SampledFrom([]string{"2.6 times more", "翻一番", "+1 倍", "=twice"}).Draw(rt, "growth")
			}
		}
		switch {
		case rapid.IntRange(0, 4).Draw(rt, "withdrawn") == 0:
			value, status, growth = "", "withdrawn", ""
		case growth == "" && value != "":
			status = rapid.SampledFrom([]string{"", "A", "P", "P;E"}).Draw(rt, "status")
		}
		note := rapid.SampledFrom([]string{"", "a, b", "=x", "+x", "-x", "@x", "'x", "'=x", "\tx", "x\ty", `say "x"`, "年"}).Draw(rt, "note")
		w.Write([]string{code, period, value, multiplier, status, sheet.Neutralised(growth), sheet.Neutralised(note), published}) //nolint:errcheck // into memory
	}
	w.Flush()
	return b.String()
}

// TestAnExportImportedElsewhereExportsTheSame runs random scripts of imports
// and undos, exports what came of them, imports that into an empty database
// and exports again.
func TestAnExportImportedElsewhereExportsTheSame(t *testing.T) {
	filled := 0
	rapid.Check(t, func(rt *rapid.T) {
		now := time.Date(2020, 3, 1, 4, 0, 0, 0, time.UTC)
		here, elsewhere := newOffice(t, rt, now), newOffice(t, rt, now.AddDate(1, 0, 0))
		defer here.store.Close()
		defer elsewhere.store.Close()
		var script strings.Builder
		for range rapid.IntRange(1, 5).Draw(rt, "files") {
			text := drawFile(rt)
			result, err := here.take(t, text)
			if err != nil {
				if fault.KindOf(err) == fault.Refused {
					continue
				}
				rt.Fatalf("Import of %q: %v", text, err)
			}
			fmt.Fprintf(&script, "%s\n", text)
			if result.Revision != nil && rapid.IntRange(0, 5).Draw(rt, "undo") == 0 {
				if _, err := here.store.Undo(t.Context(), result.Revision.ID, "clerk", ""); err != nil {
					rt.Fatal(err)
				}
				script.WriteString("undone\n\n")
			}
		}
		first := exportOf(t, here.query)
		if strings.Count(first, "\n") < 2 {
			return
		}
		filled++
		if _, err := elsewhere.take(t, first); err != nil {
			rt.Fatalf("of the files\n%sthe export\n%sis refused: %v %+v", script.String(), first, err, fault.From(err).Items)
		}
		if second := exportOf(t, elsewhere.query); second != first {
			rt.Fatalf("of the files\n%sthe export\n%sand elsewhere\n%s", script.String(), first, second)
		}
	})
	if filled < 20 {
		t.Errorf("%d exports had rows, want at least 20", filled)
	}
}
