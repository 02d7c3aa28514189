package fault

// The codes of exchange rates and conversions.
const (
	CurrencyUnknown    Code = "currency_unknown"     // no currency of the catalogue has this code
	CurrencyRetired    Code = "currency_retired"     // the currency was no longer in use in that period
	FXMethodUnknown    Code = "fx_method_unknown"    // neither average, end, spot nor fixed:<rate>
	RateConflict       Code = "rate_conflict"        // one feed states two rates for one pair and day, or a pair in both directions
	RateIncomplete     Code = "rate_incomplete"      // the rates of the window have a hole of more than 14 days or lack a month
	RateInvalid        Code = "rate_invalid"         // a rate that is not a number above zero, or not of what it says it is
	RateMissing        Code = "rate_missing"         // no rate between the two currencies for that period
	RateNotConvertible Code = "rate_not_convertible" // a growth rate, index or share is never converted
	RateStale          Code = "rate_stale"           // the last rate is too old for the day that is asked for
)
