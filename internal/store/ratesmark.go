package store

import (
	"context"
	"slices"
	"time"

	"bellwether/internal/query"
	"bellwether/internal/vintage"
)

// ratesChange is a revision that brought rates or took them back. Nothing that
// was stored until it becomes public after the instant.
type ratesChange struct {
	number int64
	public time.Time
}

// changeRates adds a revision, the rates of which become public until then.
func (k *knowledge) changeRates(number int64, public time.Time) {
	if n := len(k.rates); n > 0 {
		public = later(public, k.rates[n-1].public)
	}
	k.rates = append(k.rates, ratesChange{number, public})
}

// RatesMark tells the rates of one point from those of others. The contract is
// that of query.Store. While a watch runs it takes no statement.
func (s *Store) RatesMark(ctx context.Context, at vintage.Point) (query.RatesMark, error) {
	var mark query.RatesMark
	at = vintage.At(at.Published, at.Recorded)
	err := s.asking(ctx, at.Recorded, func(k *knowledge) error {
		mark = k.ratesMark(at)
		return nil
	})
	return mark, err
}

func (k *knowledge) ratesMark(at vintage.Point) query.RatesMark {
	for _, change := range slices.Backward(k.rates) {
		if k.revisions[change.number-1].recorded.After(at.Recorded) {
			continue
		}
		mark := query.RatesMark{Change: change.number, Published: change.public}
		if at.Published.Before(change.public) {
			mark.Published = at.Published
		}
		return mark
	}
	return query.RatesMark{}
}
