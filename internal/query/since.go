package query

import (
	"context"
	"strings"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/vintage"
)

// Since returns up to limit (at least one) revisions that became visible after
// the state of a token and until the moment, the oldest first: those after the
// page whose next is the cursor, or the first. It goes by the instant of
// visibility, so that whoever goes on from the moment's own token meets every
// visible revision once. The faults are unknown_state (kind NotFound) and
// cursor_invalid.
func (s *Service) Since(ctx context.Context, m Moment, token, after string, limit int) (*RevisionList, error) {
	head, err := s.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	since, err := s.pinned(ctx, token, vintage.Now(head.Instant))
	if fault.CodeOf(err) == fault.UnknownState {
		f := fault.From(err)
		return nil, f.With(fault.Item{Code: fault.UnknownState, Parameter: "since", Value: fault.Clip(token), Expected: f.Expected})
	}
	if err != nil {
		return nil, err
	}
	question := fingerprint(strings.ToLower(token))
	var place cursor
	if after != "" {
		if place, err = m.follow(after); err != nil {
			return nil, err
		}
	}
	last, ours := strings.CutSuffix(place.question, question)
	if after != "" && !ours {
		return nil, badCursor(after, "belongs to another question")
	}
	found, total, err := s.store.RevisionsSince(ctx, m.record(), since.Published, last, max(limit, 1))
	if fault.CodeOf(err) == fault.UnknownRevision {
		return nil, badCursor(after, "was not given out here")
	}
	if err != nil {
		return nil, err
	}
	return m.recordPage(found, place.offset, total, question), nil
}

// FirstRevision returns the first visible revision of the database, which it
// keeps wherever it is copied to; the zero value where there is none.
func (s *Service) FirstRevision(ctx context.Context, m Moment) (RevisionInfo, error) {
	found, _, err := s.store.RevisionsSince(ctx, vintage.Now(m.Point.Recorded), time.Unix(0, 0), "", 1)
	if err != nil || len(found) == 0 {
		return RevisionInfo{}, err
	}
	return newRevisionInfo(&found[0]), nil
}
