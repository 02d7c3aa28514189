package ingest

import (
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/period"
)

// blockRows are what offices call the rows of a header that stand above a
// column of periods, and what they most likely state; a person says whether
// they do.
var blockRows = map[string]string{
	"title": "indicator", "series_description": "indicator", "series_title": "indicator", "unit": "unit", "units": "unit", "单位": "unit", "指标": "indicator",
}

// askHeader finds several rows with names in front above a column of periods.
func askHeader(s Settings, rows []textRow) (Question, bool) {
	if s.Layout != "" || len(s.Header) > 0 || len(rows) == 0 {
		return Question{}, false
	}
	at := slices.IndexFunc(rows, func(row textRow) bool {
		_, err := period.Parse(row.cells[0])
		return err == nil
	})
	if at < 3 || at > 10 || !periodsDown(rows[at:]) {
		return Question{}, false
	}
	states := make([]string, at)
	for i, row := range rows[:at] {
		if len(row.cells) < 2 || row.cells[0] == "" {
			return Question{}, false
		}
		states[i] = ignore
		if what, ok := blockRows[foldHeader(row.cells[0])]; ok && !slices.Contains(states, what) {
			states[i] = what
		}
	}
	if !slices.Contains(states, "indicator") {
		return Question{}, false
	}
	return Question{Need: "header", Code: fault.AskHeader, Line: rows[0].line, Value: fault.Clip(rows[0].cells[0]),
		Reason: "several rows stand above a column of periods", Answer: "header=" + strings.Join(states, ",")}, true
}
