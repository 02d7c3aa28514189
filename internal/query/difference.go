package query

import (
	"context"
	"math"
	"strings"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/diff"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// RevisionDetail is one revision with what it changed.
type RevisionDetail struct {
	Revision   RevisionInfo `json:"revision"`
	Difference Difference   `json:"difference"`
	Total      int          `json:"total"` // changes in all pages
	Next       Text         `json:"next"`
}

// Difference is what a revision changed at the instant at which it became
// visible. Changes, or Rates where it states rates, has the changes of one
// page; Truncated says that more follow. Counts and Series count them all.
type Difference struct {
	Counts    diff.Counts        `json:"counts"`
	Series    []SeriesDifference `json:"series"`
	Changes   []ChangeInfo       `json:"changes"`
	Rates     []RateChange       `json:"rates"`
	Truncated bool               `json:"truncated"`
}

// SeriesDifference is how many figures of one series changed.
type SeriesDifference struct {
	Code    string `json:"code"`
	Title   string `json:"title"`
	Changed int    `json:"changed"`
}

// ChangeInfo is how one figure changed; both figures are at the multiplier.
type ChangeInfo struct {
	Kind       diff.Kind   `json:"kind"`
	Series     string      `json:"series"`
	Period     string      `json:"period"`
	Unit       string      `json:"unit"`
	Multiplier int         `json:"multiplier"`
	From       *FigureInfo `json:"from"` // null where nothing stood
	To         *FigureInfo `json:"to"`   // null where nothing stands any more
	Percent    Number      `json:"percent"`
}

// RateChange is how one rate changed: 1 base = so much quote.
type RateChange struct {
	Kind     diff.Kind `json:"kind"`
	Feed     string    `json:"feed"`
	Base     string    `json:"base"`
	Quote    string    `json:"quote"`
	RateKind string    `json:"rate_kind"`
	Period   string    `json:"period"`
	From     Number    `json:"from"` // null where nothing stood
	To       Number    `json:"to"`   // null where nothing stands any more
	Percent  Number    `json:"percent"`
}

// FigureInfo is what one version says.
type FigureInfo struct {
	Value    Number `json:"value"`
	Decimals Count  `json:"decimals"`
	Status   Text   `json:"status"`
	Reason   Text   `json:"reason"`
	Text     Text   `json:"text"` // a growth in words
}

// Revision returns one visible revision with a page of its difference: the
// state of what it speaks of when it became visible, against the state of an
// instant before. The faults are unknown_revision (kind NotFound) and
// cursor_invalid.
func (s *Service) Revision(ctx context.Context, m Moment, id, lang string, page Page) (*RevisionDetail, error) {
	r, err := s.store.Revision(ctx, strings.ToLower(id), m.record())
	if err != nil {
		return nil, err
	}
	page.Question += " " + r.ID
	from, err := m.Part(Page{Question: page.Question, Cursor: page.Cursor}, math.MaxInt)
	if err != nil {
		return nil, err
	}
	detail := &RevisionDetail{Revision: newRevisionInfo(&r)}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	told := newDifferenceTeller(words, lang, from.From, page.Limit)
	if err := s.difference(ctx, &r, told.tell); err != nil {
		return nil, err
	}
	detail.Difference = told.done()
	detail.Total = detail.Difference.Counts.Changed()
	part, err := m.Part(page, detail.Total)
	detail.Next = part.Next
	return detail, err
}

// difference hands over what a visible revision speaks of as it stood an
// instant before it became visible, and then.
func (s *Service) difference(ctx context.Context, r *obs.Revision, each func(*pair)) error {
	before, after := vintage.Now(r.VisibleAt.Add(-time.Microsecond)), vintage.Now(r.VisibleAt)
	return s.pairs(ctx, r.ID, view{at: before}, view{at: after}, each)
}

// differenceTeller writes changes into a difference: all of them into its
// counts, those of a page into its lists.
type differenceTeller struct {
	words       *catalog.Catalog
	lang        string
	from, limit int // changes before the page, and in it; limit 0: all that follow
	out         Difference
	meta        *SeriesMeta // of the last series met
}

func newDifferenceTeller(words *catalog.Catalog, lang string, from, limit int) *differenceTeller {
	return &differenceTeller{words: words, lang: lang, from: from, limit: limit, out: Difference{
		Series: []SeriesDifference{}, Changes: []ChangeInfo{}, Rates: []RateChange{},
	}}
}

// done returns the difference when everything was told.
func (t *differenceTeller) done() Difference {
	t.out.Truncated = t.from+len(t.out.Changes)+len(t.out.Rates) < t.out.Counts.Changed()
	return t.out
}

func (t *differenceTeller) tell(p *pair) {
	change := p.change()
	n := t.out.Counts.Changed()
	t.out.Counts.Add(change.Kind)
	if change.Kind == diff.Unchanged {
		return
	}
	if p.series != nil {
		t.count(p.series)
	}
	if n < t.from || t.limit > 0 && n >= t.from+t.limit {
		return
	}
	if p.series == nil {
		t.out.Rates = append(t.out.Rates, newRateChange(p, change))
		return
	}
	t.out.Changes = append(t.out.Changes, newChangeInfo(p, change, t.meta))
}

// count counts a change of a series; those of one series come together.
func (t *differenceTeller) count(of *obs.Series) {
	if t.meta == nil || t.meta.Series.Code != of.Code {
		t.meta = seriesMeta(t.words, of, t.lang)
		t.out.Series = append(t.out.Series, SeriesDifference{Code: of.Code, Title: t.meta.Title})
	}
	t.out.Series[len(t.out.Series)-1].Changed++
}

func newChangeInfo(p *pair, c diff.Change, meta *SeriesMeta) ChangeInfo {
	change := ChangeInfo{
		Kind: c.Kind, Series: p.series.Code, Period: p.period.String(), Unit: meta.Unit, Multiplier: meta.Multiplier,
		Percent: Number(c.Percent(meta.nature)),
	}
	if p.before != nil {
		change.From = newFigureInfo(c.Before, meta.Multiplier)
	}
	if p.after != nil {
		change.To = newFigureInfo(c.After, meta.Multiplier)
	}
	return change
}

func newRateChange(p *pair, c diff.Change) RateChange {
	r := &p.rate
	change := RateChange{
		Kind: c.Kind, Feed: r.Feed, Base: r.Base, Quote: r.Quote, RateKind: string(r.Kind), Period: p.period.String(),
		Percent: Number(c.Percent(diff.Amount)),
	}
	if p.before != nil {
		change.From = Number(c.Before.Value.Text())
	}
	if p.after != nil {
		change.To = Number(c.After.Value.Text())
	}
	return change
}

func newFigureInfo(f diff.Figure, multiplier int) *FigureInfo {
	status, reason := answered(f)
	info := &FigureInfo{Status: Text(status), Reason: Text(reason), Text: Text(f.Text)}
	if f.Withdrawn {
		return info
	}
	value := f.Value.At(multiplier)
	if f.HasValue() {
		info.Value = Number(value.Text())
	}
	if f.HasValue() || f.State == obs.BelowUnit {
		info.Decimals = Count{value.Decimals(), true}
	}
	return info
}
