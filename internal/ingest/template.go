package ingest

import (
	"slices"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// The columns of a template that repeat what stands beside the cells to fill in.
// They state nothing.
const (
	previousPeriod = "previous_period"
	previousValue  = "previous_value"
	previousGrowth = "previous_growth"
)

// repeatsStanding reports whether a header is one of those.
func repeatsStanding(header string) bool {
	return slices.Contains([]string{previousPeriod, previousValue, previousGrowth}, foldHeader(header))
}

// isTemplate reports whether the headers are those of a template: a file with
// previous_period and previous_value. Only there a row that nobody filled in
// states nothing; elsewhere an empty value is a figure that is not known.
func isTemplate(headers []string) bool {
	has := func(name string) bool {
		return slices.ContainsFunc(headers, func(header string) bool { return foldHeader(header) == name })
	}
	return has(previousPeriod) && has(previousValue)
}

// unfilled reports whether nobody filled in the row of a template, and counts
// it: no value, no growth and no status stands in it.
func (r *reader) unfilled(row *sheet.Row, p *plan) bool {
	if !p.template {
		return false
	}
	for _, m := range [...]meaning{valueColumn, growthColumn, growthTextColumn, statusColumn} {
		if len(p.cell(row, m)) > 0 {
			return false
		}
	}
	if r.warnings != nil {
		r.notFilled.add(row)
	}
	return true
}

// noteUnfilled says how many rows of a template nobody filled in, and refuses
// one in which that is all of them.
func (j *job) noteUnfilled(read *table) {
	n := j.reader.notFilled.rows
	if n == 0 {
		return
	}
	j.report.Notes = append(j.report.Notes, "rows of the template that are not filled in and state nothing: "+strconv.Itoa(n))
	if n == read.given && !read.faced {
		j.errors.add(Finding{Code: fault.CSVNoRows, Expected: "a value or a growth in some row of the template"})
	}
}
