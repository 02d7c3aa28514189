package query

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// Explain says of one figure where it comes from, which versions of it there
// are, what growth was claimed for it and whether that can be true, what
// growth follows from the levels, how it is converted where the view names
// currencies, and what other series say of the same. The code is in any form
// that Resolve takes. The faults are unknown_code and unknown_observation
// (kind NotFound), and those of the view.
func (s *Service) Explain(ctx context.Context, m Moment, code string, p period.Period, view View) (*Explanation, error) {
	canonical, _, err := s.Resolve(ctx, m, code)
	if err != nil {
		return nil, err
	}
	key, err := series.Parse(canonical)
	if err != nil {
		return nil, err
	}
	_, zone, err := s.Office(ctx)
	if err != nil {
		return nil, err
	}
	e := &explainer{zone: zone, view: view, period: p, key: key, asked: code}
	q := Question{Range: Range{Periods: []period.Period{p}}, View: View{Lang: view.Lang, Scale: view.Scale}}
	if e.answer, err = s.newAnswer(ctx, m, q, Selection{Codes: []string{canonical}}, &e.plain); err != nil {
		return nil, err
	}
	if err := e.rates(ctx); err != nil {
		return nil, err
	}
	if err := e.read(ctx); err != nil {
		return nil, err
	}
	return e.explain(ctx)
}

// explainer puts an explanation together. It tells the row like every answer
// does, from the versions that it read.
type explainer struct {
	*answer
	zone   *time.Location
	view   View
	period period.Period
	key    series.Key
	asked  string
	plain  collector
	family family // of the figure, versions of it and of the year before
	others family // every other series of the indicator and area
}

// read reads every version of the period and of the same period a year
// earlier, of every series of the indicator and the area.
func (e *explainer) read(ctx context.Context) error {
	sel := Selection{Indicators: []string{e.key.Indicator}, Areas: []string{e.key.Area}, Periods: e.sel.Periods}
	own := e.key.Family()
	err := e.service.store.Versions(ctx, sel, e.moment.Point, func(v *obs.Version) error {
		if v.Series.Key.Family() == own {
			e.family.add(v, e.selects)
		}
		e.others.add(v, func(o *obs.Series) bool {
			return o.Code != e.key.Code() && slices.Equal(o.Key.Breakdowns, e.key.Breakdowns)
		})
		return nil
	})
	e.family.settle()
	e.others.settle()
	return err
}

func (e *explainer) explain(ctx context.Context) (*Explanation, error) {
	there, err := e.service.store.Coverage(ctx, Selection{Codes: []string{e.key.Code()}}, e.moment.Point)
	if err != nil {
		return nil, err
	}
	if len(there) == 0 {
		return nil, e.service.unknownSeries(ctx, e.moment, e.words, e.asked)
	}
	derivation, l, err := e.derive(ctx, there[0].Series)
	if err != nil {
		return nil, err
	}
	e.plain.zone, e.plain.lang = e.zone, e.view.Lang
	e.prepare(&e.family, l)
	if err := e.tell(l); err != nil {
		return nil, err
	}
	v := l.at(e.period)
	x := &Explanation{
		Derivation: derivation,
		Series:     newSeriesInfo(e.words, &there[0], e.view.Lang), Observation: e.plain.rows[0],
		Printed: newPrinted(v, e.meta.unit), Origin: newOrigin(v), Vintages: e.vintages(), Claims: e.claimInfos(l, v),
		Elsewhere: e.elsewhere(l, v), Suspects: e.suspects,
	}
	if !e.key.IsClaim() {
		x.Computed = e.computed(v)
	}
	return x, e.convert(ctx, l, x)
}

// convert adds the figure in each currency of the view.
func (e *explainer) convert(ctx context.Context, l *line, x *Explanation) error {
	if len(e.view.Currencies) == 0 && e.view.FX == "" && e.view.FXSource == "" && e.view.FXAsOf == "" {
		return nil
	}
	converted := collector{zone: e.zone, lang: e.view.Lang}
	q := Question{Range: e.question.Range, View: e.view}
	a, err := e.service.newAnswer(ctx, e.moment, q, Selection{Codes: e.sel.Codes}, &converted)
	if err != nil {
		return err
	}
	a.prepare(&e.family, l)
	if err := a.tell(l); err != nil {
		return err
	}
	x.Converted = converted.rows
	x.Warnings = a.money.warnings(a.words, e.view.Lang)
	for _, d := range a.money.shown {
		x.Conversion = append(x.Conversion, newDisclosure(*d.Disclosure, d.Period.String()))
	}
	return nil
}

func newPrinted(v *obs.Version, unit string) *Printed {
	if !hasValue(v) || v.Derived != nil {
		return nil
	}
	return &Printed{
		Value: Number(v.Value.Text()), Decimals: v.Value.Decimals(), Multiplier: v.Value.Multiplier(), Unit: unit, Indexed: v.Indexed,
	}
}

func newOrigin(v *obs.Version) Origin {
	return Origin{
		Sheet: Text(v.Origin.Sheet), Line: positive(v.Origin.Line), Column: positive(v.Origin.Column), Cell: Text(v.Origin.Cell),
		Source: Text(v.Source.Name), SourceURL: Text(v.Source.URL), Revision: Text(v.Revision),
		PublishedAt: instant(v.Published), RecordedAt: instant(v.RecordedAt),
	}
}

func positive(n int) Count { return Count{n, n > 0} }

// vintages returns every version of the figure, in the order of publication.
func (e *explainer) vintages() []Vintage {
	l := e.family.selected()
	if l == nil || l.at(e.period) == nil {
		return []Vintage{} // derived
	}
	versions := append(slices.Clone(l.of(e.period)), *l.at(e.period))
	list := make([]Vintage, len(versions))
	for i := range versions {
		v := &versions[i]
		shown := newFigureInfo(diff.Of(&v.Observation), e.meta.multiplier)
		list[i] = Vintage{
			PublishedAt: instant(v.Published), RecordedAt: instant(v.RecordedAt), Revision: v.Revision, InForce: i == len(versions)-1,
			Value: shown.Value, Decimals: shown.Decimals, Status: Text(v.Status), Reason: shown.Reason, Text: shown.Text,
			Note: Text(v.Note), Origin: newOrigin(v),
		}
		if i > 0 {
			before, after := diff.Of(&versions[i-1].Observation), diff.Of(&v.Observation)
			list[i].Change, list[i].Percent = Text(diff.Between(before, after)), Number(diff.Percent(before, after, e.meta.nature))
		}
	}
	return list
}

// computed returns the growth that follows from the levels.
func (e *explainer) computed(v *obs.Version) *ComputedGrowth {
	c := &ComputedGrowth{}
	t := e.told[0]
	result := growth.YoY(numberOf(v), numberOf(t.base))
	c.Reason = Text(result.Code)
	if !t.earlier.IsZero() {
		c.Base = newPrior(t.earlier, t.base, e.meta.multiplier)
	}
	if result.Code == "" {
		c.Value = Number(result.Percent.Text())
		c.Exact = Text(figure.ExactText(growth.Change(v.Value, t.base.Value)))
	}
	return c
}

// newPrior returns a level at the multiplier; nil is one that is not there.
func newPrior(p period.Period, v *obs.Version, multiplier int) *Prior {
	prior := &Prior{Period: p.String(), Multiplier: multiplier}
	if v == nil {
		return prior
	}
	prior.PublishedAt, prior.Revision = Text(instant(v.Published)), Text(v.Revision)
	if hasValue(v) {
		prior.Value = Number(v.Value.At(multiplier).Text())
	}
	return prior
}
