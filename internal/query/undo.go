package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// UndoReport says what taking a revision back does, or did. The dry run and the
// real run give the same one, except for Revision.
type UndoReport struct {
	DryRun     bool          `json:"dry_run"`
	Outcome    UndoOutcome   `json:"outcome"`
	Target     RevisionInfo  `json:"target"`   // what is taken back
	Revision   *RevisionInfo `json:"revision"` // the undo; null of a dry run, and where nobody ever sees it
	Import     Text          `json:"import"`   // the import that the target came from
	Difference Difference    `json:"difference"`
	Remains    Remains       `json:"remains"`
}

// UndoOutcome says what becomes of a revision that is taken back.
type UndoOutcome string

// The outcomes of an undo.
const (
	UndoneInPublic UndoOutcome = "undone"    // the record has the undo; the figures change
	CancelledUnder UndoOutcome = "cancelled" // it was not visible yet and never is; nothing that anybody saw changes
)

// Remains is what stands without the target where it stated something. The
// lists have the first ones; the counts count all.
type Remains struct {
	Kept     int `json:"kept"`     // a later revision says it by itself
	Restored int `json:"restored"` // an earlier version is in force again
	Vanished int `json:"vanished"` // nothing stands any more

	Figures   []RemainingFigure `json:"figures"`
	Rates     []RemainingRate   `json:"rates"`
	Truncated bool              `json:"truncated"`
}

// Fate is what becomes of one figure or rate of which the target stated
// something.
type Fate string

// The fates.
const (
	Kept     Fate = "kept"
	Restored Fate = "restored"
	Vanished Fate = "vanished"
)

// RemainingFigure is what stands of one series and period.
type RemainingFigure struct {
	Fate       Fate        `json:"fate"`
	Series     string      `json:"series"`
	Period     string      `json:"period"`
	Unit       string      `json:"unit"`
	Multiplier int         `json:"multiplier"`
	Figure     *FigureInfo `json:"figure"`   // what stands; null where it vanishes
	Revision   Text        `json:"revision"` // that says so
}

// RemainingRate is what stands of one rate.
type RemainingRate struct {
	Fate     Fate   `json:"fate"`
	Feed     string `json:"feed"`
	Base     string `json:"base"`
	Quote    string `json:"quote"`
	RateKind string `json:"rate_kind"`
	Period   string `json:"period"`
	Rate     Number `json:"rate"`     // null where it vanishes
	Revision Text   `json:"revision"` // that says so
}

// shownUndone is how many changes and fates a report lists.
const shownUndone = 1000

// MayUndo refuses to let a key take back what a dataset states that is for
// others to edit: dataset_forbidden of kind Forbidden. Commands may everything.
// The other fault is unknown_revision (kind NotFound).
func (s *Service) MayUndo(ctx context.Context, id, by string) error {
	codes, err := s.store.Datasets(ctx, strings.ToLower(id))
	if err != nil || obs.IsCommand(by) {
		return err
	}
	m, err := s.At(ctx, When{})
	if err != nil {
		return err
	}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return err
	}
	for _, code := range codes {
		code, _ = words.Current(catalog.Datasets, code)
		dataset, known := words.Dataset(code)
		if known && len(dataset.Editors) > 0 && !slices.Contains(dataset.Editors, by) {
			return fault.New(fault.Forbidden, fault.DatasetForbidden, "the revision states figures of the dataset %s, which is for others to edit", dataset.Code).
				Expect("a key that may edit this dataset")
		}
	}
	return nil
}

