package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/accumulate"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// derive returns what follows for the period from other reported figures, nil
// where nothing does, and the line with the figure that is explained: the
// reported one, else the derived one. Where there is neither it is
// unknown_observation (kind NotFound), which says what is missing.
func (e *explainer) derive(ctx context.Context, s *obs.Series) (*Derivation, *line, error) {
	l := e.family.selected()
	stands := l != nil && l.at(e.period) != nil
	unknown := fault.New(fault.NotFound, fault.UnknownObservation, "the series %s has no figure for %s", e.key.Code(), e.period).
		Expect("a period of its observations")
	meta := metaOf(e.words, s)
	if _, whole := e.period.Months(); !whole || meta.addsUp() != "" {
		if !stands {
			return nil, nil, unknown
		}
		return nil, l, nil
	}
	reported, err := e.whole(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	var d deriver
	d.read(reported)
	from := d.set.Derive(e.period)
	switch {
	case from.Reason != "" && !stands:
		return nil, nil, unknown.Expect("a period of its observations; this one does not follow from them: %s", from)
	case from.Reason != "":
		return nil, l, nil
	}
	if revisedApart(reported, from.Terms) {
		from.Flags = append(from.Flags, flagRevisedApart)
	}
	info := newDerivation(from, reported, meta.multiplier)
	if stands && !isBlank(l.at(e.period)) {
		if v := l.at(e.period); hasValue(v) {
			agrees := from.Agrees(levelOf(v).Value)
			info.Agrees = &agrees
		}
		return info, l, nil
	}
	periods := []period.Period{e.period}
	if earlier, ok := e.period.YearEarlier(); ok {
		periods = slices.Insert(periods, 0, earlier)
	}
	return info, d.over(reported, periods, func(period.Period) bool { return false }), nil
}

// whole reads every figure of the series, with its earlier versions.
func (e *explainer) whole(ctx context.Context, s *obs.Series) (*line, error) {
	l := &line{series: *s, selected: true}
	err := e.service.store.Versions(ctx, Selection{Codes: []string{s.Code}}, e.moment.Point, func(v *obs.Version) error {
		l.add(v)
		return nil
	})
	l.settle()
	return l, err
}

func newDerivation(from accumulate.Derivation, reported *line, multiplier int) *Derivation {
	value := from.Value.At(multiplier)
	d := &Derivation{
		Value: Number(value.Text()), Decimals: value.Decimals(), HalfWidth: Number(from.HalfWidth.At(multiplier).Text()),
		Multiplier: multiplier, How: from.String(), Flags: Text(strings.Join(from.Flags, ";")),
	}
	for _, t := range from.Terms {
		v := reported.at(t.Period)
		level := levelOf(v).Value.At(multiplier)
		o := Operand{
			Sign: "+", Period: t.Period.String(), Value: Number(level.Text()), Decimals: level.Decimals(), HalfWidth: Number(level.Half().Text()),
			Status: v.Status, PublishedAt: instant(v.Published), Revision: v.Revision,
		}
		if t.Minus {
			o.Sign = "-"
		}
		d.From = append(d.From, o)
	}
	return d
}
