package query

import (
	"context"
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/check"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/series"
)

// CheckFilter narrows what is checked. Texts are codes as the asker wrote
// them; an empty list does not narrow. Without Classes everything that does
// not fit is told, with what prices explain; growth that is consistent or
// cannot be tested is told where its class is asked for.
type CheckFilter struct {
	Indicators []string
	Areas      []string
	Kinds      []string
	Classes    []string
}

// CheckInfo is one thing that was found of a figure. Reported is what was
// published and Computed what the other figures make of it, both in
// ReportedUnit and ReportedMultiplier: percent for growth, else those of the
// series. The gap is in percent. Value, Prior and ImpliedPrior are at
// Multiplier.
type CheckInfo struct {
	Kind               check.Kind    `json:"kind"`
	Class              check.Class   `json:"class"`
	Contradicted       bool          `json:"contradicted"`
	Guess              bool          `json:"guess"`
	Reason             Text          `json:"reason"`
	Hints              []string      `json:"hints"`
	Area               string        `json:"area"`
	Indicator          string        `json:"indicator"`
	Series             string        `json:"series"`
	Title              string        `json:"title"`
	Period             string        `json:"period"`
	Label              string        `json:"label"`
	Start              string        `json:"start"`
	End                string        `json:"end"` // the last day
	Value              Number        `json:"value"`
	Unit               string        `json:"unit"`
	Multiplier         int           `json:"multiplier"`
	Claim              Text          `json:"claim"`       // the series of the reported growth
	Basis              Text          `json:"claim_basis"` // nominal or real; null where it is not said
	Reported           Number        `json:"reported"`
	Computed           Number        `json:"computed"`
	ComputedLow        Number        `json:"computed_low"`
	ComputedHigh       Number        `json:"computed_high"`
	ReportedUnit       string        `json:"reported_unit"`
	ReportedMultiplier int           `json:"reported_multiplier"`
	Gap                Number        `json:"gap"`
	GapLow             Number        `json:"gap_low"`
	GapHigh            Number        `json:"gap_high"`
	PriorPeriod        Text          `json:"prior_period"`
	Prior              Number        `json:"prior"`
	ImpliedPrior       Number        `json:"implied_prior"`
	Against            []CheckFigure `json:"against"`
	PublishedAt        string        `json:"published_at"` // of the claim, else of the figure
}

// CheckFigure is a figure that stands against the one that was checked: a
// part, a shorter period, or the same figure elsewhere.
type CheckFigure struct {
	Series     string `json:"series"`
	Period     string `json:"period"`
	Value      Number `json:"value"`
	Unit       string `json:"unit"`
	Multiplier int    `json:"multiplier"`
}

// Checks holds everything that stands at the moment against each other:
// reported growth against its levels, parts against totals, shorter periods
// against longer ones, one figure under two currencies and one in two
// datasets. It is ordered by area, indicator, series, period and kind. The
// faults are unknown_code (kind NotFound) and invalid_parameter for a kind or
// class that there is none of.
func (s *Service) Checks(ctx context.Context, m Moment, f CheckFilter, lang string) ([]CheckInfo, error) {
	words, err := s.store.Catalog(ctx, m.Point)
	if err != nil {
		return nil, err
	}
	asked, err := newChecked(words, f)
	if err != nil {
		return nil, err
	}
	a := &answer{service: s, moment: m, words: words}
	if err := a.rates(ctx); err != nil {
		return nil, err
	}
	var book *fx.Book
	if a.book != nil {
		book = a.book.Book
	}
	rules := check.NewRules(words)
	var found []*check.Found
	finder := check.NewFinder(rules, book, asked.wants, func(one *check.Found) {
		if asked.holds(one) {
			kept := *one
			found = append(found, &kept)
		}
	})
	err = s.store.Versions(ctx, asked.selection(words, rules), m.Point, func(v *obs.Version) error {
		stated := check.Stated(v)
		finder.Add(&stated)
		return nil
	})
	if err != nil {
		return nil, err
	}
	finder.Close()
	slices.SortFunc(found, check.Compare)
	list := make([]CheckInfo, len(found))
	for i, one := range found {
		list[i] = newCheckInfo(words, one, lang)
	}
	return list, nil
}

// checked is what a filter asks for, in codes.
type checked struct {
	indicators, areas []string // with former codes; nil for everything
	kinds, classes    []string
}

func newChecked(words *catalog.Catalog, f CheckFilter) (checked, error) {
	var c checked
	var err error
	if c.indicators, err = codes(words, catalog.Indicators, "indicator", f.Indicators, ""); err != nil {
		return c, err
	}
	if c.areas, err = codes(words, catalog.Areas, "area", f.Areas, ""); err != nil {
		return c, err
	}
	if c.kinds, err = chosen("kind", f.Kinds, check.Kinds()); err != nil {
		return c, err
	}
	c.classes, err = chosen("class", f.Classes, check.Classes())
	return c, err
}

