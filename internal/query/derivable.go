package query

import (
	"context"

	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// suggest notes which of the exact periods that are asked for are not reported
// and would be derived, had their frequency been asked for as well. It reads
// the series once more, and only where a period is lacking; l is nil where
// nothing was read.
func (a *answer) suggest(ctx context.Context, s *obs.Series, l *line) error {
	lacking := a.lacking(l)
	meta := metaOf(a.words, s)
	if len(lacking) == 0 || meta.addsUp() != "" {
		return nil
	}
	whole := line{series: *s}
	err := a.service.store.Scan(ctx, Selection{Codes: []string{s.Code}}, a.moment.Point, func(v *obs.Version) error {
		whole.add(v)
		return nil
	})
	if err != nil {
		return err
	}
	whole.settle()
	var d deriver
	d.read(&whole)
	for _, p := range lacking {
		if d.set.Derive(p).Reason == "" {
			a.hints = append(a.hints, derivable(p, a.question.Lang))
		}
	}
	return nil
}

// lacking returns the exact periods of the question that are not reported and
// that a frequency or accumulation could be asked for, where none is.
func (a *answer) lacking(l *line) []period.Period {
	q := &a.question
	if q.Accumulation != "" || q.Vintage.Past() {
		return nil
	}
	var list []period.Period
	for _, p := range q.Periods {
		if derivingParameters(p) != "" && (l == nil || l.at(p) == nil) {
			list = append(list, p)
		}
	}
	return list
}

// derivingParameters returns what to ask for so that a period is derived, ""
// where nothing does that.
func derivingParameters(p period.Period) string {
	switch f := p.Frequency(); {
	case f != period.None && f != period.Day:
		return "frequency=" + string(f)
	case f == period.Day || !cumulative(p, ""):
		return ""
	case fineness(p) == period.Quarter.Months():
		return "frequency=Q&accumulation=ytd"
	}
	return "frequency=M&accumulation=ytd"
}
