package ingest

import (
	"strings"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// indicatorsAcross makes a plan of every column that is no label: the header
// names its indicator.
func (h *head) indicatorsAcross() {
	var base plan
	labelled := h.labelColumns(&base, periodColumn)
	units := h.unitsRow()
	h.constants(&base)
	header := h.rows[0].cells
	var names []string
	for i, name := range header {
		if !labelled[i] && name != "" {
			names = append(names, name)
		}
	}
	h.askWords(names)
	if units == nil && !base.slots[unitColumn].stated && !h.unitsInLabels(names) {
		h.askUnits()
	}
	for i, name := range header {
		if labelled[i] || h.out.isSplit(i) {
			continue
		}
		if h.statusBeside(i, []string{name}) {
			continue
		}
		if name == "" {
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		}
		p := base
		p.skipEmpty = true
		p.head(indicatorColumn, name, i, h.rows[0])
		p.set(valueColumn, i, name)
		if units != nil && i < len(units.cells) && units.cells[i] != "" {
			p.head(unitColumn, units.cells[i], i, *units)
		}
		h.out.columns = append(h.out.columns, Column{sheet.Letters(i), name, "indicator"})
		h.out.plans = append(h.out.plans, p)
	}
	h.needAcross(&base, "an indicator", periodColumn)
}

// unitsRow returns the row of units below the header, when it is declared.
func (h *head) unitsRow() *textRow {
	at := h.settings.headerRows()
	if !h.settings.UnitsRow || len(h.rows) <= at {
		return nil
	}
	h.out.headRows = h.rows[at].given
	return &h.rows[at]
}

// askUnits asks for the units of a table that states none: for its units row,
// where the row below the header looks like one.
func (h *head) askUnits() {
	at := h.settings.headerRows()
	if len(h.rows) > at && h.looksLikeUnits(h.rows[at]) {
		h.ask(Question{Need: "units_row", Code: fault.AskUnitsRow, Line: h.rows[at].line,
			Reason: "the row below the header looks like units", Answer: "units_row=true"})
		return
	}
	h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line,
		Reason: "no column states unit", Answer: "constants.unit=<unit>, or a row of units and units_row=true"})
}

// looksLikeUnits reports whether a row has no period in front and something
// that is neither a number nor a word for a missing one behind.
func (h *head) looksLikeUnits(row textRow) bool {
	texts := 0
	for i, cell := range row.cells {
		if cell == "" {
			continue
		}
		if _, err := period.Parse(cell); err == nil || isNumber(cell) {
			return false
		}
		if i > 0 {
			texts++
		}
	}
	return texts > 0
}

func isNumber(cell string) bool {
	return strings.ContainsAny(cell, "0123456789") && strings.Trim(cell, "0123456789.,+-%() ") == ""
}

// wide makes a plan of every column that is no label: the header rows, joined,
// are its period. A year fills to the right over the columns it is merged
// over.
func (h *head) wide() {
	var base plan
	labelled := h.labelColumns(&base, none)
	h.identifyBySeries(&base)
	h.constants(&base)
	rules, err := h.settings.periodRules()
	if err != nil {
		return // the settings were checked
	}
	seen := map[period.Period]int{}
	for i := range h.rows[0].cells {
		text, own := h.joined(i, labelled)
		if labelled[i] || h.out.isSplit(i) {
			continue
		}
		if own && h.statusBeside(i, text) {
			continue
		}
		if !own {
			h.out.unnamed = append(h.out.unnamed, i)
			continue
		}
		p, err := joinedPeriod(rules, text)
		if err == nil {
			h.days.add(p, h.rows[0].line)
			p, err = h.settings.Period.standFor(p)
		}
		if err != nil {
			f := fault.From(err)
			h.blame(f.Code, i, strings.Join(text, " "), f.Expected)
			continue
		}
		if first, ok := seen[p]; ok {
			h.blame(fault.CSVDuplicateHeader, i, strings.Join(text, " "), "each period once; the other is column "+sheet.Letters(first))
			continue
		}
		seen[p] = i
		plan := base
		plan.skipEmpty = true
		plan.head(periodColumn, p.String(), i, h.rows[0])
		plan.set(valueColumn, i, strings.Join(text, " "))
		h.out.columns = append(h.out.columns, Column{sheet.Letters(i), strings.Join(text, " "), "period " + p.String()})
		h.out.plans = append(h.out.plans, plan)
	}
	if q, ok := h.days.question(); ok && h.settings.Period.DateStandsFor == "" {
		h.ask(q)
	}
	h.needAcross(&base, "a period", indicatorColumn, unitColumn)
}