// chosen returns the words asked, all of which must be known.
func chosen[W ~string](parameter string, asked []string, known []W) ([]string, error) {
	var found []string
	for _, text := range asked {
		word := strings.ReplaceAll(strings.ToLower(text), "-", "_")
		if !slices.Contains(known, W(word)) {
			list := make([]string, len(known))
			for i, k := range known {
				list[i] = string(k)
			}
			return nil, invalid(parameter, text, strings.Join(list, ", "))
		}
		found = append(found, word)
	}
	return found, nil
}

func (c *checked) wants(class check.Class) bool {
	if len(c.classes) == 0 {
		return class.Shown()
	}
	return slices.Contains(c.classes, string(class))
}

// holds reports whether the figure, or one that stands against it, is of what
// is asked for.
func (c *checked) holds(f *check.Found) bool {
	if !among(c.kinds, string(f.Kind)) {
		return false
	}
	return among(c.indicators, f.Subject.Series.Key.Indicator) ||
		slices.ContainsFunc(f.Others, func(s check.Statement) bool { return among(c.indicators, s.Series.Key.Indicator) })
}

// selection selects everything that decides what is found: an indicator with
// its parts and totals.
func (c *checked) selection(words *catalog.Catalog, rules *check.Rules) Selection {
	sel := Selection{Areas: c.areas, Indicators: slices.Clone(c.indicators)}
	for _, code := range c.indicators {
		for _, other := range rules.Totals(code) {
			current, _ := words.Current(catalog.Indicators, other)
			sel.Indicators = append(append(sel.Indicators, current), formers(words, catalog.Indicators, current)...)
		}
	}
	slices.Sort(sel.Indicators)
	sel.Indicators = slices.Compact(sel.Indicators)
	return sel
}

func newCheckInfo(words *catalog.Catalog, f *check.Found, lang string) CheckInfo {
	subject := &f.Subject
	key := &subject.Series.Key
	meta := metaOf(words, subject.Series)
	p := subject.Period
	info := CheckInfo{
		Kind: f.Kind, Class: f.Class, Contradicted: f.Class.Contradicts(), Guess: f.Guess(), Reason: Text(f.Reason),
		Hints: append([]string{}, f.Hints...), Area: key.Area, Indicator: key.Indicator, Series: subject.Series.Code,
		Title: words.Title(*key, lang), Period: p.String(), Label: p.Label(lang), Start: p.Start().String(), End: p.Last().String(),
		Unit: meta.unit, Multiplier: meta.multiplier, ReportedUnit: meta.unit, ReportedMultiplier: meta.multiplier,
		Against: []CheckFigure{}, PublishedAt: instant(subject.Published),
	}
	if subject.HasNumber() {
		info.Value = numberAt(&subject.Value, meta.multiplier)
	}
	if f.InPercent() {
		info.ReportedUnit, info.ReportedMultiplier = percent, 0
	}
	info.measured(f, meta.multiplier)
	if f.Claim != nil {
		info.Claim, info.Basis = Text(f.Claim.Series.Code), Text(strings.TrimPrefix(f.Claim.Series.Key.Basis, series.Unstated))
		info.PublishedAt = instant(f.Claim.Published)
	}
	for i := range f.Others {
		info.Against = append(info.Against, newCheckFigure(words, &f.Others[i]))
	}
	return info
}

// measured sets the numbers of what was found.
func (info *CheckInfo) measured(f *check.Found, multiplier int) {
	info.Reported, info.Computed = numberAt(f.Reported, info.ReportedMultiplier), numberAt(f.Computed, info.ReportedMultiplier)
	info.ComputedLow, info.ComputedHigh = numberAt(f.ComputedLow, info.ReportedMultiplier), numberAt(f.ComputedHigh, info.ReportedMultiplier)
	info.Gap, info.GapLow, info.GapHigh = numberAt(f.Gap, 0), numberAt(f.GapLow, 0), numberAt(f.GapHigh, 0)
	info.ImpliedPrior = numberAt(f.ImpliedPrior, multiplier)
	if f.Prior != nil {
		info.PriorPeriod = Text(f.Prior.Period.String())
		if f.Prior.HasNumber() {
			info.Prior = numberAt(&f.Prior.Value, multiplier)
		}
	}
}

func newCheckFigure(words *catalog.Catalog, s *check.Statement) CheckFigure {
	meta := metaOf(words, s.Series)
	c := CheckFigure{Series: s.Series.Code, Period: s.Period.String(), Unit: meta.unit, Multiplier: meta.multiplier}
	if s.HasNumber() {
		c.Value = numberAt(&s.Value, meta.multiplier)
	}
	return c
}

// numberAt writes a number at a multiplier; nil is null.
func numberAt(v *figure.Value, multiplier int) Number {
	if v == nil {
		return ""
	}
	return Number(v.At(multiplier).Text())
}
