package app

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fetch"
	"bellwether/internal/fx"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// FetchRequest names the feed whose file is taken from its publisher.
type FetchRequest struct {
	Feed    string
	URL     string // in place of the address that the feed has; empty: none
	Request ingest.Request
}

// FetchRates takes the file of a feed from its publisher's address and imports
// it, or only reads it where nothing is to be published. Nil without an error
// says that the publisher has had nothing new since the file was taken last.
//
// When that was is known from the imports: one that was fetched bears the
// address as its name. Where it was undone, the file is taken again.
func (a *App) FetchRates(ctx context.Context, f FetchRequest) (*ingest.Result, error) {
	feed, err := feedToFetch(f.Feed, f.URL)
	if err != nil {
		return nil, err
	}
	since, err := a.fetchedLast(ctx, feed)
	if err != nil {
		return nil, err
	}
	changed := false
	spool, err := ingest.NewSpool("", func(w io.Writer) (err error) {
		var known fetch.Mark
		if !since.IsZero() {
			known.Modified = since.UTC().Format(http.TimeFormat)
		}
		_, changed, err = fetch.Get(ctx, fetch.Request{URL: feed.Fetch, Known: known}, w)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer spool.Close()
	if !changed {
		return nil, nil
	}
	request := f.Request
	request.File = ingest.File{Name: feed.Fetch, Open: spool.Open}
	if request.Settings, err = request.Settings.With("constants.feed", feed.Code); err != nil {
		return nil, err
	}
	if request.Publish.IsZero() {
		report, err := a.Ingest.Review(ctx, request)
		return &ingest.Result{Report: report}, err
	}
	return a.Ingest.Import(ctx, request)
}

// feedToFetch returns the feed with the address from which its file is taken.
func feedToFetch(code, address string) (fx.Feed, error) {
	feeds, err := Feeds()
	if err != nil {
		return fx.Feed{}, err
	}
	var known []string
	for _, feed := range feeds {
		if feed.Code == strings.ToLower(code) {
			if address != "" {
				feed.Fetch = address
			}
			if feed.Fetch == "" {
				return feed, fault.New(fault.Invalid, fault.FetchFailed, "no address is known of the file of %s", feed.Code).
					Expect("its address, with --url")
			}
			return feed, nil
		}
		known = append(known, feed.Code)
	}
	return fx.Feed{}, fault.New(fault.NotFound, fault.UnknownFeed, "no feed of rates is %q", fault.Clip(code)).
		Expect("%s", strings.Join(known, ", "))
}

const (
	fetchedAmong = 200       // how many imports are looked through for the last one that was fetched
	fetchMargin  = time.Hour // by how much the clocks here and there may differ
)

// fetchedLast is an instant after which nothing of the feed's address was
// taken; zero where nothing of it stands.
func (a *App) fetchedLast(ctx context.Context, feed fx.Feed) (time.Time, error) {
	imports, err := a.Store.Imports(ctx, fetchedAmong, "")
	if err != nil {
		return time.Time{}, err
	}
	for i := range imports {
		if imports[i].Rates && imports[i].State == obs.Published && imports[i].Name == feed.Fetch {
			return imports[i].At.Add(-fetchMargin), nil
		}
	}
	return time.Time{}, nil
}
