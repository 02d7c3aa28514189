package check

import (
	"math/big"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/growth"
)

// Case is a reported growth with the two levels that it speaks of: the value
// of its period and the prior of the same period a year earlier. Others are
// the other versions of the prior; they are looked at only where the case
// would otherwise be ScopeOrRevision by size, or Unexplained.
type Case struct {
	Value, Prior growth.Level
	Basis        Basis // of the levels
	Claim        Claim
	Others       []growth.Level
}

// Judge tests the case and returns the first class that applies:
//
//	not_testable       base_missing, value_missing, period_mismatch,
//	                   currency_differs, rate_needs_points (a series in
//	                   percent, whose changes are told in points),
//	                   base_nonpositive, value_nonpositive,
//	                   growth_at_or_below_minus_100
//	consistent         v-h <= (p+h)(1+g+) and (p-h)(1+g-) <= v+h
//	price_basis        real growth, nominal levels, the gap meets -5 % to +10 %
//	scope_or_revision  other_prior: another version of the prior meets the one
//	                   that the growth implies; size_only: the gap meets ±25 %
//	unexplained        with power_of_ten where v times that would be consistent
//
// h is half a unit of the last printed digit of each, and the gap is
// v/(p(1+g)) - 1 over the three intervals. A testable case that is consistent
// costs no allocation where 128-bit products suffice.
func Judge(c *Case) Verdict {
	if code := untestable(c); code != "" {
		return Verdict{Class: NotTestable, Reason: string(code)}
	}
	if consistent, ok := fits(c, 100, 100); ok && consistent {
		return Verdict{Class: Consistent}
	} else if ok && c.pricesMayExplain() {
		if explained, _ := fits(c, lowestPrice, highestPrice); explained {
			return Verdict{Class: PriceBasis}
		}
	}
	return newBounds(c).judge(c)
}

// untestable returns why the case cannot be tested, or "".
func untestable(c *Case) fault.Code {
	switch {
	case !stands(c.Prior):
		return fault.BaseMissing
	case !stands(c.Value):
		return fault.ValueMissing
	case !yearApart(c):
		return fault.PeriodMismatch
	case c.Value.Unit != c.Prior.Unit:
		return fault.CurrencyDiffers
	case c.Value.Unit == growth.UnitPercent:
		return fault.RateNeedsPoints
	case mayBeNothing(c.Prior):
		return fault.BaseNonpositive
	case mayBeNothing(c.Value):
		return fault.ValueNonpositive
	case c.Claim.leavesNothing():
		return fault.GrowthAtOrBelowMinus100
	}
	return ""
}

func stands(l growth.Level) bool { return l.HasValue() || l.BelowUnit && !l.Period.IsZero() }

// mayBeNothing says whether a level may be 0 or less within its rounding. A
// printed number above 0 is at least one unit above it, and its half-width half
// a unit, so that its sign is enough.
func mayBeNothing(l growth.Level) bool {
	if l.Exact != nil && !l.BelowUnit {
		return l.Interval().Low.Sign() <= 0
	}
	return l.BelowUnit || l.Value.Sign() <= 0
}

func yearApart(c *Case) bool {
	earlier, ok := c.Value.Period.YearEarlier()
	return ok && earlier == c.Prior.Period
}

// bounds are the closed intervals of a testable case.
type bounds struct {
	value, prior, factor growth.Interval
	gap                  growth.Interval // v/(p(1+g)) - 1
	implied              growth.Interval // the prior that value and growth imply
}

func newBounds(c *Case) bounds {
	b := bounds{value: c.Value.Interval(), prior: c.Prior.Interval(), factor: c.Claim.factor()}
	b.implied = b.value.Over(b.factor)
	b.gap = changeOf(b.implied, b.prior)
	return b
}

// change returns a / b - 1.
func change(a, b *big.Rat) *big.Rat {
	ratio := new(big.Rat).Quo(a, b)
	return ratio.Sub(ratio, big.NewRat(1, 1))
}

