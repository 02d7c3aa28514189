package query

import (
	"time"

	"bellwether/internal/diff"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// When names the state that is asked for. The zero value asks for what is
// visible now. State and AsOf exclude each other; a Cursor decides by itself,
// and AsOf beside it is the one that it was given out for. Recorded stands
// alone.
type When struct {
	AsOf     string // a date or an RFC 3339 instant: what was published until then
	Recorded string // a date or an RFC 3339 instant: what this service answered then
	State    string // a token of an earlier answer
	Cursor   string // the place to go on from, which pins its state
}

// Moment is a state made certain: every part of an answer is computed from
// its point.
type Moment struct {
	Point    vintage.Point
	Token    string    // the opaque state token
	AsOf     string    // as it was asked for, empty when it was not
	Recorded string    // likewise
	Pinned   bool      // asked for by token: the answer never changes
	Updated  time.Time // the newest visible change at the point
	Change   int64     // the node's change number when the moment was taken
	Until    time.Time // when the answer to the same question may change by itself; zero: never
}

// Filter narrows a question to series. Every value is as the asker wrote it:
// a code in any case, `_` for `-`. Measures, Scenarios and Datasets that are
// empty take their defaults unless Series is set; the value "all" lifts them.
type Filter struct {
	Series     []string
	Indicators []string
	Areas      []string
	Units      []string
	Measures   []string
	Scenarios  []string
	Datasets   []string
	Text       string // free text over titles in both languages, for lists of series
}

// Range narrows an answer to periods. A period is inside when its last day is
// between Start and End, both inclusive; a zero bound is open.
type Range struct {
	Periods      []period.Period
	Start, End   Day
	Latest       int // the n newest distinct ends of each series after the filters; 0: all
	Frequency    string
	Accumulation string
	Derive       string // auto or never; empty beside a frequency or accumulation: auto
}

// Day is a bound that may be open.
type Day struct {
	Date period.Date
	Set  bool
}

// View says how the selected numbers are shown.
type View struct {
	Currencies []string // convert into each of them; none: as stored
	FX         string   // average, end, spot or fixed:<rate>; empty follows flow or stock
	FXSource   string   // a feed's code; empty: the documented order
	FXAsOf     string   // a date or an RFC 3339 instant: the rates published until then; empty: those of the moment
	Scale      Scale
	Lang       string // en or zh
}

// Scale is the power of ten that values are shown in; not set: the series' own.
type Scale struct {
	Power int
	Set   bool
}

// Question is what a reader asks of observations.
type Question struct {
	Filter
	Range
	View
	Vintage   Vintages // which versions of a figure are rows
	Transform string   // what is computed from the figures, as ParseTransform reads it; empty: nothing
	Limit     int      // rows; 0: whole
	Cursor    string   // the opaque place to go on from

	retold bool // every version is a row again for each change of what it is told beside
}

// Sink takes an answer of rows in order: Begin once, Row for each, End once.
// A Row and what it points to are valid during the call only. An answer that
// ends in an error is void, whatever the sink was given before.
type Sink interface {
	Begin(Head) error
	Row(*Row) error
	End(Tail) error
}

// Head stands before the rows.
type Head struct {
	Moment    Moment
	Series    *SeriesMeta // of the one series that was asked for; nil across series
	View      View
	Vintage   Vintages
	Transform string // in its canonical form; empty without one
	Derived   bool   // rows may be derived from figures of other periods
}

// SeriesMeta describes one series in an answer.
type SeriesMeta struct {
	Series     *obs.Series
	Title      string
	Unit       string // as answered: percent for a claim
	Multiplier int    // of the stored series, whatever the scale of the rows
	Kind       string // stock, flow, rate or index
	nature     diff.Nature
}

// Row is one observation as answered. Fields that are empty, or whose Has
// flag is false, are null.
type Row struct {
	Version    *obs.Version // what is stored
	told       time.Time    // the instant that it is told at, its publication where nothing else is meant
	Unit       string       // as answered
	Multiplier int          // as answered
	HasValue   bool
	BelowUnit  bool         // no value, and less than half a unit of the last of Value's decimals
	Value      figure.Value // at Multiplier
	Status     string
	Flags      []string
	Reason     string

	HasReported bool
	Reported    figure.Value // percent
	Comparison  string       // yoy, pop or saar
	Basis       string
	GrowthText  string
	HasComputed bool
	Computed    figure.Value // percent, two decimals
	GrowthBase  period.Period
	Check       string
	GrowthWhy   string // why a computed growth is null, or the check's reason and hints joined by ";"

	Currency     string // the one that the row is asked for in; empty where none is asked for
	Converted    bool
	HasOriginal  bool         // of a number, unless a transform keeps no amount
	Original     figure.Value // the stored value at Multiplier
	OriginalUnit string
	Rate         string   // as disclosed, eight decimals; empty for a conversion of several steps
	Method       string   // in the words of the disclosure; those of several steps joined by "+", each once
	RateSource   string   // the feed's code
	Cells        *Written // keeps the text of OriginalUnit, Rate, Method and RateSource; nil where nothing is kept

	HasHalfWidth bool
	HalfWidth    figure.Value // of a derived value, at Multiplier
	Derivation   string       // how a derived value comes about, such as "2013-01-01/P9M - 2013-H1"
	Base         string       // what a transform compares with: a period, or a series and a period

	HasSplit bool         // the value is growth in a currency, of which the parts follow
	Home     figure.Value // percent: growth at home
	OfRate   figure.Value // percent: the change of the rate
}

// Tail stands behind the rows.
type Tail struct {
	Total      int    // rows in range, whatever the limit
	Next       string // where to go on, empty at the end
	Warnings   []Warning
	Conversion *Conversion // nil when no currency was asked for
	Suspects   []Suspect   // the figures that label_suspect flags of the rows speak of
}

// Suspect is the figure that a row with the flag label_suspect equals as a bare
// number.
type Suspect struct {
	Series string
	Period period.Period
}

// Conversion discloses how the figures of an answer were converted: To as
// asked, and a Disclosed for each period and currency, in the order of their
// first row. A figure that could not be converted has none; its row says why.
type Conversion struct {
	To   []string
	Rows []Disclosed
}

// Disclosed is the conversion of the figures of one period into one currency.
// The disclosure is shared and may not be changed; Written keeps the text of
// both, nil where nothing is kept.
type Disclosed struct {
	Period period.Period
	*fx.Disclosure
	Written *Written
}
