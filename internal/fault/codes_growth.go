package fault

// The codes of instants and of states.
const (
	AsOfInFuture           Code = "as_of_in_future"          // the point that is asked for lies after now
	InstantUnrecognised    Code = "instant_unrecognised"     // neither a date nor an RFC 3339 instant
	PublicationTimeMissing Code = "publication_time_missing" // a publication on a future day, and no time of day
	UnknownState           Code = "unknown_state"            // a state token that was never given out
)

// The codes of growth that cannot be computed or tested.
const (
	BaseMissing             Code = "base_missing"                 // nothing stands for the period that is compared with
	BaseZero                Code = "base_zero"                    // what is compared with is 0
	BaseNegative            Code = "base_negative"                // what is compared with is below 0
	BaseNonpositive         Code = "base_nonpositive"             // what is compared with may be 0 or less within its rounding
	BasePeriodIncomplete    Code = "base_period_incomplete"       // an index lacks a part of its base period
	ValueMissing            Code = "value_missing"                // nothing stands for the period itself
	ValueNonpositive        Code = "value_nonpositive"            // the value may be 0 or less within its rounding
	NonpositiveValue        Code = "nonpositive_value"            // a yearly rate that would end at 0 or less
	GrowthAtOrBelowMinus100 Code = "growth_at_or_below_minus_100" // the reported growth leaves nothing
	PeriodMismatch          Code = "period_mismatch"              // the two periods cannot be compared in this way
	CurrencyDiffers         Code = "currency_differs"             // the two figures have different units
	NeedsSeasonalAdjustment Code = "needs_seasonal_adjustment"    // only a seasonally adjusted series is annualised
	RateNeedsPoints         Code = "rate_needs_points"            // a series in percent changes in percentage points
	NotAdditive             Code = "not_additive"                 // chain-linked volumes do not add up
	TargetMet               Code = "target_met"                   // nothing is left to grow
	TargetPeriodReached     Code = "target_period_reached"        // no time is left to grow in
	TargetNonpositive       Code = "target_nonpositive"           // a target of 0 or less has no attainment
	PeriodLengthMismatch    Code = "period_length_mismatch"       // the target and the figure cover periods of different length
	PeriodUnstated          Code = "period_unstated"              // the figure has no period
)

// The codes of single periods derived from cumulative ones.
const (
	MissingNeighbour   Code = "missing_neighbour"    // a cumulative figure that is needed is not there
	VintageMismatch    Code = "vintage_mismatch"     // it is there in another vintage only
	UnitMismatch       Code = "unit_mismatch"        // the two cumulative figures have different units
	CombinedJanFeb     Code = "combined_jan_feb"     // January and February were published as one
	StockNotCumulative Code = "stock_not_cumulative" // a stock is a level at a date and has no parts
	RateNotAdditive    Code = "rate_not_additive"    // rates and indices cannot be added or differenced
)
