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

// Difference is what two cumulative figures leave for a period that is also
// reported, at the multiplier of the reported figure.
type Difference struct {
	Value     figure.Value
	HalfWidth figure.Value
	From      []period.Period // the longer one, the shorter one
}

// Single is the answer for one period. A derived Value has the multiplier of
// the longer cumulative figure and as many decimals as the finer one; its
// HalfWidth is the sum of both, exact, at the same multiplier. A reported one
// has Beside where the difference can be had as well; Agrees says that the two
// differ by no more than both half-widths.
type Single struct {
	Period    period.Period
	Status    Status
	Value     figure.Value
	HalfWidth figure.Value
	From      []period.Period // of a derived figure: the longer one, the shorter one
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
	if err := Additive(kind); err != nil {
		return nil, err
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

// Additive refuses what does not add up over time: stocks (stock_not_cumulative),
// and rates, indices and every other kind but flows (rate_not_additive).
func Additive(kind catalog.Kind) error {
	switch kind {
	case catalog.Flow:
		return nil
	case catalog.Stock:
		return fault.New(fault.Invalid, fault.StockNotCumulative, "a stock is a level at a date and is not cumulative")
	}
	return fault.New(fault.Invalid, fault.RateNotAdditive, "figures of kind %q cannot be subtracted from one another", kind)
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

func (k known) has(p period.Period) bool {
	_, has := k.here[p]
	return has
}

func (k known) single(p period.Period) Single {
	reported, isReported := k.here[p]
	if !isReported {
		return k.derive(p)
	}
	out := Single{Period: p, Status: Reported, Value: reported.Value, HalfWidth: reported.Value.Half()}
	if p.Start() == p.Start().NewYear() {
		return out // it is its own cumulative figure
	}
	derived := k.derive(p)
	if derived.Status != Derived || k.here[derived.From[0]].Unit != reported.Unit {
		return out
	}
	multiplier := reported.Value.Multiplier()
	out.Beside = &Difference{Value: derived.Value.At(multiplier), HalfWidth: derived.HalfWidth.At(multiplier), From: derived.From}
	out.Agrees = agree(reported.Value, out.Beside.Value, out.Beside.HalfWidth)
	return out
}

// derive answers for a period as if nothing was reported for it.
func (k known) derive(p period.Period) Single {
	longer, shorter := cumulative(p)
	if reason, missing := k.lacking(p, longer, shorter); reason != "" {
		return Single{Period: p, Status: Null, Reason: reason, Missing: missing}
	}
	a, b := k.here[longer], k.here[shorter]
	if a.Unit != b.Unit {
		return Single{Period: p, Status: Null, Reason: fault.UnitMismatch}
	}
	value, half := total([]part{{a.Value, false}, {b.Value, true}})
	return Single{
		Period: p, Status: Derived, Value: value, HalfWidth: half,
		From: []period.Period{longer, shorter}, Flags: flags(value, half),
	}
}

// cumulative returns the periods from 1 January to the end and to the start of
// p; the second is no period where p starts on 1 January itself.
func cumulative(p period.Period) (longer, shorter period.Period) {
	// Both lie within the years of p, so there is no bound to break.
	newYear := p.Start().NewYear()
	longer, _ = period.Between(newYear, p.End())
	if p.Start() > newYear {
		shorter, _ = period.Between(newYear, p.Start())
	}
	return longer, shorter
}

// lacking returns why the cumulative figures are not both there, and which, or
// "". A period that starts on 1 January is its own cumulative figure, and here
// it is not reported.
func (k known) lacking(p, longer, shorter period.Period) (fault.Code, []period.Period) {
	if january, combined := combined(p, k.has); combined {
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
func combined(p period.Period, has func(period.Period) bool) (january period.Period, combined bool) {
	start := p.Start().NewYear()
	january, _ = period.Between(start, start.AddMonths(1))
	february, _ := january.Next()
	both, _ := period.Between(start, february.End())
	return january, (p == january || p == february) && has(both) && !has(january)
}

func flags(value, half figure.Value) []string {
	switch {
	case value.Sign() >= 0:
		return nil
	case new(big.Rat).Add(value.Rat(), half.Rat()).Sign() < 0:
		return []string{NegativeFlow}
	}
	return []string{NegativeFlow, WithinRounding}
}

// agree says whether a reported figure and a derived one differ by no more than
// both half-widths.
func agree(reported, derived, half figure.Value) bool {
	gap := new(big.Rat).Sub(reported.Rat(), derived.Rat())
	return gap.Abs(gap).Cmp(new(big.Rat).Add(reported.HalfRat(), half.Rat())) <= 0
}
