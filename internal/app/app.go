package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"bellwether/data"
	"bellwether/internal/feed"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/store"
)

// Tools are what the surroundings lend: where the log goes and what time it is.
type Tools struct {
	Log   *slog.Logger
	Clock func() time.Time
}

// App is the service, joined: one open database and the use cases over it.
type App struct {
	Config Config
	Tools
	Store  *store.Store
	Query  *query.Service
	Ingest *ingest.Service
	Feed   *feed.Service
}

// Open joins the service over a database that is there. A database that is
// not, or that another version of the service made, is a fault.
func Open(ctx context.Context, config Config, tools Tools) (*App, error) {
	s, err := store.Open(ctx, config.StoreOptions(tools))
	if err != nil {
		return nil, err
	}
	return join(config, tools, s)
}

// Create joins the service over a database that it makes, or brings forward,
// when that is needed. The office's time zone and currency are bound to a new
// database and held against one that is there.
func Create(ctx context.Context, config Config, tools Tools) (*App, error) {
	entries, err := Catalog()
	if err != nil {
		return nil, err
	}
	office := obs.Office{Zone: config.Office.Timezone, Currency: config.Office.Currency}
	s, err := store.Create(ctx, config.StoreOptions(tools), office, entries)
	if err != nil {
		return nil, err
	}
	return join(config, tools, s)
}

// Close ends the use of the database.
func (a *App) Close() error { return a.Store.Close() }

func join(config Config, tools Tools, s *store.Store) (*App, error) {
	feeds, err := Feeds()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	areas, err := fx.ReadHistory(data.AreaCurrencies())
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a := &App{
		Config: config, Tools: tools, Store: s,
		Query:  query.New(s, tools.Clock, feeds...).WithAreas(areas),
		Ingest: ingest.New(s, tools.Clock, config.Limits.ingest(), feeds...),
	}
	a.Feed = feed.New(s, a.Ingest, config.Rates.feed(tools, feeds))
	return a, nil
}

// StoreOptions says how the database is opened.
func (c Config) StoreOptions(tools Tools) store.Options {
	return store.Options{
		DSN: c.Database, Clock: tools.Clock, Log: tools.Log,
		MaxConns: c.Connections, QueryTimeout: c.QueryTimeout,
	}
}

func (l Limits) ingest() ingest.Limits {
	return ingest.Limits{
		Bytes: int64(l.UploadBytes), Rows: l.Rows, Columns: l.Columns,
		CellBytes: l.CellBytes, Errors: l.Errors,
	}
}
