package api

import (
	"context"
	"strconv"

	"bellwether/internal/encode"
	"bellwether/internal/query"
)

// seriesRevisions answers by how much the figures of a series were revised.
func seriesRevisions(ctx context.Context, a *API, q *question) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	asked, err := q.rows()
	if err != nil {
		return nil, err
	}
	found, err := a.query.Statistics(ctx, m, code, asked.Range, q.lang)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, code+".revisions", revisionColumns(code), found.Statistics)
	}
	links := q.asCSV()
	path := seriesPath(code)
	links["series"], links["observations"] = path, path+"/observations"
	links["versions"] = path + "/observations?vintage=all"
	return a.small(q, m, links, member{"series", found.Series}, member{"revisions", found.Statistics}, member{"total", len(found.Statistics)})
}

// revisionColumns are the columns of revision statistics as CSV.
func revisionColumns(code string) []column[query.RevisionsOf] {
	type of = query.RevisionsOf
	whole := func(n func(of) int) func(of) string { return func(r of) string { return strconv.Itoa(n(r)) } }
	figure := func(name string, pick func(of) *query.FigureRevision, cell func(*query.FigureRevision) encode.Cell) column[of] {
		return column[of]{name, func(r of, _ string) encode.Cell {
			if one := pick(r); one != nil {
				return cell(one)
			}
			return encode.Cell{}
		}}
	}
	smallest := func(r of) *query.FigureRevision { return r.Smallest }
	largest := func(r of) *query.FigureRevision { return r.Largest }
	periodOf := func(f *query.FigureRevision) encode.Cell { return encode.Cell{Text: f.Period} }
	revision := func(f *query.FigureRevision) encode.Cell { return encode.Cell{Number: string(f.Revision)} }
	return []column[of]{
		text("series", func(of) string { return code }),
		text("frequency", func(r of) string { return string(r.Frequency) }),
		text("accumulation", func(r of) string { return r.Accumulation }),
		text("first", func(r of) string { return r.First }),
		text("last", func(r of) string { return r.Last }),
		number("figures", whole(func(r of) int { return r.Figures })),
		number("compared", whole(func(r of) int { return r.Compared })),
		number("revised", whole(func(r of) int { return r.Revised })),
		text("unit", func(r of) string { return r.Unit }),
		number("multiplier", whole(func(r of) int { return r.Multiplier })),
		number("decimals", func(r of) string { return countText(r.Decimals) }),
		number("mean_revision", func(r of) string { return string(r.Mean) }),
		number("mean_absolute_revision", func(r of) string { return string(r.Absolute) }),
		number("in_percent", whole(func(r of) int { return r.InPercent })),
		number("mean_revision_percent", func(r of) string { return string(r.Percent) }),
		number("mean_absolute_revision_percent", func(r of) string { return string(r.AbsPercent) }),
		figure("smallest_period", smallest, periodOf),
		figure("smallest_revision", smallest, revision),
		figure("largest_period", largest, periodOf),
		figure("largest_revision", largest, revision),
		number("mean_releases", func(r of) string { return string(r.Releases) }),
	}
}