// joined returns the header texts above a column, the first row's filled to
// the right, and whether the column has one of its own.
func (h *head) joined(column int, labelled map[int]bool) (texts []string, own bool) {
	for n, row := range h.rows[:min(len(h.rows), h.settings.headerRows())] {
		at := column
		for n == 0 && h.settings.headerRows() > 1 && at > 0 && cellAt(row, at) == "" && !labelled[at-1] {
			at--
		}
		if text := cellAt(row, at); text != "" {
			texts = append(texts, text)
			own = own || at == column
		}
	}
	return texts, own
}

func cellAt(row textRow, column int) string {
	if column < len(row.cells) {
		return row.cells[column]
	}
	return ""
}

// joinedPeriod reads the texts of a header as one period, in their order or
// the other way round.
func joinedPeriod(rules period.Rules, texts []string) (period.Period, error) {
	p, err := rules.Parse(strings.Join(texts, " "))
	if err == nil || len(texts) < 2 {
		return p, err
	}
	for _, joined := range []string{strings.Join(texts, ""), texts[1] + " " + texts[0]} {
		if p, err := rules.Parse(joined); err == nil {
			return p, nil
		}
	}
	return p, err
}

// labelColumns finds the columns that are labels: those that settings name,
// else those whose header is known. Without any, the first column is what
// otherwise names.
func (h *head) labelColumns(p *plan, otherwise meaning) map[int]bool {
	labelled := map[int]bool{}
	header := h.rows[0].cells
	for n, name := range h.settings.LabelColumns {
		at := n
		for i, text := range header {
			if foldHeader(text) == foldHeader(name) {
				at = i
			}
		}
		mapped, _ := h.mapped(name)
		if at >= len(header) {
			continue
		}
		labelled[at] = true
		if m := lookUp(mapped, tidyNames); m != none {
			h.state(p, m, at, header[at])
		} else if dimension, ok := h.dimension(mapped); ok {
			h.stateDimension(p, dimension, at, header[at])
		} else if otherwise != none && n == 0 {
			h.state(p, otherwise, at, header[at])
		} else {
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(at), header[at], "its name is not known"})
		}
	}
	if len(h.settings.LabelColumns) == 0 {
		h.knownLabels(p, labelled)
	}
	h.partLabels(p, labelled)
	if len(labelled) == 0 && otherwise != none && len(header) > 0 {
		labelled[0] = true
		h.state(p, otherwise, 0, header[0])
	}
	return labelled
}

func (h *head) knownLabels(p *plan, labelled map[int]bool) {
	for i, text := range h.rows[0].cells[:h.out.width] {
		name, _ := h.mapped(text)
		if word := h.settings.StatusColumns; word != "" && foldHeader(text) == foldHeader(word) {
			continue // each is of the value on its left
		}
		if name == ignore {
			labelled[i] = true
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), text, "a setting says so"})
		} else if m := lookUp(name, tidyNames); m != none {
			labelled[i] = true
			h.state(p, m, i, text)
		}
	}
}

// needAcross asks for what a table with columns across must state.
func (h *head) needAcross(base *plan, across string, needed ...meaning) {
	texts := h.labelTexts(base)
	h.askWords(texts)
	if _, err := h.labels.Match(catalog.Areas, ""); err != nil {
		needed = append(needed, areaColumn)
	}
	for _, m := range needed {
		told := base.slots[m].stated || base.series && m != periodColumn
		if !told && (m != unitColumn || !h.unitsInLabels(texts)) {
			h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line, Reason: "no column states " + m.String(),
				Answer: "label_columns=<header>,…, or constants." + m.String() + "=<text>"})
		}
	}
	if len(h.out.plans) == 0 && h.tally.total == 0 {
		h.ask(Question{Need: "layout", Code: fault.AskLayout, Line: h.rows[0].line, Reason: "no column names " + across,
			Answer: "layout=tidy, wide or indicators_across, and header_rows"})
	}
}

// partLabels takes the parts of split columns for labels.
func (h *head) partLabels(p *plan, labelled map[int]bool) {
	for i := h.out.width; i < len(h.rows[0].cells); i++ {
		if !labelled[i] {
			labelled[i] = true
			h.column(p, i, h.rows[0].cells[i], tidyNames)
		}
	}
}
