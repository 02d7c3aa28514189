package ingest

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// split is a column whose cells hold several texts. They stand behind the
// cells of the row, from column first on; the row's own cells stay where they
// are.
type split struct {
	column, first int
	separator     string
	names         []string
}

// splitColumns adds the parts of the columns that settings split to the header
// rows, behind their own cells.
func (h *head) splitColumns() {
	header := h.rows[0].cells
	for _, name := range slices.Sorted(maps.Keys(h.settings.SplitColumns)) {
		at := slices.IndexFunc(header, func(text string) bool { return foldHeader(text) == foldHeader(name) })
		if at < 0 {
			h.ask(Question{Need: "split_column", Code: fault.AskColumns, Line: h.rows[0].line, Value: fault.Clip(name),
				Reason: "no column is called what split_column says", Answer: "split_column.<header>=<separator>"})
			continue
		}
		s := split{column: at, separator: h.settings.SplitColumns[name], first: h.out.width}
		for _, part := range h.out.splits {
			s.first += len(part.names)
		}
		for _, part := range strings.Split(header[at], s.separator) {
			row, _, _ := strings.Cut(part, `\`) // what stands behind names the header itself
			s.names = append(s.names, strings.TrimSpace(row))
		}
		h.out.splits = append(h.out.splits, s)
	}
	for n := range h.rows {
		h.rows[n].cells = h.withParts(n)
	}
}

// withParts returns the cells of a row that was looked at with the parts of
// split cells behind them.
func (h *head) withParts(n int) []string {
	cells := slices.Clone(h.rows[n].cells)
	for len(cells) < h.out.width {
		cells = append(cells, "")
	}
	cells = cells[:h.out.width]
	for _, s := range h.out.splits {
		parts := s.names
		if n > 0 {
			parts = strings.Split(cells[s.column], s.separator)
		}
		for i := range s.names {
			cells = append(cells, strings.TrimSpace(cellAt(textRow{cells: parts}, i)))
		}
	}
	return cells
}

// whole returns the column that a part was split off, and any other column as
// it is.
func (l *layout) whole(column int) int {
	for _, s := range l.splits {
		if column >= s.first && column < s.first+len(s.names) {
			return s.column
		}
	}
	return column
}

// isSplit reports whether a column only stands for its parts.
func (l *layout) isSplit(column int) bool {
	return slices.ContainsFunc(l.splits, func(s split) bool { return s.column == column })
}

// extend puts the parts of split cells behind a row that fits the header. It
// refuses a cell with more or fewer parts than its header.
func (t *table) extend(row *sheet.Row) bool {
	good := true
	for _, s := range t.layout.splits {
		parts := bytes.Split(row.Cells[s.column], []byte(s.separator))
		if len(parts) != len(s.names) {
			t.blame(row, fault.CSVRagged, s.column, strconv.Itoa(len(s.names))+" parts, as its header has")
			good = false
			continue
		}
		row.Cells = append(row.Cells, parts...)
	}
	return good
}

// checkSplits refuses separators that separate nothing.
func (s Settings) checkSplits() error {
	for header, separator := range s.SplitColumns {
		if separator == "" {
			return invalidSetting("split_column."+header, separator, "what stands between the parts, such as a comma")
		}
	}
	return nil
}
