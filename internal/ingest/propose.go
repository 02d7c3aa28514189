package ingest

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// Proposal is one setting under which a file could be read on, found by
// looking at the file. Nothing is read by it unless somebody confirms it.
type Proposal struct {
	Code   fault.Code `json:"code"` // the question or error that it answers
	Line   int        `json:"line,omitempty"`
	Key    string     `json:"key"`
	Value  string     `json:"value"`
	Reason string     `json:"reason"`           // what in the file speaks for it
	Others []string   `json:"others,omitempty"` // values that the file may mean as well, so that only a person can say
	Ask    bool       `json:"ask,omitempty"`    // nothing in the file says it, so that only a person can, also where one value is likely
}

// Open reports whether only a person can say it.
func (p Proposal) Open() bool { return p.Ask || len(p.Others) > 0 }

// maxProposals bounds how often a file is read on with another setting.
const maxProposals = 40

// Detected is what can be found out about how a file is to be read.
type Detected struct {
	Settings Settings   // those asked with, and every proposal in Taken
	Taken    []Proposal // in the order in which the file needed them
	Report   *Report    // of a reading under Settings; what it still asks nothing answers
}

// Detect reads a file again and again, each time with the settings that it was
// proposed to be read on with, until nothing is open or only a person can say.
// It stores nothing.
func (s *Service) Detect(ctx context.Context, req Request) (*Detected, error) {
	d := &Detected{Settings: req.Settings}
	for range maxProposals {
		req.Settings = d.Settings
		report, err := s.review(ctx, req)
		if err != nil {
			return nil, err
		}
		d.Report = report
		d.Report.Accepted = d.Taken
		if !d.take(report.Proposed) {
			break
		}
	}
	return d, nil
}

// accepted returns the request with the proposals confirmed that leave nothing
// open, where it confirms them.
func (s *Service) accepted(ctx context.Context, req Request) (Request, []Proposal, error) {
	if !req.Accept {
		return req, nil, nil
	}
	d, err := s.Detect(ctx, req)
	if err != nil {
		return req, nil, err
	}
	req.Settings = d.Settings
	return req, d.Taken, nil
}

// take takes the proposals that leave nothing open, and reports whether the
// settings are others now.
func (d *Detected) take(proposed []Proposal) (changed bool) {
	proposed = slices.DeleteFunc(slices.Clone(proposed), Proposal.Open)
	before := d.Settings.Canonical()
	for _, p := range proposed {
		with, err := d.Settings.With(p.Key, p.Value)
		if err != nil {
			return false
		}
		d.Settings = with
	}
	if d.Settings.Canonical() == before {
		return false
	}
	d.Taken = append(d.Taken, proposed...)
	return true
}

// propose looks for what would answer the questions, or the errors where there
// is none.
func (j *job) propose() error {
	r := j.report
	if len(r.Questions) == 0 {
		return j.proposeForErrors()
	}
	for _, q := range r.Questions {
		found, err := j.proposedFor(q)
		if err != nil {
			return err
		}
		r.Proposed = append(r.Proposed, found...)
	}
	return nil
}

func (j *job) proposedFor(q Question) ([]Proposal, error) {
	switch q.Need {
	case "encoding":
		return j.proposedEncoding(q)
	case "line_ending":
		return []Proposal{q.proposed("line_ending", "cr", "no line ends in another way")}, nil
	case "layout":
		rows, _, err := sample(j.text, j.options)
		return proposedLayout(q, rows), err
	case "columns":
		return j.proposedColumns(q)
	case "total_labels":
		return []Proposal{q.proposed("total_labels", strings.Join(append(slices.Clone(j.settings.TotalLabels), q.Value), ","), q.Reason)}, nil
	}
	key, value, ok := strings.Cut(q.Answer, "=")
	if _, word, known := findKey(key); !ok || !known || strings.Contains(word, "<") || strings.ContainsAny(value, "<,") && q.Need != "delimiter" {
		return nil, nil
	}
	return []Proposal{q.proposed(key, value, q.Reason)}, nil
}

