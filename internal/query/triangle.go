package query

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// Triangle is every version of one series: its periods down, its publications
// across, and in each cell what was answered when that publication came out: the
// version that was in force, beside the base and the claims of then.
type Triangle struct {
	Head       Head
	Unit       string // of the cells, empty without any
	Multiplier int
	Rows       []TriangleRow // by end, then longest first
	Releases   []Release     // by publication
	Tail       Tail          // Total is the number of rows
}

// TriangleRow is the versions of one period, by publication.
type TriangleRow struct {
	Period period.Period
	cells  []TriangleCell // by the instant that each is told at
}

// TriangleCell is a cell and when the version in it was published; the zero
// time where none was yet.
type TriangleCell struct {
	Cell
	Published time.Time
	told      time.Time // from which instant of publication on
}

// Release is one publication. Its code is its day in the office's zone, or its
// instant where two fall on one day.
type Release struct {
	Code string
	At   time.Time
}

// ReasonNotPublished is why a cell has no value whose figure was not published
// yet.
const ReasonNotPublished = "not_published"

// Cell returns what was in force of a row when a release came out, both counted
// from 0.
func (t *Triangle) Cell(row, release int) TriangleCell {
	cells, at := t.Rows[row].cells, t.Releases[release].At
	n := sort.Search(len(cells), func(i int) bool { return cells[i].told.After(at) })
	if n == 0 {
		return TriangleCell{Cell: Cell{Status: statusMissing, Reason: ReasonNotPublished}}
	}
	return cells[n-1]
}

// Triangle lays out every version of one series. Most is how many cells there
// may be, 0 for any number; more of them are answer_too_large (kind TooLarge).
// It has one currency: several are parameter_conflict. The other faults are
// those of Series.
func (s *Service) Triangle(ctx context.Context, m Moment, code string, q Question, most int) (*Triangle, error) {
	if len(q.Currencies) > 1 {
		return nil, severalCurrencies(q.Currencies)
	}
	_, zone, err := s.Office(ctx)
	if err != nil {
		return nil, err
	}
	q.Vintage, q.Limit, q.Cursor, q.retold = AllVintages, 0, "", true
	built := triangleSink{}
	if err := s.Series(ctx, m, code, q, &built); err != nil {
		return nil, err
	}
	t := &built.Triangle
	t.Tail.Total = len(t.Rows)
	if n := len(t.Rows) * len(built.instants); most > 0 && n > most {
		return nil, fault.New(fault.TooLarge, fault.AnswerTooLarge, "there are %d cells and one table has at most %d", n, most).
			Expect("a smaller range, or layout=long")
	}
	t.Releases = releasesOf(built.instants, zone)
	return t, nil
}

// severalCurrencies refuses more than one currency in a cell.
func severalCurrencies(asked []string) error {
	const expected = "one currency beside layout=wide"
	return fault.New(fault.Invalid, fault.ParameterConflict, "a table is in one currency, and %d are asked for", len(asked)).Expect(expected).
		With(fault.Item{Code: fault.ParameterConflict, Parameter: "currency", Value: strings.Join(asked, ","), Expected: expected})
}

// triangleSink gathers the rows of a triangle.
type triangleSink struct {
	Triangle
	instants map[time.Time]bool
}

// Begin keeps what stands before the rows.
func (b *triangleSink) Begin(h Head) error {
	b.Head, b.instants = h, map[time.Time]bool{}
	return nil
}

// Row keeps a version as it is told from an instant on. Of those of one instant
// the last one is in force.
func (b *triangleSink) Row(r *Row) error {
	v := r.Version
	if n := len(b.Rows); n == 0 || b.Rows[n-1].Period != v.Period {
		b.Rows = append(b.Rows, TriangleRow{Period: v.Period})
	}
	if b.Unit == "" || r.HasValue {
		b.Unit, b.Multiplier = r.Unit, r.Multiplier
	}
	b.instants[v.Published] = true
	row := &b.Rows[len(b.Rows)-1]
	if n := len(row.cells); n > 0 && row.cells[n-1].told.Equal(r.told) {
		row.cells = row.cells[:n-1]
	}
	row.cells = append(row.cells, TriangleCell{NewCell(r), v.Published, r.told})
	return nil
}

// End keeps what stands behind the rows.
func (b *triangleSink) End(t Tail) error {
	b.Tail = t
	return nil
}

// releasesOf names the publications in their order.
func releasesOf(instants map[time.Time]bool, zone *time.Location) []Release {
	list := make([]Release, 0, len(instants))
	for at := range instants {
		list = append(list, Release{At: at, Code: at.In(zone).Format(time.DateOnly)})
	}
	slices.SortFunc(list, func(a, b Release) int { return a.At.Compare(b.At) })
	days := map[string]int{}
	for _, r := range list {
		days[r.Code]++
	}
	for i := range list {
		if days[list[i].Code] > 1 {
			list[i].Code = instant(list[i].At)
		}
	}
	return list
}
