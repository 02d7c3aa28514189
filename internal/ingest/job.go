package ingest

import (
	"context"
	"encoding/json"
	"io"

	"bellwether/internal/catalog"
	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// File is an upload that can be read more than once. Every Open gives the same
// bytes from their beginning.
type File struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// Limits bounds what is read and reported. The fault of the file that breaks a
// bound names it and the setting that it comes from. Zero takes the default.
type Limits struct {
	Bytes     int64 // 1 GiB
	Rows      int   // 5,000,000
	Columns   int   // 1,000
	CellBytes int   // 64 KiB
	Errors    int   // findings in a report, 1,000; all are counted
}

func (l Limits) sheet() sheet.Limits {
	return sheet.Limits{Bytes: l.Bytes, Rows: l.Rows, Columns: l.Columns, CellBytes: l.CellBytes}
}

func (l Limits) errors() int {
	if l.Errors <= 0 {
		return 1000
	}
	return l.Errors
}

// Progress is told how far a stage is: inspect and check in bytes of the file,
// store in statements.
type Progress func(stage string, done, total int64)

// The stages of an import.
const (
	InspectStage = "inspect"
	CheckStage   = "check"
	StoreStage   = "store"
)

// job is one file on its way through the checks into the store.
type job struct {
	file     File // as it was handed in
	text     File // what it holds, where it is packed
	settings Settings
	readWith string // what the settings come from
	labels   Labels
	moment   Moment
	limits   Limits
	progress Progress
	store    Store            // for the difference; nil: none is made
	words    *catalog.Catalog // for what is held against each other; nil: nothing is

	options  sheet.Options
	facts    sheet.Facts // of the file
	inside   sheet.Facts // of its text
	layout   *layout
	reader   *reader
	errors   *tally
	warnings *tally
	repeated marks // statements that repeat an earlier one

	report *Report
	table  *table // of the checking reading
	levels int
	claims int
	rates  int
	first  []FirstRow

	refused []confirmation // what would confirm the rates that were refused
}

func newJob(file File, s Settings, labels Labels, m Moment, l Limits) (*job, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if s.Currency != "" && !isMoney(labels, s.Currency) {
		return nil, fault.New(fault.Invalid, fault.SettingInvalid, "currency is %q, which is the code of no currency", fault.Clip(s.Currency)).
			Expect("the ISO 4217 code of a currency, such as CNY")
	}
	options, err := s.options(l.sheet())
	if err != nil {
		return nil, err
	}
	r, err := newReader(s, labels, m)
	if err != nil {
		return nil, err
	}
	j := &job{file: file, text: textOf(file), settings: s, labels: labels, moment: m, limits: l, options: options, reader: r,
		errors: newErrors(l.errors()), warnings: newWarnings(l.errors()), progress: func(string, int64, int64) {}}
	j.report = &Report{File: FileFacts{Name: file.Name}, Kind: Observations, Questions: []Question{}, Notes: []string{}}
	j.first = []FirstRow{}
	return j, nil
}

// check reads the file and reports everything that is wrong with it. The error
// is for what is not the file's doing: a store or a disk that fails, a request
// that is cancelled.
func (j *job) check(ctx context.Context) (*Report, error) {
	if err := j.inspect(); err != nil {
		return nil, err
	}
	if j.sound() {
		if err := j.readHeader(); err != nil {
			return nil, err
		}
	}
	if j.sound() {
		if err := j.readRows(ctx); err != nil {
			return nil, err
		}
	}
	return j.finish(), j.propose()
}

// sound reports whether the file can be read on.
func (j *job) sound() bool { return j.errors.total == 0 && len(j.report.Questions) == 0 }

// ask adds a question to the report.
func (j *job) ask(q Question) {
	if q.Line > 0 {
		q.Sheet = j.errors.sheet
	}
	j.report.Questions = append(j.report.Questions, q)
}

// blameFile keeps a fault of the file for the report and returns any other error.
func (j *job) blameFile(err error) error {
	if err == nil {
		return nil
	}
	e := fault.From(err)
	if len(e.Items) == 0 {
		return err
	}
	item := e.Items[0]
	switch e.Code {
	case fault.AskEncoding:
		j.ask(Question{Need: "encoding", Code: e.Code, Line: item.Line, Reason: e.Detail, Answer: e.Expected})
	case fault.AskSheet:
		j.ask(Question{Need: "sheet", Code: e.Code, Value: item.Value, Reason: e.Detail, Answer: e.Expected})
	case fault.AskLineEnding:
		j.ask(Question{Need: "line_ending", Code: e.Code, Line: item.Line, Reason: e.Detail, Answer: e.Expected})
	default:
		j.errors.add(findingOf(item))
	}
	return nil
}

// readHeader looks at the first rows, asks what only a person can know, and
// lays the table out.
func (j *job) readHeader() error {
	rows, broken, err := sample(j.text, j.options)
	if err != nil {
		return err
	}
	q, asked, err := askDelimiter(j.text, j.options, rows)
	if err != nil {
		return err
	}
	if asked {
		j.ask(q)
		return nil
	}
	if len(rows) < j.settings.headerRows() {
		if broken != nil {
			j.errors.add(*broken)
			return nil
		}
		j.errors.add(Finding{Code: fault.CSVEmpty, Expected: "a header and rows"})
		return nil
	}
	h := &head{settings: j.settings, labels: j.labels, feeds: j.moment.Feeds, rows: rows, tally: j.errors}
	if !h.isPublished() {
		if q, asked = askHeaderRow(j.settings, rows); !asked {
			q, asked = askLayout(j.settings, rows)
		}
	}
	if asked {
		j.ask(q)
		return nil
	}
	j.layout = h.build()
	j.report.Kind = j.layout.kind
	if j.layout.areas != nil {
		j.reader.areas = newAreaBook(j.layout.areas, j.settings.Areas)
	}
	for _, q := range h.asked {
		j.ask(q)
	}
	if len(j.layout.plans) == 0 && j.sound() {
		j.ask(Question{Need: "columns", Code: fault.AskColumns, Line: rows[0].line, Reason: "no column has a header that is understood, such as a period or a currency",
			Answer: "columns.<header>=<what it states>, or skip_lines where the header stands further down"})
	}
	return nil
}

// finish makes the report of what was found.
func (j *job) finish() *Report {
	r := j.report
	if j.reader.totals != nil {
		j.ask(*j.reader.totals)
	}
	r.Errors, r.ErrorTotal, r.ErrorCounts = j.errors.first(), j.errors.total, j.errors.groups()
	r.ErrorGroups = j.errors.alike.sorted()
	r.Warnings, r.WarningTotal, r.WarningCounts = j.warnings.first(), j.warnings.total, j.warnings.groups()
	if r.Difference != nil {
		r.Difference.Contradicted = contradicted(r.WarningCounts)
	}
	r.Understood = j.understood()
	if j.table != nil {
		r.File.Rows, r.File.Blank = j.table.given, j.table.blank
		r.Notes = append(r.Notes, j.table.notes...)
	}
	r.judge()
	return r
}

func (j *job) understood() Understood {
	u := Understood{Profile: j.readWith, Layout: j.settings.Layout, Delimiter: ",", Columns: []Column{}, Ignored: []Ignored{},
		Constants: []Default{}, Defaults: []Default{}, Settings: json.RawMessage(j.settings.Canonical()),
		Levels: j.levels, Claims: j.claims, Rates: j.rates, First: j.first}
	if u.Layout == "" {
		u.Layout = Tidy
	}
	if j.options.Book != nil {
		u.Delimiter = ""
	}
	if j.options.Delimiter != 0 {
		u.Delimiter = string(j.options.Delimiter)
	}
	if j.layout != nil {
		u.Columns = append(u.Columns, j.layout.columns...)
		u.Ignored = append(u.Ignored, j.layout.ignored...)
	}
	for _, name := range sortedKeys(j.settings.Constants) {
		u.Constants = append(u.Constants, Default{Name: name, Value: j.settings.Constants[name]})
	}
	for _, taken := range []Default{
		{"currency", j.moment.Currency, j.reader.assumed.currency.rows},
		{"published_at", "the instant of recording", j.reader.assumed.published.rows},
		{"growth_comparison", "yoy", j.reader.assumed.comparison.rows},
	} {
		if taken.Rows > 0 {
			u.Defaults = append(u.Defaults, taken)
		}
	}
	return u
}
