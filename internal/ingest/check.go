package ingest

import (
	"context"
	"slices"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/obs"
)

// maxSuspects is how many statements whose fingerprints occur more than once
// are looked at in one reading.
const maxSuspects = 1 << 17

// told is what the first statement of a figure said, and where.
type told struct {
	line      int
	state     obs.State
	value     figure.Value
	text      string
	status    string
	withdrawn bool
}

// saying is what an observation says of its figure.
func saying(o *obs.Observation) told {
	return told{state: o.State, value: o.Value, text: o.Text, status: o.Status, withdrawn: o.Withdrawn}
}

func tell(s *statement) told {
	t := saying(&s.Observation)
	t.line = s.line
	return t
}

// same reports whether two statements say the same of a figure: the same value
// known equally well, or the same reason why there is none.
func (t told) same(o told) bool {
	if t.state != o.state || t.withdrawn != o.withdrawn || t.status != o.status || t.text != o.text {
		return false
	}
	switch t.state {
	case obs.Present, obs.Nil, obs.BelowUnit:
		return t.value.SameAs(o.value)
	}
	return true
}

// checkRepeats compares, exactly, the statements whose fingerprints occur more
// than once: what says the same is left out, what does not is an error.
func (j *job) checkRepeats(ctx context.Context, seen *repeats) error {
	bound, bounded := uint64(0), false
	for {
		suspects, err := seen.after(bound, bounded, maxSuspects)
		if err != nil || len(suspects) == 0 {
			return err
		}
		first := map[about]told{}
		if _, err := j.pass(ctx, nil, func(ordinal uint32, s *statement) error {
			if _, found := slices.BinarySearch(suspects, s.print()); !found {
				return nil
			}
			what, says := s.about(), tell(s)
			earlier, met := first[what]
			switch {
			case !met:
				first[what] = says
			case earlier.same(says):
				j.repeated.set(ordinal)
				j.leaveOut(s, earlier.line)
			default:
				j.errors.add(conflict(s, earlier, says))
			}
			return nil
		}); err != nil {
			return err
		}
		bound, bounded = suspects[len(suspects)-1], true
	}
}

func (j *job) leaveOut(s *statement, first int) {
	switch {
	case s.rate != nil:
		j.rates--
	case s.level:
		j.levels--
		s.id.counts.count(s, -1)
	default:
		j.claims--
	}
	j.warnings.add(Finding{Code: fault.DuplicateIdentical, Line: s.line, FirstLine: first, Value: s.named.code + " " + s.Period.String(),
		Expected: "one row, as on line " + strconv.Itoa(first)})
}

func conflict(s *statement, earlier, says told) Finding {
	return Finding{Code: fault.CSVDuplicateConflict, Line: s.line, FirstLine: earlier.line,
		Value:    fault.Clip(s.named.code + " " + s.Period.String() + ": " + says.words()),
		Expected: fault.Clip(earlier.words()) + ", as on line " + strconv.Itoa(earlier.line) + ", or another period, series or publication"}
}

// words writes what was said of a figure for people.
func (t told) words() string { return said(t.state, t.value, t.text, t.withdrawn) }

func said(state obs.State, value figure.Value, text string, taken bool) string {
	switch {
	case taken:
		return withdrawn
	case state == obs.InWords:
		return text
	case state == obs.BelowUnit:
		return "below_unit"
	case state == obs.Missing:
		return "no value"
	}
	return value.String()
}
