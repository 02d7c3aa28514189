package ingest

import (
	"bytes"
	"slices"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// besideWords are what a status beside a value says of a value that is not
// there, and what we add to statuses of our own answers and compute anew; read
// only.
var (
	besideReasons = []string{"not_available", "nil_or_missing", "blank", "below_unit"}
	besideFlags   = []string{"contradicted", "guess"}
)

// noObservation is what our own tables say of a cell that nothing is known of.
const noObservation = "no_observation"

// statusBeside makes a column the status of the value on its left, where its
// header says so: the declared word, alone or behind the header of the value.
func (h *head) statusBeside(i int, texts []string) bool {
	word := h.settings.StatusColumns
	if word == "" || len(texts) == 0 || len(h.out.plans) == 0 {
		return false
	}
	p := &h.out.plans[len(h.out.plans)-1]
	value := p.slots[valueColumn]
	if value.column != i-1 {
		return false
	}
	name, _, _ := cutBrackets(value.header)
	text := strings.Join(texts, " ")
	if foldHeader(texts[len(texts)-1]) != foldHeader(word) && foldHeader(text) != foldHeader(name+" "+word) {
		return false
	}
	p.set(statusColumn, i, text)
	p.beside = true
	h.out.columns = append(h.out.columns, Column{sheet.Letters(i), text, statusColumn.String()})
	return true
}

// statusRow says which rows state the statuses of the row above them.
type statusRow struct {
	column int // from 0; -1: there are none
	word   string
	first  int // where the statuses stand behind the cells of the row above
}

// statusRows finds the column that tells rows of statuses, and gives every
// value the status below it.
func (h *head) statusRows() {
	h.out.status.column = -1
	for name, word := range h.settings.StatusRows {
		at := -1
		for _, row := range h.rows[:min(h.settings.headerRows(), len(h.rows))] {
			if found := slices.IndexFunc(row.cells, func(text string) bool { return foldHeader(text) == foldHeader(name) }); at < 0 && found >= 0 {
				at = found
			}
		}
		if at < 0 || at >= h.out.width {
			h.ask(Question{Need: "status_rows", Code: fault.AskColumns, Line: h.rows[0].line, Value: fault.Clip(name),
				Reason: "no column is called what status_rows says", Answer: "status_rows.<header>=" + word})
			continue
		}
		h.out.status = statusRow{column: at, word: word, first: h.out.width}
		for _, s := range h.out.splits {
			h.out.status.first += len(s.names)
		}
		for i := range h.out.plans {
			p := &h.out.plans[i]
			if value := p.slots[valueColumn]; value.stated {
				p.slots[statusColumn] = slot{stated: true, below: true, column: h.out.status.first + value.column, header: value.header}
				p.beside = true
			}
		}
	}
}

// checkStatuses refuses settings of statuses that nothing can be read with.
func (s Settings) checkStatuses() error {
	for header, word := range s.StatusRows {
		if word == "" || len(s.StatusRows) > 1 || s.StatusColumns != "" {
			return invalidSetting("status_rows."+header, word, "the word in that column that tells rows of statuses, once, and no status_columns")
		}
	}
	return nil
}

// isStatus reports whether a row states the statuses of the one above.
func (t *table) isStatus(row *sheet.Row) bool {
	s := t.layout.status
	return s.word != "" && row.Fault == nil && s.column < len(row.Cells) && strings.EqualFold(string(trim(row.Cells[s.column])), s.word)
}

// paired returns a row with the statuses of the row below it behind its cells,
// empty ones where none follows.
func (t *table) paired(row *sheet.Row) (*sheet.Row, error) {
	if t.layout.status.word == "" {
		return row, nil
	}
	if t.isStatus(row) {
		t.blame(row, fault.StatusRowAlone, t.layout.status.column, "a row of values above it")
		t.faced = true
		return nil, nil
	}
	kept := &sheet.Row{Line: row.Line, Number: row.Number}
	for _, cell := range row.Cells {
		kept.Cells = append(kept.Cells, bytes.Clone(cell))
	}
	if row.Raw != nil {
		for _, cell := range row.Raw {
			kept.Raw = append(kept.Raw, bytes.Clone(cell))
		}
	}
	t.below = place{kept.Line, kept.Number}
	next, err := t.candidate()
	switch {
	case err != nil && next == nil:
		t.ending = err
	case t.isStatus(next):
		if !t.fits(next) || !t.goesWith(kept, next) {
			t.faced = true
			return nil, nil
		}
		t.below = place{next.Line, next.Number}
		kept.Cells = append(kept.Cells, next.Cells[:t.layout.width]...)
		return kept, nil
	default:
		t.peeked = next
	}
	for range t.layout.width {
		kept.Cells = append(kept.Cells, nil)
	}
	return kept, nil
}

// goesWith refuses a row of statuses whose labels are not those of the row
// above: empty or equal, but for the word.
func (t *table) goesWith(values, statuses *sheet.Row) bool {
	figures := map[int]bool{}
	for i := range t.layout.plans {
		figures[t.layout.plans[i].slots[valueColumn].column] = true
	}
	for i := range t.layout.width {
		cell := trim(statuses.Cells[i])
		if figures[i] || i == t.layout.status.column || len(cell) == 0 || bytes.Equal(cell, trim(values.Cells[i])) {
			continue
		}
		t.blame(statuses, fault.StatusRowAlone, i, "the label of the row above, or an empty cell")
		return false
	}
	return true
}

// place is where a row stands.
type place struct{ line, number int }

// besideStatus is a status beside or below a value, read.
type besideStatus struct {
	letters string
	taken   bool
	reason  string // of a value that is not there
	note    string
	silent  bool // nothing is stated
}

// readBeside reads letters and words: those of the SDMX list, those that are
// declared as marks, and those that our own tables write.
func (r *reader) readBeside(cell []byte) (besideStatus, error) {
	var b besideStatus
	var letters []string
	for _, part := range strings.FieldsFunc(string(cell), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		meant, declared := r.notation.Marks[part]
		switch {
		case part == noObservation:
			b.silent = true
		case declared && markStatus[meant] != "":
			letters = append(letters, markStatus[meant])
		case declared && meant == "normal":
			letters = append(letters, "A")
		case declared:
			b.note = joinNote(b.note, meant)
		case slices.Contains(besideReasons, part):
			b.reason = part
		case slices.Contains(besideFlags, part):
		default:
			letters = append(letters, part)
		}
	}
	var err error
	b.letters, b.taken, err = status([]byte(strings.Join(letters, ";")))
	return b, err
}

// speaks reports whether the status of an empty value says something of it.
func (r *reader) speaks(row *sheet.Row, p *plan) bool {
	cell := p.cell(row, statusColumn)
	if !p.beside || len(cell) == 0 {
		return false
	}
	b, err := r.readBeside(cell)
	return err != nil || !b.silent && (b.taken || b.reason != "" || strings.ContainsAny(b.letters, noValue+"N"))
}

func joinNotes(note, more string) string {
	if more == "" {
		return note
	}
	return joinNote(note, more)
}
