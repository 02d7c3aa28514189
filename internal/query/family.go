package query

import (
	"slices"
	"sort"

	"bellwether/internal/check"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// line is one series of a family: the version in force of each period, by end,
// then longest first, and where all versions were read those that came before.
type line struct {
	series   obs.Series
	selected bool
	force    []obs.Version
	earlier  []obs.Version
	reported *line // of derived figures: the line that they follow from
	whole    *line // of versions that may not be in force any more: the line that they are taken from
}

// add takes the next version in the order of the store.
func (l *line) add(v *obs.Version) {
	last := len(l.force) - 1
	if last >= 0 && l.force[last].Period == v.Period {
		l.earlier = append(l.earlier, l.force[last])
		l.force = l.force[:last]
	}
	l.force = append(l.force, *v)
}

// at returns the version in force of a period, nil when nothing stands.
func (l *line) at(p period.Period) *obs.Version {
	i := sort.Search(len(l.force), func(i int) bool { return period.Compare(l.force[i].Period, p) >= 0 })
	if i == len(l.force) || l.force[i].Period != p {
		return nil
	}
	return &l.force[i]
}

// family is the series that differ in unit, measure and price basis only: what
// may be said of a level is said by the others of its family. It is filled
// again and again, so that a whole answer needs the memory of its largest
// family.
type family struct {
	name  string
	lines []line

	// Memory for the rows of a line, which the answer borrows.
	shown []int
	told  []told
}

// keptVersions is how many versions a family may have room for and still be
// used by the next answer.
const keptVersions = 1 << 14

// borrow returns an empty family and takes its memory for rows.
func (a *answer) borrow() *family {
	f, ok := a.service.families.Get().(*family)
	if !ok {
		return &family{}
	}
	f.reset("")
	a.shown, a.told = f.shown[:0], f.told[:0]
	return f
}

// giveBack leaves a family and the memory for rows to the next answer.
func (a *answer) giveBack(f *family) {
	room := 0
	for i := range f.lines[:cap(f.lines)] {
		l := &f.lines[:cap(f.lines)][i]
		room += cap(l.force) + cap(l.earlier)
	}
	if room <= keptVersions {
		f.shown, f.told = a.shown, a.told
		a.service.families.Put(f)
	}
}

// reset empties the family and keeps its memory.
func (f *family) reset(name string) {
	f.name = name
	f.lines = f.lines[:0]
}

// add takes the next version in the order of the store.
func (f *family) add(v *obs.Version, selected func(*obs.Series) bool) {
	n := len(f.lines)
	if n == 0 || f.lines[n-1].series.Code != v.Series.Code {
		f.lines = slices.Grow(f.lines, 1)[:n+1]
		l := &f.lines[n]
		l.series, l.selected = *v.Series, selected(v.Series)
		l.force, l.earlier = l.force[:0], l.earlier[:0]
		n++
	}
	f.lines[n-1].add(v)
}

// selected returns the first selected line, nil when there is none.
func (f *family) selected() *line {
	for i := range f.lines {
		if f.lines[i].selected {
			return &f.lines[i]
		}
	}
	return nil
}

// settle points every version at the series of its line, once no line moves
// any more.
func (f *family) settle() {
	for i := range f.lines {
		f.lines[i].settle()
	}
}

func (l *line) settle() {
	for i := range l.force {
		l.force[i].Series = &l.series
	}
	for i := range l.earlier {
		l.earlier[i].Series = &l.series
	}
}

// claims returns the lines with the growth on a year earlier that may have been
// reported for a level.
func (f *family) claims(level *line, into []*line) []*line {
	into = into[:0]
	for i := range f.lines {
		key := &f.lines[i].series.Key
		if key.Measure == series.YoY && key.Unit == level.series.Key.Unit && check.SpeaksOf(key.Basis, level.series.Key.Basis, check.Nowhere) {
			into = append(into, &f.lines[i])
		}
	}
	return into
}

// siblings returns the lines of levels that differ from a level in their unit
// only.
func (f *family) siblings(level *line, into []*line) []*line {
	into = into[:0]
	for i := range f.lines {
		key := &f.lines[i].series.Key
		if !key.IsClaim() && key.Unit != level.series.Key.Unit && key.Basis == level.series.Key.Basis {
			into = append(into, &f.lines[i])
		}
	}
	return into
}
