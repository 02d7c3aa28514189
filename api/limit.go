package api

import (
	"math"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"

	"bellwether/internal/fault"
)

// limiter bounds how often one reader may ask. Readers are told apart by key,
// or by address where they have none; it remembers a bounded number of them.
type limiter struct {
	perSecond rate.Limit
	burst     int
	readers   *otter.Cache[string, *rate.Limiter]
}

const (
	maxReaders    = 50_000
	forgetReaders = 10 * time.Minute
)

// newLimiter returns nil where there is no limit.
func newLimiter(perSecond, burst int) *limiter {
	if perSecond <= 0 {
		return nil
	}
	return &limiter{
		perSecond: rate.Limit(perSecond),
		burst:     max(burst, 1),
		readers: otter.Must(&otter.Options[string, *rate.Limiter]{
			MaximumSize:      maxReaders,
			ExpiryCalculator: otter.ExpiryAccessing[string, *rate.Limiter](forgetReaders),
		}),
	}
}

// allow takes one request of the reader from its allowance, or says when there
// will be one.
func (l *limiter) allow(reader string, now time.Time) error {
	if l == nil {
		return nil
	}
	one, _ := l.readers.ComputeIfAbsent(reader, func() (*rate.Limiter, bool) {
		return rate.NewLimiter(l.perSecond, l.burst), false
	})
	reservation := one.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	reservation.CancelAt(now)
	seconds := time.Duration(math.Ceil(wait.Seconds())) * time.Second
	f := fault.New(fault.Limited, fault.RateLimited, "over %v requests a second", l.perSecond)
	f.RetryAfter = seconds
	return f
}
