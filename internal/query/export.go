package query

import (
	"cmp"
	"context"
	"slices"

	"bellwether/internal/obs"
)

// exportedTogether is how many series are read in one statement of an export.
const exportedTogether = 16

// Export calls each with every standing version of the series that the filter
// holds, ordered by series code, then end, then longest first, then
// publication. Of versions published at one instant only the last recorded one
// is among them: no state has the others, and a file could not tell them apart.
// A dimension that the filter does not name is not narrowed. The version is
// reused between calls.
func (s *Service) Export(ctx context.Context, m Moment, f Filter, each func(*obs.Version) error) error {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return err
	}
	if len(f.Series) == 0 {
		for _, list := range []*[]string{&f.Measures, &f.Scenarios, &f.Datasets} {
			if len(*list) == 0 {
				*list = []string{All}
			}
		}
	}
	sel, err := s.selection(ctx, m, words, f)
	if err != nil {
		return err
	}
	sel.Whole = false
	all, err := s.coverage(ctx, m.Point)
	if err != nil {
		return err
	}
	var codes []string
	for i := range all {
		if sel.Holds(all[i].Series.Code, &all[i].Series.Key) {
			codes = append(codes, all[i].Series.Code)
		}
	}
	for together := range slices.Chunk(codes, exportedTogether) {
		if err := s.exportChunk(ctx, m, together, each); err != nil {
			return err
		}
	}
	return nil
}

// exportChunk exports a few series. The store gives them by family, an export
// has them by code.
func (s *Service) exportChunk(ctx context.Context, m Moment, codes []string, each func(*obs.Version) error) error {
	var list []obs.Version
	known := &obs.Series{}
	err := s.store.Versions(ctx, Selection{Codes: codes}, m.Point, func(v *obs.Version) error {
		kept := *v
		if v.Series.Code != known.Code {
			copied := *v.Series
			known = &copied
		}
		kept.Series = known
		list = append(list, kept)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(list, func(a, b obs.Version) int { return cmp.Compare(a.Series.Code, b.Series.Code) })
	for i := range list {
		if i+1 < len(list) && replacedAtOnce(&list[i], &list[i+1]) {
			continue
		}
		if err := each(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// replacedAtOnce reports whether the next version takes the place of v at the
// instant at which v is published.
func replacedAtOnce(v, next *obs.Version) bool {
	return v.Series.Code == next.Series.Code && v.Period == next.Period && v.Published.Equal(next.Published)
}