// changeOf returns where a / b - 1 lies, for b above 0.
func changeOf(a, b growth.Interval) growth.Interval {
	ratio, one := a.Over(b), big.NewRat(1, 1)
	return growth.Interval{Low: ratio.Low.Sub(ratio.Low, one), High: ratio.High.Sub(ratio.High, one)}
}

// The bands of the gap, in hundredths. They are judgement, not law.
var (
	noGap     = band(0, 0)
	priceBand = band(lowestPrice-100, highestPrice-100)
	scopeBand = band(-25, 25)
)

// What a level may be of what real growth gives, in percent, and be explained by
// prices.
const (
	lowestPrice  = 95
	highestPrice = 110
)

// pricesMayExplain says whether real growth stands beside levels that are not.
func (c *Case) pricesMayExplain() bool { return c.Claim.Basis == Real && c.Basis == Nominal }

func band(low, high int64) growth.Interval {
	return growth.Interval{Low: big.NewRat(low, 100), High: big.NewRat(high, 100)}
}

func (b bounds) judge(c *Case) Verdict {
	inPriceBand := b.gap.Meets(priceBand)
	var hints []string
	if c.Claim.Basis == Unstated && inPriceBand {
		hints = []string{HintBasisUnstated}
	}
	switch {
	case b.gap.Meets(noGap):
		return Verdict{Class: Consistent}
	case c.pricesMayExplain() && inPriceBand:
		return Verdict{Class: PriceBasis}
	case b.otherPrior(c):
		return Verdict{Class: ScopeOrRevision, Reason: OtherPrior, Hints: hints}
	case b.gap.Meets(scopeBand):
		return Verdict{Class: ScopeOrRevision, Reason: SizeOnly, Hints: hints}
	}
	return Verdict{Class: Unexplained, Hints: b.powersOfTen()}
}

// otherPrior says whether another version of the prior fits.
func (b bounds) otherPrior(c *Case) bool {
	for _, other := range c.Others {
		if stands(other) && other.Period == c.Prior.Period && other.Unit == c.Prior.Unit && other.Interval().Meets(b.implied) {
			return true
		}
	}
	return false
}

// powersOfTen returns a hint for each power, up to four places either way, by
// which the value would have to be moved to be consistent.
func (b bounds) powersOfTen() []string {
	var hints []string
	for _, k := range []int{1, -1, 2, -2, 3, -3, 4, -4} {
		scale := figure.New(1, 0, k).Rat()
		implied := growth.Interval{Low: new(big.Rat).Mul(b.implied.Low, scale), High: new(big.Rat).Mul(b.implied.High, scale)}
		if implied.Meets(b.prior) {
			hints = append(hints, HintPowerOfTen+strconv.Itoa(k))
		}
	}
	return hints
}

// Finding is a verdict with the figures behind it: percentages with two
// decimals, the ends of their intervals with four, and the implied prior with
// three at the multiplier of the value. All are zero for NotTestable.
type Finding struct {
	Verdict
	Computed, ComputedLow, ComputedHigh figure.Value // v/p - 1
	Gap, GapLow, GapHigh                figure.Value // v/(p(1+g)) - 1, also the deflator that would close it
	ImpliedPrior                        figure.Value // v/(1+g)
}

// Explain is Judge with every figure worked out.
func Explain(c *Case) Finding {
	if code := untestable(c); code != "" {
		return Finding{Verdict: Verdict{Class: NotTestable, Reason: string(code)}}
	}
	b := newBounds(c)
	computed := changeOf(b.value, b.prior)
	implied := new(big.Rat).Quo(c.Value.Number(), c.Claim.point())
	return Finding{
		Verdict:      b.judge(c),
		Computed:     growth.PercentOf(change(c.Value.Number(), c.Prior.Number()), 2),
		ComputedLow:  growth.PercentOf(computed.Low, 4),
		ComputedHigh: growth.PercentOf(computed.High, 4),
		Gap:          growth.PercentOf(change(implied, c.Prior.Number()), 2),
		GapLow:       growth.PercentOf(b.gap.Low, 4),
		GapHigh:      growth.PercentOf(b.gap.High, 4),
		ImpliedPrior: figure.Rounded(implied, 3, c.Value.Value.Multiplier()),
	}
}
