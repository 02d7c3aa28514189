package fault

// The codes of files that quote areas instead of currencies.
const (
	AreaCurrencyUnknown Code = "area_currency_unknown" // no table says which currency an area is quoted in, in that year
	AreaRateDiffers     Code = "area_rate_differs"     // an area states another rate of a shared currency than the area that is taken for it
)
