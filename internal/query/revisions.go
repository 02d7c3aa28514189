package query

import (
	"context"
	"strings"
	"time"

	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// RevisionInfo is one visible change of what the service says. Who made it is
// not told.
type RevisionInfo struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"` // import, undo, withdrawal, catalogue or rates
	VisibleAt  string `json:"visible_at"`
	RecordedAt string `json:"recorded_at"`
	Message    Text   `json:"message"`
	Undoes     Text   `json:"undoes"`
	Rows       int    `json:"rows"` // figures or rates that it states
}

func newRevisionInfo(r *obs.Revision) RevisionInfo {
	return RevisionInfo{
		ID: r.ID, Kind: string(r.Kind), VisibleAt: instant(r.VisibleAt), RecordedAt: instant(r.RecordedAt),
		Message: Text(r.Message), Undoes: Text(r.Undoes), Rows: r.Rows,
	}
}

// RevisionList is a page of the public record, newest first.
type RevisionList struct {
	Revisions []RevisionInfo `json:"revisions"`
	Total     int            `json:"total"` // in all pages
	Next      Text           `json:"next"`
}

// record is the point at which the public record is read. It runs on the
// instant of visibility: what was published by an instant and recorded later was
// not in the record then.
func (m Moment) record() vintage.Point { return vintage.Now(m.Point.Published) }

// Revisions returns up to limit (at least one) visible revisions, newest first:
// those after the page whose next is the cursor, or the newest. The fault is
// cursor_invalid.
func (s *Service) Revisions(ctx context.Context, m Moment, after string, limit int) (*RevisionList, error) {
	var place cursor
	if after != "" {
		var err error
		if place, err = m.follow(after); err != nil {
			return nil, err
		}
	}
	limit = max(limit, 1)
	found, total, err := s.store.Revisions(ctx, m.record(), place.question, limit)
	if fault.CodeOf(err) == fault.UnknownRevision {
		return nil, badCursor(after, "was not given out here")
	}
	if err != nil {
		return nil, err
	}
	list := &RevisionList{Revisions: []RevisionInfo{}, Total: total}
	for i := range found {
		list.Revisions = append(list.Revisions, newRevisionInfo(&found[i]))
	}
	if shown := place.offset + len(found); len(found) > 0 && shown < total {
		list.Next = Text(m.next(shown, found[len(found)-1].ID))
	}
	return list, nil
}

// RevisionDetail is one revision with what it changed.
type RevisionDetail struct {
	Revision   RevisionInfo `json:"revision"`
	Difference Difference   `json:"difference"`
}

// Difference is what a revision changed at the instant at which it became
// visible. Changes has at most the first thousand; Truncated says that there
// are more, which Counts and Series count all the same.
type Difference struct {
	Counts    diff.Counts        `json:"counts"`
	Series    []SeriesDifference `json:"series"`
	Changes   []ChangeInfo       `json:"changes"`
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

// FigureInfo is what one version says.
type FigureInfo struct {
	Value    Number `json:"value"`
	Decimals Count  `json:"decimals"`
	Status   Text   `json:"status"`
	Reason   Text   `json:"reason"`
	Text     Text   `json:"text"` // a growth in words
}

// shownChanges is how many changes of a revision are listed.
const shownChanges = 1000

// Revision returns one visible revision with its difference: the state of the
// figures that it speaks of when it became visible, against the state of an
// instant before. The fault is unknown_revision (kind NotFound).
func (s *Service) Revision(ctx context.Context, m Moment, id, lang string) (*RevisionDetail, error) {
	r, err := s.store.Revision(ctx, strings.ToLower(id), m.record())
	if err != nil {
		return nil, err
	}
	detail := &RevisionDetail{Revision: newRevisionInfo(&r), Difference: Difference{Series: []SeriesDifference{}, Changes: []ChangeInfo{}}}
	if r.Kind == obs.ByCatalog || r.Kind == obs.ByRates {
		return detail, nil
	}
	before, err := s.touched(ctx, r.ID, vintage.Now(r.VisibleAt.Add(-time.Microsecond)))
	if err != nil {
		return nil, err
	}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	told := &differenceTeller{out: &detail.Difference, known: map[string]*SeriesMeta{}}
	told.title = func(o *obs.Series) *SeriesMeta { return seriesMeta(words, o, lang) }
	return detail, s.compare(ctx, &r, before, told)
}

// touched returns the figures that a revision speaks of as they stood.
func (s *Service) touched(ctx context.Context, id string, at vintage.Point) (standing, error) {
	var state standing
	state.series = map[string]*obs.Series{}
	err := s.store.Touched(ctx, id, at, func(v *obs.Version) error {
		state.entries = append(state.entries, state.entry(v))
		return nil
	})
	return state, err
}

// standing is a state of some figures.
type standing struct {
	entries []diff.Entry
	series  map[string]*obs.Series
	family  string // of the last series met
	last    string
}

func (s *standing) entry(v *obs.Version) diff.Entry {
	if v.Series.Code != s.last || s.last == "" {
		s.last, s.family = v.Series.Code, v.Series.Key.Family()
		if s.series[v.Series.Code] == nil {
			kept := *v.Series
			s.series[v.Series.Code] = &kept
		}
	}
	return diff.Entry{Family: s.family, Code: v.Series.Code, Period: v.Period, Figure: diff.Of(&v.Observation)}
}

// compare walks the state after the revision beside the one before it.
func (s *Service) compare(ctx context.Context, r *obs.Revision, before standing, told *differenceTeller) error {
	told.series = before.series
	comparer := diff.NewComparer(before.entries, told.tell)
	err := s.store.Touched(ctx, r.ID, vintage.Now(r.VisibleAt), func(v *obs.Version) error {
		return comparer.Next(before.entry(v))
	})
	if err != nil {
		return err
	}
	if err := comparer.End(); err != nil {
		return err
	}
	told.out.Counts = comparer.Counts
	return nil
}

// differenceTeller writes changes into a difference.
type differenceTeller struct {
	out    *Difference
	series map[string]*obs.Series
	known  map[string]*SeriesMeta
	title  func(*obs.Series) *SeriesMeta
}

func (t *differenceTeller) tell(c diff.Change) error {
	meta := t.known[c.Code]
	if meta == nil {
		meta = t.title(t.series[c.Code])
		t.known[c.Code] = meta
		t.out.Series = append(t.out.Series, SeriesDifference{Code: c.Code, Title: meta.Title})
	}
	t.out.Series[len(t.out.Series)-1].Changed++
	if len(t.out.Changes) == shownChanges {
		t.out.Truncated = true
		return nil
	}
	change := ChangeInfo{
		Kind: c.Kind, Series: c.Code, Period: c.Period.String(), Unit: meta.Unit, Multiplier: meta.Multiplier, Percent: Number(c.Percent()),
	}
	if c.Kind != diff.New {
		change.From = newFigureInfo(c.Before, meta.Multiplier)
	}
	if c.Kind != diff.Removed {
		change.To = newFigureInfo(c.After, meta.Multiplier)
	}
	t.out.Changes = append(t.out.Changes, change)
	return nil
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
