package ingest

import (
	"encoding/json"
	"slices"

	"bellwether/internal/diff"
	"bellwether/internal/fault"
	"bellwether/internal/obs"
)

// The verdicts on a file.
const (
	Accept       = "accept"        // it can be published
	NeedsProfile = "needs_profile" // a question has to be answered first
	Reject       = "reject"        // it has errors
)

// Report says what was understood of a file, what is wrong with it and what
// would change. The dry run and the real run give the same one.
type Report struct {
	File       FileFacts       `json:"file"`
	Kind       string          `json:"kind"` // observations or rates
	State      obs.ImportState `json:"state"`
	Verdict    string          `json:"verdict"`
	Questions  []Question      `json:"questions"`
	Proposed   []Proposal      `json:"proposed,omitempty"` // settings that would answer questions, or the errors where there is none
	Accepted   []Proposal      `json:"accepted,omitempty"` // earlier proposals that were confirmed as a whole
	Understood Understood      `json:"understood"`

	Errors      []Finding `json:"errors"` // the first ones, what shifts rows before what is in cells
	ErrorTotal  int       `json:"error_total"`
	ErrorCounts []Count   `json:"error_counts"`
	ErrorGroups []Alike   `json:"error_groups"` // the first thousand

	Warnings      []Finding `json:"warnings"` // the first ones, what a person should look at before what was merely read somehow
	WarningTotal  int       `json:"warning_total"`
	WarningCounts []Count   `json:"warning_counts"`

	Notes      []string    `json:"notes"` // the footnotes of the table
	Difference *Difference `json:"difference"`
}

// FileFacts says what file it is.
type FileFacts struct {
	Name     string `json:"name"`
	Sheet    string `json:"sheet,omitempty"` // of a workbook: the one that was read
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Encoding string `json:"encoding"`   // xlsx of a workbook; empty while a question asks for it
	Rows     int    `json:"rows"`       // below the header, blank ones and footnotes left out
	Blank    int    `json:"blank_rows"` // rows whose cells are all empty
}

// Understood says what the file was taken for.
type Understood struct {
	Profile   string          `json:"profile,omitempty"` // what the settings come from, such as nbs@3
	Layout    string          `json:"layout"`
	Delimiter string          `json:"delimiter"`
	Columns   []Column        `json:"columns"`
	Ignored   []Ignored       `json:"ignored"`
	Constants []Default       `json:"constants"`
	Defaults  []Default       `json:"defaults"` // what the file does not state and was taken for granted
	Settings  json.RawMessage `json:"settings"`
	Levels    int             `json:"levels"` // figures
	Claims    int             `json:"claims"` // reported growths
	Rates     int             `json:"rates"`
	First     []FirstRow      `json:"first"` // the first figures and growths as they were read, at most five
}

// Default is something that holds for rows which do not state it.
type Default struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Rows  int    `json:"rows,omitempty"`
}

// Difference says what would change against what stands. The counts are of the
// statements of the file, each against what precedes it in the store or in an
// earlier release of the file itself. Figures counts every figure that the file
// speaks of once, as it stands now against as it would stand: the difference
// that the revision will have.
type Difference struct {
	diff.Counts
	Figures diff.Counts `json:"figures"`
	// Contradicted is how often figures of the file cannot be true beside others:
	// each has a warning.
	Contradicted int      `json:"contradicted"`
	Late         int      `json:"late"`      // of all these, publications older than what stands
	Kept         int      `json:"kept"`      // periods of the same series that stand and are not in this file
	Revisions    []Change `json:"revisions"` // the largest first
	Series       []Touch  `json:"series"`    // by code
	SeriesAll    int      `json:"series_total"`
}

// Change is one figure that would be revised. From and To are numbers at the
// multiplier, which is that of the new number, and that of the earlier one
// where there is no new one; a word stands where there is no number.
type Change struct {
	Series     string `json:"series"`
	Period     string `json:"period"`
	Line       int    `json:"line"`
	From       string `json:"from"`
	To         string `json:"to"`
	Multiplier int    `json:"multiplier"`
	Percent    string `json:"percent,omitempty"` // of the earlier value, two decimals; none of percentages
}

// Touch says what would change in one series.
type Touch struct {
	Series string `json:"series"`
	diff.Counts
	Kept int `json:"kept"`
}

// JSON returns the report as it is stored and answered. Its text is the same
// for the same file against the same state.
func (r *Report) JSON() ([]byte, error) { return json.Marshal(r) }

// Fault returns why the file cannot be published, with every finding that the
// report shows; nil when it can. It is of kind Forbidden where the file writes
// to a dataset that is not for who publishes it, else Refused.
func (r *Report) Fault() error {
	var e *fault.Error
	switch {
	case r.Verdict == Accept:
		return nil
	case slices.ContainsFunc(r.ErrorCounts, func(c Count) bool { return c.Code == fault.DatasetForbidden }):
		e = fault.New(fault.Forbidden, fault.DatasetForbidden, "the file writes to a dataset that is for others to edit, so nothing is stored")
	case r.Verdict == NeedsProfile:
		e = fault.New(fault.Refused, fault.ImportHasQuestions, "the file has open questions, so nothing is stored")
	default:
		e = fault.New(fault.Refused, fault.ImportRefused, "the file has errors, so nothing is stored")
	}
	for _, q := range r.Questions {
		e.Items = append(e.Items, q.Item())
	}
	for _, f := range r.Errors {
		e.Items = append(e.Items, f.Item())
	}
	return e
}

// judge sets the verdict: whatever belongs to the earliest step of reading
// decides.
func (r *Report) judge() {
	r.Verdict, r.State = Accept, obs.Reviewed
	first := totalRank + 1
	for _, f := range r.Errors {
		if rank(f.Code) < first {
			first, r.Verdict = rank(f.Code), Reject
		}
	}
	for _, q := range r.Questions {
		if rank(q.Code) < first || rank(q.Code) == first && len(r.Errors) > 0 && r.Errors[0].Code == fault.ColumnUnmapped {
			first, r.Verdict = rank(q.Code), NeedsProfile
		}
	}
	if r.Verdict != Accept {
		r.State = obs.Refused
	}
}
