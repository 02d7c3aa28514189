package query

import (
	"context"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// Store is what reading needs of a database. Every answer is exactly that of
// its point: what was published until at.Published and recorded until
// at.Recorded, nothing later, whatever else commits meanwhile. A lost or busy
// database is a fault of kind Unavailable.
type Store interface {
	// Head returns the newest change that is visible now.
	Head(ctx context.Context) (obs.Head, error)

	// Moment reports whether at is a point that some visible change made,
	// so that a state token can be told from an invented one.
	Moment(ctx context.Context, at vintage.Point) (bool, error)

	// NewestChange returns the instant of the newest change that was visible
	// at an instant, which is not after now; where nothing was visible yet,
	// that of the first one, and the zero time where nothing is visible now.
	NewestChange(ctx context.Context, until time.Time) (time.Time, error)

	// Office returns what the database was created with.
	Office(ctx context.Context) (obs.Office, error)

	// Catalog returns the catalogue as it stood at the point.
	Catalog(ctx context.Context, at vintage.Point) (*catalog.Catalog, error)

	// Scan calls each with the version in force of every selected series and
	// period, withdrawn ones included, ordered by family, series code, end,
	// then longest first. The version is reused between calls: copy what is
	// kept. An error of each stops the scan and is returned.
	Scan(ctx context.Context, sel Selection, at vintage.Point, each func(*obs.Version) error) error

	// Versions is Scan over every standing version that is visible at the
	// point, in each period ordered by publication, then revision.
	Versions(ctx context.Context, sel Selection, at vintage.Point, each func(*obs.Version) error) error

	// Coverage returns the selected series on which something stands at the
	// point, ordered by code, with their spans. Relatives is ignored.
	Coverage(ctx context.Context, sel Selection, at vintage.Point) ([]obs.Coverage, error)

	// Rates returns the rates in force at the point, in the order of feed,
	// base, quote, kind, end, start.
	Rates(ctx context.Context, at vintage.Point) ([]fx.Rate, error)

	// RatesMark returns what tells the rates in force at the point from those
	// at others: at two points with the same mark, Rates returns the same. It
	// costs little.
	RatesMark(ctx context.Context, at vintage.Point) (RatesMark, error)

	// Revisions returns up to limit visible revisions, newest visible first,
	// that became visible before the named one (the newest ones when before
	// is empty), and how many there are in all.
	Revisions(ctx context.Context, at vintage.Point, before string, limit int) ([]obs.Revision, int, error)

	// Revision returns one visible revision; an unknown or hidden id is a
	// fault of kind NotFound with code unknown_revision.
	Revision(ctx context.Context, id string, at vintage.Point) (obs.Revision, error)

	// RevisionsSince returns up to limit visible revisions that became visible
	// after the instant since, the oldest first, those behind the named one
	// (the first ones when after is empty), and how many there are in all.
	RevisionsSince(ctx context.Context, at vintage.Point, since time.Time, after string, limit int) ([]obs.Revision, int, error)

	// Stated calls each with every version, recorded and published until the
	// point, of each series and period of which the named revision, or the one
	// that it undoes, states something: in the order of Versions, undone ones
	// included, with the instant at which that was recorded (zero: it stands).
	// The revision need not be visible. An unknown id is a fault of kind
	// NotFound with code unknown_revision.
	Stated(ctx context.Context, id string, at vintage.Point, each func(v *obs.Version, undone time.Time) error) error

	// StatedRates is Stated for rates, in the order of Rates.
	StatedRates(ctx context.Context, id string, at vintage.Point, each func(*RateVersion) error) error

	// Recorded returns a revision, visible or not. The fault is
	// unknown_revision of kind NotFound.
	Recorded(ctx context.Context, id string) (obs.Revision, error)

	// Undoable returns the revision, visible or not, when it could be undone
	// now. Faults: unknown_revision of kind NotFound; already_undone,
	// undo_of_undo and catalogue_not_undone of kind Conflict.
	Undoable(ctx context.Context, id string) (obs.Revision, error)

	// Datasets returns the codes of the datasets that a revision, visible or
	// not, states figures of, in order. The fault is unknown_revision.
	Datasets(ctx context.Context, id string) ([]string, error)
}

// RatesMark stands for a set of rates: those that the first changes up to and
// with Change left, as far as they were public by then. The zero mark stands
// for none.
type RatesMark struct {
	Change    int64
	Published time.Time
}

// Selection names the series and periods of a scan. An empty list does not
// restrict. Codes are canonical series codes and lift every other list.
type Selection struct {
	Codes      []string
	Indicators []string
	Areas      []string
	Units      []string // as in series.Key, lower case
	Measures   []string
	Scenarios  []string
	Datasets   []string
	Whole      bool            // only series without breakdowns
	Relatives  bool            // also every other series of the selected ones' families
	Periods    []period.Period // exact
	From       period.Date     // periods whose end (exclusive) is after it; 0 with FromSet false
	FromSet    bool

	// Newest leaves out of every family what ends more than 13 months before
	// the newest ends, so many, of each of its series; 0: nothing. Reading may
	// give more.
	Newest int
}
