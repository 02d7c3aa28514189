package check

import (
	"cmp"
	"maps"
	"slices"

	"bellwether/internal/series"
)

// keepForDatasets keeps a line until those of other datasets have come. What
// somebody sets or expects may differ; what happened happened once.
func (f *Finder) keepForDatasets(l *line) {
	key := l.series.Key
	if f.rules.ranks == nil || key.Scenario != series.Actual {
		return
	}
	key.Dataset = ""
	code := key.Code()
	f.bodies[code] = append(f.bodies[code], line{series: l.series, force: slices.Clone(l.force)})
}

// datasets tells of figures that two datasets state so that both cannot be
// right, within their rounding. The figure of the dataset that ranks lower is
// held against that of the other.
func (f *Finder) datasets() {
	for _, code := range slices.Sorted(maps.Keys(f.bodies)) {
		lines := f.bodies[code]
		slices.SortFunc(lines, func(a, b line) int {
			x, y := a.series.Key.Dataset, b.series.Key.Dataset
			return cmp.Or(cmp.Compare(f.rules.ranks[x], f.rules.ranks[y]), cmp.Compare(x, y))
		})
		for i := range lines {
			for j := i + 1; j < len(lines); j++ {
				f.twoDatasets(&lines[i], &lines[j])
			}
		}
	}
	clear(f.bodies)
}

func (f *Finder) twoDatasets(first, lower *line) {
	for i := range lower.force {
		subject := &lower.force[i]
		other := first.at(subject.Period)
		if !subject.bounded() || !other.bounded() {
			continue
		}
		span := other.Level().Interval()
		if subject.Level().Interval().Meets(span) {
			continue
		}
		found := Found{Kind: OfDatasets, Verdict: Verdict{Class: DatasetsDiffer}, Subject: *subject, Others: []Statement{*other}}
		if !f.brief {
			found.measure(other.Level().Value.Rat(), span, max(other.Value.At(subject.Value.Multiplier()).Decimals(), 0))
		}
		f.tell(&found)
	}
}
