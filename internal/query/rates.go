package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/fx"
	"bellwether/internal/period"
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
	b, f, err := s.checkRates(ctx, m, f)
	if err != nil {
		return nil, err
	}
	list := &RateList{Rates: []RateInfo{}, Warnings: []Warning{}}
	for i := range b.rates {
		r := &b.rates[i]
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

func (s *Service) checkRates(ctx context.Context, m Moment, f RatesFilter) (*book, RatesFilter, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, f, err
	}
	b, err := s.book(ctx, m.Point, words)
	if err != nil {
		return nil, f, err
	}
	if f.Feed != "" {
		if f.Feed, err = b.feed("feed", f.Feed); err != nil {
			return nil, f, err
		}
	}
	if f.Base != "" {
		if f.Base, err = currencyCode(words, "base", f.Base); err != nil {
			return nil, f, err
		}
	}
	if f.Quote != "" {
		if f.Quote, err = currencyCode(words, "quote", f.Quote); err != nil {
			return nil, f, err
		}
	}
	if err := inOrder(f.Start, f.End); err != nil {
		return nil, f, err
	}
	f.Kind = strings.ReplaceAll(strings.ToLower(f.Kind), "-", "_")
	switch fx.Kind(f.Kind) {
	case "", fx.Fixing, fx.Mean, fx.EndOfPeriod, fx.Irrevocable:
		return b, f, nil
	}
	return nil, f, invalid("kind", f.Kind, "average, end_of_period, fixing or irrevocable")
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
		list = append(list, s.newFeed(code, b.rates))
	}
	return list, nil
}

func (s *Service) newFeed(code string, rates []fx.Rate) FeedInfo {
	info := FeedInfo{Code: code, Pairs: []string{}}
	for _, f := range s.feeds {
		if f.Code == code {
			info.Name, info.Averaging, info.Timezone, info.Hour = Text(f.Name), Text(f.Averaging), Text(f.Zone), Text(f.Hour)
			info.Source, info.URL = Text(f.Source), Text(f.URL)
		}
	}
	var first, last period.Period
	for i := range rates {
		r := &rates[i]
		if r.Feed != code {
			continue
		}
		if info.Count == 0 || period.Compare(r.Period, first) < 0 {
			first = r.Period
		}
		if info.Count == 0 || period.Compare(r.Period, last) > 0 {
			last = r.Period
		}
		info.Count++
		if pair := r.Quote + " per " + r.Base; !slices.Contains(info.Pairs, pair) {
			info.Pairs = append(info.Pairs, pair)
		}
	}
	info.First, info.Last = Text(first.String()), Text(last.String())
	return info
}
