package accumulate

import (
	"math/big"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
	"bellwether/internal/period"
)

// Observation is a level of one vintage, cumulative or single: its period says
// which.
type Observation struct {
	growth.Level
	Vintage string
}

// Status says where a single figure comes from.
type Status string

// The statuses.
const (
	Reported Status = "reported" // it was published
	Derived  Status = "derived"  // it is the difference of two that were
	Null     Status = "null"     // it cannot be had; Reason says why
)

// The flags of a derived figure. WithinRounding stands only beside
// NegativeFlow: the true number may be 0 or more.
const (
	NegativeFlow   = "negative_flow"
	WithinRounding = "within_rounding"
)

// Difference is a single figure as it follows from two cumulative ones. Value
// has the multiplier of the longer one and as many decimals as the finer one;
// HalfWidth is the sum of both, exact, at the same multiplier.
type Difference struct {
	Value     figure.Value
	HalfWidth figure.Value
	From      []period.Period // the longer one, the shorter one
}

// Single is the answer for one period. A reported figure has Beside where the
// difference can be had as well, at the multiplier of the reported one; Agrees
// says that the two differ by no more than both half-widths.
type Single struct {
	Period    period.Period
	Status    Status
	Value     figure.Value
	HalfWidth figure.Value
	From      []period.Period
	Flags     []string
	Beside    *Difference
	Agrees    bool
	Reason    fault.Code
	Missing   []period.Period // the cumulative periods that are lacking
}

// Singles returns the single figures of the periods, in their order, from the
// observations of one vintage. The figure of [s,e) is the cumulative one of
// [1 January,e) less that of [1 January,s). Reasons of null figures:
//
//	missing_neighbour  a cumulative figure is not there; Missing names it
//	vintage_mismatch   it is there in other vintages only; Missing names it
//	combined_jan_feb   January and February were published as one
//	unit_mismatch      the two have different units
//
// It refuses stocks (stock_not_cumulative), and rates, indices and every other
// kind but flows (rate_not_additive).
func Singles(kind catalog.Kind, vintage string, observations []Observation, periods []period.Period) ([]Single, error) {
	if kind == catalog.Stock {
		return nil, fault.New(fault.Invalid, fault.StockNotCumulative, "a stock is a level at a date and is not cumulative")
	}
	if kind != catalog.Flow {
		return nil, fault.New(fault.Invalid, fault.RateNotAdditive, "figures of kind %q cannot be subtracted from one another", kind)
	}
	k := known{here: map[period.Period]growth.Level{}, elsewhere: map[period.Period]bool{}}
	for _, o := range observations {
		k.add(o, vintage)
	}
	singles := make([]Single, 0, len(periods))
	for _, p := range periods {
		singles = append(singles, k.single(p))
	}
	return singles, nil
}

// known are the figures that stand in the vintage, and the periods for which
// one stands in another.
type known struct {
	here      map[period.Period]growth.Level
	elsewhere map[period.Period]bool
}

func (k known) add(o Observation, vintage string) {
	if !o.HasValue() {
		return
	}
	if o.Vintage != vintage {
		k.elsewhere[o.Period] = true
		return
	}
	k.here[o.Period] = o.Level
}

func (k known) single(p period.Period) Single {
	reported, isReported := k.here[p]
	out := Single{Period: p, Status: Reported, Value: reported.Value, HalfWidth: reported.Value.Half()}
	if isReported && p.Start() == newYear(p) {
		return out
	}
	difference, single := k.difference(p)
	if !isReported {
		return single
	}
	if single.Status == Derived && k.here[single.From[0]].Unit == reported.Unit {
		difference.Value = difference.Value.At(reported.Value.Multiplier())
		difference.HalfWidth = difference.HalfWidth.At(reported.Value.Multiplier())
		out.Beside, out.Agrees = &difference, agree(reported.Value, difference)
	}
	return out
}

// difference returns the derived figure of the period, and the answer that it
// makes where nothing is reported.
func (k known) difference(p period.Period) (Difference, Single) {
	longer, shorter := cumulative(p)
	if reason, missing := k.lacking(p, longer, shorter); reason != "" {
		return Difference{}, Single{Period: p, Status: Null, Reason: reason, Missing: missing}
	}
	a, b := k.here[longer], k.here[shorter]
	if a.Unit != b.Unit {
		return Difference{}, Single{Period: p, Status: Null, Reason: fault.UnitMismatch}
	}
	d := subtract(a.Value, b.Value)
	d.From = []period.Period{longer, shorter}
	return d, Single{Period: p, Status: Derived, Value: d.Value, HalfWidth: d.HalfWidth, From: d.From, Flags: flags(d)}
}

// cumulative returns the periods from 1 January to the end and to the start of
// p; the second is no period where p starts on 1 January itself.
func cumulative(p period.Period) (longer, shorter period.Period) {
	// Both lie within the years of p, so there is no bound to break.
	newYear := newYear(p)
	longer, _ = period.Between(newYear, p.End())
	if p.Start() > newYear {
		shorter, _ = period.Between(newYear, p.Start())
	}
	return longer, shorter
}

func newYear(p period.Period) period.Date {
	_, month, day := p.Start().YMD()
	return p.Start().AddDays(1 - day).AddMonths(1 - month)
}

// lacking returns why the cumulative figures are not both there, and which, or
// "". A period that starts on 1 January is its own cumulative figure, and here
// it is not reported.
func (k known) lacking(p, longer, shorter period.Period) (fault.Code, []period.Period) {
	if january, combined := k.combined(p); combined {
		return fault.CombinedJanFeb, []period.Period{january}
	}
	var absent, elsewhere []period.Period
	for _, needed := range []period.Period{longer, shorter} {
		_, here := k.here[needed]
		switch {
		case needed.IsZero() || here:
		case k.elsewhere[needed]:
			elsewhere = append(elsewhere, needed)
		default:
			absent = append(absent, needed)
		}
	}
	switch {
	case absent != nil:
		return fault.MissingNeighbour, absent
	case elsewhere != nil:
		return fault.VintageMismatch, elsewhere
	}
	return "", nil
}

// combined says whether p is a January or February of which only the sum was
// published, and returns that January.
func (k known) combined(p period.Period) (january period.Period, combined bool) {
	start := newYear(p)
	january, _ = period.Between(start, start.AddMonths(1))
	february, _ := january.Next()
	both, _ := period.Between(start, february.End())
	_, hasBoth := k.here[both]
	_, hasJanuary := k.here[january]
	return january, hasBoth && !hasJanuary && (p == january || p == february)
}

// subtract returns a - b at the multiplier of a.
func subtract(a, b figure.Value) Difference {
	value := growth.Difference(a, b)
	half := new(big.Rat).Add(a.HalfRat(), b.HalfRat())
	return Difference{Value: value, HalfWidth: figure.Rounded(half, value.Decimals()+1, value.Multiplier()).Exact()}
}

func flags(d Difference) []string {
	switch {
	case d.Value.Sign() >= 0:
		return nil
	case new(big.Rat).Add(d.Value.Rat(), d.HalfWidth.Rat()).Sign() < 0:
		return []string{NegativeFlow}
	}
	return []string{NegativeFlow, WithinRounding}
}

// agree says whether |reported - difference| is within both half-widths.
func agree(reported figure.Value, d Difference) bool {
	gap := new(big.Rat).Sub(reported.Rat(), d.Value.Rat())
	return gap.Abs(gap).Cmp(new(big.Rat).Add(reported.HalfRat(), d.HalfWidth.Rat())) <= 0
}
