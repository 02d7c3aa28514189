package ingest

import (
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// What a date in a period column stands for.
const (
	standsForDay     = "day"
	standsForMonth   = "month"
	standsForQuarter = "quarter"
	standsForYear    = "year"
)

// monthsOf is how many months a date stands for; 0: the day itself.
var monthsOf = map[string]int{standsForMonth: 1, standsForQuarter: 3, standsForYear: 12}

// standFor returns the month, quarter or year that a day stands for where that
// is declared. The day has to be the first or the last of it; any other is
// date_inside_period. Periods that are no days stay as they are.
func (n PeriodNotation) standFor(p period.Period) (period.Period, error) {
	months := monthsOf[n.DateStandsFor]
	if months == 0 || p.Frequency() != period.Day {
		return p, nil
	}
	year, month, _ := p.Start().YMD()
	first, err := period.NewDate(year, (month-1)/months*months+1, 1)
	if err != nil {
		return p, err
	}
	whole, err := period.Between(first, first.AddMonths(months))
	if err != nil {
		return p, err
	}
	if p.Start() != whole.Start() && p.End() != whole.End() {
		return p, fault.New(fault.Invalid, fault.DateInsidePeriod, "%s is neither the first nor the last day of a %s", p, n.DateStandsFor).
			Expect("%s or %s, or another period.date_stands_for", whole.Start(), whole.Last())
	}
	return whole, nil
}

// firstDays looks at the days in the periods of a file: whether they are
// nothing but first days, so that each may stand for more than itself.
type firstDays struct {
	others              bool // a day that is no first day of a month was met
	notQuarter, notYear bool
	line                int
	value               string
}

// add notes a period as it is written.
func (f *firstDays) add(p period.Period, line int) {
	if f.others || p.Frequency() != period.Day {
		return
	}
	_, month, day := p.Start().YMD()
	if f.line == 0 {
		f.line, f.value = line, p.String()
	}
	f.others = day != 1
	f.notQuarter = f.notQuarter || month%3 != 1
	f.notYear = f.notYear || month != 1
}

// question asks what the days of a file stand for, when nothing declares it.
func (f *firstDays) question() (Question, bool) {
	if f.line == 0 || f.others {
		return Question{}, false
	}
	stands := standsForYear
	switch {
	case f.notQuarter:
		stands = standsForMonth
	case f.notYear:
		stands = standsForQuarter
	}
	return Question{Need: "period.date_stands_for", Code: fault.AskDateStandsFor, Line: f.line, Value: f.value,
		Reason: "every date is the first day of a " + stands + " and may stand for all of it, or for itself alone, which is day", Answer: "period.date_stands_for=" + stands}, true
}

// noteDay looks at a period of a file that is read for the first time, unless
// it is one of our own exports or a setting says what its dates stand for.
func (r *reader) noteDay(row *sheet.Row, p *plan, span period.Period) {
	if r.errors != nil && !p.series && r.settings.Period.DateStandsFor == "" && !p.slots[rateColumn].stated {
		r.days.add(span, row.Line)
	}
}
