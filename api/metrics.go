package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what /metrics counts. They need a role, because counts tell of
// what is not visible yet.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	answers  *prometheus.CounterVec
	kept     prometheus.Counter
	built    prometheus.Counter
}

func newMetrics(registry *prometheus.Registry) (*metrics, error) {
	m := &metrics{
		registry: registry,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bellwether_http_requests_total", Help: "Requests by operation and class of status.",
		}, []string{"operation", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bellwether_http_request_seconds", Help: "Time to answer, by operation.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 4, 10),
		}, []string{"operation"}),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bellwether_answers_total", Help: "Read answers by where they came from: kept or built.",
		}, []string{"from"}),
	}
	m.kept, m.built = m.answers.WithLabelValues("kept"), m.answers.WithLabelValues("built")
	for _, c := range []prometheus.Collector{
		m.requests, m.seconds, m.answers, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true})
}

// counters are the metrics of one route, looked up once.
type counters struct {
	byClass [6]prometheus.Counter
	seconds prometheus.Observer
}

func (m *metrics) of(operation string) *counters {
	c := &counters{seconds: m.seconds.WithLabelValues(operation)}
	for class := 1; class < len(c.byClass); class++ {
		c.byClass[class] = m.requests.WithLabelValues(operation, strconv.Itoa(class)+"xx")
	}
	return c
}

func (c *counters) count(status int, took time.Duration) {
	if class := status / 100; class >= 1 && class < len(c.byClass) {
		c.byClass[class].Inc()
	}
	c.seconds.Observe(took.Seconds())
}
