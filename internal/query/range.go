package query

import (
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/figure"
	"bellwether/internal/period"
)

// The accumulations.
const (
	Single = "single" // calendar periods: a year, half, quarter, month or day
	YTD    = "ytd"    // periods from 1 January on, within one year
)

const (
	frequencies   = "A, S, Q, M or D"
	accumulations = Single + " or " + YTD
)

// ParseScale reads the power of ten that values are to be shown in: a word
// (thousand, wan, million, yi, billion, trillion, in any case, 万 and 亿), an
// exponent such as 9, or the power itself from 100 on, such as 1000000.
func ParseScale(text string) (Scale, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "thousand":
		return Scale{3, true}, nil
	case "wan", "万":
		return Scale{4, true}, nil
	case "million":
		return Scale{6, true}, nil
	case "yi", "亿":
		return Scale{8, true}, nil
	case "billion":
		return Scale{9, true}, nil
	case "trillion":
		return Scale{12, true}, nil
	}
	zeros, one := strings.CutPrefix(text, "1")
	if one && len(zeros) >= 2 && len(zeros) <= figure.MaxMultiplier && strings.Trim(zeros, "0") == "" {
		return Scale{len(zeros), true}, nil
	}
	power, err := strconv.Atoi(text)
	if err != nil || power > figure.MaxMultiplier || power < -figure.MaxMultiplier {
		return Scale{}, invalid("scale", text, "thousand, wan, million, yi, billion, trillion or an exponent such as 9")
	}
	return Scale{power, true}, nil
}

// normal returns the range with its words checked and in their form. A
// frequency alone asks for single periods.
func (r Range) normal() (Range, error) {
	r.Frequency, r.Accumulation = strings.ToUpper(r.Frequency), strings.ToLower(r.Accumulation)
	switch r.Frequency {
	case "", string(period.Annual), string(period.HalfYear), string(period.Quarter), string(period.Month), string(period.Day):
	default:
		return r, invalid("frequency", r.Frequency, frequencies)
	}
	switch r.Accumulation {
	case "", Single, YTD:
	default:
		return r, invalid("accumulation", r.Accumulation, accumulations)
	}
	switch {
	case len(r.Periods) > 0 && r.Start.Set:
		return r, conflict("period", r.Periods[0].String(), "start", r.Start.Date.String())
	case len(r.Periods) > 0 && r.End.Set:
		return r, conflict("period", r.Periods[0].String(), "end", r.End.Date.String())
	case r.Accumulation == YTD && r.Frequency == string(period.Day):
		return r, invalid("accumulation", r.Accumulation, Single+" beside the frequency D")
	}
	switch r.Derive = strings.ToLower(r.Derive); {
	case r.Derive != "" && r.Derive != DeriveAuto && r.Derive != DeriveNever:
		return r, invalid("derive", r.Derive, DeriveAuto+" or "+DeriveNever)
	case r.Derive != "" && r.Frequency == "" && r.Accumulation == "":
		return r, needsFrequency(r.Derive)
	}
	if r.Frequency != "" && r.Accumulation == "" {
		r.Accumulation = Single
	}
	return r, inOrder(r.Start, r.End)
}

// holds reports whether a period is in the range; Latest is not looked at.
func (r *Range) holds(p period.Period) bool {
	if len(r.Periods) > 0 && !slices.Contains(r.Periods, p) {
		return false
	}
	last := p.Last()
	if r.Start.Set && last < r.Start.Date || r.End.Set && last > r.End.Date {
		return false
	}
	switch r.Accumulation {
	case Single:
		f := p.Frequency()
		return f != period.None && (r.Frequency == "" || r.Frequency == string(f))
	case YTD:
		return cumulative(p, r.Frequency)
	}
	return true
}

// cumulative reports whether a period runs from 1 January within one year, and
// ends with a year, half, quarter or month for the frequencies A, S, Q and M.
func cumulative(p period.Period, frequency string) bool {
	months, whole := p.Months()
	if !whole || !p.YTD() || months > 12 {
		return false
	}
	step := period.Frequency(frequency).Months()
	return step == 0 || months%step == 0
}

// shown returns the positions of a line's versions that are in the range, in
// order: after the filters the newest ends where Latest is set.
func (r *Range) shown(l *line, into []int) []int {
	into = slices.Grow(into[:0], len(l.force))
	for i := range l.force {
		if r.holds(l.force[i].Period) {
			into = append(into, i)
		}
	}
	if r.Latest <= 0 {
		return into
	}
	ends := 0
	for i := len(into) - 1; i >= 0; i-- {
		if i == len(into)-1 || l.force[into[i]].Period.End() != l.force[into[i+1]].Period.End() {
			ends++
		}
		if ends > r.Latest {
			return into[i+1:]
		}
	}
	return into
}

// narrow restricts what is read to what the rows of the range need: exact
// periods with those a year earlier, or everything from a year before the
// start on.
func (r *Range) narrow(sel *Selection) {
	for _, p := range r.Periods {
		sel.Periods = append(sel.Periods, p)
		if earlier, ok := p.YearEarlier(); ok && !slices.Contains(r.Periods, earlier) {
			sel.Periods = append(sel.Periods, earlier)
		}
	}
	if r.Start.Set {
		// A month more than a year, since months differ in length.
		sel.From, sel.FromSet = r.Start.Date.AddMonths(-13), true
	}
}

// newest returns how many of the newest ends are all that is asked for: the rows
// of those need what ends up to a year earlier. 0 where other words of the range
// choose first.
func (r *Range) newest() int {
	if len(r.Periods) > 0 || r.Start.Set || r.End.Set || r.Frequency != "" || r.Accumulation != "" {
		return 0
	}
	return r.Latest
}

// narrowed reports whether the selection reads less than whole series.
func (sel *Selection) narrowed() bool { return len(sel.Periods) > 0 || sel.FromSet }
