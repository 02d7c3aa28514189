// Package series owns what identifies a series, and its code: dataset,
// indicator, area, unit, measure, price basis, adjustment, scenario and
// breakdowns.
//
// A code is indicator.area.unit, then only what is not the default, in this
// order: breakdowns, measure, price basis, adjustment, scenario, @dataset. The
// first three tokens are known by their place, the others by what they are, so
// a code is read without a catalogue. Whether an indicator, area, unit,
// dimension, item or dataset exists is the catalogue's to say, not this
// package's.
package series

import (
	"cmp"
	"slices"
	"strings"
)

// Measure says what a series states: a level, or a growth as the office
// reported it (a claim).
type Measure string

// The measures.
const (
	Level Measure = "level" // the figure itself; the default
	YoY   Measure = "yoy"   // reported growth on the same period a year earlier
	PoP   Measure = "pop"   // reported growth on the period before
	SAAR  Measure = "saar"  // reported growth on the period before, seasonally adjusted, at an annual rate
)

// The price bases. A level may also have real-<year> or chained-<year>.
const (
	Current  = "current"  // of a level: prices of the period itself; the default
	Unstated = "unstated" // of a claim: the publication does not say; the default
	Nominal  = "nominal"  // of a claim: growth at current prices
	Real     = "real"     // of a claim: growth with price changes taken out
)

// The adjustments: the default and the lower-cased codes of the SDMX
// cross-domain list of adjustments.
const (
	None = "none" // neither seasonally nor calendar adjusted; the default
	SA   = "sa"   // seasonally adjusted
	CA   = "ca"   // calendar adjusted
	SCA  = "sca"  // seasonally and calendar adjusted
	TC   = "tc"   // trend-cycle
)

// The scenarios.
const (
	Actual   = "actual"   // what happened; the default
	Target   = "target"   // a goal that somebody set
	Forecast = "forecast" // what somebody expects
)

// Main is the default dataset. It is left out of codes.
const Main = "main"

// Breakdown is one dimension at one of its items, such as partner us.
type Breakdown struct {
	Dimension string // letters and digits without a hyphen, so that its token splits at the first one
	Item      string // a token
}

// Key identifies a series. Every text is lower case in the form of its token;
// the display form of a unit is UnitCode. An empty field stands for its
// default until Normal fills it.
type Key struct {
	Dataset    string
	Indicator  string
	Area       string
	Unit       string
	Measure    Measure
	Basis      string
	Adjustment string
	Scenario   string
	Breakdowns []Breakdown // sorted by dimension, one item each; nil is the total
}

// Code returns the code of the key, for a normal key the one that Parse reads
// back to an equal key.
func (k Key) Code() string {
	return string(k.AppendCode(make([]byte, 0, 48)))
}

// AppendCode appends the code of the key to dst.
func (k Key) AppendCode(dst []byte) []byte {
	dst = k.appendPlace(dst)
	dst = appendToken(dst, k.Unit, "")
	dst = k.appendBreakdowns(dst)
	dst = appendToken(dst, string(k.Measure), string(Level))
	dst = appendToken(dst, k.Basis, defaultBasis(k.Measure))
	return k.appendTail(dst)
}

// Family returns the text within which only unit, measure and price basis
// vary: the code without them. The same figure in yuan and in dollars, and the
// growth claimed for either, have one family.
func (k Key) Family() string {
	return string(k.appendTail(k.appendBreakdowns(k.appendPlace(nil))))
}

func (k Key) appendPlace(dst []byte) []byte {
	dst = append(dst, k.Indicator...)
	dst = append(dst, '.')
	return append(dst, k.Area...)
}

func (k Key) appendBreakdowns(dst []byte) []byte {
	for _, b := range k.Breakdowns {
		dst = append(dst, '.')
		dst = append(dst, b.Dimension...)
		dst = append(dst, '-')
		dst = append(dst, b.Item...)
	}
	return dst
}

func (k Key) appendTail(dst []byte) []byte {
	dst = appendToken(dst, k.Adjustment, None)
	dst = appendToken(dst, k.Scenario, Actual)
	if k.Dataset != "" && k.Dataset != Main {
		dst = append(dst, '@')
		dst = append(dst, k.Dataset...)
	}
	return dst
}

// appendToken appends a dot and the token, unless it is empty or the default.
func appendToken(dst []byte, token, without string) []byte {
	if token == "" || token == without {
		return dst
	}
	dst = append(dst, '.')
	return append(dst, token...)
}

// UnitCode returns the unit as it is shown: three letters are an ISO 4217 code
// and upper case (CNY), any other unit is shown as it is (index-2010).
func (k Key) UnitCode() string {
	if len(k.Unit) == 3 && !strings.ContainsAny(k.Unit, "0123456789-") {
		return strings.ToUpper(k.Unit)
	}
	return k.Unit
}

// IsAdjusted reports whether the series is declared seasonally adjusted.
func (k Key) IsAdjusted() bool { return k.Adjustment == SA || k.Adjustment == SCA }

// IsClaim reports whether the series holds reported growth and not levels.
func (k Key) IsClaim() bool { return k.Measure != Level && k.Measure != "" }

// Claim returns the key of the series that holds the growth reported for k: k
// with the measure and price basis given. An empty basis is unstated.
func (k Key) Claim(m Measure, basis string) Key {
	k.Measure, k.Basis = m, basis
	if basis == "" {
		k.Basis = defaultBasis(m)
	}
	return k
}

// Level returns the key of the level at current prices that k stands beside.
func (k Key) Level() Key {
	k.Measure, k.Basis = Level, Current
	return k
}

// Equal reports whether two normal keys are the same series.
func (k Key) Equal(other Key) bool {
	return k.Dataset == other.Dataset && k.Indicator == other.Indicator &&
		k.Area == other.Area && k.Unit == other.Unit && k.Measure == other.Measure &&
		k.Basis == other.Basis && k.Adjustment == other.Adjustment &&
		k.Scenario == other.Scenario && slices.Equal(k.Breakdowns, other.Breakdowns)
}

// String returns the code.
func (k Key) String() string { return k.Code() }

// defaultBasis returns the price basis that is left out of codes.
func defaultBasis(m Measure) string {
	if m == Level || m == "" {
		return Current
	}
	return Unstated
}

func sortBreakdowns(all []Breakdown) []Breakdown {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b Breakdown) int {
		return cmp.Or(cmp.Compare(a.Dimension, b.Dimension), cmp.Compare(a.Item, b.Item))
	})
	return sorted
}
