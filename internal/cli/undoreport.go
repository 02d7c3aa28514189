package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"bellwether/internal/diff"
	"bellwether/internal/obs"
	"bellwether/internal/query"
)

// undoAnswer is the part of the report of an undo that is shown to people.
type undoAnswer struct {
	Outcome    query.UndoOutcome
	Target     undoRevision
	Revision   *undoRevision
	Difference struct {
		Counts  diff.Counts
		Changes []undoChange
		Rates   []undoRateChange
	}
	Remains struct {
		Kept, Restored, Vanished int
		Figures                  []undoPlace
		Rates                    []undoRatePlace
	}
}

type undoRevision struct {
	ID        string
	Kind      string
	VisibleAt time.Time `json:"visible_at"`
	Message   string
	Rows      int
}

type undoChange struct {
	Series, Period string
	Multiplier     int
	From, To       *undoFigure
	Percent        json.Number
}

type undoRateChange struct {
	undoRate
	From, To json.Number
	Percent  json.Number
}

// undoRate says of what a rate is one.
type undoRate struct {
	Feed, Base, Quote, Period string
	RateKind                  string `json:"rate_kind"`
}

type undoFigure struct {
	Value  json.Number
	Reason string
	Text   string
}

type undoPlace struct {
	Fate                     query.Fate
	Series, Period, Revision string
	Figure                   *undoFigure
}

type undoRatePlace struct {
	undoRate
	Fate     query.Fate
	Revision string
	Rate     json.Number
}

func readUndo(report []byte) (undoAnswer, error) {
	var answer undoAnswer
	if err := json.Unmarshal(report, &answer); err != nil {
		return answer, unreadable(err)
	}
	return answer, nil
}

// write writes the report for people: what it is about, what changes, and what
// later revisions keep.
func (a undoAnswer) write(w io.Writer) {
	fmt.Fprintf(w, "revision %s: %s, visible from %s on%s\n", a.Target.ID, a.Target.states(), minute(a.Target.VisibleAt), quoted(a.Target.Message))
	if a.Outcome == query.CancelledUnder {
		fmt.Fprintln(w, "undo: it is still hidden, so nothing that anybody saw changes")
		return
	}
	r := a.Remains
	fmt.Fprintf(w, "undo: %d kept by later revisions, %d restored to an earlier version, %d vanish\n", r.Kept, r.Restored, r.Vanished)
	changes := a.Difference.Counts.Changed()
	writeSome(w, fmt.Sprintf("changes: %d", changes), a.changes(), changes)
	writeSome(w, fmt.Sprintf("kept: %d", r.Kept), a.kept(), r.Kept)
}

// states says how much a revision states.
func (r undoRevision) states() string {
	if r.Kind == string(obs.ByRates) {
		return count(r.Rows, "rate")
	}
	return count(r.Rows, "figure")
}

func quoted(message string) string {
	if message == "" {
		return ""
	}
	return fmt.Sprintf(", %q", message)
}

// writeSome writes a heading and the first lines of so many.
func writeSome(w io.Writer, heading string, lines []string, total int) {
	if total == 0 {
		return
	}
	fmt.Fprintln(w, heading)
	for i, line := range lines {
		if i == shownRows {
			break
		}
		fmt.Fprintf(w, "  %s\n", line)
	}
	if more := total - min(len(lines), shownRows); more > 0 {
		fmt.Fprintf(w, "  and %d more; --json lists them\n", more)
	}
}

func (a undoAnswer) changes() []string {
	says := map[string]string{} // by series and period, which revision says what is restored
	for _, f := range a.Remains.Figures {
		says[f.Series+" "+f.Period] = f.Revision
	}
	for _, f := range a.Remains.Rates {
		says[f.name()] = f.Revision
	}
	var lines []string
	for _, c := range a.Difference.Changes {
		name := c.Series + " " + c.Period
		lines = append(lines, changed(name, c.From.say(), c.To.say(), says[name], inMultiplier(c.Multiplier, string(c.Percent))))
	}
	for _, c := range a.Difference.Rates {
		lines = append(lines, changed(c.name(), string(c.From), string(c.To), says[c.name()], inMultiplier(0, string(c.Percent))))
	}
	return lines
}

// changed says how one figure changes, and which revision says the new one.
func changed(name, from, to, revision, more string) string {
	switch {
	case to == "":
		return fmt.Sprintf("%s vanishes, %s before", name, from)
	case revision == "":
		return fmt.Sprintf("%s from %s to %s%s", name, from, to, more)
	}
	return fmt.Sprintf("%s from %s to %s as revision %s says%s", name, from, to, revision, more)
}

func (a undoAnswer) kept() []string {
	var lines []string
	for _, f := range a.Remains.Figures {
		if f.Fate == query.Kept {
			lines = append(lines, fmt.Sprintf("%s %s stays %s, as revision %s says", f.Series, f.Period, f.Figure.say(), f.Revision))
		}
	}
	for _, f := range a.Remains.Rates {
		if f.Fate == query.Kept {
			lines = append(lines, fmt.Sprintf("%s stays %s, as revision %s says", f.name(), f.Rate, f.Revision))
		}
	}
	return lines
}

func (r undoRate) name() string {
	return strings.Join([]string{r.Feed, r.Base + "/" + r.Quote, r.RateKind, r.Period}, " ")
}

// say is a figure as a number, or the word that stands in its place; empty
// where nothing stands.
func (f *undoFigure) say() string {
	switch {
	case f == nil:
		return ""
	case f.Value != "":
		return string(f.Value)
	case f.Text != "":
		return f.Text
	}
	return f.Reason
}
