package fault

// The codes of figures that are unlike what stands beside them.
const (
	ValuePowerOfTen Code = "value_power_of_ten" // a figure is about ten, a hundred, a thousand … times those beside it, or as small a part
	SignFlipped     Code = "sign_flipped"       // a figure is about as large as those beside it, with the other sign
	CumulativeFalls Code = "cumulative_falls"   // what is counted from the beginning of the year falls within it
	CoarserRepeat   Code = "coarser_repeat"     // a figure that stands is stated again with fewer digits
)
