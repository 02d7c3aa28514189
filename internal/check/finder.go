package check

import (
	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/series"
)

// Rules is what has to be known beside the figures: which indicators make a
// total, which flow, what is a currency and which datasets there are.
type Rules struct {
	words     *catalog.Catalog
	parts     map[string][]string
	concerned map[string]bool // indicators that have parts or are one
	ranks     map[string]int  // of the datasets; nil where there is one alone
	current   map[string]string
	roots     map[string]string // what an indicator with parts and its parts go by together
	money     map[string]string
}

// NewRules takes the rules from a catalogue.
func NewRules(words *catalog.Catalog) *Rules {
	r := &Rules{words: words, parts: map[string][]string{}, concerned: map[string]bool{},
		current: map[string]string{}, money: map[string]string{}}
	for _, i := range words.Indicators() {
		if len(i.Parts) == 0 {
			continue
		}
		r.parts[i.Code], r.concerned[i.Code] = i.Parts, true
		for _, part := range i.Parts {
			r.concerned[r.indicator(part)] = true
		}
	}
	r.join()
	if sets := words.Datasets(); len(sets) > 1 {
		r.ranks = map[string]int{}
		for _, d := range sets {
			r.ranks[series.Fold(d.Code)] = d.Rank
		}
	}
	return r
}

// join finds what totals and their parts, and theirs, go by together.
func (r *Rules) join() {
	r.roots = map[string]string{}
	for code := range r.concerned {
		r.roots[code] = code
	}
	for changed := true; changed; {
		changed = false
		for total, parts := range r.parts {
			for _, part := range parts {
				a, b := r.roots[total], r.roots[r.indicator(part)]
				if least := min(a, b); a != b {
					r.roots[total], r.roots[r.indicator(part)], changed = least, least, true
				}
			}
		}
	}
}

// Group names everything that a series may be held against: its family, that
// of other datasets, and those of the parts and totals of its indicator.
func (r *Rules) Group(key series.Key) string {
	key.Indicator = r.indicator(key.Indicator)
	if root, ok := r.roots[key.Indicator]; ok {
		key.Indicator = root
	}
	key.Dataset = ""
	return key.Family()
}

// Adds reports whether the figures of a series add up over time.
func (r *Rules) Adds(key *series.Key) bool {
	return !key.IsClaim() && addsUp(key) && r.flows(key.Indicator)
}

// Totals returns the indicators that a growth or level of the named one is held
// against or with: itself, its parts, and the totals that it is part of with
// their parts.
func (r *Rules) Totals(indicator string) []string {
	own := r.indicator(indicator)
	if !r.concerned[own] {
		return nil
	}
	var list []string
	for total, parts := range r.parts {
		with := total == own
		for _, part := range parts {
			with = with || r.indicator(part) == own
		}
		if !with {
			continue
		}
		list = append(list, total)
		list = append(list, parts...)
	}
	return list
}

// indicator returns the code that an indicator has now.
func (r *Rules) indicator(code string) string {
	if now, ok := r.current[code]; ok {
		return now
	}
	now, ok := r.words.Current(catalog.Indicators, code)
	if !ok {
		now = code
	}
	r.current[code] = now
	return now
}

// flows reports whether the figures of an indicator add up over time.
func (r *Rules) flows(code string) bool {
	i, ok := r.words.Indicator(r.indicator(code))
	return ok && i.Kind == catalog.Flow
}

// currency returns the code of a unit that is a currency, and else "".
func (r *Rules) currency(unit string) string {
	if code, ok := r.money[unit]; ok {
		return code
	}
	code := ""
	now, _ := r.words.Current(catalog.Units, unit)
	if u, ok := r.words.Unit(now); ok && u.Kind == catalog.Currency {
		code = u.Code
	}
	r.money[unit] = code
	return code
}

// Finder holds the figures of one state against each other. It takes every
// statement in order and tells what it finds, in an order that depends on the
// statements alone. Where nothing has parts and there is one dataset it needs
// the memory of the largest family; else also that of the series concerned. It
// is for one goroutine.
type Finder struct {
	rules  *Rules
	rates  *fx.Book // nil for none
	wanted func(Class) bool
	tell   func(*Found)
	brief  bool
	family family
	kept   map[string]*line  // of indicators with parts and of parts, by code
	bodies map[string][]line // of one indicator, by code without a dataset
}

// NewFinder returns a finder that tells what is of a wanted class. Figures in
// two currencies are compared at the average rates of their periods, and not at
// all where the book has none or is nil.
func NewFinder(rules *Rules, rates *fx.Book, wanted func(Class) bool, tell func(*Found)) *Finder {
	f := &Finder{rules: rules, rates: rates, wanted: wanted, kept: map[string]*line{}, bodies: map[string][]line{}}
	f.tell = func(found *Found) {
		if wanted(found.Class) {
			tell(found)
		}
	}
	return f
}

// Briefly leaves the numbers out of what is told from now on, for those who
// only count.
func (f *Finder) Briefly() { f.brief = true }

// Add takes the next statement: ordered by family, series code, end, then
// longest first, and those of one period by publication, then recording.
func (f *Finder) Add(s *Statement) {
	n := len(f.family.lines)
	if n == 0 || f.family.lines[n-1].series.Code != s.Series.Code {
		if name := s.Series.Key.Family(); name != f.family.name {
			f.endFamily()
			f.family.name = name
		}
	}
	f.family.add(s)
}

// Close tells what is left to tell. The finder can be used anew then.
func (f *Finder) Close() {
	f.endFamily()
	f.datasets()
	f.totals()
	clear(f.kept)
}

// endFamily holds the figures of a family against each other.
func (f *Finder) endFamily() {
	if len(f.family.lines) == 0 {
		return
	}
	f.claims(&f.family)
	f.labels(&f.family)
	for i := range f.family.lines {
		l := &f.family.lines[i]
		if f.rules.Adds(&l.series.Key) {
			f.periods(l)
		}
		f.keepForParts(l)
		f.keepForDatasets(l)
	}
	f.family = family{}
}
