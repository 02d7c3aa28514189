package query

import (
	"cmp"
	"context"
	"slices"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// RevisionStatistics says by how much the figures of a series were revised.
type RevisionStatistics struct {
	Series     SeriesInfo
	Statistics []RevisionsOf // years first, then half-years, quarters, months, days, year-to-date periods, others
}

// RevisionsOf is by how much the figures of one frequency and accumulation were
// revised, from their first release to what stands. Numbers without percent in
// their name are at the multiplier. Means are rounded once, half away from
// zero, to Decimals.
type RevisionsOf struct {
	Frequency    Text            `json:"frequency"` // A, S, Q, M or D; null for other periods
	Accumulation string          `json:"accumulation"`
	First        string          `json:"first"` // period
	Last         string          `json:"last"`
	Figures      int             `json:"figures"`  // with a first release
	Compared     int             `json:"compared"` // of these, those whose first and latest release are numbers
	Revised      int             `json:"revised"`  // of these, those whose number is another now
	Unit         string          `json:"unit"`
	Multiplier   int             `json:"multiplier"`
	Decimals     Count           `json:"decimals"` // of the two means; null where nothing is compared
	Mean         Number          `json:"mean_revision"`
	Absolute     Number          `json:"mean_absolute_revision"`
	InPercent    int             `json:"in_percent"` // of those compared, those of which a percentage is taken
	Percent      Number          `json:"mean_revision_percent"`
	AbsPercent   Number          `json:"mean_absolute_revision_percent"`
	Smallest     *FigureRevision `json:"smallest"` // null where nothing is compared
	Largest      *FigureRevision `json:"largest"`
	Releases     Number          `json:"mean_releases"`
}

// FigureRevision is how one figure was revised from its first release to what
// stands. Percent is null for figures in percent and where the first is 0.
type FigureRevision struct {
	Period   string `json:"period"`
	First    Number `json:"first"`
	Latest   Number `json:"latest"`
	Revision Number `json:"revision"`
	Percent  Number `json:"percent"`
}

// Statistics says by how much the figures of a series that are in the range
// were revised, by frequency and accumulation. Latest and limits of the range
// are not looked at. The faults are those of Series.
func (s *Service) Statistics(ctx context.Context, m Moment, code string, r Range, lang string) (*RevisionStatistics, error) {
	canonical, _, err := s.Resolve(ctx, m, code)
	if err != nil {
		return nil, err
	}
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	if r, err = r.normal(); err != nil {
		return nil, err
	}
	sel := Selection{Codes: []string{canonical}}
	there, err := s.store.Coverage(ctx, sel, m.Point)
	if err != nil {
		return nil, err
	}
	if len(there) == 0 {
		return nil, s.unknownSeries(ctx, m, words, code)
	}
	counted := revisionCounter{rng: r, meta: metaOf(words, there[0].Series)}
	sel.Periods = r.Periods
	err = s.store.Versions(ctx, sel, m.Point, counted.next)
	if err != nil {
		return nil, err
	}
	counted.close()
	return &RevisionStatistics{Series: newSeriesInfo(words, &there[0], lang), Statistics: counted.list()}, nil
}

// revisionCounter counts the versions of a series, which come period by period,
// in the order of their publication.
type revisionCounter struct {
	rng  Range
	meta lineMeta

	current diff.Revision
	open    bool // a figure is being read
	spans   []revisedSpan
}

// revisedSpan is the statistics of one frequency and accumulation.
type revisedSpan struct {
	frequency   period.Frequency
	accumulated bool
	first, last period.Period
	diff.Statistics
}

func (c *revisionCounter) next(v *obs.Version) error {
	if !c.rng.holds(v.Period) {
		return nil
	}
	if !c.open || c.current.Period != v.Period {
		c.close()
		c.current, c.open = diff.Revision{Period: v.Period}, true
	}
	c.current.Latest = diff.Of(&v.Observation)
	if v.Withdrawn {
		return nil
	}
	if c.current.Releases == 0 {
		c.current.First = c.current.Latest
	}
	c.current.Releases++
	return nil
}

// close counts the figure that was read, unless it was only ever withdrawn.
func (c *revisionCounter) close() {
	if !c.open || c.current.Releases == 0 {
		return
	}
	span := c.span(c.current.Period)
	span.last = c.current.Period
	span.Add(c.current, c.meta.multiplier)
}

func (c *revisionCounter) span(p period.Period) *revisedSpan {
	frequency := p.Frequency()
	accumulated := frequency == period.None && p.YTD()
	i := slices.IndexFunc(c.spans, func(s revisedSpan) bool {
		return s.frequency == frequency && s.accumulated == accumulated
	})
	if i < 0 {
		i = len(c.spans)
		c.spans = append(c.spans, revisedSpan{frequency: frequency, accumulated: accumulated, first: p})
	}
	return &c.spans[i]
}

// list returns what was counted, the longest frequency first.
func (c *revisionCounter) list() []RevisionsOf {
	slices.SortFunc(c.spans, func(a, b revisedSpan) int { return cmp.Compare(a.rank(), b.rank()) })
	list := make([]RevisionsOf, len(c.spans))
	for i := range c.spans {
		list[i] = c.told(&c.spans[i])
	}
	return list
}

// rank orders frequencies from years to days, then year-to-date periods, then
// others.
func (s *revisedSpan) rank() int {
	order := []period.Frequency{period.Annual, period.HalfYear, period.Quarter, period.Month, period.Day}
	if i := slices.Index(order, s.frequency); i >= 0 {
		return i
	}
	if s.accumulated {
		return len(order)
	}
	return len(order) + 1
}

func (c *revisionCounter) told(s *revisedSpan) RevisionsOf {
	r := RevisionsOf{
		Frequency: Text(s.frequency), Accumulation: Single, First: s.first.String(), Last: s.last.String(),
		Figures: s.Figures, Compared: s.Compared, Revised: s.Revised, Unit: c.meta.unit, Multiplier: c.meta.multiplier,
		Smallest: c.figure(s.Smallest), Largest: c.figure(s.Largest),
	}
	if s.accumulated {
		r.Accumulation = YTD
	}
	if mean, absolute, ok := s.Mean(c.meta.multiplier); ok {
		r.Mean, r.Absolute, r.Decimals = Number(mean.Text()), Number(absolute.Text()), Count{s.Decimals(), true}
	}
	if mean, absolute, ok := s.MeanPercent(); ok && c.meta.nature == diff.Amount {
		r.InPercent, r.Percent, r.AbsPercent = s.InPercent, Number(mean.Text()), Number(absolute.Text())
	}
	if releases, ok := s.MeanReleases(); ok {
		r.Releases = Number(releases.Text())
	}
	return r
}

// figure tells the revision of one figure; nil is none.
func (c *revisionCounter) figure(r *diff.Revision) *FigureRevision {
	if r == nil {
		return nil
	}
	at := func(v figure.Value) Number { return Number(v.At(c.meta.multiplier).Text()) }
	return &FigureRevision{
		Period: r.Period.String(), First: at(r.First.Value), Latest: at(r.Latest.Value),
		Revision: Number(figure.Rounded(r.Difference(), r.Decimals(c.meta.multiplier), c.meta.multiplier).Text()),
		Percent:  Number(diff.Percent(r.First, r.Latest, c.meta.nature)),
	}
}
