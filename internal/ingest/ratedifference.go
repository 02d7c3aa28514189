package ingest

import (
	"context"
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// standingRates are the rates in force, by what a report calls their series.
type standingRates struct {
	rates  map[ofFigure]standingRate
	counts map[string]int // of each series
	ways   rateDirections
}

type standingRate struct {
	value     figure.Value
	published time.Time
}

// standRates asks the store for the rates in force, once.
func (d *differ) standRates(ctx context.Context) error {
	if d.rates.counts != nil {
		return nil
	}
	all, err := d.store.Rates(ctx, vintage.Now(d.until))
	if err != nil {
		return err
	}
	d.rates = standingRates{map[ofFigure]standingRate{}, map[string]int{}, rateDirections{}}
	for i := range all {
		name := rateName(&all[i])
		d.rates.rates[ofFigure{name, all[i].Period}] = standingRate{all[i].Value, all[i].PublishedAt}
		d.rates.counts[name]++
		if all[i].Kind != fx.Irrevocable {
			d.rates.ways.take(&all[i], 0)
		}
	}
	return nil
}

// takeRate compares one rate with the one that stands. What stood before that
// one is not looked up, so a rate that was published earlier is new.
func (d *differ) takeRate(ctx context.Context, r *release) error {
	if err := d.standRates(ctx); err != nil {
		return err
	}
	name := r.named.code
	if d.series[name] == nil {
		d.series[name] = &touched{Touch: Touch{Series: name}, standing: d.rates.counts[name]}
	}
	var now, before *obs.Version
	if standing, stands := d.rates.rates[ofFigure{name, r.Period}]; stands {
		now = &obs.Version{Observation: obs.Observation{
			State: obs.Present, Value: standing.value, Status: r.Status, Published: standing.published,
		}}
	}
	if !d.late(r, now) {
		before = now
	}
	d.compare(r, now, before)
	return nil
}
