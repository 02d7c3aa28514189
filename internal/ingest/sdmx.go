package ingest

import (
	"bytes"
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// sdmxNames are the columns of SDMX-CSV, 1.0 and 2.0, by the concepts of the
// SDMX cross-domain list.
var sdmxNames = []columnName{
	{structureColumn, []string{"structure", "structure_id", "structure_name", "dataflow"}},
	{actionColumn, []string{"action"}},
	{freqColumn, []string{"freq"}},
	{areaColumn, []string{"ref_area"}},
	{periodColumn, []string{"time_period"}},
	{valueColumn, []string{"obs_value"}},
	{statusColumn, []string{"obs_status"}},
	{confColumn, []string{"conf_status"}},
	{unitColumn, []string{"unit_measure"}},
	{multiplierColumn, []string{"unit_mult"}},
	{decimalsColumn, []string{"decimals"}},
}

// sdmxName is the concept of a header, which may have its name behind it:
// "REF_AREA: Reference area".
func sdmxName(header string) (name string, labelled bool) {
	name, _, labelled = strings.Cut(header, ":")
	return strings.TrimSpace(name), labelled
}

// isSDMX reports whether a header is that of SDMX-CSV: a flow or a structure
// in front, a period and a value.
func isSDMX(headers []string) bool {
	found := map[meaning]bool{}
	for _, header := range headers {
		name, _ := sdmxName(header)
		found[lookUp(name, sdmxNames)] = true
	}
	first, _ := sdmxName(headers[0])
	return lookUp(first, sdmxNames) == structureColumn && found[periodColumn] && found[valueColumn]
}

// sdmx maps the columns of SDMX-CSV. Any other column may be a dimension that
// tells figures apart, so that a setting has to say what it is.
func (h *head) sdmx(p *plan) {
	p.sdmx = true
	for i, header := range h.rows[0].cells {
		name, labelled := sdmxName(header)
		called, mapped := h.mapped(header)
		if !mapped {
			called, mapped = h.mapped(name)
		}
		m := lookUp(called, tidyNames)
		if !mapped && m == none {
			m = lookUp(name, sdmxNames)
		}
		dimension, isDimension := h.dimension(called)
		switch {
		case header == "":
			h.out.unnamed = append(h.out.unnamed, i)
		case mapped && called == ignore:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), header, "a setting says so"})
		case m == structureColumn:
			h.out.ignored = append(h.out.ignored, Ignored{sheet.Letters(i), header, "it names the structure of the file"})
		case m != none:
			h.state(p, m, i, header)
			p.slots[m].coded = labelled && m != periodColumn && m != valueColumn && m != noteColumn
		case isDimension:
			h.stateDimension(p, dimension, i, header)
			p.dimensions[len(p.dimensions)-1].slot.coded = labelled
		default:
			h.blame(fault.ColumnUnmapped, i, header, setWith("columns."+name, "indicator")+" or whatever it states, or "+setWith("columns."+name, ignore))
			h.ask(Question{Need: "columns", Code: fault.AskColumns, Line: h.rows[0].line, Column: header, Value: header,
				Reason: "a column of SDMX may tell figures apart", Answer: "columns." + name + "=<column>, or columns." + name + "=ignore"})
		}
	}
}

// uncoded takes the name of a code off a cell: "DE: Germany" is DE.
func uncoded(cell []byte) []byte {
	if at := bytes.Index(cell, []byte(":")); at > 0 {
		return trim(cell[:at])
	}
	return cell
}

// sdmxFrequencies are the codes of the SDMX list of frequencies that periods
// have here.
var sdmxFrequencies = map[string]period.Frequency{
	"A": period.Annual, "S": period.HalfYear, "H": period.HalfYear, "Q": period.Quarter, "M": period.Month, "D": period.Day, "B": period.Day,
}

// sdmxRow checks what SDMX says beside the figure: a frequency that is not the
// period's, and a confidentiality that nobody said may be published, are
// refused. It reports whether the row takes its figure back: the action D
// does, and every other states it.
func (r *reader) sdmxRow(row *sheet.Row, p *plan, span period.Period) (taken bool) {
	if freq := string(p.cell(row, freqColumn)); p.slots[freqColumn].stated && !span.IsZero() && sdmxFrequencies[freq] != span.Frequency() ||
		p.slots[freqColumn].stated && sdmxFrequencies[freq] == period.None {
		r.blame(row, p, problem{meaning: freqColumn, code: fault.FrequencyDiffers, value: fault.Clip(freq), expected: "the frequency of the period " + span.String() + ", as A, S, Q, M or D"})
	}
	if conf := string(p.cell(row, confColumn)); conf != "" && conf != "F" && !slices.Contains(r.settings.ConfStatus, conf) {
		r.blame(row, p, problem{meaning: confColumn, code: fault.ConfidentialUndeclared, value: fault.Clip(conf),
			expected: "F, which is free; or --set conf_status=" + conf + " if it may be published"})
	}
	switch action := string(p.cell(row, actionColumn)); action {
	case "", "I", "A", "M", "R":
		return false
	case "D":
		for i := range p.dimensions {
			if len(p.dimensions[i].slot.cell(row)) == 0 {
				r.blame(row, p, problem{meaning: none, dimension: i, code: fault.CellEmpty, expected: "an item: what is withdrawn is named whole"})
			}
		}
		return true
	default:
		r.blame(row, p, problem{meaning: actionColumn, code: fault.WordUnknown, value: fault.Clip(action), expected: "I, A, M or R, which state the figure, or D, which withdraws it"})
		return false
	}
}
