package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"bellwether/internal/diff"
	"bellwether/internal/ingest"
	"bellwether/internal/term"
)

// shownRows is how many findings and changes a report on a terminal shows of
// each sort; the JSON form has them all.
const shownRows = 20

// showReport writes the report of a result, when it has one: as JSON to
// standard output, as text to standard error. It returns the error that came
// with the result, marked when the report shows what it lists.
func (s *session) showReport(result *ingest.Result, err error) error {
	if result == nil || result.Report == nil {
		return err
	}
	if s.json {
		if printing := s.printJSON(result.Report); printing != nil {
			return printing
		}
	} else {
		writeReport(s.Err, result.Report)
	}
	if err != nil {
		return errors.Join(errShown, err)
	}
	return nil
}

// writeReport writes a report for people, what to look at first on top.
func writeReport(w io.Writer, r *ingest.Report) {
	fmt.Fprintf(w, "%s: %d rows, %s\n", r.File.Name, r.File.Rows, understood(r.Understood))
	if r.Understood.Profile != "" {
		fmt.Fprintf(w, "profile: %s\n", r.Understood.Profile)
	}
	for _, q := range r.Questions {
		fmt.Fprintf(w, "question: %s; answer with --set %s\n", q.Reason, forShell(q.Answer))
	}
	writeFindings(w, "errors", r.ErrorTotal, r.ErrorCounts, r.ErrorGroups, r.Errors)
	writeFindings(w, "warnings", r.WarningTotal, r.WarningCounts, nil, r.Warnings)
	for _, ignored := range r.Understood.Ignored {
		fmt.Fprintf(w, "ignored: %s\n", describeIgnored(ignored))
	}
	for _, note := range r.Notes {
		fmt.Fprintf(w, "note: %s\n", note)
	}
	for _, taken := range r.Understood.Defaults {
		fmt.Fprintf(w, "not stated: %s taken as %s%s\n", taken.Name, taken.Value, inRows(taken.Rows))
	}
	if r.Difference != nil {
		writeDifference(w, r.Difference)
	}
}

// forShell quotes an answer that is one setting which a shell would take apart.
func forShell(answer string) string {
	if strings.ContainsAny(answer, ";|") && !strings.ContainsAny(answer, " '") {
		return "'" + answer + "'"
	}
	return answer
}

func understood(u ingest.Understood) string {
	if u.Rates > 0 {
		return count(u.Rates, "rate")
	}
	return count(u.Levels, "figure") + ", " + count(u.Claims, "reported growth")
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

func inRows(n int) string {
	if n == 0 {
		return ""
	}
	return " in " + count(n, "row")
}

func describeIgnored(i ingest.Ignored) string {
	if i.Reason == "" {
		return fmt.Sprintf("column %q", i.Header)
	}
	return fmt.Sprintf("column %q, %s", i.Header, i.Reason)
}

// writeFindings writes what was counted, then what one remedy makes good in
// several rows, then the first of the others.
func writeFindings(w io.Writer, what string, total int, counts []ingest.Count, groups []ingest.Alike, findings []ingest.Finding) {
	if total == 0 {
		return
	}
	fmt.Fprintf(w, "%s: %d\n", what, total)
	for _, c := range counts {
		fmt.Fprintf(w, "  %s%s: %d%s\n", c.Code, inColumn(c.Column), c.Count, onLines(c))
	}
	told := writeGroups(w, groups)
	shown := 0
	for _, f := range findings {
		if told.has(f) {
			continue
		}
		if shown == shownRows {
			break
		}
		term.Item(w, f.Item())
		shown++
	}
	if left := total - told.findings - shown; left > 0 {
		fmt.Fprintf(w, "  and %d more; --json lists them\n", left)
	}
}

// inMultiplier says what both figures of a change are to be multiplied by, and
// by how much they differ.
func inMultiplier(multiplier int, percent string) string {
	var parts []string
	if multiplier != 0 {
		parts = append(parts, fmt.Sprintf("multiplier %d", multiplier))
	}
	if percent != "" {
		parts = append(parts, percent+" %")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func inColumn(column string) string {
	if column == "" {
		return ""
	}
	return " in column " + column
}

func onLines(c ingest.Count) string {
	switch {
	case c.FirstLine == 0:
		return ""
	case c.FirstLine == c.LastLine:
		return fmt.Sprintf(", line %d", c.FirstLine)
	}
	return fmt.Sprintf(", lines %d to %d", c.FirstLine, c.LastLine)
}

// counted is how many figures something is said of.
type counted struct {
	n    int
	what string
}

// countParts says how many figures change in which way; the usual ways are
// said even where there are none.
func countParts(c diff.Counts) []string {
	parts := []string{fmt.Sprintf("%d new", c.New), fmt.Sprintf("%d revised", c.Revised), fmt.Sprintf("%d unchanged", c.Unchanged)}
	return append(parts, moreParts([]counted{
		{c.Restated, "restated with other decimals or another status"}, {c.Withdrawn, "withdrawn"}, {c.Revived, "stated again after a withdrawal"},
	})...)
}

func moreParts(all []counted) []string {
	var parts []string
	for _, more := range all {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	return parts
}

func writeDifference(w io.Writer, d *ingest.Difference) {
	parts := append(countParts(d.Counts), moreParts([]counted{{d.Contradicted, "contradicted"}, {d.Late, "published before what stands"}, {d.Kept, "not in this file and kept"}})...)
	fmt.Fprintf(w, "difference: %s\n", strings.Join(parts, ", "))
	if d.Figures != d.Counts {
		fmt.Fprintf(w, "figures:    %s, once the file is published\n", strings.Join(countParts(d.Figures), ", "))
	}
	writeKept(w, d)
	for i, c := range d.Revisions {
		if i == shownRows {
			fmt.Fprintf(w, "  and %d more; --json lists them\n", d.Changed()-d.New-shownRows)
			return
		}
		fmt.Fprintf(w, "  line %d: %s %s from %s to %s%s\n", c.Line, c.Series, c.Period, c.From, c.To, inMultiplier(c.Multiplier, c.Percent))
	}
}
