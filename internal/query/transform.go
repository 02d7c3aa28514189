package query

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// transformer computes the transform of an answer. It sees every figure of a
// series, whatever is shown of it, and takes each at its exact number: a
// converted one is the stored number times the exact rate of its own period.
type transformer struct {
	Transform

	code  string // of the other series, canonical; empty where there is none
	other *line  // its figures
	meta  lineMeta

	own    *line // of the row that is told
	family string
	means  map[meanOf]mean
}

// meanOf is what the mean over the base period of an index depends on, within
// one line and state.
type meanOf struct {
	length   period.Length
	currency string
}

// mean is that of a base period, or why there is none.
type mean struct {
	value *big.Rat
	code  fault.Code
	behind
}

// newTransformer reads the transform of the question; nil where there is none.
// The faults are those of ParseTransform, unknown_code for another series that
// cannot be one, invalid_parameter for one that cannot be compared with and for
// series of reported growth, and parameter_conflict for measures of growth.
func (a *answer) newTransformer(ctx context.Context, asked string) (*transformer, error) {
	if asked == "" {
		return nil, nil
	}
	parsed, err := ParseTransform(asked)
	if err != nil {
		return nil, err
	}
	if err := a.onlyLevels(asked); err != nil {
		return nil, err
	}
	t := &transformer{Transform: parsed, means: map[meanOf]mean{}}
	if parsed.Series == "" {
		return t, nil
	}
	if t.code, _, err = a.service.Resolve(ctx, a.moment, parsed.Series); err != nil {
		return nil, at(err, "transform", parsed.Series)
	}
	key, err := series.Parse(t.code)
	if err != nil {
		return nil, err
	}
	t.other = &line{series: obs.Series{Key: key, Code: t.code}}
	t.meta = metaOf(a.words, &t.other.series)
	switch unit, _ := unitOf(a.words, key.Unit); {
	case key.IsClaim():
		return nil, invalid("transform", asked, "a series of levels, not of reported growth")
	case t.Kind == ToReal && unit.Kind != catalog.Indexed:
		return nil, invalid("transform", asked, "a price index, whose unit is such as index-2010")
	}
	if len(a.sel.Codes) == 1 {
		own, err := series.Parse(a.sel.Codes[0])
		if err != nil {
			return nil, err
		}
		t.family = own.Family()
	}
	return t, nil
}

// onlyLevels refuses a transform of reported growth.
func (a *answer) onlyLevels(asked string) error {
	const expected = "a series of levels: growth as it was reported is not computed with"
	for _, code := range a.sel.Codes {
		if key, err := series.Parse(code); err == nil && key.IsClaim() {
			return invalid("transform", asked, expected)
		}
	}
	if len(a.sel.Codes) > 0 || slices.Equal(a.sel.Measures, []string{string(series.Level)}) {
		return nil
	}
	return conflict("transform", asked, "measure", orElse(strings.Join(a.sel.Measures, ","), All))
}

// narrows reports whether the rows of a range need nothing but themselves and
// the same periods a year earlier.
func (t *transformer) narrows() bool {
	return t == nil || t.Kind == ToYoY || t.Kind == ToContribution || t.Kind == ToShare || t.Kind == ToReal
}

// reading returns what is read for one series: with the series that it is
// compared with, in one statement.
func (a *answer) reading() Selection {
	sel := a.sel
	if a.transform != nil && a.transform.code != "" {
		sel.Codes = append(slices.Clone(sel.Codes), a.transform.code)
	}
	return sel
}

// takes keeps a version of the series that is compared with, and reports
// whether it is of another family than the series that is asked for, so that
// nothing else is to be done with it.
func (t *transformer) takes(v *obs.Version) bool {
	if t == nil || t.code == "" {
		return false
	}
	if v.Series.Code == t.code {
		t.other.series = *v.Series
		t.other.add(v)
	}
	return v.Series.Key.Family() != t.family
}

// readOther reads the series that is compared with by itself, for rows across
// series: it may stand behind those that need it.
func (a *answer) readOther(ctx context.Context) error {
	t := a.transform
	if t == nil || t.code == "" {
		return nil
	}
	scan := a.service.store.Scan
	if a.question.Vintage.Past() {
		scan = a.service.store.Versions
	}
	sel := Selection{Codes: []string{t.code}, Periods: a.sel.Periods, From: a.sel.From, FromSet: a.sel.FromSet}
	err := scan(ctx, sel, a.moment.Point, func(v *obs.Version) error {
		t.takes(v)
		return nil
	})
	if err != nil {
		return err
	}
	return a.settleOther(ctx)
}

// settleOther makes the series that is compared with ready once all was read.
// One of which nothing stands in the state is unknown_code.
func (a *answer) settleOther(ctx context.Context) error {
	t := a.transform
	if t == nil || t.code == "" {
		return nil
	}
	t.other.settle()
	if len(t.other.force) > 0 {
		t.meta = metaOf(a.words, &t.other.series)
		t.other = a.derivedAside(t.other)
		return nil
	}
	if a.sel.narrowed() {
		there, err := a.service.store.Coverage(ctx, Selection{Codes: []string{t.code}}, a.moment.Point)
		if err != nil || len(there) > 0 {
			return err
		}
	}
	return at(a.service.unknownSeries(ctx, a.moment, a.words, t.Series), "transform", t.Series)
}

// canonical returns the text of the transform, empty where there is none.
func (t *transformer) canonical() string {
	if t == nil {
		return ""
	}
	return t.String()
}

// use begins the rows of a line.
func (t *transformer) use(l *line) {
	if t != nil {
		t.own = l
		clear(t.means)
	}
}
