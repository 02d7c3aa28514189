package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// namesRow is the header row that names the columns, in the setting header.
const namesRow = "column"

// checkHeader refuses header rows that cannot state what is declared.
func (s Settings) checkHeader() error {
	if len(s.Header) == 0 {
		return nil
	}
	expected := "for each header row, " + namesRow + ", " + ignore + " or one of " + strings.Join(columnNames(), ", ")
	seen := map[string]bool{}
	for _, name := range s.Header {
		m := lookUp(name, tidyNames)
		if name != namesRow && name != ignore && (m == none || m == valueColumn || m == seriesColumn || m == statusColumn) ||
			seen[name] && name != ignore && m != periodColumn {
			return invalidSetting("header", strings.Join(s.Header, ","), expected)
		}
		seen[name] = true
	}
	switch {
	case len(s.SplitColumns) > 0:
		return invalidSetting("header", strings.Join(s.Header, ","), "nothing, since split_column reads tables with one header row")
	case len(s.Header) > 10:
		return invalidSetting("header", strings.Join(s.Header, ","), "10 rows at most")
	case s.HeaderRows != 0 && s.HeaderRows != len(s.Header):
		return invalidSetting("header_rows", "", "as many rows as the setting header says, or nothing")
	case s.UnitsRow:
		return invalidSetting("units_row", "true", "nothing, since the setting header says which row states the units")
	}
	return nil
}

// headRow is one row of a header and what it states.
type headRow struct {
	textRow
	meaning meaning
}

// headRows returns the rows that state something of the figures below them.
func (h *head) stating() []headRow {
	var all []headRow
	for k, name := range h.settings.Header {
		if m := lookUp(name, tidyNames); name != namesRow && m != none {
			all = append(all, headRow{h.rows[k], m})
		}
	}
	return all
}

// reorder puts the row that names the columns first, as a table with one
// header row has it.
func (h *head) reorder() {
	if len(h.settings.Header) == 0 {
		return
	}
	named := max(slices.Index(h.settings.Header, namesRow), 0)
	if len(h.stating()) > 0 {
		return
	}
	h.rows = append([]textRow{h.rows[named]}, h.rows[len(h.settings.Header):]...)
	h.settings.Header, h.settings.HeaderRows = nil, 0
}

// headed makes a plan of every column that is no label: the header rows above
// it state what the setting says they do.
func (h *head) headed() {
	rows := h.stating()
	h.out.width = 0
	for _, row := range h.rows[:len(h.settings.Header)] {
		h.out.width = max(h.out.width, len(row.cells))
	}
	var base plan
	labels := h.headedLabels(&base, rows)
	h.constants(&base)
	for _, row := range rows {
		if base.slots[row.meaning].stated {
			h.blame(fault.ConstantAndColumn, -1, row.meaning.String(), "the header row, the column or the constant, not two of them")
			return
		}
	}
	rules, err := h.settings.periodRules()
	if err != nil {
		return // the settings were checked
	}
	seen := map[string]int{}
	for i := labels; i < h.out.width; i++ {
		if h.statusBeside(i, h.own(rows, i)) {
			continue
		}
		p, name, ok := h.headedPlan(base, rows, i, rules)
		if !ok {
			continue
		}
		if first, again := seen[name]; again {
			h.blame(fault.CSVDuplicateHeader, i, name, "each header once; the other is column "+sheet.Letters(first))
			continue
		}
		seen[name] = i
		p.skipEmpty = true
		p.set(valueColumn, i, name)
		h.out.columns = append(h.out.columns, Column{sheet.Letters(i), name, valueColumn.String()})
		h.out.plans = append(h.out.plans, p)
	}
	if q, ok := h.days.question(); ok && h.settings.Period.DateStandsFor == "" {
		h.ask(q)
	}
	h.needHeaded(&base, rows)
}

// identifies reports whether a header row says which figure stands below, so
// that every column has to have it, merged with its neighbours or not.
func (r *headRow) identifies() bool {
	return r.meaning == indicatorColumn || r.meaning == areaColumn || r.meaning == periodColumn
}

// headedPlan states what stands above one column. It is false for a column
// without a header, and for one whose header is refused.
func (h *head) headedPlan(base plan, rows []headRow, i int, rules period.Rules) (p plan, name string, ok bool) {
	p = base
	var spans, names []string
	var above headRow
	for k := range rows {
		row := &rows[k]
		at := h.above(rows, k, i)
		text := cellAt(row.textRow, at)
		if text == "" {
			continue
		}
		names = append(names, text)
		if row.meaning == periodColumn {
			spans, above = append(spans, text), *row
			continue
		}
		p.head(row.meaning, text, at, row.textRow)
	}
	if len(names) == 0 {
		h.out.unnamed = append(h.out.unnamed, i)
		return p, "", false
	}
	name = strings.Join(names, " ")
	if len(spans) > 0 {
		span, err := joinedPeriod(rules, spans)
		if err == nil {
			h.days.add(span, above.line)
			span, err = h.settings.Period.standFor(span)
		}
		if err != nil {
			f := fault.From(err)
			h.blameAt(above.textRow, f.Code, i, strings.Join(spans, " "), f.Expected)
			return p, name, false
		}
		p.head(periodColumn, span.String(), i, above.textRow)
	}
	for k := range rows {
		if rows[k].identifies() && !p.slots[rows[k].meaning].stated {
			h.blameAt(rows[k].textRow, fault.CellEmpty, i, "", "a text that states the "+rows[k].meaning.String()+" of the column")
			return p, name, false
		}
	}
	return p, name, true
}

