package fault

// The codes of transforms that a series does not take.
const (
	PriceBasisDiffers Code = "price_basis_differs" // the two series are at the prices of different years
	AlreadyReal       Code = "already_real"        // the series is at constant prices, so there is nothing to deflate
	NotAnAmount       Code = "not_an_amount"       // only amounts of money are deflated
)
