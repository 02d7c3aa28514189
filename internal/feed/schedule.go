package feed

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fetch"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
)

// Plan says how often the file of a feed is taken.
type Plan struct {
	Feed  string
	Every time.Duration // at least Shortest
}

// Shortest is the least time between two takings by a plan.
const Shortest = lease

const (
	lease      = 5 * time.Minute  // how long one who takes a file keeps others from it, and the first pause after a failure
	soon       = 10 * time.Second // at the most until a service that has started looks
	mostJitter = 5 * time.Minute
)

// Due is the instant from which a file is to be taken again: the plan's time
// after the last answer; after failures a pause that doubles from five minutes
// up to the plan's time. A feed that was never taken is due at once.
func (p Plan) Due(log obs.FetchLog) time.Time {
	if log.Tries == 0 {
		if log.Answered.IsZero() {
			return time.Time{}
		}
		return log.Answered.Add(p.Every)
	}
	pause := lease
	for n := 1; n < log.Tries && pause < p.Every; n++ {
		pause *= 2
	}
	return log.Tried.Add(min(pause, p.Every))
}

// Run takes files by the plans until the context ends. A failure is logged and
// stops nothing. Of several nodes of one database one takes a file; the others
// see that in the database.
func (s *Service) Run(ctx context.Context) {
	var plans sync.WaitGroup
	defer plans.Wait()
	for _, plan := range s.config.Plans {
		plans.Go(func() { s.follow(ctx, plan) })
	}
}

func (s *Service) follow(ctx context.Context, plan Plan) {
	next := draw(soon)
	for s.config.Wait(ctx, next) == nil {
		next = s.look(ctx, plan)
	}
}

// look takes the file if it is due, and returns how long to wait until the next
// look. The waits differ by chance, so that nodes and offices do not all ask at
// once.
func (s *Service) look(ctx context.Context, plan Plan) time.Duration {
	log, err := s.log(ctx, plan)
	if err != nil {
		s.complain(ctx, plan, err)
		return lease
	}
	now := s.config.Clock()
	if due := plan.Due(log); now.Before(due) {
		return due.Sub(now) + draw(min(plan.Every/10, mostJitter))
	}
	result, err := s.Fetch(ctx, Request{Feed: plan.Feed, Import: ingest.Request{
		By: obs.Schedule, Message: "taken from the publisher by schedule", Publish: ingest.Publish{Now: true},
	}})
	if err != nil {
		s.complain(ctx, plan, err)
		return lease
	}
	s.tell(ctx, result)
	return plan.Every + draw(min(plan.Every/10, mostJitter))
}

func (s *Service) log(ctx context.Context, plan Plan) (obs.FetchLog, error) {
	key, err := s.key(plan.Feed, "")
	if err != nil {
		return obs.FetchLog{}, err
	}
	return s.store.FetchLog(ctx, key)
}

func (s *Service) complain(ctx context.Context, plan Plan, err error) {
	if ctx.Err() != nil || fault.CodeOf(err) == fault.FetchUnderWay {
		return
	}
	s.config.Log.LogAttrs(ctx, slog.LevelWarn, "rates were not fetched", slog.String("feed", plan.Feed),
		slog.String("code", string(fault.CodeOf(err))), slog.Any("error", err))
}

// tell logs what came, and writes a publication to the audit.
func (s *Service) tell(ctx context.Context, r *Result) {
	end := ended(r, fetch.Mark{}, nil)
	s.config.Log.LogAttrs(ctx, slog.LevelInfo, "rates were fetched", slog.String("feed", r.Feed),
		slog.String("outcome", string(end.What)), slog.Int("new", end.New), slog.String("import", end.Import))
	if r.Import == nil || r.Import.NoOp {
		return
	}
	entry := obs.AuditEntry{At: s.config.Clock().UTC(), By: obs.Schedule, Action: "import.publish", Subject: end.Import, Detail: r.Address}
	if err := s.store.Audit(ctx, entry); err != nil {
		s.config.Log.LogAttrs(ctx, slog.LevelError, "the audit was not written", slog.String("subject", end.Import), slog.Any("error", err))
	}
}

// draw returns a time by chance, below the bound.
func draw(bound time.Duration) time.Duration { return rand.N(bound) }

// wait returns after the time, or with the context's error when that ends first.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
