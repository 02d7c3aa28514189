package fx

import (
	"cmp"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// Book is the rates of one state, ready to be asked. It never changes and may
// be used by many at once.
type Book struct {
	tables     map[tableKey]*table
	feeds      []string // in order of preference
	currencies Currencies
}

type tableKey struct{ feed, base, quote string }

// NewBook builds the book of the rates that are in force in one state. Feeds
// are those that the catalogue ranks; a feed of a rate that is not among them
// comes after them. The rates are read fastest in the order of feed, base,
// quote, kind and end, and are not kept.
//
// It refuses a rate that cannot be one (rate_invalid), two rates of one feed,
// pair, kind and period, and an irrevocable rate that differs from the one
// that the currencies have (rate_conflict).
func NewBook(rates []Rate, currencies Currencies, feeds ...Feed) (*Book, error) {
	rates, err := ordered(rates)
	if err != nil {
		return nil, err
	}
	b := &Book{tables: map[tableKey]*table{}, currencies: currencies.clone()}
	for from := 0; from < len(rates); {
		to := from + 1
		for to < len(rates) && sameTable(&rates[from], &rates[to]) {
			to++
		}
		if err := b.add(rates[from:to]); err != nil {
			return nil, err
		}
		from = to
	}
	b.feeds = preference(feeds, rates)
	return b, nil
}

// ordered checks every rate and returns them by table, kind and time.
func ordered(rates []Rate) ([]Rate, error) {
	sorted := true
	for i := range rates {
		if err := rates[i].check(); err != nil {
			return nil, err
		}
		sorted = sorted && (i == 0 || compareRates(&rates[i-1], &rates[i]) <= 0)
	}
	if !sorted {
		rates = slices.Clone(rates)
		slices.SortStableFunc(rates, func(a, b Rate) int { return compareRates(&a, &b) })
	}
	for i := 1; i < len(rates); i++ {
		if compareRates(&rates[i-1], &rates[i]) == 0 {
			a, b := rates[i-1], rates[i]
			return nil, fault.New(fault.Refused, fault.RateConflict, "%s states %s and %s for %s of %s",
				feedName(a.Feed), a.Value.Text(), b.Value.Text(), quotation(a.Base, a.Quote), a.Period)
		}
	}
	return rates, nil
}

func compareRates(a, b *Rate) int {
	if !sameTable(a, b) {
		return cmp.Or(cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.Base, b.Base), cmp.Compare(a.Quote, b.Quote))
	}
	if a.Kind != b.Kind {
		return cmp.Compare(a.Kind, b.Kind)
	}
	return period.Compare(a.Period, b.Period)
}

func sameTable(a, b *Rate) bool {
	return a.Quote == b.Quote && a.Base == b.Base && a.Feed == b.Feed
}

func (b *Book) add(rates []Rate) error {
	t := newTable(rates)
	for _, r := range rates {
		if r.Kind != Irrevocable {
			continue
		}
		if err := b.currencies.learn(r); err != nil {
			return err
		}
	}
	if len(t.days) > 0 || len(t.means) > 0 || len(t.ends) > 0 {
		b.tables[tableKey{rates[0].Feed, t.base, t.quote}] = t
	}
	return nil
}

// preference returns the codes of feeds in the order in which they are tried.
func preference(feeds []Feed, rates []Rate) []string {
	feeds = slices.Clone(feeds)
	slices.SortFunc(feeds, func(a, b Feed) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Code, b.Code))
	})
	codes := make([]string, 0, len(feeds))
	known := map[string]bool{}
	for _, f := range feeds {
		if !known[f.Code] {
			codes, known[f.Code] = append(codes, f.Code), true
		}
	}
	// Rates come by feed, so the codes that are new here are in order.
	for i := range rates {
		if code := rates[i].Feed; (i == 0 || code != rates[i-1].Feed) && !known[code] {
			codes, known[code] = append(codes, code), true
		}
	}
	return codes
}

// Feeds returns the codes of the feeds in the order in which they are tried.
func (b *Book) Feeds() []string { return slices.Clone(b.feeds) }

// legs returns the ways in which a feed quotes two currencies against each
// other: as base and quote, in the given order first.
func (b *Book) legs(feed, base, quote string) []leg {
	var legs []leg
	if t, ok := b.tables[tableKey{feed, base, quote}]; ok {
		legs = append(legs, leg{table: t})
	}
	if t, ok := b.tables[tableKey{feed, quote, base}]; ok {
		legs = append(legs, leg{table: t, flipped: true})
	}
	return legs
}

func feedName(code string) string {
	if code == "" {
		return "the feed"
	}
	return "the feed " + code
}
