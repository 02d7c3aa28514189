package period

import "bellwether/internal/fault"

// reasons say for each code what is wrong with a text and what to write; read
// only.
var reasons = map[fault.Code]struct{ what, expected string }{
	fault.PeriodEmptyInterval:     {"has no day", "a duration of at least one day"},
	fault.PeriodReversed:          {"ends before it starts", "the earlier end first"},
	fault.PeriodYearOutOfRange:    {"is not in the years 1800 to 2199", "a year from 1800 to 2199"},
	fault.PeriodMonthOutOfRange:   {"names a month that does not exist", "a month from 1 to 12"},
	fault.PeriodQuarterOutOfRange: {"names a quarter that does not exist", "a quarter from 1 to 4"},
	fault.PeriodHalfOutOfRange:    {"names a half that does not exist", "a half, 1 or 2"},
	fault.PeriodDayOutOfRange:     {"names a day that does not exist", "a day that the month has"},
	fault.PeriodMixedPrecision:    {"has ends of two precisions", "two years, two months or two days"},
	fault.PeriodDecimal:           {"may be a month that lost its zero, a month or a quarter", "2013-01, 2013-10 or 2013-Q1"},
	fault.PeriodNoYear:            {"has no year", "a year of four digits, such as 2013-01 or 2013-01-09"},
	fault.PeriodDayOrYear:         {"may end with a day or with a year", "2013-09 or 2013-09-13"},
	fault.PeriodYearRangeOrMonth:  {"may be a range of years or a month that does not exist", "2011-2013 for the years, 2011-12 for the month, FY2011-12 for the fiscal year"},
	fault.PeriodTwoDigitYear:      {"has a year of two digits", "a year of four digits, such as 2013-Q3"},
	fault.PeriodFiscalRuleMissing: {"is a fiscal year, and when those start and what names them is not declared", "a calendar period, such as 2012-10-01/P12M"},
	fault.PeriodFiscalSpan:        {"names two years that no fiscal year joins", "two consecutive years, such as FY2013-14"},
	fault.PeriodOneDigitMonth:     {"may be a month or a quarter", "2013-01 or 2013-Q1"},
	fault.PeriodSerialNumber:      {"is a spreadsheet's day number", "the date itself, such as 2013-09-01"},
	fault.PeriodCompactDigits:     {"may be a month or a day", "2013-09 for the month, 2013-09-15 for a day"},
	fault.PeriodDayMonthOrder:     {"may have the day or the month first", "2013-02-01"},
}

// refusal makes the fault of a code: the text as it was found, what is wrong
// with it and what to write.
func refusal(code fault.Code, text string) error {
	found := fault.Clip(text)
	if code == fault.PeriodEmpty {
		return fault.New(fault.Invalid, code, "the period is empty").Expect("a period such as 2013-Q3")
	}
	reason, ok := reasons[code]
	if !ok {
		return fault.New(fault.Invalid, code, "%q is no period that is read here", found).
			Expect("a period such as 2013, 2013-Q3, 2013-09, 2013-09-15 or 2013-01-01/P9M")
	}
	return fault.New(fault.Invalid, code, "%q %s", found, reason.what).Expect("%s", reason.expected)
}
