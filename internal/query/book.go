package query

import (
	"context"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// book is the rates of one state with the factors that were found in them,
// refusals too: the rows of an answer share a few.
type book struct {
	*fx.Book
	spans    map[string]*feedSpan // by feed
	known    fx.Currencies
	factors  *factors
	declared *factors // at rates that askers declare
}

// bookKey is what a book depends on. A catalogue is one object as long as
// nothing in it changes.
type bookKey struct {
	rates RatesMark
	words *catalog.Catalog
}

// book returns the rates that are in force at the point. States that differ in
// their figures only share one, with its factors.
func (s *Service) book(ctx context.Context, at vintage.Point, words *catalog.Catalog) (*book, error) {
	mark, err := s.store.RatesMark(ctx, at)
	if err != nil {
		return nil, err
	}
	key := bookKey{mark, words}
	if b, ok := s.books.get(key); ok {
		return b, nil
	}
	// Many who ask at once for the rates of decades wait for one who reads them.
	s.making.Lock()
	defer s.making.Unlock()
	if b, ok := s.books.get(key); ok {
		return b, nil
	}
	b, err := s.newBook(ctx, at, words)
	if err == nil {
		s.books.put(key, b)
	}
	return b, err
}

func (s *Service) newBook(ctx context.Context, at vintage.Point, words *catalog.Catalog) (*book, error) {
	rates, err := s.store.Rates(ctx, at)
	if err != nil {
		return nil, err
	}
	known, err := fx.CurrenciesOf(words.Units())
	if err != nil {
		return nil, err
	}
	made, err := fx.NewBook(rates, known, s.feeds...)
	if err != nil {
		return nil, err
	}
	return &book{Book: made, spans: spansOf(rates), known: known, factors: newFactors(factorsSize), declared: newFactors(declaredSize)}, nil
}

// factor finds the factor of an ask, whose amount is not looked at.
func (b *book) factor(ask fx.Ask) (*fx.Factor, error) {
	f := b.find(ask)
	return f.factor, f.err
}

// find is factor with what is told of it.
func (b *book) find(ask fx.Ask) *found { return b.findOn(b.way(ask), ask) }

// way returns the factors that an ask's is one of.
func (b *book) way(ask fx.Ask) *way {
	if ask.Method == fx.ByFixed {
		return b.declared.way(ask.Way())
	}
	return b.factors.way(ask.Way())
}

// findOn is find for an ask of that way.
func (b *book) findOn(w *way, ask fx.Ask) *found {
	if known := w.get(ask.Period); known != nil {
		return known
	}
	return w.put(ask.Period, newFound(b.Factor(ask)))
}

// feed returns the code of the feed that a parameter names.
func (b *book) feed(parameter, text string) (string, error) {
	codes := b.Feeds()
	for _, code := range codes {
		if series.Fold(code) == series.Fold(text) {
			return code, nil
		}
	}
	refusal := fault.New(fault.NotFound, fault.UnknownFeed, "no feed of rates is %q", fault.Clip(text))
	if len(codes) == 0 {
		return "", at(refusal.Expect("no feed: there are no rates yet"), parameter, text)
	}
	return "", at(refusal.Expect("%s", strings.Join(codes, ", ")), parameter, text)
}
