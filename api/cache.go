package api

import (
	"context"
	"math"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"
)

// cache keeps encoded answers in a bounded number of bytes, by canonical
// request. A request as it came leads to its canonical form without being
// read again, so that a repeated request costs two look-ups.
type cache struct {
	asked  *otter.Cache[asked, string]
	kept   *otter.Cache[string, *answer]
	flight singleflight.Group
	limit  int // bytes of the largest answer that is kept
}

// asked is what of a raw request decides its answer, beside the state.
type asked struct{ uri, accept, host string }

const (
	maxAsked    = 4 << 20 // bytes of raw requests that are remembered
	maxAskedURI = 2_000   // bytes of the longest one
)

// newCache returns a cache of so many bytes; with 0 it keeps nothing and
// still lets equal questions share one computation.
func newCache(size int) *cache {
	c := &cache{limit: size / 8}
	if size <= 0 {
		return c
	}
	c.kept = otter.Must(&otter.Options[string, *answer]{
		MaximumWeight: uint64(size),
		Weigher: func(key string, ans *answer) uint32 {
			return uint32(min(len(key)+ans.weight(), math.MaxUint32))
		},
	})
	c.asked = otter.Must(&otter.Options[asked, string]{
		MaximumWeight: maxAsked,
		Weigher: func(raw asked, key string) uint32 {
			return uint32(len(raw.uri) + len(raw.accept) + len(raw.host) + len(key) + 100)
		},
	})
	return c
}

// known returns the kept answer of a raw request.
func (c *cache) known(raw asked) (*answer, bool) {
	if c.asked == nil {
		return nil, false
	}
	key, ok := c.asked.GetIfPresent(raw)
	if !ok {
		return nil, false
	}
	return c.kept.GetIfPresent(key)
}

// remember notes the canonical form of a raw request.
func (c *cache) remember(raw asked, key string) {
	if c.asked != nil && len(raw.uri)+len(raw.accept)+len(raw.host) <= maxAskedURI {
		c.asked.Set(raw, key)
	}
}

// get returns the kept answer of a canonical request while it is good, else
// builds it once for all who ask meanwhile. Who asks after a change does not
// share a computation that began before it. The computation goes on when the
// one who began it is gone, until the timeout.
func (c *cache) get(ctx context.Context, key string, now instant, timeout time.Duration, build func(context.Context) (*answer, error)) (*answer, error) {
	if c.kept != nil {
		if ans, ok := c.kept.GetIfPresent(key); ok && ans.good(now.change, now.clock) {
			return ans, nil
		}
	}
	result := c.flight.DoChan(now.flightKey(key), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
		defer cancel()
		ans, err := safely(ctx, build)
		if err == nil && c.kept != nil && ans.weight() <= c.limit {
			c.kept.Set(key, ans)
		}
		return ans, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-result:
		if r.Err != nil {
			return nil, r.Err
		}
		return r.Val.(*answer), nil
	}
}

// safely builds an answer and turns a panic into an error: nobody above would
// catch it, because a shared computation belongs to no request.
func safely(ctx context.Context, build func(context.Context) (*answer, error)) (ans *answer, err error) {
	defer func() {
		if r := recover(); r != nil {
			ans, err = nil, defect(r)
		}
	}()
	return build(ctx)
}
