package fault

// The codes of series codes and keys.
const (
	SeriesCodeInvalid      Code = "series_code_invalid"       // the text does not have the shape indicator.area.unit and further tokens
	SeriesCodeTooLong      Code = "series_code_too_long"      // the code or one of its tokens is longer than the bound
	SeriesCodeNotCanonical Code = "series_code_not_canonical" // the tokens are known but stand out of order or state a default
	SeriesTokenReserved    Code = "series_token_reserved"     // a token is the name of a format or of a part of the code
	SeriesTokenUnknown     Code = "series_token_unknown"      // a token after the unit is no measure, price basis, adjustment, scenario or breakdown
	SeriesTokenRepeated    Code = "series_token_repeated"     // a part of the code is stated twice
	SeriesBasisMismatch    Code = "series_basis_mismatch"     // the price basis does not go with the measure
)
