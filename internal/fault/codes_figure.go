package fault

// The codes of number cells.
const (
	NumberSeparatorUndeclared     Code = "number_separator_undeclared"      // a decimal or thousands separator that is not declared
	NumberGrouping                Code = "number_grouping"                  // the thousands are not grouped as declared
	NumberParenthesesUndeclared   Code = "number_parentheses_undeclared"    // parentheses for a negative that are not declared
	NumberTrailingMinusUndeclared Code = "number_trailing_minus_undeclared" // a minus behind the number that is not declared
	NumberPercentInLevel          Code = "number_percent_in_level"          // a percent sign where a level is expected
	NumberUndeclaredMark          Code = "number_undeclared_mark"           // a mark beside the number that is not declared
	NumberNonASCIIDigit           Code = "number_non_ascii_digit"           // a digit other than 0 to 9
	NumberExponentUndeclared      Code = "number_exponent_undeclared"       // an exponent that is not declared
	NumberLeadingZero             Code = "number_leading_zero"              // a zero before the other digits
	NumberDecimalsExceed          Code = "number_decimals_exceed"           // more decimals than declared
	NumberTooLong                 Code = "number_too_long"                  // over 38 digits, 18 decimals, an exponent of 30, or 128 bytes
	NumberMalformed               Code = "number_malformed"                 // no number at all
)

// The codes of unit cells.
const (
	UnitEmpty              Code = "unit_empty"               // nothing is written
	UnitAmbiguous          Code = "unit_ambiguous"           // m, b and k have more than one meaning
	UnitCurrencyUndeclared Code = "unit_currency_undeclared" // a currency sign that several currencies share, and none is declared
	UnitMultiplierTwice    Code = "unit_multiplier_twice"    // a scale word and a multiplier of its own
	UnitUnrecognised       Code = "unit_unrecognised"        // neither a scale and a unit nor a catalogued code
)
