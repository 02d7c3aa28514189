package query

import (
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// tableSink gathers the rows that become the cells of a table, series by
// series. It keeps at most twice as many cells as the table may have.
type tableSink struct {
	words  *catalog.Catalog
	latest int // of all series together; 0: everything
	most   int // cells; 0: any number

	head Head
	tail Tail

	shown   []*shownSeries
	ends    []period.Date // the newest distinct ends, at most latest, in order
	periods map[period.Period]bool
	stored  int
	cut     bool // some rows are not among the newest ends
	crowded int  // how many cells there were when they became too many to keep; 0: they are kept
}

// shownSeries is one series of a table, in one of the currencies that it is
// asked for in, with its cells, by end, then longest first.
type shownSeries struct {
	code            string
	key             series.Key
	indicator, area string // by their present codes
	currency        string // empty where none is asked for
	unit            string
	multiplier      int
	valued          bool // the unit is that of a value
	periods         []period.Period
	cells           []Cell
}

func newTableSink(words *catalog.Catalog, latest, most int) *tableSink {
	return &tableSink{words: words, latest: latest, most: most, periods: map[period.Period]bool{}}
}

// again returns a sink for the same rows that knows the newest ends before the
// first of them: what older ones took of the room is left to the others, and
// nothing behind the rows speaks of them.
func (g *tableSink) again() *tableSink {
	fresh := newTableSink(g.words, g.latest, g.most)
	fresh.ends = g.ends
	return fresh
}

// narrow leaves of a range what is among the newest ends.
func (g *tableSink) narrow(r *Range) {
	oldest := g.ends[0]
	if len(r.Periods) == 0 {
		r.Start = Day{Date: oldest.AddDays(-1), Set: true}
		return
	}
	r.Periods = slices.DeleteFunc(slices.Clone(r.Periods), func(p period.Period) bool { return p.End() < oldest })
}

// speaks says whether anything is to be known of the rows beside them.
func (t *Tail) speaks() bool {
	return len(t.Warnings) > 0 || len(t.Suspects) > 0 || t.Conversion != nil
}

// Begin keeps what stands before the rows.
func (g *tableSink) Begin(h Head) error {
	g.head = h
	return nil
}

// Row keeps a cell.
func (g *tableSink) Row(r *Row) error {
	p := r.Version.Period
	if !g.recent(p.End()) {
		g.cut = true
		return nil
	}
	g.periods[p] = true
	s := g.of(r.Version.Series, r.Currency)
	if r.HasValue && !s.valued || s.unit == "" {
		s.unit, s.multiplier, s.valued = r.Unit, r.Multiplier, r.HasValue
	}
	s.periods = append(s.periods, p)
	if g.crowded > 0 {
		s.periods = s.periods[len(s.periods)-1:]
		return nil
	}
	s.cells = append(s.cells, NewCell(r))
	if g.stored++; g.most > 0 && g.stored > 2*g.most {
		g.makeRoom()
	}
	return nil
}

// End keeps what stands behind the rows.
func (g *tableSink) End(t Tail) error {
	g.tail = t
	g.forget()
	return nil
}

// of returns the series that a row is of. Rows come series by series, those of
// one figure in every currency together.
func (g *tableSink) of(s *obs.Series, currency string) *shownSeries {
	for i := len(g.shown) - 1; i >= 0 && g.shown[i].code == s.Code; i-- {
		if g.shown[i].currency == currency {
			return g.shown[i]
		}
	}
	one := newShown(g.words, s, currency)
	g.shown = append(g.shown, one)
	return one
}

// newShown returns a series of which nothing is shown yet.
func newShown(words *catalog.Catalog, s *obs.Series, currency string) *shownSeries {
	return &shownSeries{
		code: s.Code, key: s.Key, currency: currency,
		indicator: present(words, catalog.Indicators, s.Key.Indicator), area: present(words, catalog.Areas, s.Key.Area),
	}
}

// present returns the present code of an entry, folded.
func present(words *catalog.Catalog, section catalog.Section, code string) string {
	if current, ok := words.Current(section, code); ok {
		return series.Fold(current)
	}
	return code
}

// recent reports whether an end is among the newest so far, and counts it.
func (g *tableSink) recent(end period.Date) bool {
	if g.latest == 0 {
		return true
	}
	i, there := slices.BinarySearch(g.ends, end)
	switch {
	case there:
		return true
	case len(g.ends) < g.latest:
		g.ends = slices.Insert(g.ends, i, end)
		return true
	case i == 0:
		return false
	case i == len(g.ends):
		g.ends = append(g.ends[1:], end)
		return true
	}
	copy(g.ends, g.ends[1:i])
	g.ends[i-1] = end
	return true
}

// forget drops what turned out not to be among the newest ends.
func (g *tableSink) forget() {
	if g.latest == 0 || len(g.ends) == 0 {
		return
	}
	oldest := g.ends[0]
	g.stored = 0
	for _, s := range g.shown {
		old := 0
		for old < len(s.periods) && s.periods[old].End() < oldest {
			old++
		}
		g.cut = g.cut || old > 0
		s.periods = slices.Delete(s.periods, 0, old)
		s.cells = slices.Delete(s.cells, 0, min(old, len(s.cells)))
		g.stored += len(s.cells)
	}
	g.shown = slices.DeleteFunc(g.shown, func(s *shownSeries) bool { return len(s.periods) == 0 })
	for p := range g.periods {
		if p.End() < oldest {
			delete(g.periods, p)
		}
	}
}

// makeRoom forgets what is too old, and all cells where that is not enough:
// the table will be refused, and only how large it is remains to be seen.
func (g *tableSink) makeRoom() {
	g.forget()
	if g.stored <= g.most {
		return
	}
	g.crowded = g.stored
	for _, s := range g.shown {
		s.cells = nil
	}
}
