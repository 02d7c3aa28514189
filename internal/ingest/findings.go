package ingest

import (
	"cmp"
	"slices"

	"bellwether/internal/fault"
)

// Finding is one thing that is wrong with a file, or worth knowing: where it
// stands, what stands there and what was expected.
type Finding struct {
	Code      fault.Code `json:"code"`
	Sheet     string     `json:"sheet,omitempty"`
	Line      int        `json:"line,omitempty"`       // physical, from 1; 0 when it is the whole file
	FirstLine int        `json:"first_line,omitempty"` // of a repeat: the line that states it first
	Column    string     `json:"column,omitempty"`     // the header's text, or the column's letter
	Cell      string     `json:"cell,omitempty"`       // as a spreadsheet names it
	Value     string     `json:"value,omitempty"`      // the text that stands there, cut to 128 bytes
	Expected  string     `json:"expected,omitempty"`
}

// Item returns the finding as part of a fault.
func (f Finding) Item() fault.Item {
	return fault.Item{Code: f.Code, Sheet: f.Sheet, Line: f.Line, Column: f.Column, Cell: f.Cell, Value: f.Value, Expected: f.Expected}
}

func findingOf(item fault.Item) Finding {
	return Finding{Code: item.Code, Sheet: item.Sheet, Line: item.Line, Column: item.Column,
		Cell: item.Cell, Value: item.Value, Expected: item.Expected}
}

// Count is how often one code was found in one column.
type Count struct {
	Code      fault.Code `json:"code"`
	Column    string     `json:"column,omitempty"`
	Count     int        `json:"count"`
	FirstLine int        `json:"first_line,omitempty"`
	LastLine  int        `json:"last_line,omitempty"`
}

// tally counts findings by code and column, of which there are no more than a
// header has columns and this package codes, and keeps the first of them: of
// each class as many as are shown, so that a thousand of one do not hide what is
// to be looked at before them.
type tally struct {
	limit  int
	sheet  string // of a workbook: where everything with a line was found
	total  int
	counts map[[2]string]*Count
	order  func(fault.Code) int // what is looked at first
	class  func(fault.Code) int // what is kept together, by that order
	kept   [weights][]Finding   // by class
	seen   [weights]int         // by class
	alike  *grouped             // of errors; nil: they are not grouped
}

// newErrors returns a tally of errors: those of the table's structure are kept
// apart from those of cells.
func newErrors(limit int) *tally {
	return &tally{limit: limit, counts: map[[2]string]*Count{}, order: rank, alike: newGrouped(limit), class: func(code fault.Code) int {
		if rank(code) < cellRank {
			return 0
		}
		return 1
	}}
}

// newWarnings returns a tally of warnings.
func newWarnings(limit int) *tally {
	return &tally{limit: limit, counts: map[[2]string]*Count{}, order: weight, class: weight}
}

// add counts a finding and keeps it.
func (t *tally) add(f Finding) {
	if f.Sheet == "" && f.Line > 0 {
		f.Sheet = t.sheet
	}
	t.count(f)
	class := t.class(f.Code)
	t.seen[class]++
	if kept := &t.kept[class]; len(*kept) < t.limit {
		*kept = append(*kept, f)
	}
}

// full reports whether no further finding of a code is kept.
func (t *tally) full(code fault.Code) bool { return len(t.kept[t.class(code)]) >= t.limit }

// addFirst counts a finding and keeps it only when it is the first of its code
// and column: for what holds of row after row.
func (t *tally) addFirst(f Finding) {
	if t.counts[[2]string{string(f.Code), f.Column}] == nil {
		t.add(f)
		return
	}
	t.count(f)
}

func (t *tally) count(f Finding) {
	t.total++
	t.alike.add(f)
	key := [2]string{string(f.Code), f.Column}
	c := t.counts[key]
	if c == nil {
		c = &Count{Code: f.Code, Column: f.Column, FirstLine: f.Line, LastLine: f.Line}
		t.counts[key] = c
	}
	c.Count++
	c.FirstLine, c.LastLine = min(c.FirstLine, f.Line), max(c.LastLine, f.Line)
}

// first returns the findings that are shown: what is looked at first before the
// others, then in the order of the file.
func (t *tally) first() []Finding {
	all := []Finding{}
	for _, kept := range t.kept {
		all = append(all, kept...)
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(t.order(a.Code), t.order(b.Code)), cmp.Compare(a.Line, b.Line))
	})
	return all[:min(len(all), t.limit)]
}

// groups returns the counts: what is looked at first, then the most frequent.
func (t *tally) groups() []Count {
	all := make([]Count, 0, len(t.counts))
	for _, c := range t.counts {
		all = append(all, *c)
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(t.order(a.Code), t.order(b.Code)), cmp.Compare(b.Count, a.Count),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Column, b.Column))
	})
	return all
}

// The order in which the steps of reading a file are looked at: what comes
// first makes what comes later doubtful.
const (
	byteRank = iota
	quoteRank
	headerRank
	footerRank
	raggedRank
	tableRank
	unitsRank
	cellRank
	repeatRank
	totalRank
)

// rank returns the step that a code belongs to.
func rank(code fault.Code) int {
	switch code {
	case fault.CSVEmpty, fault.CSVNul, fault.CSVBadEncoding, fault.CSVEncodingConflict, fault.CSVReplacement, fault.CSVStrayCR,
		fault.AskEncoding, fault.AskLineEnding, fault.FileTooLarge, fault.ArchiveInvalid,
		fault.WorkbookUnsupported, fault.XLSXInvalid, fault.XLSXTooLarge, fault.XLSXActiveContent, fault.SheetUnknown, fault.AskSheet:
		return byteRank
	case fault.CSVUnclosedQuote, fault.CSVBareQuote, fault.TooManyColumns, fault.TooManyRows, fault.CellTooLong, fault.RowTooLong:
		return quoteRank
	case fault.AskDelimiter, fault.AskHeaderRow, fault.AskLayout, fault.AskHeader, fault.AskColumns, fault.ColumnUnmapped, fault.ConstantAndColumn:
		return headerRank
	case fault.AskFooter:
		return footerRank
	case fault.CSVRagged:
		return raggedRank
	case fault.CSVDuplicateHeader, fault.CSVNoRows, fault.CSVFormulaCell, fault.XLSXMergedCells:
		return tableRank
	case fault.AskUnitsRow, fault.AskLabelUnit, fault.AskLabelWords, fault.AskDateStandsFor:
		return unitsRank
	case fault.CSVDuplicateConflict:
		return repeatRank
	case fault.AskTotalLabels:
		return totalRank
	}
	return cellRank
}

// Question is something that only the person who knows the file can say.
type Question struct {
	Need   string     `json:"need"` // sheet, encoding, line_ending, delimiter, header_row, layout, columns, footer, units_row, shown_numbers, total_labels
	Code   fault.Code `json:"code"`
	Sheet  string     `json:"sheet,omitempty"`
	Line   int        `json:"line,omitempty"`
	Column string     `json:"column,omitempty"`
	Value  string     `json:"value,omitempty"`
	Reason string     `json:"reason"`
	Answer string     `json:"answer"` // the settings that would answer it
}

// Item returns the question as part of a fault.
func (q Question) Item() fault.Item {
	return fault.Item{Code: q.Code, Sheet: q.Sheet, Line: q.Line, Column: q.Column, Value: q.Value, Expected: q.Answer}
}
