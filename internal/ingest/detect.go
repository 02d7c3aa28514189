package ingest

import (
	"cmp"
	"io"
	"strconv"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// sampleRows is how far down a header is looked for.
const sampleRows = 64

// sample returns the first rows of a file, read with a delimiter, as far as
// they can be split.
func sample(file File, o sheet.Options) (rows []textRow, broken *Finding, err error) {
	raw, err := file.Open()
	if err != nil {
		return nil, nil, err
	}
	defer raw.Close()
	o.Header = sampleRows
	table, done, err := rowsOf(raw, o)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	for given := 1; len(rows) < sampleRows; given++ {
		row, err := table.Next()
		if err == io.EOF {
			break
		}
		if e := fault.From(err); e != nil {
			if len(e.Items) == 0 {
				return nil, nil, err
			}
			f := findingOf(e.Items[0])
			return rows, &f, nil
		}
		if row.Fault != nil {
			f := findingOf(*row.Fault)
			return rows, &f, nil
		}
		if !row.Blank() {
			rows = append(rows, copyRow(row))
			rows[len(rows)-1].given = given
			rows[len(rows)-1].given = given
		}
	}
	return rows, nil, nil
}

// delimiters are those that a file may be separated by when it is not by
// commas.
const delimiters = ";\t|"

// askDelimiter compares what the first rows are under each delimiter, when
// none is declared.
func askDelimiter(file File, o sheet.Options, rows []textRow) (Question, bool, error) {
	if o.Delimiter != 0 || o.Book != nil {
		return Question{}, false, nil
	}
	known, cells := knownIn(rows)
	for _, delimiter := range []byte(delimiters) {
		with := o
		with.Delimiter = delimiter
		others, _, err := sample(file, with)
		if err != nil {
			return Question{}, false, err
		}
		otherKnown, otherCells := knownIn(others)
		if otherKnown >= 2 && otherKnown > known || known == 0 && otherKnown == 0 && cells <= 1 && otherCells >= 2 {
			name := string(delimiter)
			if delimiter == '\t' {
				name = "tab"
			}
			return Question{Need: "delimiter", Code: fault.AskDelimiter, Line: others[0].line, Value: fault.Clip(others[0].cells[0]),
				Reason: "the rows are not separated by commas", Answer: "delimiter=" + name}, true, nil
		}
	}
	return Question{}, false, nil
}

// knownIn returns the largest number of known column names in one row, and of
// cells in the first.
func knownIn(rows []textRow) (known, cells int) {
	for _, row := range rows {
		known = max(known, knownNames(row.cells))
	}
	if len(rows) > 0 {
		cells = len(rows[0].cells)
	}
	return known, cells
}

func knownNames(cells []string) int {
	tidy, rates := 0, 0
	for _, cell := range cells {
		if lookUp(cell, tidyNames) != none {
			tidy++
		}
		if lookUp(cell, rateNames) != none {
			rates++
		}
	}
	return max(tidy, rates)
}

// askHeaderRow looks for a known header further down than where it is declared
// to be.
func askHeaderRow(s Settings, rows []textRow) (Question, bool) {
	if s.Layout == IndicatorsAcross || len(s.Header) > 0 || len(rows) == 0 {
		return Question{}, false
	}
	here, across := knownNames(rows[0].cells), periodsAcross(rows[0].cells)
	for _, row := range rows[1:] {
		known := knownNames(row.cells)
		if s.Layout != Wide && known >= 3 && known > here || here < 3 && !across && periodsAcross(row.cells) {
			return Question{Need: "header_row", Code: fault.AskHeaderRow, Line: row.line, Value: fault.Clip(row.cells[0]),
				Reason: "the header stands on line " + strconv.Itoa(row.line), Answer: "skip_lines=" + strconv.Itoa(row.line-1)}, true
		}
	}
	return Question{}, false
}

// periodsAcross reports whether a row is a header of periods: three or more in
// order, and none in front.
func periodsAcross(cells []string) bool {
	found, order := 0, 0
	var last period.Period
	for i, cell := range cells {
		p, err := period.Parse(cell)
		if err != nil {
			continue
		}
		if i == 0 {
			return false
		}
		step := cmp.Compare(period.Compare(p, last), 0)
		if found == 1 {
			order = step
		}
		if found > 0 && (step == 0 || step != order) {
			return false
		}
		found++
		last = p
	}
	return found >= 3
}

// askLayout finds periods or indicators across in a table that is not declared
// to have them.
func askLayout(s Settings, rows []textRow) (Question, bool) {
	if q, asked := askYearly(s, rows); asked {
		return q, true
	}
	if q, asked := askHeader(s, rows); asked {
		return q, true
	}
	if s.Layout != "" || len(s.Header) > 0 || len(rows) == 0 || isRates(rows[0].cells) || hasFigures(s, rows[0].cells) {
		return Question{}, false
	}
	q := Question{Need: "layout", Code: fault.AskLayout, Line: rows[0].line, Value: fault.Clip(rows[0].cells[0])}
	for i, header := range rows[0].cells {
		if _, err := period.Parse(header); err == nil && i > 0 {
			q.Reason, q.Answer = "periods stand across in the header", "layout="+Wide+", header_rows, label_columns"
			return q, true
		}
	}
	if len(rows[0].cells) > 1 && (lookUp(rows[0].cells[0], tidyNames) == periodColumn || periodsDown(rows[1:])) {
		q.Reason, q.Answer = "periods stand down the first column and other names across", "layout="+IndicatorsAcross
		return q, true
	}
	return Question{}, false
}

// hasFigures reports whether a header has a column of values or growth, or a
// setting makes one.
func hasFigures(s Settings, headers []string) bool {
	h := head{settings: s}
	for _, header := range headers {
		name, _ := h.mapped(header)
		switch lookUp(name, tidyNames) {
		case valueColumn, growthColumn, growthTextColumn:
			return true
		}
		if near := nearlyKnown(name, tidyNames); near == "value" || near == "growth_reported" {
			return true
		}
	}
	return false
}

// periodsDown reports whether a first column holds periods.
func periodsDown(rows []textRow) bool {
	found := 0
	for _, row := range rows {
		if _, err := period.Parse(row.cells[0]); err == nil {
			found++
		}
	}
	return found > 0 && 2*found >= len(rows)
}
