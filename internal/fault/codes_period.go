package fault

// The codes of period cells and period parameters.
const (
	PeriodEmpty             Code = "period_empty"                // nothing is written
	PeriodEmptyInterval     Code = "period_empty_interval"       // the period has no day
	PeriodReversed          Code = "period_reversed"             // the end lies before the start
	PeriodYearOutOfRange    Code = "period_year_out_of_range"    // a day lies outside the years 1800 to 2199
	PeriodMonthOutOfRange   Code = "period_month_out_of_range"   // there is no such month
	PeriodQuarterOutOfRange Code = "period_quarter_out_of_range" // there is no such quarter
	PeriodHalfOutOfRange    Code = "period_half_out_of_range"    // there is no such half
	PeriodDayOutOfRange     Code = "period_day_out_of_range"     // there is no such day
	PeriodMixedPrecision    Code = "period_mixed_precision"      // the two ends of a range are not both years, months or days
	PeriodDecimal           Code = "period_decimal"              // 2013.1 may be January, October or a quarter
	PeriodNoYear            Code = "period_no_year"              // no year is written
	PeriodDayOrYear         Code = "period_day_or_year"          // Sep-13 may be a day or a year
	PeriodYearRangeOrMonth  Code = "period_year_range_or_month"  // 2011-13 may be three years or a bad month
	PeriodTwoDigitYear      Code = "period_two_digit_year"       // the year has two digits
	PeriodFiscalRuleMissing Code = "period_fiscal_rule_missing"  // a fiscal year, and no rule that says when it starts
	PeriodFiscalSpan        Code = "period_fiscal_span"          // a fiscal year names two years that do not follow one another
	PeriodOneDigitMonth     Code = "period_one_digit_month"      // 2013-1 may be January or the first quarter
	PeriodSerialNumber      Code = "period_serial_number"        // a spreadsheet's day number
	PeriodCompactDigits     Code = "period_compact_digits"       // 201309 may be a month or a day
	PeriodDayMonthOrder     Code = "period_day_month_order"      // 01/02/2013 may be January or February
	PeriodUnrecognised      Code = "period_unrecognised"         // none of the accepted notations
)
