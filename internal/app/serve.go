package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"bellwether/api"
)

// Serve answers requests on the listener until ctx ends, then takes no more
// and lets those under way end, for at most the shutdown timeout.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	handler, err := a.Handler(ctx, Guarded)
	if err != nil {
		return err
	}
	server := api.NewServer(handler, a.Config.Server.timeouts(), a.Log)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { a.Store.Watch(ctx); return nil })
	group.Go(func() error { handler.Run(ctx); return nil })
	group.Go(func() error { a.Feed.Run(ctx); return nil })
	group.Go(func() error {
		if err := server.Serve(api.Listener(listener)); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		a.Log.Info("stopping", "timeout", a.Config.Server.ShutdownTimeout.String())
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.Config.Server.ShutdownTimeout)
		defer cancel()
		return server.Shutdown(drain)
	})
	a.Log.Info("serving", "address", listener.Addr().String(), "version", Version)
	return group.Wait()
}

// Guard says who may ask a handler.
type Guard uint8

// The two guards.
const (
	Guarded   Guard = iota // whoever the configuration lets in
	Unguarded              // one who has the database open already: reading needs no key, knows no rate and is not logged
)

// Handler returns the API over the open database.
func (a *App) Handler(ctx context.Context, guard Guard) (*api.API, error) {
	config := a.Config.api()
	log := a.Log
	if guard == Unguarded {
		config.ReadAccess, config.RatePerSecond, config.CacheBytes = api.Public, 0, 0
		log = slog.New(slog.DiscardHandler)
	}
	registry := prometheus.NewRegistry()
	for _, metric := range a.Feed.Metrics() {
		if err := registry.Register(metric); err != nil {
			return nil, err
		}
	}
	return api.New(config, api.Deps{Query: a.Query, Ingest: a.Ingest, Store: a.Store, Feed: a.Feed, Log: log, Clock: a.Clock, Registry: registry})
}

func (c Config) api() api.Config {
	return api.Config{
		PublicURL:      c.PublicURL,
		Office:         c.Office.api(),
		ReadAccess:     api.ReadAccess(c.ReadAccess),
		RatePerSecond:  c.RateLimit.PerSecond,
		RateBurst:      c.RateLimit.Burst,
		TrustedProxies: c.proxies(),
		UploadBytes:    int64(c.Limits.UploadBytes),
		CSVRows:        c.Limits.CSVRows,
		CacheBytes:     c.CacheBytes,
		Version:        Version,
	}
}

// proxies are the trusted networks; that each is one was checked on loading.
func (c Config) proxies() []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range c.TrustedProxies {
		if network, err := netip.ParsePrefix(text); err == nil {
			networks = append(networks, network)
		}
	}
	return networks
}

func (o Office) api() api.Office {
	return api.Office{
		Name: map[string]string{"en": o.Name.En, "zh": o.Name.Zh},
		URL:  o.URL, Contact: o.Contact, Licence: o.Licence,
		LicenceURL: o.LicenceURL, Attribution: o.Attribution,
	}
}

func (s Server) timeouts() api.Timeouts {
	return api.Timeouts{ReadHeader: s.ReadHeaderTimeout, Read: s.ReadTimeout, Write: s.WriteTimeout, Idle: s.IdleTimeout}
}