// above returns the column whose text in a header row stands above column i:
// its own, or where that is empty the next one to the left, as a merged cell
// has it. A row is merged over columns only where a row further down tells
// them apart.
func (h *head) above(rows []headRow, k, i int) int {
	row := &rows[k]
	if cellAt(row.textRow, i) != "" || !row.identifies() {
		return i
	}
	for below := k + 1; below < len(rows); below++ {
		if rows[below].identifies() && cellAt(rows[below].textRow, i) != "" {
			at := i
			for at > h.front && cellAt(row.textRow, at) == "" {
				at--
			}
			return at
		}
	}
	return i
}

// headedLabels finds the columns in front that state something of each row:
// those that a setting names, or whose header is known. Without any, the first
// column is what nothing else states: the period, the indicator or the area.
func (h *head) headedLabels(p *plan, rows []headRow) (labels int) {
	for i := range h.out.width {
		name, m, dimension := h.labelAt(i, rows)
		switch {
		case m != none:
			h.state(p, m, i, name)
		case dimension != "":
			h.stateDimension(p, dimension, i, name)
		case name != "":
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), name, "a setting says so"})
		default:
			if i > 0 {
				h.front = i
				return i
			}
			h.state(p, h.unstated(rows), 0, cellAt(h.rows[0], 0))
		}
	}
	h.front = h.out.width
	return h.out.width
}

// labelAt returns what the header calls a column that is a label.
func (h *head) labelAt(i int, rows []headRow) (name string, m meaning, dimension string) {
	for k, what := range h.settings.Header {
		text := cellAt(h.rows[k], i)
		if text == "" || what == ignore {
			continue
		}
		called, mapped := h.mapped(text)
		if called == ignore && mapped {
			return text, none, ""
		}
		named := slices.ContainsFunc(h.settings.LabelColumns, func(label string) bool { return foldHeader(label) == foldHeader(text) })
		if m := lookUp(called, tidyNames); m != none && m.String() != what && m != valueColumn {
			return text, m, ""
		}
		if code, ok := h.dimension(called); ok && (named || mapped || what == namesRow) {
			return text, none, code
		}
		if named {
			return text, h.unstated(rows), ""
		}
	}
	return "", none, ""
}

// unstated is the first of what every figure has that no header row states.
func (h *head) unstated(rows []headRow) meaning {
	for _, m := range []meaning{periodColumn, indicatorColumn, areaColumn} {
		stated := slices.ContainsFunc(rows, func(row headRow) bool { return row.meaning == m })
		for name := range h.settings.Constants {
			stated = stated || meaningOf(name) == m
		}
		if !stated {
			return m
		}
	}
	return noteColumn
}

// needHeaded asks for what neither the header, a column nor a constant states.
func (h *head) needHeaded(base *plan, rows []headRow) {
	needed := []meaning{indicatorColumn, periodColumn, unitColumn}
	if _, err := h.labels.Match(catalog.Areas, ""); err != nil {
		needed = append(needed, areaColumn)
	}
	var names []string
	for i := range h.out.plans {
		names = append(names, h.labelTexts(&h.out.plans[i])...)
	}
	if len(h.out.plans) > 0 {
		h.askWords(names)
	}
	for _, m := range needed {
		if base.slots[m].stated || slices.ContainsFunc(rows, func(row headRow) bool { return row.meaning == m }) ||
			m == unitColumn && h.unitsInLabels(names) {
			continue
		}
		h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line, Reason: "no column states " + m.String(),
			Answer: "label_columns=<header>,…, or constants." + m.String() + "=<text>, or header=…," + m.String()})
	}
	if len(h.out.plans) == 0 && h.tally.total == 0 {
		h.ask(Question{Need: "header", Code: fault.AskHeader, Line: h.rows[0].line, Reason: "no column has a header", Answer: "header=<what each header row states>"})
	}
}

// blameAt reports what is wrong with a cell of one header row.
func (h *head) blameAt(row textRow, code fault.Code, column int, value, expected string) {
	h.tally.add(Finding{Code: code, Line: row.line, Column: calledAs(value, column), Value: fault.Clip(value), Expected: expected,
		Cell: (&sheet.Row{Number: row.number}).Coordinate(column)})
}

// own returns the texts that stand above a column and over no other.
func (h *head) own(rows []headRow, i int) (texts []string) {
	for k := range rows {
		if text := cellAt(rows[k].textRow, i); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}
