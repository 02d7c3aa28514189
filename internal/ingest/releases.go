package ingest

import (
	"cmp"
	"context"
	"slices"

	"bellwether/internal/obs"
)

// release is one statement of a figure among all that the file states of it.
type release struct {
	statement
	ordinal uint32
	earlier *obs.Observation // what the file states of the figure before it; nil where it is the first
	last    bool             // nothing that the file states of the figure is later
}

// releases takes the figures that the file states more than once, each by its
// releases in the order of their publication, and returns the statements that
// were taken. The file is read once for every maxSuspects of them.
func (j *job) releases(ctx context.Context, figures *repeats, change *differ) (*marks, error) {
	taken := &marks{}
	bound, bounded := uint64(0), false
	for {
		suspects, err := figures.after(bound, bounded, maxSuspects)
		if err != nil || len(suspects) == 0 {
			return taken, err
		}
		of := map[ofFigure][]release{}
		if _, err := j.pass(ctx, nil, func(ordinal uint32, s *statement) error {
			if _, found := slices.BinarySearch(suspects, s.figurePrint()); found && !j.repeated.has(ordinal) {
				figure := ofFigure{s.named.code, s.Period}
				of[figure] = append(of[figure], release{statement: *s, ordinal: ordinal})
			}
			return nil
		}); err != nil {
			return taken, err
		}
		if err := change.addReleases(ctx, of, taken); err != nil {
			return taken, err
		}
		bound, bounded = suspects[len(suspects)-1], true
	}
}

// addReleases takes figures with all that the file states of them.
func (d *differ) addReleases(ctx context.Context, of map[ofFigure][]release, taken *marks) error {
	figures := make([][]release, 0, len(of))
	for _, list := range of {
		if len(list) > 1 { // else another figure has the same fingerprint
			figures = append(figures, list)
		}
	}
	slices.SortFunc(figures, func(a, b []release) int { return cmp.Compare(a[0].ordinal, b[0].ordinal) })
	for _, list := range figures {
		slices.SortStableFunc(list, func(a, b release) int {
			return d.instant(&a.statement).Compare(d.instant(&b.statement))
		})
		for i := range list {
			if i > 0 {
				list[i].earlier = &list[i-1].Observation
			}
			list[i].last = i == len(list)-1
			taken.set(list[i].ordinal)
			if err := d.take(ctx, &list[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
