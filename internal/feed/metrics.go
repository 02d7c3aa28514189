package feed

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// counts are what is counted of takings that were to be published.
type counts struct {
	fetches *prometheus.CounterVec
	last    *prometheus.GaugeVec
	rates   *prometheus.CounterVec
}

func newCounts() *counts {
	return &counts{
		fetches: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bellwether_rates_fetches_total", Help: "Files of rates asked of their publishers, by feed and outcome: imported, unchanged, refused or failed.",
		}, []string{"feed", "outcome"}),
		last: prometheus.NewGaugeVec(prometheus.GaugeOpts{
			Name: "bellwether_rates_fetch_success_timestamp_seconds", Help: "When a publisher was last asked with success by this process, by feed.",
		}, []string{"feed"}),
		rates: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bellwether_rates_fetched_new_total", Help: "New rates in fetched files, by feed.",
		}, []string{"feed"}),
	}
}

// count counts one taking.
func (c *counts) count(feed string, end obs.FetchEnd, err error, now time.Time) {
	if err != nil {
		outcome := string(end.What)
		if kind := fault.KindOf(err); kind == fault.Refused || kind == fault.Forbidden {
			outcome = "refused"
		}
		c.fetches.WithLabelValues(feed, outcome).Inc()
		return
	}
	c.fetches.WithLabelValues(feed, string(end.What)).Inc()
	c.last.WithLabelValues(feed).Set(time.Duration(now.UnixNano()).Seconds())
	c.rates.WithLabelValues(feed).Add((time.Duration(end.New) * time.Second).Seconds())
}

// Metrics returns what the service counts.
func (s *Service) Metrics() []prometheus.Collector {
	return []prometheus.Collector{s.counts.fetches, s.counts.last, s.counts.rates}
}
