// Package feed takes the files of feeds of rates from their publishers and
// hands them to the import: on request, and by a schedule. It owns when a file
// is taken and what is remembered of it; how a file is taken is the matter of
// package fetch, and what stands in it that of package ingest.
package feed

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fetch"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// Store is what taking needs of a database; *store.Store gives it.
type Store interface {
	// FetchLog returns what is known of earlier takings of a feed's file. Its
	// mark is empty when rates were undone since the file was last asked for.
	FetchLog(context.Context, obs.FetchKey) (obs.FetchLog, error)

	// BeginFetch notes that somebody takes a file, where nothing happened since
	// what was counted last. It returns the number by which the taking is
	// ended, and 0 where another came first.
	BeginFetch(ctx context.Context, key obs.FetchKey, by string, after int) (begun int, err error)

	// EndFetch notes what the taking of that number brought.
	EndFetch(ctx context.Context, key obs.FetchKey, begun int, end obs.FetchEnd) error

	// Audit adds an entry to the audit log.
	Audit(context.Context, obs.AuditEntry) error
}

// Importer takes files in; *ingest.Service is one.
type Importer interface {
	Review(context.Context, ingest.Request) (*ingest.Report, error)
	Import(context.Context, ingest.Request) (*ingest.Result, error)
}

// Config says what is taken from where, and when.
type Config struct {
	Feeds     []fx.Feed
	Addresses map[string]string // by feed, in place of the one that it has
	Plain     fetch.Plain
	Plans     []Plan // what is taken by itself
	TempDir   string // where a file waits until it is read; empty: the system's
	Log       *slog.Logger
	Clock     func() time.Time
	Wait      func(context.Context, time.Duration) error // nil: by the system's clock
}

// Service takes files. It may be used by many at once.
type Service struct {
	config   Config
	store    Store
	importer Importer
	counts   *counts
}

// New returns a service that remembers in store.
func New(store Store, importer Importer, config Config) *Service {
	if config.Wait == nil {
		config.Wait = wait
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{config: config, store: store, importer: importer, counts: newCounts()}
}

// Request names the feed whose file is taken.
type Request struct {
	Feed    string
	Address string         // in place of the one that the feed has; empty: none
	Import  ingest.Request // without a file
}

// Result is what a taking brought.
type Result struct {
	Feed    string
	Address string
	Import  *ingest.Result // nil where the publisher has had nothing new
}

// Fetch takes the file of a feed from its publisher's address, unless it is the
// one that was taken last, and imports it. What is not to be published is read
// and reported; nothing of it is stored or remembered. Faults: unknown_feed of kind NotFound, fetch_failed,
// fetch_under_way of kind Conflict, and those of the import, with which the
// result has its report.
func (s *Service) Fetch(ctx context.Context, r Request) (*Result, error) {
	key, err := s.key(r.Feed, r.Address)
	if err != nil {
		return nil, err
	}
	log, err := s.store.FetchLog(ctx, key)
	if err != nil {
		return nil, err
	}
	known := fetch.Mark{ETag: log.ETag, Modified: log.Modified}
	if r.Import.Publish.IsZero() {
		result, _, err := s.bring(ctx, key, known, r)
		return result, err
	}
	if log.Last.What == obs.FetchBegun && s.config.Clock().Sub(log.At) < lease {
		return nil, underWay(key)
	}
	begun, err := s.store.BeginFetch(ctx, key, r.Import.By, log.N)
	if err != nil {
		return nil, err
	}
	if begun == 0 {
		return nil, underWay(key)
	}
	result, mark, err := s.bring(ctx, key, known, r)
	end := ended(result, mark, err)
	s.counts.count(key.Feed, end, err, s.config.Clock())
	noted, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteTime)
	defer cancel()
	if lost := s.store.EndFetch(noted, key, begun, end); lost != nil {
		s.config.Log.LogAttrs(ctx, slog.LevelWarn, "what was fetched was not noted", slog.String("feed", key.Feed), slog.Any("error", lost))
	}
	return result, err
}

// noteTime is how long a service that is stopped may take to note that.
const noteTime = 5 * time.Second

func underWay(key obs.FetchKey) error {
	e := fault.New(fault.Conflict, fault.FetchUnderWay, "the file of %s is being taken already", key.Feed).
		Expect("the same again, in a few minutes")
	e.RetryAfter = time.Minute
	return e
}

// bring takes the file and imports it, or only reads it where nothing is to be
// published.
func (s *Service) bring(ctx context.Context, key obs.FetchKey, known fetch.Mark, r Request) (*Result, fetch.Mark, error) {
	result := &Result{Feed: key.Feed, Address: key.Address}
	var mark fetch.Mark
	changed := false
	spool, err := ingest.NewSpool(s.config.TempDir, func(w io.Writer) (err error) {
		mark, changed, err = fetch.Get(ctx, fetch.Request{URL: key.Address, Plain: s.config.Plain, Known: known}, w)
		return err
	})
	if err != nil {
		return nil, mark, err
	}
	defer spool.Close()
	if !changed {
		return result, mark, nil
	}
	request := r.Import
	request.File = ingest.File{Name: key.Address, Open: spool.Open}
	if request.Settings, err = request.Settings.With("constants.feed", key.Feed); err != nil {
		return nil, mark, err
	}
	if request.Publish.IsZero() {
		report, err := s.importer.Review(ctx, request)
		result.Import = &ingest.Result{Report: report}
		return result, mark, err
	}
	result.Import, err = s.importer.Import(ctx, request)
	return result, mark, err
}

// ended says what a taking brought, as it is noted. The mark of a file that was
// not imported is not kept, so that it is taken again.
func ended(result *Result, mark fetch.Mark, err error) obs.FetchEnd {
	if err != nil {
		f := fault.From(err)
		return obs.FetchEnd{What: obs.FetchFailed, Detail: string(f.Code) + ": " + f.Detail}
	}
	end := obs.FetchEnd{What: obs.FetchUnchanged, ETag: mark.ETag, Modified: mark.Modified}
	if result.Import != nil {
		end.What, end.Import = obs.FetchImported, result.Import.Import.ID
		if d := result.Import.Report.Difference; d != nil && !result.Import.NoOp {
			end.New = d.New
		}
	}
	return end
}

// key finds the address of a feed's file.
func (s *Service) key(code, address string) (obs.FetchKey, error) {
	var known []string
	for _, f := range s.config.Feeds {
		if f.Code == strings.ToLower(code) {
			if address == "" {
				address = s.address(f)
			}
			if address == "" {
				return obs.FetchKey{}, fault.New(fault.Invalid, fault.FetchFailed, "no address is known of the file of %s", f.Code).
					Expect("its address, in the setting rates.address or with --url")
			}
			return obs.FetchKey{Feed: f.Code, Address: address}, fetch.CheckAddress(address, s.config.Plain)
		}
		known = append(known, f.Code)
	}
	return obs.FetchKey{}, fault.New(fault.NotFound, fault.UnknownFeed, "no feed of rates is %q", fault.Clip(code)).
		Expect("%s", strings.Join(known, ", "))
}

func (s *Service) address(f fx.Feed) string {
	if other := s.config.Addresses[f.Code]; other != "" {
		return other
	}
	return f.Fetch
}
