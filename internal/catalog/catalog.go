package catalog

import (
	"iter"
	"slices"
	"strings"

	"bellwether/internal/series"
)

// Catalog is every entry that a reader may meet. It does not change once it is
// made, so it may be used by any number of goroutines; the slices and maps
// inside the entries that it returns are its own and are not to be written to.
type Catalog struct {
	sections map[Section]*index
}

// index is one section: its entries in the order of their codes, and where to
// find them.
type index struct {
	entries []entry
	byCode  map[string]entry    // by folded code
	former  map[string]string   // folded former code to code
	labels  map[string]string   // folded label to code
	shared  map[string][]string // folded label that several go by to their codes, in order
	words   []word              // every text that an entry answers, for nearest and search
}

// word is a folded text and the entry that answers it.
type word struct {
	text string
	code string
}

func (c *Catalog) in(s Section) *index {
	if x := c.sections[s]; x != nil {
		return x
	}
	return &index{}
}

// find returns the entry of a code, whatever its case, with the hyphen or the
// underscore. Former codes are not found: see Current.
func find[T any, P interface {
	*T
	entry
}](c *Catalog, s Section, code string) (T, bool) {
	if e, ok := c.in(s).byCode[series.Fold(code)].(P); ok {
		return *e, true
	}
	var none T
	return none, false
}

// Indicator returns the indicator of a code.
func (c *Catalog) Indicator(code string) (Indicator, bool) {
	return find[Indicator](c, Indicators, code)
}

// Area returns the area of a code.
func (c *Catalog) Area(code string) (Area, bool) { return find[Area](c, Areas, code) }

// Unit returns the unit of a code, in the case that is shown or in lower case.
// index-<year> is a unit for every year from 1800 to 2199, catalogued or not.
func (c *Catalog) Unit(code string) (Unit, bool) {
	if u, ok := find[Unit](c, Units, code); ok {
		return u, true
	}
	return indexUnit(series.Fold(code))
}

// Dataset returns the dataset of a code.
func (c *Catalog) Dataset(code string) (Dataset, bool) { return find[Dataset](c, Datasets, code) }

// Dimension returns the dimension of a code.
func (c *Catalog) Dimension(code string) (Dimension, bool) {
	return find[Dimension](c, Dimensions, code)
}

// Item returns an item of a dimension.
func (c *Catalog) Item(dimension, code string) (Item, bool) {
	return find[Item](c, Items, dimension+"-"+code)
}

// Indicators returns the indicators in the order of their codes.
func (c *Catalog) Indicators() []Indicator { return slices.Collect(all[Indicator](c, Indicators)) }

// Areas returns the areas in the order of their codes.
func (c *Catalog) Areas() []Area { return slices.Collect(all[Area](c, Areas)) }

// Units returns the catalogued units in the order of their codes.
func (c *Catalog) Units() []Unit { return slices.Collect(all[Unit](c, Units)) }

// Datasets returns the datasets in the order of their codes.
func (c *Catalog) Datasets() []Dataset { return slices.Collect(all[Dataset](c, Datasets)) }

// Dimensions returns the dimensions in the order of their codes.
func (c *Catalog) Dimensions() []Dimension { return slices.Collect(all[Dimension](c, Dimensions)) }

// ItemsOf returns the items of a dimension in the order of their codes.
func (c *Catalog) ItemsOf(dimension string) []Item {
	var items []Item
	for item := range all[Item](c, Items) {
		if item.Dimension == series.Fold(dimension) {
			items = append(items, item)
		}
	}
	return items
}

func all[T any, P interface {
	*T
	entry
}](c *Catalog, s Section) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, e := range c.in(s).entries {
			if p, ok := e.(P); ok && !yield(*p) {
				return
			}
		}
	}
}

// Codes returns the codes of a section in order.
func (c *Catalog) Codes(s Section) []string {
	var codes []string
	for _, e := range c.in(s).entries {
		codes = append(codes, e.key())
	}
	return codes
}

// Current returns the code under which an entry is found now, for its code or
// a former one of it, whatever the case; ok is false when no entry has it or
// had it.
func (c *Catalog) Current(s Section, code string) (current string, ok bool) {
	x, folded := c.in(s), series.Fold(code)
	if e, ok := x.byCode[folded]; ok {
		return e.key(), true
	}
	if current, ok := x.former[folded]; ok {
		return current, true
	}
	if u, ok := indexUnit(folded); ok && s == Units {
		return u.Code, true
	}
	return "", false
}

// Name returns the name of an entry in the language, and the code itself when
// no entry has it.
func (c *Catalog) Name(s Section, code, lang string) string {
	if e, ok := c.in(s).byCode[series.Fold(code)]; ok {
		return e.head().Name.In(lang)
	}
	if u, ok := indexUnit(series.Fold(code)); ok && s == Units {
		return u.Name.In(lang)
	}
	return code
}

// Former returns the codes that an entry had before.
func (c *Catalog) Former(s Section, code string) []string {
	if e, ok := c.in(s).byCode[series.Fold(code)]; ok {
		return e.head().Former
	}
	return nil
}

// indexUnit returns the unit of index-<year> by its pattern.
func indexUnit(code string) (Unit, bool) {
	year, ok := strings.CutPrefix(code, "index-")
	if !ok || !series.IsPriceYear("real-"+year) {
		return Unit{}, false
	}
	name := Text{En: "Index, " + year + " = 100", Zh: "指数（" + year + "年=100）"}
	return Unit{Head: Head{Code: code, Name: name}, Kind: Indexed}, true
}

// newIndex lays a section out for looking things up. Where two entries answer
// one text the first stays; build has refused that before.
func newIndex(entries []entry) *index {
	x := &index{
		entries: entries, byCode: map[string]entry{}, former: map[string]string{},
		labels: map[string]string{}, shared: map[string][]string{},
	}
	for _, e := range entries {
		code := e.key()
		x.byCode[series.Fold(code)] = e
		for _, old := range formerKeys(e) {
			x.former[series.Fold(old)] = code
		}
		for _, label := range labels(e) {
			folded := Fold(label)
			x.labels[folded] = code
			x.words = append(x.words, word{folded, code})
		}
		for _, label := range e.head().Shared {
			folded := Fold(label)
			x.shared[folded] = append(x.shared[folded], code)
			x.words = append(x.words, word{folded, code})
		}
	}
	return x
}

// labels returns every text that an entry alone answers: its code, its former
// codes, its names, its aliases and its codes in other lists.
func labels(e entry) []string {
	h := e.head()
	found := append([]string{e.key()}, formerKeys(e)...)
	for _, label := range append([]string{h.Name.En, h.Name.Zh}, h.Aliases...) {
		if label != "" {
			found = append(found, label)
		}
	}
	for _, code := range otherCodes(e) {
		found = append(found, code)
	}
	slices.Sort(found[1:])
	return slices.Compact(found)
}

// otherCodes returns an entry's codes in other lists.
func otherCodes(e entry) map[string]string {
	switch e := e.(type) {
	case *Area:
		return e.Codes
	case *Unit:
		return e.Codes
	}
	return nil
}

// formerKeys returns an entry's former codes as they stand in its section.
func formerKeys(e entry) []string {
	former := slices.Clone(e.head().Former)
	if item, ok := e.(*Item); ok {
		for i := range former {
			former[i] = item.Dimension + "-" + former[i]
		}
	}
	return former
}
