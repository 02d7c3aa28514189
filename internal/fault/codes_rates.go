package fault

// The codes of rates that are refused until they are confirmed by name.
const (
	RateOutlier      Code = "rate_outlier"      // a rate far from the one that stands or from its neighbour in the file
	RateFlipped      Code = "rate_flipped"      // a rate whose reciprocal fits and which itself does not: the two currencies may have been swapped
	RatePowerOfTen   Code = "rate_power_of_ten" // a rate that fits when its point is moved
	RateAfterEnd     Code = "rate_after_end"    // a rate of a period after the last day of one of its currencies
	ConfirmUnmatched Code = "confirm_unmatched" // what was confirmed by name is not what any rate of the file is refused for
)
