package fault

// The codes of tables, which are rows in the layout wide.
const (
	OverlappingPeriods Code = "overlapping_periods" // the periods of a table overlap or are of several lengths: it needs one frequency and accumulation
	ThirdDimension     Code = "third_dimension"     // the dimension that is neither the rows nor the columns of a table has several values
	CompetingSeries    Code = "competing_series"    // several series stand for one cell of a table
	MixedUnits         Code = "mixed_units"         // one row or column of a table would have figures in several units
)
