package period

import (
	"strings"

	"bellwether/internal/fault"
)

// Rules say how a column's fiscal years are to be read. The zero value knows
// no fiscal years and refuses them.
type Rules struct {
	// FiscalStart is the day on which a fiscal year begins; zero when none is
	// declared.
	FiscalStart MonthDay
	// FiscalNamedBy says which calendar year a fiscal year is named by.
	FiscalNamedBy NamedBy
	// YearPairsAreFiscal makes every bare YYYY-NN a fiscal year: 2011-12 is
	// then not December.
	YearPairsAreFiscal bool
}

// Parse reads a period without any rules for fiscal years; see Rules.Parse.
func Parse(text string) (Period, error) { return Rules{}.Parse(text) }

// MustParse is Parse for texts that are known to be good; it panics on others.
func MustParse(text string) Period {
	p, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return p
}

// Parse reads a period in any accepted notation, English, Chinese, SDMX or
// ISO 8601, and every canonical text. The cell is folded first: full-width
// ASCII, dash variants (with ~ and 至), white space and case.
//
// It never guesses. What has two readings is refused with a code of its own
// that says which: 2013.1 is period_decimal, 9-Jan period_no_year, Sep-13
// period_day_or_year, 2011-13 period_year_range_or_month, and so on;
// period_unrecognised is what is left.
//
// A range includes its end: 2013-01/2013-09 ends with September.
func (r Rules) Parse(text string) (Period, error) {
	cell := strings.TrimFunc(text, func(r rune) bool { return foldRune(r) == ' ' })
	if len(cell) > maxText {
		return Period{}, refusal(fault.PeriodUnrecognised, cell)
	}
	p, code := r.read(fold(cell))
	if code != "" {
		return Period{}, refusal(code, text)
	}
	return p, nil
}

// A notation reads a folded text, or says why it cannot. PeriodUnrecognised
// leaves the text to the next notation; any other code is the answer.
type notation func(r Rules, text string) (Period, fault.Code)

// notations are tried in order; read only.
var notations = [...]notation{
	Rules.fiscalNotation, // first, since the rules may take 2011-12 from the months
	isoNotation,
	partFirst,
	englishNotation,
	chineseNotation,
	refusedShape,
}

func (r Rules) read(text string) (Period, fault.Code) {
	if text == "" {
		return Period{}, fault.PeriodEmpty
	}
	for _, read := range notations {
		if p, code := read(r, text); code != fault.PeriodUnrecognised {
			return p, code
		}
	}
	return Period{}, fault.PeriodUnrecognised
}

// no is the answer of a notation that is not the one.
func no() (Period, fault.Code) { return Period{}, fault.PeriodUnrecognised }

// months returns n whole months from the first of the month.
func months(year, month, n int) (Period, fault.Code) {
	start, code := day(year, month, 1)
	if code != "" {
		return Period{}, code
	}
	return between(start, start.AddMonths(n))
}

// day is NewDate without the sentence.
func day(year, month, d int) (Date, fault.Code) {
	date, err := NewDate(year, month, d)
	return date, fault.CodeOf(err)
}

// between is Between without the sentence.
func between(start, end Date) (Period, fault.Code) {
	p, err := Between(start, end)
	return p, fault.CodeOf(err)
}

// span returns the range from the start of a to the end of b.
func span(a, b Period) (Period, fault.Code) {
	if b.start < a.start {
		return Period{}, fault.PeriodReversed
	}
	return between(a.start, b.end)
}
