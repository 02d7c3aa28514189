package api

import (
	"context"
	"strconv"
	"time"
)

// instant is where a request stands in time: the clock, and the number of the
// newest change that the node knows of.
type instant struct {
	clock  time.Time
	change int64
}

// now asks the store what changed last, for a request that began at the clock.
// It is a look into memory.
func (a *API) now(ctx context.Context, clock time.Time) (instant, error) {
	head, err := a.store.Head(ctx)
	if err != nil {
		return instant{}, err
	}
	return instant{clock: clock, change: head.Change}, nil
}

// flightKey separates computations that began before a change from those
// after it.
func (i instant) flightKey(key string) string {
	return strconv.FormatInt(i.change, 10) + " " + key
}
