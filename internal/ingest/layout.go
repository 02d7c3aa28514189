package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/sheet"
)

// The kinds of file.
const (
	Observations = "observations"
	Rates        = "rates"
)

// layout is what the header of a table says: how each of its rows is read.
type layout struct {
	kind     string
	plans    []plan
	width    int     // cells of a row
	headRows int     // rows above the first figure
	splits   []split // columns whose cells hold several texts
	status   statusRow
	trailing bool // the last column has no name; its cells must be empty
	unnamed  []int
	columns  []Column
	ignored  []Ignored
	areas    []fx.AreaMoney // what areas are quoted in; nil where the rows name currencies
}

// Column says what a column was taken for.
type Column struct {
	Column  string `json:"column"` // its letter
	Header  string `json:"header,omitempty"`
	Meaning string `json:"meaning"`
}

// Ignored is a column that states nothing, and why.
type Ignored struct {
	Column string `json:"column"`
	Header string `json:"header"`
	Reason string `json:"reason"`
}

// head builds the layout of a table from its first rows.
type head struct {
	settings Settings
	labels   Labels
	feeds    []fx.Feed
	rows     []textRow // the header rows, then some of the rows below
	out      *layout
	tally    *tally
	asked    []Question
	days     firstDays // in the header
	front    int       // where the figures of a table across begin
}

// textRow is a copy of a row.
type textRow struct {
	line, number int
	given        int // which row of the sample it is, from 1; blank lines are none
	cells        []string
}

func copyRow(row *sheet.Row) textRow {
	t := textRow{line: row.Line, number: row.Number, cells: make([]string, len(row.Cells))}
	for i, cell := range row.Cells {
		t.cells[i] = string(trim(cell))
	}
	return t
}

// build reads the header. Questions and errors of the header stand in the
// head; a layout with any is not to be used.
func (h *head) build() *layout {
	h.out = &layout{headRows: h.rows[h.settings.headerRows()-1].given, kind: Observations}
	h.reorder()
	header := h.rows[0]
	h.out.width = len(header.cells)
	if len(header.cells) > 1 && header.cells[len(header.cells)-1] == "" && h.headRowsEmpty(len(header.cells)-1) {
		h.out.trailing = true
	}
	if h.isPublished() {
		h.published()
		return h.out
	}
	if len(h.settings.SplitColumns) > 0 {
		h.splitColumns()
	}
	switch {
	case len(h.settings.Header) > 0 && len(h.stating()) > 0:
		h.headed()
	case h.settings.Layout == Wide:
		h.wide()
	case h.settings.Layout == IndicatorsAcross:
		h.indicatorsAcross()
	default:
		h.tidy()
	}
	h.statusRows()
	return h.out
}

func (h *head) headRowsEmpty(column int) bool {
	for _, row := range h.rows[:min(len(h.rows), h.settings.headerRows())] {
		if column < len(row.cells) && row.cells[column] != "" {
			return false
		}
	}
	return true
}

// tidy maps one header row to one plan.
func (h *head) tidy() {
	var p plan
	names := tidyNames
	if isRates(h.rows[0].cells) {
		names, h.out.kind = rateNames, Rates
	}
	if isSDMX(h.rows[0].cells) {
		h.sdmx(&p)
	} else {
		for i, header := range h.rows[0].cells {
			h.column(&p, i, header, names)
		}
	}
	if h.out.kind == Observations {
		h.identifyBySeries(&p)
		p.template = isTemplate(h.rows[0].cells)
	}
	h.constants(&p)
	h.need(&p)
	h.out.plans = []plan{p}
}

func isRates(headers []string) bool {
	found := 0
	for _, header := range headers {
		switch lookUp(header, rateNames) {
		case baseColumn, quoteColumn, rateColumn:
			found++
		}
	}
	return found >= 3
}

// column maps one named column.
func (h *head) column(p *plan, i int, header string, names []columnName) {
	letter := sheet.Letters(h.out.whole(i))
	if h.out.isSplit(i) {
		return
	}
	if header == "" {
		h.out.unnamed = append(h.out.unnamed, i)
		return
	}
	name, mapped := h.mapped(header)
	if mapped && name == ignore {
		h.out.ignored = append(h.out.ignored, Ignored{letter, header, "a setting says so"})
		return
	}
	if m := lookUp(name, names); m != none {
		h.state(p, m, i, header)
		return
	}
	if dimension, ok := h.dimension(name); ok && h.out.kind == Observations {
		h.stateDimension(p, dimension, i, header)
		return
	}
	if !mapped && h.out.kind == Observations && repeatsStanding(name) {
		h.repeated(i, header)
		h.out.ignored = append(h.out.ignored, Ignored{letter, header, "it repeats what stands, for whoever fills the file in"})
		return
	}
	near := nearlyKnown(name, names)
	if near == "" && !soundsLikeGrowth(name) {
		h.repeated(i, header)
		h.out.ignored = append(h.out.ignored, Ignored{letter, header, "its name is not known"})
		return
	}
	key, meant := "columns."+header, near
	if near == "" {
		meant = "growth_reported, growth_text or value"
	}
	expected := key + "=" + meant + ", or " + key + "=ignore"
	h.blame(fault.ColumnUnmapped, i, header, setWith(key, meant)+", or "+setWith(key, "ignore"))
	h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line, Column: header, Value: header,
		Reason: "the column nearly has a known name, or speaks of growth", Answer: expected})
}

