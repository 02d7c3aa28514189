package ingest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// isKnown reports whether a cell is a name of a column, a label of the
// catalogue or a period in words.
func (j *job) isKnown(cell string) bool {
	if cell == "" {
		return false
	}
	if lookUp(cell, tidyNames) != none {
		return true
	}
	for _, section := range []catalog.Section{catalog.Indicators, catalog.Areas} {
		if _, err := j.labels.Match(section, cell); err == nil {
			return true
		}
	}
	_, err := period.Parse(cell)
	return err == nil && strings.ContainsFunc(cell, unicode.IsLetter)
}

// unitWords stand before the unit of a whole table; read only.
var unitWords = []string{"unit", "units", "单位", "計量單位", "计量单位"}

// proposedColumns says which column or line states what no column does: a
// column whose cells are labels of the catalogue or whose header says so, a
// line above the table that gives the unit.
func (j *job) proposedColumns(q Question) ([]Proposal, error) {
	if near, ok := strings.CutPrefix(q.Answer, "columns."+q.Column+"="); ok && q.Column != "" {
		if near, _, _ = strings.Cut(near, ","); lookUp(near, tidyNames) == none {
			return nil, nil
		}
		p := q.proposed("columns."+q.Column, near, "its name is nearly that")
		p.Others = []string{ignore}
		return []Proposal{p}, nil
	}
	missing, ok := strings.CutPrefix(q.Reason, "no column states ")
	if !ok {
		return nil, nil
	}
	var all []Proposal
	for _, name := range strings.Split(missing, ", ") {
		found, err := j.stating(q, name)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// headerWords are words in headers of columns that state an area or an
// indicator, or the unit; read only.
var headerWords = map[string][]string{
	"area":      {"country", "area", "region", "geo", "territory", "省", "地区", "国家"},
	"indicator": {"indicator", "series", "item", "variable", "指标", "项目"},
	"unit":      {"unit", "单位"},
}

// stating finds what states a meaning: a column, of the unit a line above, or
// what is likely where the file says nothing of it.
func (j *job) stating(q Question, name string) ([]Proposal, error) {
	if name == "unit" {
		unit, line, err := j.unitAbove()
		if err != nil || unit != "" {
			p := q.proposed("constants.unit", unit, "a line above the table says so")
			p.Line = line
			return []Proposal{p}, err
		}
	}
	rows, _, err := sample(j.text, j.options)
	if err != nil || len(rows) < 2 {
		return nil, ignoreFileFault(err)
	}
	var found []Proposal
	for column, header := range rows[0].cells {
		if header == "" || j.settings.Columns[header] != "" || lookUp(header, tidyNames) != none {
			continue
		}
		if reason, ok := j.speaksOf(rows, column, name); ok {
			found = append(found, q.proposed("columns."+header, name, reason))
		}
	}
	if len(found) == 0 {
		return j.likely(q, name, rows), nil
	}
	return oneAndItsLabels(found, name), nil
}

// oneAndItsLabels takes the column of codes for a meaning, else the first, and
// another one for the labels beside it.
func oneAndItsLabels(found []Proposal, name string) []Proposal {
	slices.SortStableFunc(found, func(a, b Proposal) int { return cmp.Compare(saysCode(b), saysCode(a)) })
	if len(found) == 1 || saysCode(found[0]) == 0 || lookUp(name+"_label", tidyNames) == none {
		return found[:1]
	}
	labels := found[1]
	labels.Value, labels.Reason = name+"_label", "it stands beside the codes; "+labels.Reason
	return []Proposal{found[0], labels}
}

// saysCode is 1 where the header of a proposed column says that it holds codes.
func saysCode(p Proposal) int {
	if header := strings.ToLower(p.Key); strings.Contains(header, "code") || strings.Contains(header, "代码") {
		return 1
	}
	return 0
}

// speaksOf reports whether a column states a meaning: by its cells, or by a
// word in its header.
func (j *job) speaksOf(rows []textRow, column int, name string) (reason string, ok bool) {
	section, catalogued := map[string]catalog.Section{"area": catalog.Areas, "indicator": catalog.Indicators}[name]
	known, cells := 0, 0
	for _, row := range rows[j.settings.headerRows():] {
		if cell := cellAt(row, column); catalogued && cell != "" {
			cells++
			if _, err := j.labels.Match(section, cell); err == nil {
				known++
			}
		}
	}
	if cells > 0 && 2*known > cells {
		return strconv.Itoa(known) + " of its first " + strconv.Itoa(cells) + " cells are known as " + name, true
	}
	header := strings.ToLower(rows[0].cells[column])
	for _, word := range headerWords[name] {
		if strings.Contains(header, word) && !strings.Contains(header, "code") {
			return "its header says " + word, true
		}
	}
	return "", false
}

// mostLabels is how many unknown labels of a file a person is asked about.
const mostLabels = 8

// proposedForLabels offers the nearest entries of the catalogue for labels that
// it does not know. A person has to choose.
func (j *job) proposedForLabels(errors []Finding) []Proposal {
	var all []Proposal
	seen := map[string]bool{}
	for _, f := range errors {
		group := map[string]string{"indicator": "indicators.", "area": "areas."}[j.statedBy(f.Column)]
		if f.Code != fault.UnknownCode || group == "" || seen[group+f.Value] {
			continue
		}
		if seen[group+f.Value] = true; len(seen) > mostLabels {
			return nil
		}
		var nearest []string
		for _, near := range append(j.withoutBrackets(f, group), strings.Split(f.Expected, "), ")...) {
			if code, _, _ := strings.Cut(near, " ("); !slices.Contains(nearest, code) {
				nearest = append(nearest, code)
			}
		}
		all = append(all, Proposal{Code: f.Code, Line: f.Line, Key: group + f.Value, Value: nearest[0], Others: append(nearest[1:], ignore),
			Reason: "the catalogue does not know " + f.Value})
	}
	return all
}

// withoutBrackets returns the entry that a label names before the brackets at
// its end, as in GDP (current LCU).
func (j *job) withoutBrackets(f Finding, group string) []string {
	section := map[string]catalog.Section{"indicators.": catalog.Indicators, "areas.": catalog.Areas}[group]
	name, _, ok := cutBrackets(f.Value)
	if !ok {
		return nil
	}
	code, err := j.labels.Match(section, name)
	if err != nil {
		return nil
	}
	return []string{code}
}

// statedBy returns what the column of a header states.
func (j *job) statedBy(header string) string {
	for _, c := range j.layout.columns {
		if c.Header == header {
			return c.Meaning
		}
	}
	return ""
}

// unitAbove returns the unit that a line above the header states.
func (j *job) unitAbove() (unit string, line int, err error) {
	with := j.options
	with.Skip = 0
	rows, _, err := sample(j.text, with)
	if err != nil {
		return "", 0, ignoreFileFault(err)
	}
	for _, row := range rows {
		if row.line > j.settings.SkipLines {
			break
		}
		for _, cell := range row.cells {
			head, rest, found := strings.Cut(strings.ReplaceAll(cell, "：", ":"), ":")
			if found && slices.Contains(unitWords, strings.ToLower(strings.TrimSpace(head))) {
				return strings.TrimSpace(rest), row.line, nil
			}
		}
	}
	return "", 0, nil
}

// proposeForErrors looks for what would make errors good: a notation of numbers,
// a column that states what every row lacks, a label's entry in the catalogue.
func (j *job) proposeForErrors() error {
	r := j.report
	r.Proposed = proposedForErrors(r.Errors)
	if j.layout == nil {
		return nil
	}
	r.Proposed = append(r.Proposed, j.proposedForLabels(r.Errors)...)
	r.Proposed = append(r.Proposed, j.proposedConfirmations(r.Errors)...)
	r.Proposed = append(r.Proposed, proposedForMoney(r.Errors)...)
	for _, f := range r.Errors {
		if f.Code != fault.CellEmpty || f.Cell != "" {
			continue
		}
		found, err := j.stating(Question{Code: f.Code, Line: f.Line}, f.Column)
		r.Proposed = append(r.Proposed, found...)
		return err
	}
	return nil
}

// proposedForErrors says which notation of numbers would make cells good that
// are not.
func proposedForErrors(errors []Finding) []Proposal {
	cells := map[fault.Code][]Finding{}
	for _, f := range errors {
		cells[f.Code] = append(cells[f.Code], f)
	}
	var all []Proposal
	for _, simple := range []struct {
		code       fault.Code
		key, value string
		reason     string
	}{
		{fault.NumberParenthesesUndeclared, "number.negatives", "parentheses", "numbers stand in parentheses"},
		{fault.NumberTrailingMinusUndeclared, "number.negatives", "trailing_minus", "a minus stands behind numbers"},
		{fault.NumberExponentUndeclared, "number.exponent", "true", "numbers are written with an exponent"},
	} {
		if found := cells[simple.code]; len(found) > 0 {
			all = append(all, Proposal{Code: simple.code, Line: found[0].Line, Key: simple.key, Value: simple.value, Reason: simple.reason + ", such as " + found[0].Value})
		}
	}
	if found := cells[fault.NumberSeparatorUndeclared]; len(found) > 0 {
		all = append(all, proposedSeparators(found)...)
	}
	return all
}

// proposedSeparators says what parts the digits of cells: what they all agree
// on. Cells such as 1,234 alone may mean either.
func proposedSeparators(found []Finding) []Proposal {
	decimals, groups := "", ""
	for _, f := range found {
		point, thousands, ok := separators(f.Value)
		if !ok || decimals != "" && point != "" && decimals != point || groups != "" && thousands != "" && groups != thousands {
			return nil
		}
		decimals, groups = orElse(decimals, point), orElse(groups, thousands)
	}
	if decimals == groups && decimals != "" {
		return nil
	}
	at := Proposal{Code: fault.NumberSeparatorUndeclared, Line: found[0].Line, Reason: "every cell can be read so, such as " + found[0].Value}
	var all []Proposal
	if decimals == "" && groups == "" {
		at.Key, at.Value, at.Others = "number.thousands", separatorIn(found[0].Value), []string{"number.decimal=" + separatorIn(found[0].Value)}
		return []Proposal{at}
	}
	if decimals != "" && decimals != "." {
		at.Key, at.Value = "number.decimal", decimals
		all = append(all, at)
	}
	if groups != "" {
		at.Key, at.Value = "number.thousands", groups
		all = append(all, at)
	}
	return all
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// separatorIn returns the first thing in a number that is no digit or sign.
func separatorIn(cell string) string {
	rest := strings.TrimLeft(strings.TrimSpace(cell), "+-−0123456789")
	_, size := utf8.DecodeRuneInString(rest)
	return rest[:size]
}

// separators tells what a number writes before its decimals and between its
// groups. Both are empty where a single separator before three digits may be
// either; ok is false where it is no number of either sort.
func separators(cell string) (decimal, thousands string, ok bool) {
	digits := strings.TrimLeft(strings.TrimSpace(cell), "+-−")
	var marks []string
	var runs []int
	run := 0
	for _, r := range digits {
		if r >= '0' && r <= '9' {
			run++
			continue
		}
		marks, runs, run = append(marks, string(r)), append(runs, run), 0
	}
	runs = append(runs, run)
	last := len(marks) - 1
	if last < 0 || runs[len(runs)-1] == 0 || runs[0] == 0 || runs[0] > 3 && last > 0 {
		return "", "", false
	}
	for i := 0; i < last; i++ {
		if marks[i] != marks[0] || runs[i+1] != 3 {
			return "", "", false
		}
	}
	switch {
	case last == 0 && runs[1] != 3:
		return marks[0], "", true
	case last == 0 && runs[0] > 3:
		return marks[0], "", true
	case last == 0:
		return "", "", true
	case marks[last] != marks[0]:
		return marks[last], marks[0], true
	}
	return "", marks[0], runs[len(runs)-1] == 3
}
