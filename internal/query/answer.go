package query

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/check"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// Series hands the observations of one series to the sink, ordered by end,
// then longest first. The code is in any form that Resolve takes; one that no
// visible figure stands under is unknown_code (kind NotFound). The filter of
// the question is not looked at.
func (s *Service) Series(ctx context.Context, m Moment, code string, q Question, sink Sink) error {
	canonical, _, err := s.Resolve(ctx, m, code)
	if err != nil {
		return err
	}
	q.Filter = Filter{Series: []string{canonical}}
	a, err := s.newAnswer(ctx, m, q, Selection{Codes: []string{canonical}}, sink)
	if err != nil {
		return err
	}
	return a.one(ctx, code)
}

// Observations hands the observations of every series that the filter holds to
// the sink: series by series, those of one family together, each by end, then
// longest first.
func (s *Service) Observations(ctx context.Context, m Moment, q Question, sink Sink) error {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return err
	}
	sel, err := s.selection(ctx, m, words, q.Filter)
	if err != nil {
		return err
	}
	a, err := s.newAnswer(ctx, m, q, sel, sink)
	if err != nil {
		return err
	}
	return a.across(ctx)
}

// answer is one answer of rows on its way.
type answer struct {
	service  *Service
	moment   Moment
	question Question
	words    *catalog.Catalog
	sel      Selection
	book     *book  // nil until it is needed
	money    *money // nil without a currency
	sink     Sink

	transform *transformer // nil without one

	offset, index int // rows before the page; rows so far, in the page or not
	overlaps      bool
	suspects      []Suspect

	// Used again for every series.
	row      Row
	meta     lineMeta
	claims   []*line
	levels   []*line
	siblings []*line
	shown    []int
	told     []told
	releases line        // the rows of a series where they are versions of the past
	tellings []time.Time // when each of them is told; empty where each is as it was published
	telling  time.Time   // that of the row that is told; zero when it was published
	deriver  *deriver    // nil where only reported figures are rows
	hints    []Warning
}

// told is what the growth of one row is told from: the level of the same period
// a year earlier, and the growth that is claimed.
type told struct {
	earlier period.Period // zero where there is no such period
	base    *obs.Version  // nil where nothing stands
	claim   *obs.Version  // nil where nothing is claimed
	verdict check.Verdict // empty where the claim is no number
}

func (s *Service) newAnswer(ctx context.Context, m Moment, q Question, sel Selection, sink Sink) (*answer, error) {
	a := &answer{service: s, moment: m, sel: sel, sink: sink}
	var err error
	if a.words, err = s.store.Catalog(ctx, m.Point); err != nil {
		return nil, err
	}
	if q.Range, err = q.Range.normal(); err != nil {
		return nil, err
	}
	if q.View, err = q.checkMoney(a.words); err != nil {
		return nil, err
	}
	if err := q.checkVintage(); err != nil {
		return nil, err
	}
	a.question = q
	if a.offset, err = a.question.start(m); err != nil {
		return nil, err
	}
	a.sel.Relatives = sel.levels()
	if a.transform, err = a.newTransformer(ctx, q.Transform); err != nil {
		return nil, err
	}
	switch {
	case q.derives():
		a.deriver = &deriver{} // from figures before and behind the range, so that nothing is narrowed
	case a.transform.narrows():
		a.question.narrow(&a.sel)
	}
	if len(q.Currencies) == 0 {
		return a, nil
	}
	rates, err := s.ratesOf(ctx, m, q.View, a.words)
	if err != nil {
		return nil, err
	}
	if q.FXAsOf == "" {
		a.book = rates
	}
	if a.money, err = newMoney(q.View, rates); err != nil {
		return nil, err
	}
	return a, a.money.checkUnits(a.units, q.FX)
}

// units returns the units of the selected series as far as the selection
// fixes them.
func (a *answer) units() []string {
	if len(a.sel.Codes) == 0 {
		return a.sel.Units
	}
	var units []string
	for _, code := range a.sel.Codes {
		if key, err := series.Parse(code); err == nil && !slices.Contains(units, key.Unit) {
			units = append(units, key.Unit)
		}
	}
	return units
}

// one answers for the one series of the selection. Its family is read whole
// before the first row, so that what a row needs beside it can be asked for
// then; while a scan is open nothing else is asked of the store.
func (a *answer) one(ctx context.Context, asked string) error {
	f := a.borrow()
	defer a.giveBack(f)
	scan := a.service.store.Scan
	if a.question.Vintage.Past() || a.deriver != nil {
		scan = a.service.store.Versions
	}
	err := scan(ctx, a.reading(), a.moment.Point, func(v *obs.Version) error {
		if !a.transform.takes(v) {
			f.add(v, a.selects)
		}
		return nil
	})
	if err != nil {
		return err
	}
	f.settle()
	l := f.selected()
	if l == nil {
		return a.none(ctx, asked)
	}
	if err := a.settleOther(ctx); err != nil {
		return err
	}
	l = a.derived(a.released(l))
	a.prepare(f, l)
	if err := a.fetch(ctx, l); err != nil {
		return err
	}
	if err := a.suggest(ctx, &l.series, l); err != nil {
		return err
	}
	if err := a.begin(&l.series); err != nil {
		return err
	}
	if err := a.tell(l); err != nil {
		return err
	}
	return a.end()
}

