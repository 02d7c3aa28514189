package query

import (
	"cmp"
	"context"
	"slices"

	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// TargetsAsk asks how targets stand. Series names one figure by any of its
// series; the filter is not looked at then. Otherwise Scenarios and Text of the
// filter are not looked at, and unlike in other lists a measure or dataset that
// is not named leaves nothing out.
type TargetsAsk struct {
	Filter Filter
	Series string
	Base   period.Period // where the road is measured from; zero: the earliest period that stands
	Lang   string
}

// TargetInfo is one statement of a target beside the actual figures of one
// series. Percentages have two decimals; the gap is exact, at the multiplier.
// What is null is explained by Reason, and OnTrack by OnTrackReason.
type TargetInfo struct {
	Series           string        `json:"series"`
	Title            string        `json:"title"`
	Indicator        string        `json:"indicator"`
	Area             string        `json:"area"`
	Measure          string        `json:"measure"`
	PriceBasis       string        `json:"price_basis"`
	Dataset          string        `json:"dataset"`
	Unit             string        `json:"unit"`
	Multiplier       int           `json:"multiplier"`
	Target           StatedFigure  `json:"target"`
	InForce          bool          `json:"in_force"` // false: an earlier statement of another source that says something else
	Actual           *ActualSeries `json:"actual"`   // null where there is none
	Current          *StatedFigure `json:"current"`
	Attainment       Number        `json:"attainment"`
	Gap              Number        `json:"gap"`
	Status           Text          `json:"status"` // open, met or missed
	Reason           Text          `json:"reason"`
	Years            Number        `json:"years"`
	RequiredTotal    Number        `json:"required_total"`
	RequiredYearly   Number        `json:"required_yearly"`
	Base             *StatedFigure `json:"base"`
	ActualYearly     Number        `json:"actual_yearly"`
	RequiredFromBase Number        `json:"required_yearly_from_base"`
	OnTrack          *bool         `json:"on_track"`
	OnTrackReason    Text          `json:"on_track_reason"`
	LatestGrowth     *LatestGrowth `json:"latest_growth"` // to look at beside the required one; no verdict rests on it
}

// ActualSeries is the series whose figures a target is measured by.
type ActualSeries struct {
	Series  string `json:"series"`
	Title   string `json:"title"`
	Dataset string `json:"dataset"`
	Unit    string `json:"unit"`
}

// StatedFigure is a figure as it stands, at Multiplier.
type StatedFigure struct {
	Period      string `json:"period"`
	Label       string `json:"label"`
	Start       string `json:"start"`
	End         string `json:"end"`
	Value       Number `json:"value"`
	Unit        string `json:"unit"`
	Multiplier  int    `json:"multiplier"`
	Status      string `json:"status"`
	Reason      Text   `json:"reason"`
	Note        Text   `json:"note"`
	PublishedAt string `json:"published_at"`
	Published   string `json:"published"`
	Source      Text   `json:"source"`
	SourceURL   Text   `json:"source_url"`
	Revision    string `json:"revision"`
}

// LatestGrowth is the growth on a year earlier of the newest period, of any
// length, of which one is reported or can be computed.
type LatestGrowth struct {
	Period   string `json:"period"`
	Label    string `json:"label"`
	Reported Number `json:"growth_reported"`
	Computed Number `json:"growth_computed"`
	Check    Text   `json:"growth_check"`
}

// Targets returns how targets stand: every statement of a target beside each
// series with the actual figures, those of one figure and period together. A
// target is measured by the series of its own unit, that of its own dataset
// first; where there is none, a series in another unit stands beside it and the
// reason is currency_differs. The faults are those of Resolve and of a filter.
func (s *Service) Targets(ctx context.Context, m Moment, ask TargetsAsk) ([]TargetInfo, error) {
	r := targetReader{service: s, moment: m, ask: ask}
	var err error
	if r.words, err = s.store.Catalog(ctx, m.Point); err != nil {
		return nil, err
	}
	if _, r.zone, err = s.Office(ctx); err != nil {
		return nil, err
	}
	all, err := s.coverage(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	codes, err := r.codes(ctx, all)
	if err != nil {
		return nil, err
	}
	if err := r.readTargets(ctx, codes); err != nil {
		return nil, err
	}
	r.pair(all)
	if err := r.readActuals(ctx); err != nil {
		return nil, err
	}
	return r.list(), nil
}

// codes returns the codes of the series of targets that are asked for.
func (r *targetReader) codes(ctx context.Context, all []obs.Coverage) ([]string, error) {
	holds, err := r.asked(ctx, all)
	if err != nil {
		return nil, err
	}
	var codes []string
	for i := range all {
		if key := &all[i].Series.Key; key.Scenario == series.Target && holds(all[i].Series.Code, key) {
			codes = append(codes, all[i].Series.Code)
		}
	}
	return codes, nil
}

// asked returns what tells the series of targets that are asked for.
func (r *targetReader) asked(ctx context.Context, all []obs.Coverage) (func(code string, key *series.Key) bool, error) {
	if r.ask.Series != "" {
		canonical, _, err := r.service.Resolve(ctx, r.moment, r.ask.Series)
		if err != nil {
			return nil, err
		}
		if !covers(all, canonical) {
			return nil, r.service.unknownSeries(ctx, r.moment, r.words, r.ask.Series)
		}
		key, err := series.Parse(canonical)
		if err != nil {
			return nil, err
		}
		name := figureName(&key)
		return func(_ string, other *series.Key) bool { return figureName(other) == name }, nil
	}
	f := r.ask.Filter
	f.Scenarios, f.Series = []string{series.Target}, nil
	f.Measures, f.Datasets = orAll(f.Measures), orAll(f.Datasets)
	sel, err := r.service.selection(ctx, r.moment, r.words, f)
	sel.Whole = false
	return sel.Holds, err
}

func orAll(asked []string) []string {
	if len(asked) == 0 {
		return []string{All}
	}
	return asked
}

// figureName is the code of a key without unit, scenario and dataset: what a
// target is set for, whoever says it.
func figureName(key *series.Key) string {
	k := *key
	k.Unit, k.Scenario, k.Dataset = "", "", ""
	return k.Code()
}

// list puts the entries in order: those of one figure and period together, what
// is in force first.
func (r *targetReader) list() []TargetInfo {
	slices.SortStableFunc(r.entries, func(a, b targetEntry) int {
		return cmp.Or(cmp.Compare(a.name, b.name), period.Compare(a.target.Period, b.target.Period),
			cmp.Compare(a.target.Series.Code, b.target.Series.Code), -a.target.Published.Compare(b.target.Published))
	})
	list := []TargetInfo{}
	for i := range r.entries {
		list = append(list, r.judge(&r.entries[i]))
	}
	return list
}
