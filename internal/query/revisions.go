package query

import (
	"context"

	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/vintage"
)

// RevisionInfo is one visible change of what the service says. Who made it is
// not told.
type RevisionInfo struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"` // import, undo, withdrawal, catalogue or rates
	VisibleAt  string `json:"visible_at"`
	RecordedAt string `json:"recorded_at"`
	Message    Text   `json:"message"`
	Undoes     Text   `json:"undoes"`
	Rows       int    `json:"rows"` // figures or rates that it states
}

func newRevisionInfo(r *obs.Revision) RevisionInfo {
	return RevisionInfo{
		ID: r.ID, Kind: string(r.Kind), VisibleAt: instant(r.VisibleAt), RecordedAt: instant(r.RecordedAt),
		Message: Text(r.Message), Undoes: Text(r.Undoes), Rows: r.Rows,
	}
}

// RevisionList is a page of the public record: newest first, and since a state
// oldest first.
type RevisionList struct {
	Revisions []RevisionInfo `json:"revisions"`
	Total     int            `json:"total"` // in all pages
	Next      Text           `json:"next"`
}

// record is the point at which the public record is read. It runs on the
// instant of visibility: what was published by an instant and recorded later was
// not in the record then.
func (m Moment) record() vintage.Point { return vintage.Now(m.Point.Published) }

// Revisions returns up to limit (at least one) visible revisions, newest first:
// those after the page whose next is the cursor, or the newest. The fault is
// cursor_invalid.
func (s *Service) Revisions(ctx context.Context, m Moment, after string, limit int) (*RevisionList, error) {
	var place cursor
	if after != "" {
		var err error
		if place, err = m.follow(after); err != nil {
			return nil, err
		}
	}
	limit = max(limit, 1)
	found, total, err := s.store.Revisions(ctx, m.record(), place.question, limit)
	if fault.CodeOf(err) == fault.UnknownRevision {
		return nil, badCursor(after, "was not given out here")
	}
	if err != nil {
		return nil, err
	}
	return m.recordPage(found, place.offset, total, ""), nil
}

// recordPage makes a page of so many revisions in all, of which so many stand
// before it. The cursor names its last one, and the question that it is of.
func (m Moment) recordPage(found []obs.Revision, before, total int, question string) *RevisionList {
	list := &RevisionList{Revisions: []RevisionInfo{}, Total: total}
	for i := range found {
		list.Revisions = append(list.Revisions, newRevisionInfo(&found[i]))
	}
	if shown := before + len(found); len(found) > 0 && shown < total {
		list.Next = Text(m.next(shown, found[len(found)-1].ID+question))
	}
	return list
}
