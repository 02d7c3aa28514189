package encode

import (
	"io"
	"slices"

	"bellwether/internal/catalog"
	"bellwether/internal/obs"
	"bellwether/internal/query"
	"bellwether/internal/series"
)

// templateLines writes a template: the identity and unit of each figure, empty
// cells for the figure, the growth reported beside it and its source, and behind
// them what was reported the year before.
type templateLines struct {
	cellWriter
	blank  func() // an empty cell for a text
	some   map[string]bool
	breaks []string // the dimensions, by code
	rows   *query.Template
}

// TemplateCSV writes a template as CSV.
func TemplateCSV(w io.Writer, t *query.Template, o Options) error {
	out := newCSVLines(newOutput(w), o.BOM)
	lines := newTemplateLines(cellWriter{lines: out}, func() { out.word(nil) }, t)
	if err := lines.write(); err != nil {
		return err
	}
	return out.flush()
}

// TemplateXLSX writes a template as a workbook. The cells to fill in hold text,
// so that the digits that are typed are those that are read.
func TemplateXLSX(w io.Writer, t *query.Template, m query.Moment, o Options) error {
	b := newBook(w, o, dataSheet, notesSheet)
	if err := newTemplateLines(b.cellWriter, b.file.Blank, t).write(); err != nil {
		return err
	}
	return b.finish(query.Head{Moment: m}, query.Tail{Warnings: []query.Warning{{Code: "template", Message: catalog.Text{
		En: "fill in value and, where there is one, growth_reported, with published and source; a row without them states nothing; the columns previous_… are not read",
		Zh: "请填写 value 和（如有）growth_reported，以及 published 和 source；未填写的行不表示任何内容；previous_… 各列不读取",
	}.In(o.Lang)}}})
}

func newTemplateLines(w cellWriter, blank func(), t *query.Template) *templateLines {
	l := &templateLines{cellWriter: w, blank: blank, some: map[string]bool{}, rows: t}
	for i := range t.Rows {
		for name, text := range more(&t.Rows[i].Key) {
			l.some[name] = l.some[name] || text != ""
		}
		for _, d := range t.Rows[i].Key.Breakdowns {
			if !slices.Contains(l.breaks, d.Dimension) {
				l.breaks = append(l.breaks, d.Dimension)
			}
		}
	}
	slices.Sort(l.breaks)
	return l
}

// moreColumns are the columns of identity that a template has where some row
// needs them; never changed.
var moreColumns = []string{"measure", "price_basis", "adjustment", "dataset"}

// more returns what a row needs in them, empty for what is taken anyway.
func more(key *series.Key) map[string]string {
	unless := func(text, otherwise string) string {
		if text == otherwise {
			return ""
		}
		return text
	}
	basis := series.Current
	if key.IsClaim() {
		basis = series.Unstated
	}
	return map[string]string{
		"measure": unless(string(key.Measure), string(series.Level)), "price_basis": unless(key.Basis, basis),
		"adjustment": unless(key.Adjustment, series.None), "dataset": unless(key.Dataset, series.Main),
	}
}

func (l *templateLines) write() error {
	l.heads("indicator", "indicator_label", "area", "period", "value", "unit", "multiplier", "growth_reported", "growth_comparison", "growth_basis")
	for _, name := range moreColumns {
		if l.some[name] {
			l.head(name)
		}
	}
	l.heads(l.breaks...)
	l.heads("published", "source", "note", "previous_period", "previous_value", "previous_growth")
	if err := l.end(); err != nil {
		return err
	}
	for i := range l.rows.Rows {
		if err := l.row(&l.rows.Rows[i]); err != nil {
			return err
		}
	}
	return nil
}

func (l *templateLines) row(r *query.TemplateRow) error {
	l.text(r.Key.Indicator)
	l.text(r.Label)
	l.text(r.Key.Area)
	l.date(l.rows.Period)
	l.blank()
	l.text(r.Unit)
	l.integer(r.Multiplier, r.Multiplier != 0)
	l.blank()
	l.text(r.Comparison)
	l.text(r.Basis)
	own := more(&r.Key)
	for _, name := range moreColumns {
		if l.some[name] {
			l.text(own[name])
		}
	}
	for _, dimension := range l.breaks {
		i := slices.IndexFunc(r.Key.Breakdowns, func(b series.Breakdown) bool { return b.Dimension == dimension })
		if i < 0 {
			l.text("")
		} else {
			l.text(r.Key.Breakdowns[i].Item)
		}
	}
	for range 3 { // published, source, note
		l.blank()
	}
	l.date(r.Previous.Period)
	l.value(r.Previous.Value, r.Previous.State == obs.Present)
	if r.Growth == nil {
		l.text("")
	} else {
		l.value(r.Growth.Value, r.Growth.State == obs.Present)
	}
	return l.end()
}