// Undoing says what an undo of the revision would do now. The revision may be
// one that is not visible yet: this is for those who may undo it. Faults:
// unknown_revision of kind NotFound; already_undone, undo_of_undo and
// catalogue_not_undone of kind Conflict.
func (s *Service) Undoing(ctx context.Context, id, lang string) (*UndoReport, error) {
	target, err := s.store.Undoable(ctx, strings.ToLower(id))
	if err != nil {
		return nil, err
	}
	m, err := s.At(ctx, When{})
	if err != nil {
		return nil, err
	}
	report := newUndoReport(&target)
	report.DryRun = true
	if target.VisibleAt.After(m.Point.Recorded) {
		report.Outcome = CancelledUnder
		return report, nil
	}
	now, without := view{at: m.Point}, view{at: m.Point, without: target.ID}
	return report, s.tellUndo(ctx, report, m, lang, func(each func(*pair)) error {
		return s.pairs(ctx, target.ID, now, without, each)
	})
}

// Undone says what an undo did that was just recorded.
func (s *Service) Undone(ctx context.Context, undo obs.Revision, lang string) (*UndoReport, error) {
	target, err := s.store.Recorded(ctx, undo.Undoes)
	if err != nil {
		return nil, err
	}
	report := newUndoReport(&target)
	if undo.VisibleAt.Equal(vintage.Forever) {
		report.Outcome = CancelledUnder
		return report, nil
	}
	m, err := s.At(ctx, When{})
	if err != nil {
		return nil, err
	}
	info := newRevisionInfo(&undo)
	report.Revision = &info
	return report, s.tellUndo(ctx, report, m, lang, func(each func(*pair)) error {
		return s.difference(ctx, &undo, each)
	})
}

func newUndoReport(target *obs.Revision) *UndoReport {
	return &UndoReport{
		Outcome: UndoneInPublic, Target: newRevisionInfo(target), Import: Text(target.Import),
		Difference: newDifferenceTeller(nil, "", 0, 0).done(),
		Remains:    Remains{Figures: []RemainingFigure{}, Rates: []RemainingRate{}},
	}
}

// tellUndo fills in what changes and what stands.
func (s *Service) tellUndo(ctx context.Context, report *UndoReport, m Moment, lang string, pairs func(func(*pair)) error) error {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return err
	}
	told := newDifferenceTeller(words, lang, 0, shownUndone)
	left := remainsTeller{out: &report.Remains, target: report.Target.ID, meta: func(of *obs.Series) *SeriesMeta { return seriesMeta(words, of, lang) }}
	err = pairs(func(p *pair) {
		told.tell(p)
		left.tell(p)
	})
	report.Difference = told.done()
	return err
}

// remainsTeller writes fates into a report.
type remainsTeller struct {
	out    *Remains
	target string
	meta   func(*obs.Series) *SeriesMeta
	last   *SeriesMeta // of the last series met
}

func (t *remainsTeller) tell(p *pair) {
	fate := t.fate(p)
	if len(t.out.Figures)+len(t.out.Rates) == shownUndone {
		t.out.Truncated = true
		return
	}
	var revision Text
	var figure diff.Figure
	if p.after != nil {
		revision, figure = Text(p.after.revision), p.after.figure
	}
	if p.series == nil {
		r := RemainingRate{
			Fate: fate, Feed: p.rate.Feed, Base: p.rate.Base, Quote: p.rate.Quote, RateKind: string(p.rate.Kind), Period: p.period.String(), Revision: revision,
		}
		if p.after != nil {
			r.Rate = Number(figure.Value.Text())
		}
		t.out.Rates = append(t.out.Rates, r)
		return
	}
	if t.last == nil || t.last.Series != p.series {
		t.last = t.meta(p.series)
	}
	f := RemainingFigure{
		Fate: fate, Series: p.series.Code, Period: p.period.String(), Unit: t.last.Unit, Multiplier: t.last.Multiplier, Revision: revision,
	}
	if p.after != nil {
		f.Figure = newFigureInfo(figure, t.last.Multiplier)
	}
	t.out.Figures = append(t.out.Figures, f)
}

// fate counts and returns what becomes of a place.
func (t *remainsTeller) fate(p *pair) Fate {
	switch {
	case p.after == nil:
		t.out.Vanished++
		return Vanished
	case p.before != nil && p.before.revision == t.target:
		t.out.Restored++
		return Restored
	}
	t.out.Kept++
	return Kept
}
