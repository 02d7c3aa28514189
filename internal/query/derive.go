package query

import (
	"slices"
	"time"

	"bellwether/internal/accumulate"
	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// The words of Range.Derive.
const (
	DeriveAuto  = "auto"  // what is not reported follows from what is, where it can
	DeriveNever = "never" // reported figures only
)

// The flags of derived values: every one has the first.
const (
	flagDerived      = "derived"       // no release states it
	flagRevisedApart = "revised_apart" // one of its figures was revised after another was published, which was not stated again since
)

// derives reports whether figures that are not reported are rows too. Days
// follow from nothing, and of earlier versions only what was published is told.
func (q *Question) derives() bool {
	return q.Accumulation != "" && q.Derive != DeriveNever && q.Frequency != string(period.Day) && !q.Vintage.Past()
}

// deriver fills the periods of a frequency and accumulation that nothing is
// reported for. It is used again for every series of an answer.
type deriver struct {
	set     accumulate.Set
	line    line
	periods []period.Period
	refused []fault.Code // why series were left as reported, each once
}

// derived returns the line whose versions are the rows of a series: of the
// periods that are asked for the reported figure, else what follows from the
// reported ones, else one without a value and with the reason, where a figure
// could have been expected. It is valid until the next call. A series that does
// not add up over time stays as it is.
func (a *answer) derived(l *line) *line {
	if a.deriver == nil {
		return l
	}
	meta := metaOf(a.words, &l.series)
	if code := meta.addsUp(); code != "" {
		if !slices.Contains(a.deriver.refused, code) {
			a.deriver.refused = append(a.deriver.refused, code)
		}
		return l
	}
	return a.deriver.fill(l, &a.question.Range)
}

// derivedAside is derived for a series that rows are compared with: it stays
// valid, and nothing is said of one that does not add up.
func (a *answer) derivedAside(l *line) *line {
	meta := metaOf(a.words, &l.series)
	if a.deriver == nil || meta.addsUp() != "" {
		return l
	}
	return new(deriver).fill(l, &a.question.Range)
}

// addsUp returns why figures of a series do not add up over time, or "".
// Percentages and index numbers never do, whatever they are of.
func (m *lineMeta) addsUp() fault.Code {
	if err := accumulate.Additive(catalog.Kind(m.kind)); err != nil {
		return fault.CodeOf(err)
	}
	if !m.scales {
		return fault.RateNotAdditive
	}
	return ""
}

// fill returns the line of the periods that the range asks of a reported line.
func (d *deriver) fill(l *line, r *Range) *line {
	d.read(l)
	g := newGrid(l, r)
	d.periods = g.periods(l, d.periods[:0])
	return d.over(l, d.periods, g.expects)
}

// over returns the line of some periods, in order, over the reported line that
// was read.
func (d *deriver) over(l *line, periods []period.Period, expects func(period.Period) bool) *line {
	d.line = line{series: l.series, selected: l.selected, force: d.line.force[:0], earlier: l.earlier, reported: l}
	for _, p := range periods {
		reported := l.at(p)
		if reported != nil && !isBlank(reported) {
			d.line.force = append(d.line.force, *reported)
			continue
		}
		derivation := d.set.Derive(p)
		switch {
		case derivation.Reason == "" || reported == nil && expects(p):
			d.line.force = append(d.line.force, d.version(l, p, derivation))
		case reported != nil:
			d.line.force = append(d.line.force, *reported)
		}
	}
	return &d.line
}

// read takes the figures that others may follow from.
func (d *deriver) read(l *line) {
	d.set.Reset()
	for i := range l.force {
		d.set.Add(levelOf(&l.force[i]))
	}
}

// isBlank reports whether a release says of a figure only that there is none:
// what follows then takes its place. What was taken back stays so.
func isBlank(v *obs.Version) bool { return v.State == obs.Missing && !v.Withdrawn }

// version returns what takes the place of a stored version for a period of the
// line: what follows, or why nothing does.
func (d *deriver) version(l *line, p period.Period, from accumulate.Derivation) obs.Version {
	v := obs.Version{Series: &d.line.series, Derived: &obs.Derived{How: from.String(), HalfWidth: from.HalfWidth, Flags: from.Flags}}
	v.Period = p
	if from.Reason != "" {
		v.State, v.Status, v.Reason = obs.Missing, statusMissing, string(from.Reason)
		return v
	}
	v.Value = from.Value
	statuses := make([]string, 0, len(from.Terms))
	for i, t := range from.Terms {
		operand := l.at(t.Period)
		statuses = append(statuses, operand.Status)
		if i == 0 {
			v.Published, v.RecordedAt = operand.Published, operand.RecordedAt
			v.Source, v.Note, v.Revision = operand.Source, operand.Note, operand.Revision
			continue
		}
		joinOperand(&v, operand)
	}
	v.Status = obs.JoinStatus(statuses...)
	if revisedApart(l, from.Terms) {
		v.Derived.Flags = append(v.Derived.Flags, flagRevisedApart)
	}
	return v
}

// revisedApart reports whether one of the figures got another number when
// another one stood already that no release has stated since: what follows from
// the two holds the revision too.
func revisedApart(l *line, terms []accumulate.Term) bool {
	return slices.ContainsFunc(terms, func(t accumulate.Term) bool {
		at, revised := l.revised(t.Period)
		return revised && slices.ContainsFunc(terms, func(other accumulate.Term) bool { return l.at(other.Period).Published.Before(at) })
	})
}

// revised returns when the number of a period that is in force took the place
// of another one, and whether it did. The earlier versions must have been read.
func (l *line) revised(p period.Period) (at time.Time, revised bool) {
	force := l.at(p)
	at = force.Published
	for _, before := range slices.Backward(l.of(p)) {
		if !hasValue(&before) {
			continue
		}
		if !before.Value.Equal(force.Value) {
			return at, true
		}
		at = before.Published
	}
	return time.Time{}, false
}

// joinOperand says of a derived figure that it follows from one more.
func joinOperand(v, operand *obs.Version) {
	if operand.Published.After(v.Published) {
		v.Published = operand.Published
	}
	if operand.RecordedAt.After(v.RecordedAt) {
		v.RecordedAt = operand.RecordedAt
	}
	if operand.Source != v.Source {
		v.Source = obs.Source{}
	}
	if operand.Note != v.Note {
		v.Note = ""
	}
	if operand.Revision != v.Revision {
		v.Revision = ""
	}
}

// fillDerived says in the row how its figure is derived, and adds its flags.
func (a *answer) fillDerived(flags []string, d *obs.Derived) []string {
	r := &a.row
	r.Derivation = d.How
	if !r.HasValue {
		return flags
	}
	r.HasHalfWidth, r.HalfWidth = true, d.HalfWidth.At(a.meta.multiplier)
	return append(append(flags, flagDerived), d.Flags...)
}
