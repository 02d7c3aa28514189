package feed

import (
	"context"
	"time"

	"bellwether/internal/obs"
)

// Status is what is known of the takings of one feed's file.
type Status struct {
	Feed    string
	Address string
	Every   time.Duration // 0: only on request
	Due     time.Time     // from when the plan takes it; zero: at once, or never without a plan
	Log     obs.FetchLog
}

// Status tells of every feed whose file has an address.
func (s *Service) Status(ctx context.Context) ([]Status, error) {
	var list []Status
	for _, f := range s.config.Feeds {
		st := Status{Feed: f.Code, Address: s.address(f)}
		if st.Address == "" {
			continue
		}
		var err error
		if st.Log, err = s.store.FetchLog(ctx, obs.FetchKey{Feed: st.Feed, Address: st.Address}); err != nil {
			return nil, err
		}
		for _, plan := range s.config.Plans {
			if plan.Feed == f.Code {
				st.Every, st.Due = plan.Every, plan.Due(st.Log)
			}
		}
		list = append(list, st)
	}
	return list, nil
}
