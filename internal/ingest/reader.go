package ingest

import (
	"hash/maphash"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/figure"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/sheet"
)

// Moment is when and where a file is read: what its dates mean and what it may
// say of the future.
type Moment struct {
	Now      time.Time      // the instant of recording, as far as it is known yet
	Release  time.Time      // the embargo of the whole import; zero: none
	Open     bool           // whether it is still open when the import will be released
	Zone     *time.Location // dates without a time are days there
	Currency string         // of plain 元 and $ where the settings name none
	Feeds    []fx.Feed      // whose zones and hours are known
	By       string         // the key or command that writes; empty: one that may write everything
}

// reader turns rows into statements. What it finds goes to errors and
// warnings; on a reading whose findings are known, both are nil.
type reader struct {
	settings Settings
	labels   Labels
	moment   Moment
	units    figure.UnitRules
	periods  period.Rules
	notation figure.Notation
	seed     maphash.Seed
	sheet    string // of a workbook

	errors, warnings *tally
	office           *calendar
	feeds            map[string]*calendar // by code
	totals           *Question            // the first label that looks like a total
	below            *place               // where the statuses of the row stand
	said             besideStatus         // of the row
	layout           *layout              // of the table that is read
	labelled         labelled
	left             rowCount   // out because of settings
	notFilled        rowCount   // of a template
	days             firstDays  // of the periods of figures
	areas            *areaBook  // of files that quote areas; nil otherwise
	guard            *rateGuard // of rates, on the reading that checks; nil otherwise

	scratch    []byte
	identities map[string]*identity
	spans      map[string]spanned
	texts      map[string]string
	inds       map[string]*indicatorUnits
	rateNames  map[string]*named
	moneys     map[string]money

	out     []statement
	bad     bool            // the row has an error
	blamed  map[string]bool // cells that several statements share and that were reported: of headers, and of this row
	assumed assumptions
}

// dated is a publication cell and spanned a period cell, read.
type (
	dated struct {
		at  time.Time
		err error
	}
	spanned struct {
		period period.Period
		err    error
	}
)

// assumptions counts the rows for which something was taken for granted.
type assumptions struct {
	currency   rowCount // the office's, for a plain 元 or $
	published  rowCount // the instant of recording
	comparison rowCount // yoy
}

// rowCount counts rows, each once however many figures it has.
type rowCount struct{ rows, last int }

func (c *rowCount) add(row *sheet.Row) {
	if row.Line != c.last {
		c.rows++
		c.last = row.Line
	}
}

// statement is one observation that a row states.
type statement struct {
	obs.Entry
	named *named
	id    *identity
	level bool
	line  int
	rate  *fx.Rate // of a file of rates; nil otherwise
}

// maxTexts bounds each cache of texts.
const maxTexts = 4096

func newReader(s Settings, labels Labels, m Moment) (*reader, error) {
	rules, err := s.periodRules()
	if err != nil {
		return nil, err
	}
	currency := s.Currency
	if currency == "" {
		currency = m.Currency
	}
	feeds, err := newFeedCalendars(m.Feeds, m.Zone)
	if err != nil {
		return nil, err
	}
	return &reader{
		labelled: s.labelled(), office: newCalendar(m.Zone), feeds: feeds,
		settings: s, labels: labels, moment: m, periods: rules, notation: s.notation(), seed: maphash.MakeSeed(),
		units:      figure.UnitRules{Currency: currency, Lookup: labels.LookupUnit},
		identities: map[string]*identity{}, spans: map[string]spanned{},
		texts: map[string]string{}, inds: map[string]*indicatorUnits{}, rateNames: map[string]*named{}, moneys: map[string]money{}, blamed: map[string]bool{},
	}, nil
}

// read returns what a row states under a plan. The statements are valid until
// the next call. A row with an error states nothing.
func (r *reader) read(row *sheet.Row, p *plan) []statement {
	r.out, r.bad = r.out[:0], false
	if p.skipEmpty && len(p.cell(row, valueColumn)) == 0 && !r.speaks(row, p) {
		return nil
	}
	if r.unfilled(row, p) {
		return nil
	}
	id := r.identity(row, p)
	if r.leaves(row, p, id) {
		return nil
	}
	r.blameIdentity(row, p, id)
	if id.plain && r.warnings != nil {
		r.assumed.currency.add(row)
	}
	base := obs.Observation{
		Period: r.partOfYear(row, p, id, r.span(row, p, periodColumn)), Published: r.publication(row, p, r.office),
		Note:   p.told(noteColumn, string(p.cell(row, noteColumn))),
		Source: obs.Source{Name: p.told(sourceColumn, r.text(p.cell(row, sourceColumn))), URL: r.url(row, p)},
	}
	letters, taken := r.status(row, p)
	base.Note = joinNotes(base.Note, r.said.note)
	if p.sdmx && r.sdmxRow(row, p, base.Period) {
		letters, taken = "", true
	}
	if id.key.IsClaim() {
		r.claimRow(row, p, id, base, letters, taken)
	} else {
		r.levelRow(row, p, id, base, letters, taken)
	}
	if r.bad || id.totals {
		return nil
	}
	return r.out
}

