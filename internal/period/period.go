package period

import (
	"bellwether/internal/fault"
)

// Period is the half-open interval of days from Start up to, and without, End.
// Its zero value is no period. Two periods are the same when == says so.
type Period struct {
	start, end Date
}

// Between returns the period from start up to, and without, end. It refuses an
// end before the start (period_reversed), one without a day
// (period_empty_interval), and days outside the years 1800 to 2199
// (period_year_out_of_range).
func Between(start, end Date) (Period, error) {
	switch {
	case start < firstDate || end > endDate:
		return Period{}, fault.New(fault.Invalid, fault.PeriodYearOutOfRange,
			"the days %s to %s are not all in the years %d to %d", start, end.AddDays(-1), FirstYear, LastYear)
	case end < start:
		return Period{}, fault.New(fault.Invalid, fault.PeriodReversed, "the end %s is before the start %s", end, start)
	case end == start:
		return Period{}, fault.New(fault.Invalid, fault.PeriodEmptyInterval, "the period at %s has no day", start)
	}
	return Period{start, end}, nil
}

// Start returns the first day.
func (p Period) Start() Date { return p.start }

// End returns the day after the last one.
func (p Period) End() Date { return p.end }

// Last returns the last day.
func (p Period) Last() Date { return p.end - 1 }

// IsZero says that p is no period.
func (p Period) IsZero() bool { return p == Period{} }

// Contains says whether every day of q is a day of p.
func (p Period) Contains(q Period) bool { return p.start <= q.start && q.end <= p.end }

// Overlaps says whether p and q share a day.
func (p Period) Overlaps(q Period) bool { return p.start < q.end && q.start < p.end }

// Compare orders periods by their end and, where two end together, the longer
// one first.
func Compare(a, b Period) int {
	switch {
	case a.end != b.end:
		return int(a.end) - int(b.end)
	default:
		return int(a.start) - int(b.start)
	}
}