// mapped returns what a setting calls the column, else the header itself.
func (h *head) mapped(header string) (string, bool) {
	if name, ok := h.settings.Columns[header]; ok {
		return name, true
	}
	for known, name := range h.settings.Columns {
		if foldHeader(known) == foldHeader(header) {
			return name, true
		}
	}
	return header, false
}

func (h *head) state(p *plan, m meaning, i int, header string) {
	if p.slots[m].stated {
		h.blame(fault.CSVDuplicateHeader, i, header, "one column of "+m.String()+"; the other is "+p.slots[m].header)
		return
	}
	p.set(m, i, header)
	h.out.columns = append(h.out.columns, Column{sheet.Letters(h.out.whole(i)), header, m.String()})
}

func (h *head) stateDimension(p *plan, code string, i int, header string) {
	if slices.ContainsFunc(p.dimensions, func(d dimensionSlot) bool { return d.code == code }) {
		h.blame(fault.CSVDuplicateHeader, i, header, "one column of "+code)
		return
	}
	p.dimensions = append(p.dimensions, dimensionSlot{code, slot{stated: true, column: i, header: header}})
	h.out.columns = append(h.out.columns, Column{sheet.Letters(h.out.whole(i)), header, code})
}

// repeated refuses an ignored header that stands twice.
func (h *head) repeated(i int, header string) {
	for _, other := range h.out.ignored {
		if other.Header == header {
			h.blame(fault.CSVDuplicateHeader, i, header, "each header once")
		}
	}
}

// dimension returns the dimension of the catalogue that a header names.
func (h *head) dimension(header string) (string, bool) {
	folded := catalog.Fold(header)
	for _, d := range h.labels.Dimensions() {
		for _, name := range append([]string{d.Code, d.Name.En, d.Name.Zh}, d.Aliases...) {
			if name != "" && catalog.Fold(name) == folded {
				return d.Code, true
			}
		}
	}
	return "", false
}

// identifyBySeries leaves out the columns that say what a series column says,
// and the growth beside a level, which has a series and a row of its own.
func (h *head) identifyBySeries(p *plan) {
	if p.series = p.slots[seriesColumn].stated; !p.series {
		return
	}
	for _, m := range []meaning{indicatorColumn, areaColumn, indicatorLabelColumn, areaLabelColumn, unitLabelColumn, measureColumn, basisColumn, adjustmentColumn, scenarioColumn, datasetColumn} {
		h.leaveOut(p, m, "the series says it")
	}
	for _, m := range []meaning{growthColumn, comparisonColumn, growthBasisColumn} {
		h.leaveOut(p, m, "with a series column, a reported growth is a row of its own")
	}
	for _, d := range p.dimensions {
		h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(d.slot.column), d.slot.header, "the series says it"})
	}
	p.dimensions = nil
}

func (h *head) leaveOut(p *plan, m meaning, reason string) {
	s := p.slots[m]
	if !s.stated {
		return
	}
	letter := sheet.Letters(s.column)
	h.out.columns = slices.DeleteFunc(h.out.columns, func(c Column) bool { return c.Column == letter })
	h.out.ignored = append(h.out.ignored, Ignored{letter, s.header, reason})
	p.slots[m] = slot{}
}

// constants states what settings say of every row.
func (h *head) constants(p *plan) {
	stated := map[string]string{}
	for name, text := range h.settings.Constants {
		stated[meaningOf(name).String()] = text
	}
	if h.settings.Dataset != "" && h.out.kind == Observations && !p.slots[seriesColumn].stated {
		stated[datasetColumn.String()] = h.settings.Dataset
	}
	for _, name := range sortedKeys(stated) {
		m := meaningOf(name)
		if s := p.slots[m]; s.stated {
			h.blame(fault.ConstantAndColumn, s.column, s.header, "the column or the constant, not both")
			continue
		}
		p.fix(m, stated[name])
	}
}

// need asks for the columns that every file must have.
func (h *head) need(p *plan) {
	var missing []string
	lacks := func(name string, any ...meaning) {
		for _, m := range any {
			if p.slots[m].stated {
				return
			}
		}
		missing = append(missing, name)
	}
	if h.out.kind == Rates {
		lacks("feed", feedColumn)
		lacks("period or date", periodColumn, dateColumn)
	} else {
		lacks("indicator", indicatorColumn, seriesColumn)
		if _, err := h.labels.Match(catalog.Areas, ""); err != nil {
			lacks("area", areaColumn, seriesColumn)
		}
		lacks("period", periodColumn)
		lacks("value", valueColumn, growthColumn, growthTextColumn)
		texts := h.labelTexts(p)
		h.askWords(texts)
		stated := p.slots[unitColumn].stated || p.slots[seriesColumn].stated
		if p.slots[valueColumn].stated && !stated && !h.unitsInLabels(texts) {
			missing = append(missing, "unit")
		}
	}
	if len(missing) == 0 {
		return
	}
	h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line,
		Reason: "no column states " + strings.Join(missing, ", "),
		Answer: "columns.<header>=" + missing[0] + ", or constants." + missing[0] + "=<text>"})
}

func (h *head) blame(code fault.Code, column int, value, expected string) {
	f := Finding{Code: code, Line: h.rows[0].line, Value: fault.Clip(value), Expected: expected}
	if column >= 0 {
		f.Column = calledAs(value, column)
		f.Cell = (&sheet.Row{Number: h.rows[0].number}).Coordinate(h.out.whole(column))
	}
	h.tally.add(f)
}

// calledAs is what a column is called in findings.
func calledAs(header string, column int) string {
	if header != "" {
		return fault.Clip(header)
	}
	return sheet.Letters(column)
}

func (h *head) ask(q Question) { h.asked = append(h.asked, q) }

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
