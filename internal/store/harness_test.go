package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"testing"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/series"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/internal/vintage"
)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// day is the instant of a day of January 2014.
func day(n int) time.Time { return time.Date(2014, 1, n, 0, 0, 0, 0, time.UTC) }

// fixture is an open store over a database of its own.
type fixture struct {
	*store.Store
	testing.TB
	clock *clock
	db    testdb.DB
}

// each runs a test on a new store of every engine. The clock stands at day 1.
func each(t *testing.T, run func(t *testing.T, f *fixture)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, db testdb.DB) { run(t, create(t, db)) })
}

func create(t testing.TB, db testdb.DB) *fixture {
	t.Helper()
	c := &clock{now: day(1)}
	s, err := store.Create(t.Context(), store.Options{DSN: db.DSN, Clock: c.Now}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words(t))
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	return &fixture{Store: s, TB: t, clock: c, db: db}
}

// words is a small catalogue.
func words(t testing.TB) *catalog.Catalog {
	t.Helper()
	made, err := catalog.FromEntries([]catalog.Entry{
		{Section: catalog.Datasets, Code: "main", Body: []byte(`{"code":"main","name":{"en":"Main","zh":"主"},"rank":1}`)},
		{Section: catalog.Units, Code: "CNY", Body: []byte(`{"code":"CNY","name":{"en":"yuan","zh":"人民币"},"kind":"currency","digits":2}`)},
		{Section: catalog.Areas, Code: "cn", Body: []byte(`{"code":"cn","name":{"en":"China","zh":"中国"},"kind":"country"}`)},
		{Section: catalog.Indicators, Code: "gdp", Body: []byte(`{"code":"gdp","name":{"en":"GDP","zh":"生产总值"},"kind":"flow"}`)},
	})
	if err != nil {
		t.Fatalf("catalogue: %v", err)
	}
	return made
}

// entry is a level of a series in a period, printed as text.
func entry(code, when, text string) obs.Entry {
	key, err := series.Parse(code)
	if err != nil {
		panic(err)
	}
	return obs.Entry{Key: key, Observation: obs.Observation{
		Period: period.MustParse(when), Value: figure.MustParse(text, 9), Status: "A",
	}}
}

// upload announces bytes.
func upload(body string) obs.Upload {
	sum := sha256.Sum256([]byte(body))
	return obs.Upload{
		Name: "figures.csv", By: "clerk", SHA256: hex.EncodeToString(sum[:]), Size: int64(len(body)),
		Profile: "tidy", Dataset: "main",
	}
}

// publish stores entries as one revision; every call is another file.
func (f *fixture) publish(embargo time.Time, entries ...obs.Entry) obs.Revision {
	f.Helper()
	revision, err := f.tryPublish(embargo, entries...)
	if err != nil {
		f.Fatalf("Publish: %v", err)
	}
	return revision
}

func (f *fixture) tryPublish(embargo time.Time, entries ...obs.Entry) (obs.Revision, error) {
	body := fmt.Sprintf("%v %v", time.Now().UnixNano(), entries)
	release := obs.Release{Upload: upload(body), Embargo: embargo, By: "clerk", Message: "a file"}
	return f.Publish(context.Background(), release, bytes.NewReader([]byte(body)), func(put func(obs.Entry) error) error {
		for _, e := range entries {
			if err := put(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// now is the live point.
func (f *fixture) now() vintage.Point {
	f.Helper()
	head, err := f.Head(context.Background())
	if err != nil {
		f.Fatalf("Head: %v", err)
	}
	return vintage.Now(head.Instant)
}

// texts returns what Scan answers as "code period value".
func (f *fixture) texts(sel query.Selection, at vintage.Point) []string {
	f.Helper()
	return f.collect(f.Scan, sel, at)
}

type reading func(context.Context, query.Selection, vintage.Point, func(*obs.Version) error) error

func (f *fixture) collect(read reading, sel query.Selection, at vintage.Point) []string {
	f.Helper()
	list := []string{}
	err := read(context.Background(), sel, at, func(v *obs.Version) error {
		list = append(list, text(v))
		return nil
	})
	if err != nil {
		f.Fatalf("reading at %v: %v", at, err)
	}
	return list
}

func text(v *obs.Version) string {
	value := v.Value.Text()
	if v.State != obs.Present {
		value = v.Reason
	}
	return v.Series.Code + " " + v.Period.String() + " " + value
}

func wantFault(t testing.TB, what string, err error, kind fault.Kind, code fault.Code) {
	t.Helper()
	if fault.KindOf(err) != kind || fault.CodeOf(err) != code || err == nil {
		t.Errorf("%s = %v, want kind %d and code %s", what, err, kind, code)
	}
}
