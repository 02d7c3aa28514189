package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// ratio is one line of the result: how fast a subject is beside its baseline,
// both measured in one run and in turns. The speed is taken round by round:
// above 1 the subject is the faster one.
type ratio struct {
	Name     string                `json:"name"`
	Engine   string                `json:"engine"`
	Way      string                `json:"way"`
	Subject  string                `json:"subject"`
	Baseline string                `json:"baseline"`
	Goal     string                `json:"goal,omitempty"` // at least
	Speed    spread[thousandths]   `json:"speed"`
	Took     spread[time.Duration] `json:"subject_ns"`
	Beside   spread[time.Duration] `json:"baseline_ns"`
}

// newRatio fills in what was measured, round by round.
func newRatio(r ratio, subject, baseline []time.Duration) ratio {
	r.Speed = spreadOf(speeds(subject, baseline))
	r.Took, r.Beside = spreadOf(subject), spreadOf(baseline)
	return r
}

// peak is the largest memory of one importing process.
type peak struct {
	Engine string         `json:"engine"`
	Rows   int            `json:"rows"`
	Bytes  spread[memory] `json:"peak_bytes"`
	Took   time.Duration  `json:"took_ns"`
}

// memory is an amount of memory.
type memory int64

// result is everything that one run found.
type result struct {
	Go        string    `json:"go"`
	System    string    `json:"system"`
	CPUs      int       `json:"cpus"`
	Began     time.Time `json:"began"`
	Engines   []string  `json:"engines"`
	Series    int       `json:"series"`
	PerSeries int       `json:"observations_per_series"`
	Rounds    int       `json:"rounds"`
	Slice     string    `json:"slice"`
	Notes     []string  `json:"notes"`
	Ratios    []ratio   `json:"ratios"`
	Peaks     []peak    `json:"peaks"`
}

func (r *result) writeJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(r)
}

// writeText writes the result as tables, for people.
func (r *result) writeText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "ratio\tengine\tway\tspeed\tmin-max\tgoal\ttook\tbaseline\tbaseline is\n")
	for _, one := range r.Ratios {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s-%s\t%s\t%s\t%s\t%s\n", one.Name, one.Engine, one.Way, one.Speed.Median,
			one.Speed.Min, one.Speed.Max, one.Goal, brief(one.Took.Median), brief(one.Beside.Median), one.Baseline)
	}
	fmt.Fprintf(t, "\npeak memory\tengine\trows\tmedian\tmin-max\t\ttook\n")
	for _, p := range r.Peaks {
		fmt.Fprintf(t, "import\t%s\t%d\t%s\t%s-%s\t\t%s\n", p.Engine, p.Rows, p.Bytes.Median, p.Bytes.Min, p.Bytes.Max, brief(p.Took))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	for _, note := range r.Notes {
		if err == nil {
			_, err = fmt.Fprintln(w, note)
		}
	}
	return err
}

// String writes the amount in MiB, rounded.
func (m memory) String() string { return fmt.Sprintf("%d MiB", (int64(m)+1<<19)>>20) }

// brief writes a duration with about four digits.
func brief(d time.Duration) string {
	unit := time.Nanosecond
	for d/unit >= 10_000 {
		unit *= 10
	}
	return d.Round(unit).String()
}
