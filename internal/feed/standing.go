package feed

import (
	"context"
	"time"

	"bellwether/internal/fetch"
	"bellwether/internal/obs"
)

// Standing is how the taking of a feed's file stands.
type Standing struct {
	Feed    string
	Address string
	Log     obs.FetchLog  // of earlier takings; the zero value: none
	Every   time.Duration // by the schedule; 0: it is taken on request alone
	Next    time.Time     // when the schedule takes it again; zero without one
}

// Standings returns how the taking of every feed stands whose file has an
// address, in the order of the feeds. What the schedule is to take already is
// next at once, by the clock.
func (s *Service) Standings(ctx context.Context) ([]Standing, error) {
	var list []Standing
	for _, f := range s.config.Feeds {
		one := Standing{Feed: f.Code, Address: s.address(f)}
		if one.Address == "" {
			continue
		}
		var err error
		if one.Log, err = s.store.FetchLog(ctx, obs.FetchKey{Feed: one.Feed, Address: one.Address}); err != nil {
			return nil, err
		}
		for _, plan := range s.config.Plans {
			if plan.Feed == f.Code {
				one.Every, one.Next = plan.Every, plan.Due(one.Log)
				if now := s.config.Clock(); one.Next.Before(now) {
					one.Next = now
				}
			}
		}
		list = append(list, one)
	}
	return list, nil
}

// Outcome is what a taking brought, in the words of its log, and how many
// rates were new. A file that was only read has none.
func (r *Result) Outcome() (obs.FetchState, int) {
	if r.Import != nil && r.Import.Import.ID == "" {
		return "", 0
	}
	end := ended(r, fetch.Mark{}, nil)
	return end.What, end.New
}
