package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bellwether/data"
	"bellwether/internal/apikey"
	"bellwether/internal/catalog"
	"bellwether/internal/feed"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
	"bellwether/internal/testdb"
	"bellwether/migrations"
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

// start is when the tests begin, after everything in the sample.
var start = time.Date(2016, 3, 1, 0, 0, 0, 0, time.UTC)

// service is the whole service over a database of its own.
type service struct {
	testing.TB
	*API
	db       testdb.DB
	store    *store.Store
	ingest   *ingest.Service
	clock    *clock
	log      *bytes.Buffer
	keys     map[obs.Role]string
	contract *checker
}

// newService opens the service over a database.
func newService(t testing.TB, db testdb.DB, config Config) *service {
	t.Helper()
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	s := &service{TB: t, db: db, clock: &clock{now: start}, log: &bytes.Buffer{}, keys: map[obs.Role]string{}, contract: newChecker(t)}
	options := store.Options{DSN: db.DSN, Clock: s.clock.Now}
	office := obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}
	if s.store, err = store.Create(t.Context(), options, office, words); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.store.Close() })
	s.ingest = ingest.New(s.store, s.clock.Now, ingest.Limits{})
	config.TempDir = t.TempDir()
	s.API, err = New(config, Deps{
		Query: query.New(s.store, s.clock.Now, feeds(t)...).WithAreas(areaCurrencies(t)), Ingest: s.ingest, Store: s.store, Clock: s.clock.Now,
		Feed: feed.New(s.store, s.ingest, feed.Config{Feeds: publishers(t), Clock: s.clock.Now}),
		Log:  slog.New(slog.NewJSONHandler(&lockedWriter{w: s.log}, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lockedWriter lets requests that run at the same time write one log.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// empty is a service with nothing in it.
func empty(t testing.TB, config Config) *service {
	t.Helper()
	return newService(t, testdb.New(t, migrations.SQLite), config)
}

// sampled is a service with the sample in it.
func sampled(t testing.TB, config Config) *service {
	t.Helper()
	body, err := sampleFile()
	if err != nil {
		t.Fatal(err)
	}
	db := testdb.Blank(t, migrations.SQLite)
	if err := os.WriteFile(db.File(), body, 0o600); err != nil {
		t.Fatal(err)
	}
	return newService(t, db, config)
}

// onEmpty runs a test of the service with nothing in it on every engine.
func onEmpty(t *testing.T, config Config, run func(*testing.T, *service)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, db testdb.DB) { run(t, newService(t, db, config)) })
}

// onSample runs a test of the service with the sample in it on every engine.
func onSample(t *testing.T, config Config, run func(*testing.T, *service)) {
	t.Helper()
	testdb.Each(t, func(t *testing.T, db testdb.DB) {
		if db.Engine == migrations.SQLite {
			run(t, sampled(t, config))
			return
		}
		s := newService(t, db, config)
		s.clock.Set(start.AddDate(0, 0, -1))
		if err := loadSample(t.Context(), s.ingest); err != nil {
			t.Fatal(err)
		}
		s.clock.Set(start)
		run(t, s)
	})
}

// sampleFile is a database with the sample, made once.
var sampleFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "bellwether-api-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	words, err := catalog.Read(data.Catalog())
	if err != nil {
		return nil, err
	}
	ctx, c := context.Background(), &clock{now: start.AddDate(0, 0, -1)}
	file := dir + "/sample.db"
	s, err := store.Create(ctx, store.Options{DSN: "sqlite:" + file, Clock: c.Now}, obs.Office{Zone: "Asia/Shanghai", Currency: "CNY"}, words)
	if err != nil {
		return nil, err
	}
	if err := loadSample(ctx, ingest.New(s, c.Now, ingest.Limits{})); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

func loadSample(ctx context.Context, in *ingest.Service) error {
	names, err := fs.Glob(data.Sample(), "*.csv")
	if err != nil {
		return err
	}
	slices.Sort(names)
	for _, name := range names {
		file := ingest.File{Name: name, Open: func() (io.ReadCloser, error) { return data.Sample().Open(name) }}
		if _, err := in.Import(ctx, ingest.Request{File: file, By: "sample", Publish: ingest.Publish{Now: true}}); err != nil {
			return err
		}
	}
	return nil
}

// areaCurrencies is the history of the currencies of areas.
func areaCurrencies(t testing.TB) fx.History {
	t.Helper()
	h, err := fx.ReadHistory(data.AreaCurrencies())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// feeds are the feeds of the sample's rates.
func feeds(t testing.TB) []fx.Feed {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(data.Feeds())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []fx.Feed
	for _, cells := range lines[1:] {
		rank, err := strconv.Atoi(cells[5])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fx.Feed{Code: cells[0], Name: cells[1], Averaging: cells[2], Zone: cells[3], Hour: cells[4], Rank: rank, Source: cells[6], URL: cells[7]})
	}
	return all
}

// key returns a key with the role, made when it is first asked for.
func (s *service) key(role obs.Role) string {
	s.Helper()
	if s.keys[role] == "" {
		s.keys[role] = s.newKey(obs.Key{Name: "the " + string(role), Role: role})
	}
	return s.keys[role]
}

func (s *service) newKey(k obs.Key) string {
	s.Helper()
	text, made, err := apikey.New(rand.Reader)
	if err != nil {
		s.Fatal(err)
	}
	k.ID, k.Created = made.ID, s.clock.Now()
	if err := s.store.CreateKey(s.Context(), k, made.Hash); err != nil {
		s.Fatal(err)
	}
	return text
}

// response is an answer that was checked against the contract.
type response struct {
	testing.TB
	*httptest.ResponseRecorder
	what string
}

// get asks with headers given as name, value, ….
func (s *service) get(path string, headers ...string) *response {
	s.Helper()
	return s.do(http.MethodGet, path, nil, headers...)
}

// as asks with the key of a role.
func (s *service) as(role obs.Role, method, path string, body string, headers ...string) *response {
	s.Helper()
	return s.do(method, path, strings.NewReader(body), append(headers, "Authorization", "Bearer "+s.key(role))...)
}

func (s *service) do(method, path string, body io.Reader, headers ...string) *response {
	s.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = io.ReadAll(body); err != nil {
			s.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(s.Context(), method, path, bytes.NewReader(sent))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.API.ServeHTTP(w, r)
	s.contract.check(s.TB, r, sent, w)
	return &response{TB: s.TB, ResponseRecorder: w, what: method + " " + path}
}

// record reads an answer that came over a connection.
func record(t testing.TB, from *http.Response) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	for name, value := range from.Header {
		w.Header()[name] = value
	}
	w.WriteHeader(from.StatusCode)
	if _, err := io.Copy(w, from.Body); err != nil {
		t.Fatal(err)
	}
	return w
}

// want fails unless the status is the one given.
func (r *response) want(status int) *response {
	r.Helper()
	if r.Code != status {
		r.Fatalf("%s: %d, want %d\n%s", r.what, r.Code, status, r.Body)
	}
	return r
}

// problem fails unless the answer is a problem of the status and code.
func (r *response) problem(status int, code string) problem {
	r.Helper()
	r.want(status)
	var p problem
	if err := json.Unmarshal(r.Body.Bytes(), &p); err != nil {
		r.Fatalf("%s: %v in %s", r.what, err, r.Body)
	}
	if p.Code != code || p.Status != status || r.Header().Get("Content-Type") != problemType {
		r.Fatalf("%s: %d %s %q, want %s", r.what, p.Status, p.Code, p.Detail, code)
	}
	return p
}

// json reads the answer.
func (r *response) json(into any) {
	r.Helper()
	decoder := json.NewDecoder(bytes.NewReader(r.Body.Bytes()))
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		r.Fatalf("%s: %v in %s", r.what, err, r.Body)
	}
}

// publish imports a file at once and fails when that is refused.
func (s *service) publish(body string) {
	s.Helper()
	s.as(obs.Editor, http.MethodPost, "/v1/imports?publish=now&filename=test.csv", body, "Content-Type", "text/csv").want(http.StatusCreated)
}
