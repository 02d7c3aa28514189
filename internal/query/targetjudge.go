package query

import (
	"math/big"
	"strings"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/obs"
)

// judge measures a statement of a target by the actual figures beside it.
func (r *targetReader) judge(e *targetEntry) TargetInfo {
	key := &e.target.Series.Key
	meta := metaOf(r.words, e.target.Series)
	info := TargetInfo{
		Series: e.target.Series.Code, Title: r.words.Title(*key, r.ask.Lang), Indicator: key.Indicator, Area: key.Area,
		Measure: string(key.Measure), PriceBasis: key.Basis, Dataset: key.Dataset, Unit: meta.unit, Multiplier: meta.multiplier,
		Target: newStated(&e.target, &meta, r.zone, r.ask.Lang), InForce: e.inForce,
	}
	if e.actual == nil {
		return info.because(fault.ActualMissing)
	}
	own := metaOf(r.words, &e.actual.series)
	info.Actual = &ActualSeries{
		Series: e.actual.series.Code, Title: r.words.Title(e.actual.series.Key, r.ask.Lang), Dataset: e.actual.series.Key.Dataset, Unit: own.unit,
	}
	info.LatestGrowth = e.actual.growth
	current, passed := e.actual.current(e.target.Period)
	if current == nil {
		current = e.actual.newest
	}
	if passed || current == nil {
		return info.because(fault.ValueMissing)
	}
	if own.unit == meta.unit {
		own.multiplier = meta.multiplier
	}
	stated := newStated(current, &own, r.zone, r.ask.Lang)
	info.Current = &stated
	if own.unit != meta.unit {
		return info.because(fault.CurrencyDiffers)
	}
	return r.measure(info, e, current, &meta)
}

// because says why nothing can be measured.
func (info TargetInfo) because(code fault.Code) TargetInfo {
	info.Reason, info.OnTrackReason = Text(code), Text(code)
	return info
}

// measure adds how far the figure is on its way, and the road from the base.
func (r *targetReader) measure(info TargetInfo, e *targetEntry, current *obs.Version, meta *lineMeta) TargetInfo {
	base := e.actual.base(r.ask.Base, current)
	var from *growth.Level
	if base != nil && isAmount(meta) { // whether a growth is to rise or to fall does not follow from an earlier one
		level := measured(base, meta)
		from = &level
	}
	reached, err := growth.Reach(measured(&e.target, meta), measured(current, meta), from)
	if err != nil {
		return info.because(fault.CodeOf(err))
	}
	reached = ofRate(reached, e, current, meta)
	info.OnTrackReason = Text(reached.Code)
	if reached.HasAttainment {
		info.Attainment, info.Gap = Number(reached.Attainment.Text()), Number(reached.Gap.Text())
	}
	if reached.Code == fault.DirectionUndeclared {
		info.Attainment = ""
	}
	info.Status, info.Reason = Text(reached.Status), Text(reached.Code)
	if reached.Code != "" {
		return info
	}
	info.Years = yearsOf(reached.Years)
	info.RequiredTotal, info.RequiredYearly = Number(reached.RequiredTotal.Text()), Number(reached.RequiredCAGR.Text())
	if base == nil {
		info.OnTrackReason = Text(fault.BaseMissing)
		return info
	}
	stated := newStated(base, meta, r.zone, r.ask.Lang)
	info.Base = &stated
	return info.along(reached.Road)
}

// along adds the road from the base.
func (info TargetInfo) along(road *growth.Road) TargetInfo {
	if road.Code != "" {
		info.OnTrackReason = Text(road.Code)
		return info
	}
	info.ActualYearly, info.RequiredFromBase = Number(road.Actual.Text()), Number(road.Required.Text())
	info.OnTrack = &road.OnTrack
	return info
}

// ofRate takes back what cannot be said of rates and indices: nobody says
// whether one is to rise or to fall, a figure in percent does not grow by
// percents, and a growth that is aimed at for one year is neither met nor missed
// by that of another.
func ofRate(p growth.Progress, e *targetEntry, current *obs.Version, meta *lineMeta) growth.Progress {
	claim := e.target.Series.Key.IsClaim()
	switch {
	case p.Status == "" || isAmount(meta):
	case !claim:
		p.Status, p.Code = "", fault.DirectionUndeclared
	case current.Period != e.target.Period:
		p.Status, p.Code = growth.TargetOpen, fault.RateNeedsPoints
	case p.Code == "":
		p.Code = fault.RateNeedsPoints
	}
	return p
}

// isAmount reports whether figures are amounts, which grow by percents.
func isAmount(meta *lineMeta) bool {
	return meta.unit != percent && (meta.kind == string(catalog.Flow) || meta.kind == string(catalog.Stock))
}

// measured returns a version as it is measured: at the multiplier of the
// target, in the unit that both answer in.
func measured(v *obs.Version, meta *lineMeta) growth.Level {
	l := levelOf(v)
	l.Value, l.Unit = l.Value.At(meta.multiplier), meta.unit
	return l
}

// newStated returns a figure at the multiplier of meta.
func newStated(v *obs.Version, meta *lineMeta, zone *time.Location, lang string) StatedFigure {
	s := StatedFigure{
		Period: v.Period.String(), Label: v.Period.Label(lang), Start: v.Period.Start().String(), End: v.Period.Last().String(),
		Unit: meta.unit, Multiplier: meta.multiplier, Note: Text(v.Note),
		PublishedAt: instant(v.Published), Published: v.Published.In(zone).Format(time.DateOnly),
		Source: Text(v.Source.Name), SourceURL: Text(v.Source.URL), Revision: v.Revision,
	}
	status, reason := answered(diff.Of(&v.Observation))
	s.Status, s.Reason = status, Text(reason)
	if hasValue(v) {
		s.Value = Number(v.Value.At(meta.multiplier).Text())
	}
	return s
}

// yearsOf writes years exactly where they end, else with four decimals.
func yearsOf(years *big.Rat) Number {
	text := figure.ExactText(years)
	if strings.Contains(text, "/") {
		text = figure.RoundHalfAway(years, 4)
	}
	return Number(text)
}
