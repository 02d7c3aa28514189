package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// Coverage returns the selected series on which something stands at the point.
// A series all of whose periods are withdrawn is there without spans. The
// contract is that of query.Store.
func (s *Store) Coverage(ctx context.Context, sel query.Selection, at vintage.Point) ([]obs.Coverage, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	sel.Relatives = false
	at = vintage.At(at.Published, at.Recorded)
	var found survey
	err := s.asking(ctx, at.Recorded, func(k *knowledge) error {
		found = survey{}
		if at.Recorded.Equal(k.head.Instant) {
			done, err := s.coverageInForce(ctx, k, sel, at.Published, &found)
			if done || err != nil {
				return err
			}
			found = survey{}
		}
		last := lastOfEach{each: func(v *obs.Version) error {
			found.add(v.Series, v.Withdrawn, v.Period, v.Period, 1)
			return nil
		}}
		if err := s.scanStanding(ctx, k, at, last.take, s.picking(sel)); err != nil {
			return err
		}
		return last.flush()
	})
	return found.list(), err
}

// coverageInForce surveys by superseded_at; like scanInForce it reports false
// when the database has moved on.
func (s *Store) coverageInForce(ctx context.Context, k *knowledge, sel query.Selection, published time.Time, found *survey) (bool, error) {
	arguments := args{"published": s.dialect.instant(published)}
	rows, err := s.queryText(ctx, s.selecting("coverage", s.picking(sel), arguments), arguments)
	if err != nil {
		return false, err
	}
	agreed := false
	err = drain(rows, func(rows *sqlx.Rows) error {
		var id, change int64
		var count int
		var withdrawn, firstStart, firstEnd, lastStart, lastEnd any
		err := rows.Scan(&id, &withdrawn, &firstStart, &firstEnd, &lastStart, &lastEnd, &count, &change)
		if err != nil {
			return err
		}
		if change != k.head.Change {
			return errMovedOn
		}
		agreed = true
		first, err := readPeriod(firstStart, firstEnd)
		if err != nil {
			return err
		}
		last, err := readPeriod(lastStart, lastEnd)
		if err != nil {
			return err
		}
		found.add(k.series[id-1], asBool(withdrawn), first, last, count)
		return nil
	})
	if err == errMovedOn {
		return false, nil
	}
	return agreed, err
}

// survey gathers spans by series.
type survey struct {
	spans map[*obs.Series][]obs.Span
}

// add counts periods from first to last, all of one frequency.
func (s *survey) add(one *obs.Series, withdrawn bool, first, last period.Period, count int) {
	if s.spans == nil {
		s.spans = map[*obs.Series][]obs.Span{}
	}
	spans := s.spans[one]
	if withdrawn {
		s.spans[one] = spans
		return
	}
	frequency := first.Frequency()
	accumulated := frequency == "" && first.YTD()
	for i := range spans {
		if spans[i].Frequency == frequency && spans[i].Accumulated == accumulated {
			spans[i].Count += count
			if period.Compare(first, spans[i].First) < 0 {
				spans[i].First = first
			}
			if period.Compare(last, spans[i].Last) > 0 {
				spans[i].Last = last
			}
			return
		}
	}
	s.spans[one] = append(spans, obs.Span{Frequency: frequency, Accumulated: accumulated, First: first, Last: last, Count: count})
}

// list returns what was gathered by code, the longest frequency first.
func (s *survey) list() []obs.Coverage {
	var all []obs.Coverage
	for one, spans := range s.spans {
		slices.SortFunc(spans, func(a, b obs.Span) int {
			return cmp.Or(rank(a)-rank(b), period.Compare(a.First, b.First))
		})
		all = append(all, obs.Coverage{Series: one, Spans: spans})
	}
	slices.SortFunc(all, func(a, b obs.Coverage) int { return cmp.Compare(a.Series.Code, b.Series.Code) })
	return all
}

// rank orders spans: years, half-years, quarters, months, days, sums since the
// start of the year, anything else.
func rank(s obs.Span) int {
	order := []period.Frequency{"A", "S", "Q", "M", "D"}
	if i := slices.Index(order, s.Frequency); i >= 0 {
		return i
	}
	if s.Accumulated {
		return len(order)
	}
	return len(order) + 1
}