// none answers where nothing was read: with an empty list when the series has
// figures beyond what was read.
func (a *answer) none(ctx context.Context, asked string) error {
	if a.sel.narrowed() {
		there, err := a.service.store.Coverage(ctx, Selection{Codes: a.sel.Codes}, a.moment.Point)
		if err != nil {
			return err
		}
		if len(there) > 0 {
			if err := a.suggest(ctx, there[0].Series, nil); err != nil {
				return err
			}
			if err := a.begin(there[0].Series); err != nil {
				return err
			}
			return a.end()
		}
	}
	return a.service.unknownSeries(ctx, a.moment, a.words, asked)
}

// across answers for every selected series, family by family, in one statement
// that reads all versions: what a row needs of earlier versions is at hand.
func (a *answer) across(ctx context.Context) error {
	scan := a.service.store.Scan
	if a.sel.Relatives || a.question.Vintage.Past() {
		scan = a.service.store.Versions
	}
	if a.sel.Relatives {
		if err := a.rates(ctx); err != nil {
			return err
		}
	}
	sel := a.sel
	if a.transform == nil && a.deriver == nil && !a.question.Vintage.Past() {
		sel.Newest = a.question.newest()
	}
	if err := a.readOther(ctx); err != nil {
		return err
	}
	if err := a.begin(nil); err != nil {
		return err
	}
	f := a.borrow()
	defer a.giveBack(f)
	last := ""
	err := scan(ctx, sel, a.moment.Point, func(v *obs.Version) error {
		if v.Series.Code != last {
			last = v.Series.Code
			if name := v.Series.Key.Family(); name != f.name {
				if err := a.tellAll(f); err != nil {
					return err
				}
				f.reset(name)
			}
		}
		f.add(v, a.selects)
		return nil
	})
	if err != nil {
		return err
	}
	if err := a.tellAll(f); err != nil {
		return err
	}
	return a.end()
}

// tellAll hands over the rows of every selected series of a family.
func (a *answer) tellAll(f *family) error {
	f.settle()
	for i := range f.lines {
		if !f.lines[i].selected {
			continue
		}
		l := a.derived(a.released(&f.lines[i]))
		a.prepare(f, l)
		if err := a.tell(l); err != nil {
			return err
		}
	}
	return nil
}

func (a *answer) selects(s *obs.Series) bool { return a.sel.Holds(s.Code, &s.Key) }

// rates makes the rates of the state available for the comparison of labels.
// Where the rates contradict each other the book stays nil, as without rates:
// there is no verdict then.
func (a *answer) rates(ctx context.Context) error {
	if a.book != nil {
		return nil
	}
	var err error
	a.book, err = a.service.book(ctx, a.moment.Point, a.words)
	if err != nil && fault.KindOf(err) == fault.Refused {
		return nil
	}
	return err
}

// fetch asks the store for what the rows of a series turned out to need: the
// rates where a level in another currency stands beside it, and the earlier
// versions of levels with which a claim does not agree.
func (a *answer) fetch(ctx context.Context, l *line) error {
	if len(a.siblings) > 0 && a.meta.isMoney {
		if err := a.rates(ctx); err != nil {
			return err
		}
	}
	priors := a.disputed(l)
	if len(priors) == 0 || l.whole != nil {
		return nil
	}
	sel := Selection{Codes: []string{l.series.Code}, Periods: priors}
	var all line
	err := a.service.store.Versions(ctx, sel, a.moment.Point, func(v *obs.Version) error {
		all.add(v)
		return nil
	})
	if err != nil || len(all.earlier) == 0 {
		return err
	}
	for i := range all.earlier {
		all.earlier[i].Series = &l.series
	}
	l.earlier = all.earlier
	a.judge(l)
	return nil
}

// disputed returns the periods of the levels that contradict a claim which is
// shown.
func (a *answer) disputed(l *line) []period.Period {
	var priors []period.Period
	for i, t := range a.told {
		if t.verdict.Class != check.ScopeOrRevision && t.verdict.Class != check.Unexplained {
			continue
		}
		if earlier, ok := l.force[a.shown[i]].Period.YearEarlier(); ok {
			priors = append(priors, earlier)
		}
	}
	return priors
}

func (a *answer) begin(s *obs.Series) error {
	head := Head{Moment: a.moment, View: a.question.View, Vintage: a.question.Vintage, Transform: a.transform.canonical(), Derived: a.deriver != nil}
	if s != nil {
		head.Series = seriesMeta(a.words, s, a.question.Lang)
	}
	return a.sink.Begin(head)
}

func (a *answer) end() error {
	tail := Tail{Total: a.index, Suspects: a.suspects}
	if limit := a.question.Limit; limit > 0 && a.offset+limit < a.index {
		tail.Next = a.moment.next(a.offset+limit, a.question.fingerprint())
	}
	if a.overlaps {
		tail.Warnings = append(tail.Warnings, overlapping(a.question.Lang))
	}
	tail.Warnings = append(tail.Warnings, a.hints...)
	if a.deriver != nil {
		for _, code := range a.deriver.refused {
			tail.Warnings = append(tail.Warnings, leftAsReported(code, a.question.Lang))
		}
	}
	if a.question.Vintage.Past() && a.question.Accumulation != "" && a.question.Derive != DeriveNever {
		tail.Warnings = append(tail.Warnings, notDerived(a.question.Lang))
	}
	if a.money != nil {
		tail.Conversion = &Conversion{To: a.money.currencies, Rows: a.money.shown}
		tail.Warnings = append(tail.Warnings, a.money.warnings(a.words, a.question.Lang)...)
	}
	return a.sink.End(tail)
}
