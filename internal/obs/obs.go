// Package obs holds the records of the service: an observation as an office
// stated it, the series it belongs to, the revision that stored it, and the
// import it came from.
//
// The types are plain values that the store fills and the use cases read. The
// rules live elsewhere: what identifies a series in series, which version is
// in force in vintage, what may be said of a number in growth and check.
package obs

import (
	"time"

	"bellwether/internal/figure"
	"bellwether/internal/period"
	"bellwether/internal/series"
)

// Series is a stored series. Multiplier is the power of ten that its answers
// are written in: that of its first stored value, so that no later range or
// import moves it.
type Series struct {
	ID         int64
	Key        series.Key
	Code       string
	Multiplier int
}

// State says what stands in place of a value.
type State uint8

// The states of a value.
const (
	Present   State = iota // Value is the number as printed
	Missing                // no value; Reason is why
	Nil                    // a declared zero: Value is 0 with half-width 0
	BelowUnit              // below half a unit: no value, read as the interval 0 to half a unit of Value's precision
	InWords                // a growth in words; Text has it, no value
)

// Observation is what one release states about one period of one series.
type Observation struct {
	Period    period.Period
	State     State
	Value     figure.Value // as printed; its decimals and multiplier count also where State is BelowUnit
	Status    string       // CL_OBS_STATUS letters in the guideline's order, joined by ";"
	Reason    string       // why there is no value: not_available, nil_or_missing, blank, words, withdrawn
	Text      string       // a growth in words, as printed
	Withdrawn bool
	Indexed   bool // a claim printed as an index with the previous year = 100; Value is the growth in percent
	Note      string
	Published time.Time // the effective instant of publication in UTC; zero: the instant of recording
	Source    Source
	Origin    Origin
}

// Source is the publication that a number stands in.
type Source struct{ Name, URL string }

// Origin is the cell that a number was read from. Line and Column count from 1.
type Origin struct {
	Sheet  string
	Line   int
	Column int
	Cell   string // the cell's raw text
}

// Entry is an observation on its way into the store.
type Entry struct {
	Key series.Key
	Observation
}

// Version is a stored observation: one version of one series and period.
// Published is never zero here. A derived figure takes the place of one in
// answers: it is published and recorded when the last of the figures was that it
// follows from, its source, note and revision are empty where theirs differ, and
// where it does not follow it has no value and no instants.
type Version struct {
	Series *Series
	Observation
	Revision   string // the revision's public id
	RecordedAt time.Time
	Derived    *Derived // nil of what is stored; else a figure that no release states
}

// Head is the newest visible change that a node knows of. Change grows with
// every commit, also one that nobody may see yet, and never leaves the node.
type Head struct {
	Change  int64
	Instant time.Time // of the newest visible change; both halves of a live point
	Next    time.Time // when something more becomes visible; zero when nothing waits
}

// RevisionKind says what a revision did.
type RevisionKind string

// The kinds of a revision.
const (
	ByImport     RevisionKind = "import"
	ByUndo       RevisionKind = "undo"
	ByWithdrawal RevisionKind = "withdrawal"
	ByCatalog    RevisionKind = "catalogue"
	ByRates      RevisionKind = "rates"
)

// Revision is one change of what the service says. ID is public, twelve
// random hex digits.
type Revision struct {
	ID         string
	Kind       RevisionKind
	RecordedAt time.Time
	VisibleAt  time.Time // the one instant at which it becomes visible
	By         string    // the name of the key or command; never shown in the public record
	Message    string
	Import     string // the import's id, empty when it came from none
	Undoes     string // the id of the revision that it takes back
	Rows       int    // observations or rates that it states
}

// Upload is a file that was handed in. Profile is the canonical text of every
// setting that it is read with, so that the same bytes read otherwise are
// another import.
type Upload struct {
	Name    string // the file's base name
	By      string
	SHA256  string // hex
	Size    int64
	Profile string
	Dataset string
	// ReadWith names the kept profile that the settings come from, such as
	// nbs@3, or the file; empty where they were all given by themselves.
	ReadWith string
}

// ImportState is where an import stands.
type ImportState string

// The states of an import. A scheduled import is published when its instant
// has come; no job has to run.
const (
	Uploaded  ImportState = "uploaded"
	Reviewed  ImportState = "reviewed"
	Refused   ImportState = "refused"
	Scheduled ImportState = "scheduled"
	Published ImportState = "published"
	Cancelled ImportState = "cancelled"
	Undone    ImportState = "undone"
)

// Import is a kept upload and what became of it.
type Import struct {
	ID string // public, twelve random hex digits
	Upload
	State      ImportState
	At         time.Time // of the upload
	Revision   string    // the revision it was published as, empty before
	Embargo    time.Time // zero when it was published at once
	Report     []byte    // the report of its reading, JSON
	Rates      bool
	Operations []ImportEvent
}

// ImportEvent is one thing that happened to an import.
type ImportEvent struct {
	At     time.Time
	What   ImportState
	By     string
	Detail string
}

// Release is what is published in one transaction: an upload, its embargo and
// the one who publishes. ID is that of an import already kept; when it is
// empty the upload is kept in the same transaction.
type Release struct {
	ID      string
	Upload  Upload
	Report  []byte
	Embargo time.Time // zero: visible at once
	By      string
	Message string
	Key     string // the client's idempotency key, empty when it sent none
}

// Office is what a database is bound to when it is created.
type Office struct {
	Zone     string // IANA name; dates without a time are days there
	Currency string // ISO 4217, empty when none is declared
}

// Coverage is what stands of one series at a point: per frequency and
// accumulation the first and last period and their number.
type Coverage struct {
	Series *Series
	Spans  []Span
}

// Span is the coverage of one frequency and accumulation. Frequency is empty
// for periods that are none of A, S, Q, M, D.
type Span struct {
	Frequency   period.Frequency
	Accumulated bool // year-to-date periods that are not single ones
	First, Last period.Period
	Count       int
}

// Role is what a key may do; each includes those before it.
type Role string

// The roles.
const (
	Reader Role = "reader"
	Editor Role = "editor"
	Admin  Role = "admin"
)

// Key is an API key as it is listed; the secret itself is kept nowhere.
type Key struct {
	ID      string
	Name    string
	Role    Role
	Created time.Time
	Expires time.Time // zero: never
	Revoked time.Time // zero: not revoked
	Used    time.Time // to the minute; zero: never
}

// AuditEntry says who did or saw what.
type AuditEntry struct {
	ID      int64 // counts up; given by the store
	At      time.Time
	By      string
	Action  string // such as import.publish, key.create, import.read
	Subject string
	Detail  string
}

// AuditAsk says which entries of the audit log are wanted: up to Limit that
// came before the one with the id Before, or the newest where that is 0; of
// one author, action or subject where these are not empty.
type AuditAsk struct {
	Before              int64
	Limit               int
	By, Action, Subject string
}
