package ingest

import (
	"context"
	"io"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/vintage"
)

// Store is what importing needs of a database. A lost or busy database is a
// fault of kind Unavailable.
type Store interface {
	// Now returns max(clock, the newest recorded instant).
	Now(ctx context.Context) (time.Time, error)

	// Office returns what the database was created with.
	Office(ctx context.Context) (obs.Office, error)

	// Newest returns the catalogue as it stands now.
	Newest(ctx context.Context) (*catalog.Catalog, error)

	// Preceding returns, for each ask, the standing version in force at the
	// ask's instant of publication, recorded until now, whether it is visible
	// yet or not; nil where there is none. A batch is at most 1,000 asks.
	Preceding(ctx context.Context, asks []Ask) ([]*obs.Version, error)

	// Standing returns how many periods have a version in force now for each
	// of the series codes, in their order; 0 for a series that is not there.
	Standing(ctx context.Context, codes []string) ([]int, error)

	// Series returns every stored series, whatever stands of it.
	Series(ctx context.Context) ([]*obs.Series, error)

	// Histories calls each with every standing version of the families that
	// counts at the instant of publication, recorded until now, whether it is
	// visible yet or not, and whose period lies between the days or across
	// them: ordered by family, series code, end, then longest first, and in
	// each period by publication, then revision. The version is reused
	// between calls.
	Histories(ctx context.Context, families []string, first, last period.Date, until time.Time, each func(*obs.Version) error) error

	// Rates returns the rates in force at the point, visible yet or not.
	Rates(ctx context.Context, at vintage.Point) ([]fx.Rate, error)

	// Same returns the standing import of the same bytes, profile, dataset
	// and embargo, if there is one.
	Same(ctx context.Context, upload obs.Upload, embargo time.Time) (obs.Import, bool, error)

	// Keep stores an upload, its original byte for byte and the report of
	// its reading, and publishes nothing.
	Keep(ctx context.Context, upload obs.Upload, report []byte, original io.Reader) (obs.Import, error)

	// Publish stores everything that rows puts as one revision in one
	// transaction, or nothing. When rows returns an error that error is
	// returned and nothing is stored. The upload is kept in the same
	// transaction unless the release names an import that is kept already.
	// One that was published and still stands, and one that Same finds, is a
	// fault of kind Conflict with code import_stands.
	Publish(ctx context.Context, release obs.Release, original io.Reader, rows func(put func(obs.Entry) error) error) (obs.Revision, error)

	// PublishRates is Publish for rates. A rate that equals the standing one
	// of its feed, pair, kind and period is not stored again; a revision of
	// nothing new is still recorded.
	PublishRates(ctx context.Context, release obs.Release, original io.Reader, rows func(put func(fx.Rate) error) error) (obs.Revision, error)

	// Import returns a kept import with its events; an unknown id is a fault
	// of kind NotFound with code unknown_import.
	Import(ctx context.Context, id string) (obs.Import, error)

	// Original writes the kept bytes of an import.
	Original(ctx context.Context, id string, w io.Writer) error
}

// Ask names a series, a period and an instant of publication.
type Ask struct {
	Code        string
	Period      period.Period
	PublishedAt time.Time
}
