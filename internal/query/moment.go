package query

import (
	"context"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/vintage"
)

// At makes a state certain. Without anything it is what is visible now: both
// halves of the point are the instant of the newest visible change, so that it
// stands still until the next one. As of an earlier instant the first half is
// that instant. As recorded at an earlier instant both halves are the newest
// change that was visible then, which is the point of the live answer of then.
// The faults are those of vintage.AsOf, unknown_state (kind NotFound) for a
// token of a point that was never answered, cursor_invalid, also for a cursor
// beside another as_of than its own, and parameter_conflict for a state beside
// as_of or a cursor and for Recorded beside any of the three.
func (s *Service) At(ctx context.Context, when When) (Moment, error) {
	if err := when.check(); err != nil {
		return Moment{}, err
	}
	head, err := s.store.Head(ctx)
	if err != nil {
		return Moment{}, err
	}
	m := Moment{AsOf: when.AsOf, Recorded: when.Recorded, Change: head.Change, Until: head.Next, Point: vintage.Now(head.Instant)}
	switch {
	case when.State != "":
		m.Pinned = true
		m.Point, err = s.pinned(ctx, when.State, m.Point)
	case when.Cursor != "":
		m.Pinned = true
		m.Point, err = s.continued(ctx, when, m.Point)
	case when.AsOf != "":
		m.Point, err = s.asOf(ctx, when.AsOf, m.Point)
	case when.Recorded != "":
		m.Point, err = s.recorded(ctx, when.Recorded, m.Point)
	}
	if err != nil {
		return Moment{}, err
	}
	if m.Pinned {
		m.Until = time.Time{}
	}
	m.Token, m.Updated = vintage.Token(m.Point), m.Point.Recorded
	return m, nil
}

func (w When) check() error {
	switch {
	case w.State != "" && w.AsOf != "":
		return conflict("state", w.State, "as_of", w.AsOf)
	case w.State != "" && w.Cursor != "":
		return conflict("cursor", w.Cursor, "state", w.State)
	case w.Recorded == "":
		return nil
	case w.AsOf != "":
		return conflict("recorded_as_of", w.Recorded, "as_of", w.AsOf)
	case w.State != "":
		return conflict("recorded_as_of", w.Recorded, "state", w.State)
	case w.Cursor != "":
		return conflict("recorded_as_of", w.Recorded, "cursor", w.Cursor)
	}
	return nil
}

// continued returns the point that a cursor pins.
func (s *Service) continued(ctx context.Context, when When, now vintage.Point) (vintage.Point, error) {
	at, err := parseCursor(when.Cursor)
	if err == nil {
		err = at.goesWith(when.AsOf)
	}
	if err != nil {
		return vintage.Point{}, err
	}
	point, err := s.pinned(ctx, at.state, now)
	if fault.CodeOf(err) == fault.UnknownState {
		err = badCursor(when.Cursor, "was not given out here")
	}
	return point, err
}

// asOf returns the point of what was published until an instant, out of what
// is visible now.
func (s *Service) asOf(ctx context.Context, text string, now vintage.Point) (vintage.Point, error) {
	published, err := s.past(ctx, "as_of", text)
	if err != nil {
		return vintage.Point{}, err
	}
	return vintage.At(published, now.Recorded), nil
}

// recorded returns the point of the answers that were given at an instant: the
// newest change that was visible then. Before the first change nothing was
// published, and the catalogue is that of the first change.
func (s *Service) recorded(ctx context.Context, text string, now vintage.Point) (vintage.Point, error) {
	instant, err := s.past(ctx, "recorded_as_of", text)
	if err != nil || !instant.Before(now.Recorded) {
		return now, err
	}
	newest, err := s.store.NewestChange(ctx, instant)
	return vintage.At(instant, newest), err
}

// ratesAt returns the point of the rates that figures of the moment are
// converted by: the moment's own, or that of what was published until another
// instant and recorded until the moment. An instant behind the moment asks for
// all rates that were known at it, so that a state and an instant together give
// the same rates for ever.
func (s *Service) ratesAt(ctx context.Context, m Moment, asOf string) (vintage.Point, error) {
	if asOf == "" {
		return m.Point, nil
	}
	instant, err := s.past(ctx, "fx_as_of", asOf)
	if err != nil {
		return vintage.Point{}, err
	}
	return vintage.At(instant, m.Point.Recorded), nil
}

// past reads a date or an instant that has come.
func (s *Service) past(ctx context.Context, parameter, text string) (time.Time, error) {
	_, zone, err := s.Office(ctx)
	if err != nil {
		return time.Time{}, err
	}
	instant, err := vintage.AsOf(strings.TrimSpace(text), zone, s.clock())
	if err != nil {
		return time.Time{}, fault.From(err).With(fault.Item{
			Code: fault.CodeOf(err), Parameter: parameter, Value: fault.Clip(text), Expected: fault.From(err).Expected,
		})
	}
	return instant, nil
}

// pinned returns the point of a token. The store is asked whether anything was
// ever answered at it, unless it is the point of now.
func (s *Service) pinned(ctx context.Context, token string, now vintage.Point) (vintage.Point, error) {
	at, err := vintage.ParseToken(token)
	if err != nil || at == now {
		return at, err
	}
	known := !at.Recorded.After(now.Recorded)
	if known {
		known, err = s.store.Moment(ctx, at)
	}
	if err != nil {
		return vintage.Point{}, err
	}
	if !known {
		return vintage.Point{}, fault.New(fault.NotFound, fault.UnknownState, "no state has this token").
			Expect("the state of an earlier answer, or no state for what is visible now")
	}
	return at, nil
}
