// Package query owns the questions that a reader asks: which state, which
// series, which rows of them, shown how. It joins what the store holds with
// what may be said of it: the growth that was reported and whether it can be
// true, the growth that follows from the levels, the value in another
// currency, and a label that looks wrong.
//
// Every answer is computed from one point in time and from nothing that is
// visible later. The package writes nothing, decides no rule of periods,
// growth or conversion, and knows neither HTTP nor SQL.
package query

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// Service answers questions from a store. It may be used by any number of
// goroutines.
type Service struct {
	store  Store
	clock  func() time.Time
	feeds  []fx.Feed
	areas  fx.History
	office atomic.Pointer[office]
	books  *kept[bookKey, *book]
	lists  *kept[vintage.Point, []obs.Coverage]
	making sync.Mutex // of a book

	published *kept[RatesMark, []fx.Rate] // as they are told one by one
	listing   sync.Mutex                  // of those

	families sync.Pool // of *family, the memory of answers that are done
}

// How many sets of rates to convert by, lists of series of a state, and lists
// of rates are kept.
const (
	keptBooks = 8
	keptLists = 2
	keptRates = 1
)

// New returns a service over the store. Feeds are the feeds of rates that the
// office knows, which decide whose rate is taken first; a feed that is not
// among them comes after them.
func New(store Store, clock func() time.Time, feeds ...fx.Feed) *Service {
	return &Service{
		store: store, clock: clock, feeds: feeds,
		books: newKept[bookKey, *book](keptBooks), lists: newKept[vintage.Point, []obs.Coverage](keptLists),
		published: newKept[RatesMark, []fx.Rate](keptRates),
	}
}

// WithAreas lets the service know which area used which currency when, so that
// it warns of converted figures that are not of the currency of their time. It
// is called before the first question.
func (s *Service) WithAreas(h fx.History) *Service {
	s.areas = h
	return s
}

// office is what the database is bound to, with its zone.
type office struct {
	obs.Office
	zone *time.Location
}

// Office returns what the database was created with and its time zone. Neither
// ever changes.
func (s *Service) Office(ctx context.Context) (obs.Office, *time.Location, error) {
	if known := s.office.Load(); known != nil {
		return known.Office, known.zone, nil
	}
	found, err := s.store.Office(ctx)
	if err != nil {
		return obs.Office{}, nil, err
	}
	zone, err := time.LoadLocation(found.Zone)
	if err != nil {
		return obs.Office{}, nil, fmt.Errorf("load the office's time zone: %w", err)
	}
	s.office.Store(&office{found, zone})
	return found, zone, nil
}

// Catalog returns the catalogue as it stood.
func (s *Service) Catalog(ctx context.Context, m Moment) (*catalog.Catalog, error) {
	return s.store.Catalog(ctx, m.Point)
}
