package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"bellwether/api"
	"bellwether/internal/app"
	"bellwether/internal/ingest"
)

// The office that generated figures belong to.
const (
	officeZone     = "Asia/Shanghai"
	officeCurrency = "CNY"
)

// open joins the service over a database, which it makes where that is needed.
func open(ctx context.Context, d *database) (*app.App, error) {
	config, _, err := app.Load(app.Inputs{})
	if err != nil {
		return nil, err
	}
	config.Database = d.dsn
	config.Office.Timezone, config.Office.Currency = officeZone, officeCurrency
	return app.Create(ctx, config, app.Tools{Log: slog.New(slog.DiscardHandler), Clock: time.Now})
}

// handler is the HTTP API of the service, without a log of requests, that
// keeps so many bytes of answers.
func handler(a *app.App, cacheBytes int) (http.Handler, error) {
	return api.New(api.Config{CacheBytes: cacheBytes}, api.Deps{Query: a.Query, Ingest: a.Ingest, Store: a.Store})
}

// cacheBytes is what the service keeps answers in unless told otherwise.
const cacheBytes = 256 << 20

// publish imports a file, of rates that a feed publishes where one is named, and
// publishes it.
func publish(ctx context.Context, a *app.App, path, feed string) error {
	var settings ingest.Settings
	if feed != "" {
		settings.Constants = map[string]string{"feed": feed}
	}
	result, err := a.Ingest.Import(ctx, ingest.Request{
		File:     ingest.File{Name: "bench.csv", Open: func() (io.ReadCloser, error) { return os.Open(path) }},
		Settings: settings,
		By:       "bench",
		Publish:  ingest.Publish{Now: true},
	})
	if err != nil {
		return fmt.Errorf("import %s: %w", path, err)
	}
	if result.Revision == nil {
		return fmt.Errorf("import %s: nothing was published", path)
	}
	return nil
}

// create makes the database of the service and closes it again.
func create(ctx context.Context, d *database) error {
	a, err := open(ctx, d)
	if err != nil {
		return err
	}
	return a.Close()
}

// writeFile writes a file with what write gives it.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = write(f)
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