func (q Question) proposed(key, value, reason string) Proposal {
	return Proposal{Code: q.Code, Line: q.Line, Key: key, Value: value, Reason: reason}
}

// proposedLayout says how a table with something across is laid out: how many
// header rows make its periods, and which columns stand before them.
func proposedLayout(q Question, rows []textRow) []Proposal {
	if strings.HasPrefix(q.Answer, "layout="+IndicatorsAcross) {
		return []Proposal{q.proposed("layout", IndicatorsAcross, q.Reason)}
	}
	header, first, periods := 0, 0, 0
	for n := 1; n <= 2 && n < len(rows); n++ {
		if before, found := periodColumns(rows[:n]); found > periods && before > 0 {
			header, first, periods = n, before, found
		}
	}
	if periods == 0 {
		return nil
	}
	all := []Proposal{q.proposed("layout", Wide, strconv.Itoa(periods)+" columns have a period above them")}
	if header > 1 {
		all = append(all, q.proposed("header_rows", strconv.Itoa(header), "only both rows together make periods"))
	}
	if labels := rows[0].cells[:first]; !slices.ContainsFunc(labels, func(l string) bool { return l == "" || strings.Contains(l, ",") }) {
		all = append(all, q.proposed("label_columns", strings.Join(labels, ","), "they stand before the first period"))
	}
	return all
}

// periodColumns counts the columns under which header rows are a period, when
// all from the first one on are.
func periodColumns(rows []textRow) (first, periods int) {
	h := head{settings: Settings{HeaderRows: len(rows)}, rows: rows}
	rules, err := h.settings.periodRules()
	if err != nil {
		return 0, 0
	}
	for i := range rows[0].cells {
		texts, own := h.joined(i, nil)
		_, err := joinedPeriod(rules, texts)
		switch {
		case err == nil && own:
			if periods == 0 {
				first = i
			}
			periods++
		case periods > 0 && own:
			return 0, 0
		}
	}
	return first, periods
}

// encodingsTried are those that a file which is no UTF-8 may be in, the
// stricter ones first.
var encodingsTried = []sheet.Encoding{sheet.UTF16LE, sheet.UTF16BE, sheet.GB18030, sheet.Big5, sheet.Windows1252}

// proposedEncoding tries encodings and keeps those under which the whole file
// is text and its first rows have words that are known. Of several it proposes
// none above the others.
func (j *job) proposedEncoding(q Question) ([]Proposal, error) {
	var found []Proposal
	best := 0
	for _, encoding := range encodingsTried {
		known, err := j.knownUnder(encoding)
		if err != nil {
			return nil, err
		}
		p := q.proposed("encoding", string(encoding), strconv.Itoa(known)+" words at its beginning are known ones when read so")
		switch {
		case known > best:
			found, best = []Proposal{p}, known
		case known == best && known > 0:
			found[0].Others = append(found[0].Others, string(encoding))
		}
	}
	return found, nil
}

// knownUnder returns how many cells of the first rows are known words when the
// file is read in an encoding, 0 when it cannot be.
func (j *job) knownUnder(encoding sheet.Encoding) (known int, err error) {
	text, err := j.text.Open()
	if err != nil {
		return 0, err
	}
	defer text.Close()
	with := j.options
	with.Encoding = encoding
	if _, err := sheet.Inspect(text, with); err != nil {
		return 0, ignoreFileFault(err)
	}
	rows, _, err := sample(j.text, with)
	if err != nil {
		return 0, ignoreFileFault(err)
	}
	for _, row := range rows {
		for _, cell := range row.cells {
			if j.isKnown(cell) {
				known++
			}
		}
	}
	return known, nil
}

// ignoreFileFault is nil for what is wrong with the file.
func ignoreFileFault(err error) error {
	if e := fault.From(err); e != nil && len(e.Items) > 0 {
		return nil
	}
	return err
}