// blameIdentity reports what is wrong with the identifying cells of the row.
func (r *reader) blameIdentity(row *sheet.Row, p *plan, id *identity) {
	for _, found := range id.problems {
		r.blame(row, p, found)
	}
	for _, former := range id.renamed {
		r.warn(row, p, former.meaning, fault.RenamedCode, former.from, former.now)
	}
	for _, u := range id.unheld {
		r.warn(row, p, u.meaning, fault.LabelUnheld, u.from, "a label of "+u.now+", which is the code beside it")
	}
	if id.totals && r.totals == nil && r.errors != nil {
		label := string(p.cell(row, areaColumn))
		if catalog.Fold(label) != "合计" && catalog.Fold(label) != "总计" && catalog.Fold(label) != "total" {
			label = string(p.cell(row, indicatorColumn))
		}
		r.totals = &Question{Need: "total_labels", Code: fault.AskTotalLabels, Line: row.Line, Value: label,
			Reason: "a label means a total of other rows", Answer: "total_labels=" + label}
	}
}

// blame reports what is wrong with one cell, once where several statements
// share it.
func (r *reader) blame(row *sheet.Row, p *plan, found problem) {
	r.bad = true
	if r.errors == nil {
		return
	}
	s := &p.slots[found.meaning]
	if found.meaning == none && found.dimension < len(p.dimensions) {
		s = &p.dimensions[found.dimension].slot
	}
	f := r.place(row, s, found.meaning)
	f.Code, f.Value, f.Expected = found.code, found.value, found.expected
	if p.skipEmpty && found.meaning != valueColumn {
		key := f.Cell + " " + f.Column + " " + string(f.Code)
		if r.blamed[key] {
			return
		}
		r.blamed[key] = true
	}
	r.errors.add(f)
}

func (r *reader) warn(row *sheet.Row, p *plan, m meaning, code fault.Code, value, expected string) {
	if r.warnings == nil {
		return
	}
	f := r.place(row, &p.slots[m], m)
	f.Code, f.Value, f.Expected = code, fault.Clip(value), expected
	r.warnings.add(f)
}

// place says where a meaning stands in a row.
func (r *reader) place(row *sheet.Row, s *slot, m meaning) Finding {
	f := Finding{Line: row.Line}
	switch {
	case !s.stated:
		f.Column = m.String()
	case s.fixed && s.column >= 0:
		f.Line = s.line
		f.Column, f.Cell = calledAs(s.header, s.column), (&sheet.Row{Number: s.number}).Coordinate(s.column)
	case s.below:
		f.Line = r.below.line
		f.Column, f.Cell = calledAs(s.header, s.column), (&sheet.Row{Number: r.below.number}).Coordinate(s.column-r.layout.status.first)
	case s.column >= 0:
		f.Column, f.Cell = calledAs(s.header, s.column), row.Coordinate(r.layout.whole(s.column))
	default:
		f.Column = s.header
	}
	return f
}

// span reads a period.
func (r *reader) span(row *sheet.Row, p *plan, m meaning) period.Period {
	cell := p.cell(row, m)
	found, ok := r.spans[string(cell)]
	if !ok {
		if len(r.spans) >= maxTexts {
			clear(r.spans)
		}
		text := string(cell)
		found.period, found.err = r.periods.Parse(text)
		if found.err == nil && m == periodColumn {
			r.noteDay(row, p, found.period)
			found.period, found.err = r.settings.Period.standFor(found.period)
		}
		r.spans[text] = found
	}
	if found.err != nil {
		r.blame(row, p, problemOf(m, string(cell), found.err))
	}
	return found.period
}

// text returns a cell's text; equal ones share memory.
func (r *reader) text(cell []byte) string {
	if len(cell) == 0 {
		return ""
	}
	if text, ok := r.texts[string(cell)]; ok {
		return text
	}
	if len(r.texts) >= maxTexts {
		clear(r.texts)
	}
	text := string(cell)
	r.texts[text] = text
	return text
}

// url reads the address of a source. Nothing but the web is taken, since pages
// link to it.
func (r *reader) url(row *sheet.Row, p *plan) string {
	cell := p.cell(row, sourceURLColumn)
	text := r.text(cell)
	if text == "" || hasPrefixFold(text, "https://") || hasPrefixFold(text, "http://") {
		return text
	}
	r.blame(row, p, problem{meaning: sourceURLColumn, code: fault.SourceURLInvalid, value: fault.Clip(text), expected: "an address that begins with http:// or https://"})
	return ""
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) > len(prefix) && equalFold(text[:len(prefix)], prefix)
}

func equalFold(a, b string) bool {
	for i := range len(a) {
		c := a[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != b[i] {
			return false
		}
	}
	return true
}

func (r *reader) status(row *sheet.Row, p *plan) (letters string, taken bool) {
	cell := p.cell(row, statusColumn)
	r.said = besideStatus{}
	if p.beside {
		var err error
		if r.said, err = r.readBeside(cell); err != nil {
			r.blame(row, p, problemOf(statusColumn, string(cell), err))
		}
		return r.text([]byte(r.said.letters)), r.said.taken
	}
	if len(cell) == 1 && cell[0] == 'A' {
		return "A", false
	}
	letters, taken, err := status(cell)
	if err != nil {
		r.blame(row, p, problemOf(statusColumn, string(cell), err))
	}
	return r.text([]byte(letters)), taken
}

// origin says where the value of a statement stands.
func (r *reader) origin(row *sheet.Row, p *plan, m meaning) obs.Origin {
	return obs.Origin{Sheet: r.sheet, Line: row.Line, Column: r.layout.whole(p.slots[m].column) + 1, Cell: string(p.raw(row, m, r.layout))}
}
