package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/fx"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// RatesFilter narrows rates. Texts are in any case; an empty one does not
// narrow. Base and Quote together name a pair, whichever way round it is
// quoted. A rate is inside when its last day is between Start and End.
type RatesFilter struct {
	Feed, Base, Quote, Kind string
	Start, End              Day
}

// RateInfo is a rate as published: 1 base = rate quote.
type RateInfo struct {
	Feed        string `json:"feed"`
	Base        string `json:"base"`
	Quote       string `json:"quote"`
	Kind        string `json:"kind"`
	Period      string `json:"period"`
	Rate        Number `json:"rate"`
	PublishedAt Text   `json:"published_at"`
	Source      Text   `json:"source"`
	Note        Text   `json:"note"`
}

// RateList is rates as they are published.
type RateList struct {
	Rates    []RateInfo `json:"rates"`
	Warnings []Warning  `json:"warnings"`
}

// Rates returns the rates in force, ordered by feed, base, quote, kind, end
// and start; the warning pair_as_quoted says that some of them are quoted the
// other way round than they were asked for. The faults are unknown_feed and
// unknown_code (kind NotFound), period_reversed, and invalid_parameter for a
// kind that there is none of.
func (s *Service) Rates(ctx context.Context, m Moment, f RatesFilter, lang string) (*RateList, error) {
	f, err := s.checkRates(ctx, m, f)
	if err != nil {
		return nil, err
	}
	all, err := s.inForce(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	list := &RateList{Rates: []RateInfo{}, Warnings: []Warning{}}
	for i := range all {
		r := &all[i]
		if !f.holds(r) {
			continue
		}
		list.Rates = append(list.Rates, RateInfo{
			Feed: r.Feed, Base: r.Base, Quote: r.Quote, Kind: string(r.Kind), Period: r.Period.String(),
			Rate: Number(r.Value.Text()), PublishedAt: Text(instant(r.PublishedAt)), Source: Text(r.Source), Note: Text(r.Note),
		})
		if len(list.Warnings) == 0 && f.turns(r) {
			list.Warnings = append(list.Warnings, pairAsQuoted(r, lang))
		}
	}
	return list, nil
}

// inForce returns the rates of the point as they are published. One set of
// them is kept, for who reads it page by page: it is far larger than what
// conversions need of it.
func (s *Service) inForce(ctx context.Context, at vintage.Point) ([]fx.Rate, error) {
	mark, err := s.store.RatesMark(ctx, at)
	if err != nil {
		return nil, err
	}
	s.listing.Lock()
	defer s.listing.Unlock()
	if list, ok := s.published.get(mark); ok {
		return list, nil
	}
	list, err := s.store.Rates(ctx, at)
	if err == nil {
		s.published.put(mark, list)
	}
	return list, err
}

func (s *Service) checkRates(ctx context.Context, m Moment, f RatesFilter) (RatesFilter, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return f, err
	}
	b, err := s.book(ctx, m.Point, words)
	if err != nil {
		return f, err
	}
	if f.Feed != "" {
		if f.Feed, err = b.feed("feed", f.Feed); err != nil {
			return f, err
		}
	}
	if f.Base != "" {
		if f.Base, err = currencyCode(words, "base", f.Base); err != nil {
			return f, err
		}
	}
	if f.Quote != "" {
		if f.Quote, err = currencyCode(words, "quote", f.Quote); err != nil {
			return f, err
		}
	}
	if err := inOrder(f.Start, f.End); err != nil {
		return f, err
	}
	f.Kind = strings.ReplaceAll(strings.ToLower(f.Kind), "-", "_")
	switch fx.Kind(f.Kind) {
	case "", fx.Fixing, fx.Mean, fx.EndOfPeriod, fx.Irrevocable:
		return f, nil
	}
	return f, invalid("kind", f.Kind, "average, end_of_period, fixing or irrevocable")
}

// turns reports whether a rate is of the pair, quoted the other way round.
func (f *RatesFilter) turns(r *fx.Rate) bool {
	return f.Base != "" && f.Quote != "" && f.Base == r.Quote && f.Quote == r.Base
}

func (f *RatesFilter) holds(r *fx.Rate) bool {
	last := r.Period.Last()
	asked := (f.Base == "" || f.Base == r.Base) && (f.Quote == "" || f.Quote == r.Quote)
	return (f.Feed == "" || f.Feed == r.Feed) && (asked || f.turns(r)) && (f.Kind == "" || f.Kind == string(r.Kind)) &&
		(!f.Start.Set || last >= f.Start.Date) && (!f.End.Set || last <= f.End.Date)
}

// FeedInfo is a publisher of rates and what of it is in force. The first and
// last period are absent while nothing is.
type FeedInfo struct {
	Code      string   `json:"code"`
	Name      Text     `json:"name"`
	Averaging Text     `json:"averaging"`
	Timezone  Text     `json:"timezone"`
	Hour      Text     `json:"hour"`
	Source    Text     `json:"source"`
	URL       Text     `json:"url"`
	Pairs     []string `json:"pairs"` // as quoted: CNY per USD
	First     Text     `json:"first"`
	Last      Text     `json:"last"`
	Count     int      `json:"count"`
}

// Feeds returns the feeds in the order in which their rates are taken.
func (s *Service) Feeds(ctx context.Context, m Moment) ([]FeedInfo, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	b, err := s.book(ctx, m.Point, words)
	if err != nil {
		return nil, err
	}
	list := []FeedInfo{}
	for _, code := range b.Feeds() {
		list = append(list, s.newFeed(code, b.spans[code]))
	}
	return list, nil
}

func (s *Service) newFeed(code string, span *feedSpan) FeedInfo {
	info := FeedInfo{Code: code, Pairs: []string{}}
	for _, f := range s.feeds {
		if f.Code == code {
			info.Name, info.Averaging, info.Timezone, info.Hour = Text(f.Name), Text(f.Averaging), Text(f.Zone), Text(f.Hour)
			info.Source, info.URL = Text(f.Source), Text(f.URL)
		}
	}
	if span != nil {
		info.Pairs, info.Count = slices.Clone(span.pairs), span.count
		info.First, info.Last = Text(span.first.String()), Text(span.last.String())
	}
	return info
}

// feedSpan is what of a feed is in force.
type feedSpan struct {
	pairs       []string // as quoted: CNY per USD
	first, last period.Period
	count       int
}

// spansOf returns what of each feed there is among rates.
func spansOf(rates []fx.Rate) map[string]*feedSpan {
	spans := map[string]*feedSpan{}
	for i := range rates {
		r := &rates[i]
		span := spans[r.Feed]
		if span == nil {
			span = &feedSpan{first: r.Period, last: r.Period}
			spans[r.Feed] = span
		}
		span.count++
		if period.Compare(r.Period, span.first) < 0 {
			span.first = r.Period
		}
		if period.Compare(r.Period, span.last) > 0 {
			span.last = r.Period
		}
		if i > 0 && rates[i-1].Feed == r.Feed && rates[i-1].Base == r.Base && rates[i-1].Quote == r.Quote {
			continue
		}
		if pair := r.Quote + " per " + r.Base; !slices.Contains(span.pairs, pair) {
			span.pairs = append(span.pairs, pair)
		}
	}
	return spans
}
