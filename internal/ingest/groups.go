package ingest

import (
	"cmp"
	"slices"

	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// filed is a series of which the file states something.
type filed struct {
	obs.Series
	family            string // once it is asked for
	entries           int
	first, last       period.Date  // of what is stated: the least start and the greatest end
	shortest, longest period.Date  // days
	least, greatest   figure.Value // of the numbers other than 0; 0 while there is none
}

func (f *filed) note(p period.Period) {
	days := p.End() - p.Start()
	if f.entries == 0 {
		f.first, f.last, f.shortest, f.longest = p.Start(), p.End(), days, days
	}
	f.entries++
	f.first, f.last = min(f.first, p.Start()), max(f.last, p.End())
	f.shortest, f.longest = min(f.shortest, days), max(f.longest, days)
}

// noteNumber keeps the least and the greatest number.
func (f *filed) noteNumber(o *obs.Observation) {
	switch {
	case !hasNumber(o) || o.Value.IsZero():
	case f.least.IsZero():
		f.least, f.greatest = o.Value, o.Value
	case o.Value.Cmp(f.least) < 0:
		f.least = o.Value
	case o.Value.Cmp(f.greatest) > 0:
		f.greatest = o.Value
	}
}

// group is the families that may be held against each other, of which the file
// states some series.
type group struct {
	filed    []int32 // by number
	families map[string]bool
	names    map[string]bool // indicators
	datasets map[string]bool
	units    map[string]bool // of levels
	claims   bool
	uneven   bool // shorter periods may make longer ones up
	unlike   bool // a figure may be unlike its neighbours
}

func newGroup() *group {
	return &group{families: map[string]bool{}, names: map[string]bool{}, datasets: map[string]bool{}, units: map[string]bool{}}
}

func (g *group) add(key *series.Key) {
	g.families[key.Family()] = true
	g.names[key.Indicator] = true
	g.datasets[key.Dataset] = true
	if key.IsClaim() {
		g.claims = true
		return
	}
	g.units[key.Unit] = true
}

// worth reports whether anything in the group can be held against anything
// else.
func (g *group) worth() bool {
	levels := len(g.units) > 0
	return g.unlike || levels && (g.claims || g.uneven) || len(g.units) > 1 || len(g.names) > 1 || len(g.datasets) > 1
}

// groups sorts the series of the file, and those that are stored beside them,
// into groups.
func (t *truth) groups(rules *check.Rules, stored []*obs.Series, stands func(code string) bool) map[string]*group {
	all := map[string]*group{}
	for n := range t.series {
		s := &t.series[n]
		name := rules.Group(s.Key)
		g := all[name]
		if g == nil {
			g = newGroup()
			all[name] = g
		}
		g.add(&s.Key)
		g.filed = append(g.filed, int32(n))
		g.unlike = g.unlike || stands(s.Code) || apartByMuch(s.least, s.greatest)
		g.uneven = g.uneven || rules.Adds(&s.Key) && (s.longest >= 2*s.shortest || stands(s.Code))
	}
	for _, s := range stored {
		if g := all[rules.Group(s.Key)]; g != nil {
			g.add(&s.Key)
		}
	}
	return all
}

// batch is as many groups as are read at once, and within which days.
type batch struct {
	filed       []int32 // series of the file, by family and code
	families    []string
	first, last period.Date
	entries     int
}

// A figure is held against others of a year before and after at most.
const aYear = 367

// batches puts the groups that are worth a look together, as many as may be
// held in memory.
func (t *truth) batches(all map[string]*group, limit int) []batch {
	names := make([]string, 0, len(all))
	for name, g := range all {
		if g.worth() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var list []batch
	for _, name := range names {
		g := all[name]
		entries := 0
		for _, n := range g.filed {
			entries += t.series[n].entries
		}
		if len(list) == 0 || list[len(list)-1].entries+entries > limit {
			list = append(list, batch{first: t.series[g.filed[0]].first, last: t.series[g.filed[0]].last})
		}
		b := &list[len(list)-1]
		b.entries += entries
		for family := range g.families {
			b.families = append(b.families, family)
		}
		for _, n := range g.filed {
			b.filed = append(b.filed, n)
			b.first, b.last = min(b.first, t.series[n].first), max(b.last, t.series[n].last)
		}
	}
	for i := range list {
		slices.Sort(list[i].families)
		slices.SortFunc(list[i].filed, func(x, y int32) int {
			return cmp.Or(cmp.Compare(t.family(x), t.family(y)), cmp.Compare(t.series[x].Code, t.series[y].Code))
		})
	}
	return list
}
