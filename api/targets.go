package api

import (
	"context"
	"strconv"

	"bellwether/internal/period"
	"bellwether/internal/query"
)

// targetEntry is a target with where to go on.
type targetEntry struct {
	query.TargetInfo
	Links map[string]string `json:"links"`
}

func (a *API) targetEntry(q *question, t query.TargetInfo) targetEntry {
	links := map[string]string{
		"target": a.figureLink(q, t.Series, t.Target.Period), "series": a.linkOf(q, seriesPath(t.Series)+"/observations"),
	}
	if t.Actual != nil {
		links["actual"] = a.linkOf(q, seriesPath(t.Actual.Series)+"/observations")
		for name, f := range map[string]*query.StatedFigure{"current": t.Current, "base": t.Base} {
			if f != nil {
				links[name] = a.figureLink(q, t.Actual.Series, f.Period)
			}
		}
		if t.LatestGrowth != nil {
			links["latest_growth"] = a.figureLink(q, t.Actual.Series, t.LatestGrowth.Period)
		}
	}
	return targetEntry{TargetInfo: t, Links: links}
}

// listTargets answers how the targets of a filter stand.
func listTargets(ctx context.Context, a *API, q *question) (*answer, error) {
	m, err := a.moment(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.targets(ctx, q, m, query.TargetsAsk{Filter: q.values.filter()})
}

// seriesTargets answers how the targets of one figure stand.
func seriesTargets(ctx context.Context, a *API, q *question) (*answer, error) {
	m, code, err := a.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	return a.targets(ctx, q, m, query.TargetsAsk{Series: code})
}

func (a *API) targets(ctx context.Context, q *question, m query.Moment, ask query.TargetsAsk) (*answer, error) {
	if err := q.checkFormat(); err != nil {
		return nil, err
	}
	ask.Lang = q.lang
	if q.values.has("base") {
		var err error
		if ask.Base, err = period.Parse(q.values.get("base")); err != nil {
			return nil, err
		}
	}
	found, err := a.query.Targets(ctx, m, ask)
	if err != nil {
		return nil, err
	}
	if q.format != inJSON {
		return tableOf(a, q, m, "targets", targetColumns, found)
	}
	return pageOf(a, q, m, "targets", found, a.targetEntry)
}

// targetColumns are the flat columns of targets; never changed.
var targetColumns = []column[query.TargetInfo]{
	text("series", func(t query.TargetInfo) string { return t.Series }),
	text("title", func(t query.TargetInfo) string { return t.Title }),
	text("indicator", func(t query.TargetInfo) string { return t.Indicator }),
	text("area", func(t query.TargetInfo) string { return t.Area }),
	text("period", func(t query.TargetInfo) string { return t.Target.Period }),
	text("label", func(t query.TargetInfo) string { return t.Target.Label }),
	text("end", func(t query.TargetInfo) string { return t.Target.End }),
	number("target", func(t query.TargetInfo) string { return string(t.Target.Value) }),
	text("unit", func(t query.TargetInfo) string { return t.Unit }),
	number("multiplier", func(t query.TargetInfo) string { return strconv.Itoa(t.Multiplier) }),
	text("in_force", func(t query.TargetInfo) string { return strconv.FormatBool(t.InForce) }),
	text("published", func(t query.TargetInfo) string { return t.Target.Published }),
	text("source", func(t query.TargetInfo) string { return string(t.Target.Source) }),
	text("source_url", func(t query.TargetInfo) string { return string(t.Target.SourceURL) }),
	text("note", func(t query.TargetInfo) string { return string(t.Target.Note) }),
	text("actual", func(t query.TargetInfo) string { return actualOf(t).Series }),
	text("current_period", func(t query.TargetInfo) string { return figureOf(t.Current).Period }),
	text("current_label", func(t query.TargetInfo) string { return figureOf(t.Current).Label }),
	number("current", func(t query.TargetInfo) string { return string(figureOf(t.Current).Value) }),
	text("current_unit", func(t query.TargetInfo) string { return figureOf(t.Current).Unit }),
	number("current_multiplier", func(t query.TargetInfo) string { return multiplierOf(t.Current) }),
	text("current_published", func(t query.TargetInfo) string { return figureOf(t.Current).Published }),
	number("attainment", func(t query.TargetInfo) string { return string(t.Attainment) }),
	number("gap", func(t query.TargetInfo) string { return string(t.Gap) }),
	text("status", func(t query.TargetInfo) string { return string(t.Status) }),
	text("reason", func(t query.TargetInfo) string { return string(t.Reason) }),
	number("years", func(t query.TargetInfo) string { return string(t.Years) }),
	number("required_total", func(t query.TargetInfo) string { return string(t.RequiredTotal) }),
	number("required_yearly", func(t query.TargetInfo) string { return string(t.RequiredYearly) }),
	text("base_period", func(t query.TargetInfo) string { return figureOf(t.Base).Period }),
	number("base", func(t query.TargetInfo) string { return string(figureOf(t.Base).Value) }),
	number("actual_yearly", func(t query.TargetInfo) string { return string(t.ActualYearly) }),
	number("required_yearly_from_base", func(t query.TargetInfo) string { return string(t.RequiredFromBase) }),
	text("on_track", onTrackOf),
	text("on_track_reason", func(t query.TargetInfo) string { return string(t.OnTrackReason) }),
	text("latest_growth_period", func(t query.TargetInfo) string { return growthOf(t).Period }),
	number("growth_reported", func(t query.TargetInfo) string { return string(growthOf(t).Reported) }),
	number("growth_computed", func(t query.TargetInfo) string { return string(growthOf(t).Computed) }),
	text("growth_check", func(t query.TargetInfo) string { return string(growthOf(t).Check) }),
}

func actualOf(t query.TargetInfo) query.ActualSeries {
	if t.Actual == nil {
		return query.ActualSeries{}
	}
	return *t.Actual
}

func figureOf(f *query.StatedFigure) query.StatedFigure {
	if f == nil {
		return query.StatedFigure{}
	}
	return *f
}

func multiplierOf(f *query.StatedFigure) string {
	if f == nil {
		return ""
	}
	return strconv.Itoa(f.Multiplier)
}

func growthOf(t query.TargetInfo) query.LatestGrowth {
	if t.LatestGrowth == nil {
		return query.LatestGrowth{}
	}
	return *t.LatestGrowth
}

func onTrackOf(t query.TargetInfo) string {
	if t.OnTrack == nil {
		return ""
	}
	return strconv.FormatBool(*t.OnTrack)
}
