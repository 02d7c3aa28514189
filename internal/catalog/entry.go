package catalog

// Head is what every entry has: its code, its name and what else it is called.
type Head struct {
	Code    string   `json:"code"`
	Name    Text     `json:"name"`
	Aliases []string `json:"aliases,omitempty"` // other labels, each of this entry alone
	Shared  []string `json:"shared,omitempty"`  // labels that several entries go by (Congo): never matched, answered with the choice
	Former  []string `json:"former,omitempty"`  // codes that it had before; they go on answering and are never reused
}

// head gives the entry's head, and is how entries of every section are kept in
// one list.
func (h *Head) head() *Head { return h }

// Kind says how the figures of an indicator add up over time.
type Kind string

// The kinds of indicator.
const (
	Stock Kind = "stock" // measured at a moment; never added over time
	Flow  Kind = "flow"  // measured over a period; adds over time
	Rate  Kind = "rate"  // a ratio or share; not additive
	Index Kind = "index" // relative to a base period; not additive
)

// Indicator is what is measured.
type Indicator struct {
	Head
	Kind       Kind       `json:"kind"`
	UnitKinds  []UnitKind `json:"unit_kinds,omitempty"` // of the units that its levels are stated in; empty: any
	Definition Text       `json:"definition,omitzero"`
	Source     string     `json:"source,omitempty"`      // where the definition comes from
	SourceURL  string     `json:"source_url,omitempty"`  // where that can be read
	Parts      []string   `json:"parts,omitempty"`       // indicators that add up to this one
	GrowthOnly bool       `json:"growth_only,omitempty"` // some offices publish its growth and no level
	Note       Text       `json:"note,omitzero"`
}

// AreaKind says what sort of place an area is.
type AreaKind string

// The kinds of area.
const (
	Country  AreaKind = "country"  // a country or territory with a code in ISO 3166-1
	Group    AreaKind = "group"    // several countries together
	Province AreaKind = "province" // a first-level division of a country
	City     AreaKind = "city"     // a city or prefecture below it
	District AreaKind = "district" // a district or county below that
	NewArea  AreaKind = "new_area" // a development area that is no administrative division
	Other    AreaKind = "other"    // none of these
)

// RelationKind says how an area lies towards another one.
type RelationKind string

// The kinds of relation. None of them makes the service add figures up.
const (
	PartOf    RelationKind = "part_of"   // lies within the other area
	Overlaps  RelationKind = "overlaps"  // shares some ground with it
	Continues RelationKind = "continues" // took its place at valid_from
)

// Relation is how an area lies towards the one named.
type Relation struct {
	Kind RelationKind `json:"kind"`
	Area string       `json:"area"`
}

// Area is a place that figures speak of. Its code is ISO 3166 in lower case,
// extended by further tokens where ISO ends (cn-cq-lj).
type Area struct {
	Head
	Kind      AreaKind          `json:"kind"`
	Codes     map[string]string `json:"codes,omitempty"` // its code in other lists, by the list's name; they are matched as labels are
	Validity                    // when the area exists
	Relations []Relation        `json:"relations,omitempty"`
	Note      Text              `json:"note,omitzero"`
}

// UnitKind says what a unit counts.
type UnitKind string

// The kinds of unit.
const (
	Currency UnitKind = "currency" // an ISO 4217 currency; only these are converted
	Count    UnitKind = "count"    // things: persons, households
	Percent  UnitKind = "percent"  // a share or rate
	Indexed  UnitKind = "index"    // a base period = 100
	Quantity UnitKind = "quantity" // a physical or other unit: tonnes, square metres
)

// Unit is what a figure is counted in. Its code is the one that is shown: a
// currency's three capital letters, anything else in lower case.
type Unit struct {
	Head
	Kind      UnitKind          `json:"kind"`
	Digits    *int              `json:"digits,omitempty"` // of a currency: decimals of the minor unit in ISO 4217; nil where the list has none
	Codes     map[string]string `json:"codes,omitempty"`  // its code in other lists, such as the number of ISO 4217
	Validity                    // when the currency was in use; To is the last day on which a figure may be in it
	Successor *Successor        `json:"successor,omitempty"`
	Note      Text              `json:"note,omitzero"`
}

// Successor is the currency that took the place of a retired one.
type Successor struct {
	Unit   string `json:"unit"`
	Rate   string `json:"rate,omitempty"`   // units of the retired currency for one of the successor, exact, as enacted; empty where none is known
	From   Day    `json:"from,omitempty"`   // the first day on which the rate holds
	Source string `json:"source,omitempty"` // the act that fixed it
}

// Dataset is one provider's body of figures. Within it the later publication
// wins; between datasets nothing wins.
type Dataset struct {
	Head
	Provider Text     `json:"provider,omitzero"` // whose figures these are
	Rank     int      `json:"rank"`              // smaller stands first where several are shown
	Editors  []string `json:"editors,omitempty"` // names of the keys that may write to it; nil is every editor
	Note     Text     `json:"note,omitzero"`
}

// Dimension is a way to break a total down.
type Dimension struct {
	Head
	Note Text `json:"note,omitzero"`
}

// Item is one member of a dimension, such as us of partner.
type Item struct {
	Head
	Dimension string `json:"dimension"`
	Note      Text   `json:"note,omitzero"`
}

// entry is any of the six.
type entry interface {
	head() *Head
	section() Section
	key() string // the code by which the entry is found in its section
}

func (e *Indicator) section() Section { return Indicators }
func (e *Area) section() Section      { return Areas }
func (e *Unit) section() Section      { return Units }
func (e *Dataset) section() Section   { return Datasets }
func (e *Dimension) section() Section { return Dimensions }
func (e *Item) section() Section      { return Items }

func (h *Head) key() string { return h.Code }

// key of an item is the token of a breakdown, because two dimensions may have
// an item of one code.
func (e *Item) key() string { return e.Dimension + "-" + e.Code }
