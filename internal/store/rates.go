package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// rateKey says what a rate is a rate of.
type rateKey struct {
	feed, base, quote string
	kind              fx.Kind
	period            period.Period
}

// rateBatch is rates that wait to be compared with those that stand. Rates
// count in the order in which they are put, so that a key never waits twice.
type rateBatch struct {
	load    *load
	waiting []fx.Rate
	keys    map[rateKey]bool
}

// rateBatchSize is how many rates are compared at once.
const rateBatchSize = 500

func (b *rateBatch) put(ctx context.Context, r fx.Rate) error {
	key := rateKey{r.Feed, r.Base, r.Quote, r.Kind, r.Period}
	if b.keys[key] || len(b.waiting) == rateBatchSize {
		b.load.mixed = b.load.mixed || b.keys[key]
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	if b.keys == nil {
		b.keys = map[rateKey]bool{}
	}
	r.PublishedAt = vintage.Effective(r.PublishedAt, b.load.embargo, b.load.t.now)
	b.keys[key] = true
	b.waiting = append(b.waiting, r)
	return nil
}

// flush stores the rates that differ from the ones in force when they were
// published.
func (b *rateBatch) flush(ctx context.Context) error {
	if len(b.waiting) == 0 {
		return nil
	}
	standing, err := b.standing(ctx)
	if err != nil {
		return err
	}
	for i, r := range b.waiting {
		if v := standing[i]; v == nil || !v.SameAs(r.Value) {
			b.load.rate(r)
		}
	}
	clear(b.keys)
	b.waiting = b.waiting[:0]
	return b.load.flush(ctx)
}

// standing returns the values in force for the waiting rates; nil where there
// is none.
func (b *rateBatch) standing(ctx context.Context) ([]*figure.Value, error) {
	asks := make([][]any, len(b.waiting))
	for i, r := range b.waiting {
		asks[i] = []any{
			r.Feed, r.Base, r.Quote, string(r.Kind), r.Period.End().String(), r.Period.Start().String(),
			r.PublishedAt.UnixMicro(),
		}
	}
	rows, err := b.load.t.statement(ctx, "preceding_rates").QueryxContext(ctx, args{"asks": jsonText(asks)})
	if err != nil {
		return nil, err
	}
	found := make([]*figure.Value, len(asks))
	return found, drain(rows, func(rows *sqlx.Rows) error {
		var n int
		var value, decimals any
		if err := rows.Scan(&n, &value, &decimals); err != nil {
			return err
		}
		v, err := fx.ParseValue(asText(value))
		found[n] = &v
		return err
	})
}

// rate takes one rate that says something new.
func (l *load) rate(r fx.Rate) {
	l.tables["rate"].add(
		r.Feed, r.Base, r.Quote, string(r.Kind), r.Period.End().String(), r.Period.Start().String(),
		l.t.s.dialect.instant(r.PublishedAt), l.revision, r.Value.Text(), int64(r.Value.Decimals()),
		l.source(obs.Source{Name: r.Source}), r.Note,
	)
	l.rows++
}

// Rates returns the rates in force at the point. The contract is that of
// query.Store.
func (s *Store) Rates(ctx context.Context, at vintage.Point) ([]fx.Rate, error) {
	ctx, cancel := s.bounded(ctx)
	defer cancel()
	at = vintage.At(at.Published, at.Recorded)
	var list []fx.Rate
	err := s.asking(ctx, at.Recorded, func(k *knowledge) error {
		rows, err := s.query(ctx, "rates_standing", args{
			"published": s.dialect.instant(at.Published),
			"recorded":  s.dialect.instant(at.Recorded),
			"change":    k.head.Change,
		})
		if err != nil {
			return err
		}
		return drain(rows, func(rows *sqlx.Rows) error {
			r, err := readRate(rows, k)
			if err != nil {
				return err
			}
			if n := len(list); n > 0 && sameRate(list[n-1], r) {
				list[n-1] = r // a later version of the same
				return nil
			}
			list = append(list, r)
			return nil
		})
	})
	return list, err
}

func sameRate(a, b fx.Rate) bool {
	return a.Feed == b.Feed && a.Base == b.Base && a.Quote == b.Quote && a.Kind == b.Kind && a.Period == b.Period
}

// readRate reads a rate, and what stands behind it in the row into more.
func readRate(rows *sqlx.Rows, k *knowledge, more ...any) (fx.Rate, error) {
	var r fx.Rate
	var end, start, published, value, decimals, source any
	err := rows.Scan(append([]any{
		&r.Feed, &r.Base, &r.Quote, &r.Kind, &end, &start, &published, &value, &decimals, &source, &r.Note,
	}, more...)...)
	if err != nil {
		return r, err
	}
	if r.Period, err = readPeriod(start, end); err != nil {
		return r, err
	}
	r.PublishedAt = asInstant(published)
	if id := asInt(source); id > 0 {
		r.Source = k.sources[id-1].Name
	}
	r.Value, err = fx.ParseValue(asText(value))
	return r, err
}

func readPeriod(start, end any) (period.Period, error) {
	first, err := asDate(start)
	if err != nil {
		return period.Period{}, err
	}
	last, err := asDate(end)
	if err != nil {
		return period.Period{}, err
	}
	return period.Between(first, last)
}
