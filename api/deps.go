package api

import (
	"context"
	"io"
	"time"

	"bellwether/internal/catalog"
	"bellwether/internal/feed"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/period"
	"bellwether/internal/query"
)

// Query is what the API needs of reading; *query.Service gives it.
type Query interface {
	Office(context.Context) (obs.Office, *time.Location, error)
	At(context.Context, query.When) (query.Moment, error)
	Resolve(ctx context.Context, m query.Moment, code string) (canonical string, renamed bool, err error)
	Series(ctx context.Context, m query.Moment, code string, q query.Question, sink query.Sink) error
	Observations(ctx context.Context, m query.Moment, q query.Question, sink query.Sink) error
	Statistics(ctx context.Context, m query.Moment, code string, r query.Range, lang string) (*query.RevisionStatistics, error)
	Triangle(ctx context.Context, m query.Moment, code string, q query.Question, most int) (*query.Triangle, error)
	Table(ctx context.Context, m query.Moment, q query.Question, l query.Layout) (*query.Table, error)
	Catalog(context.Context, query.Moment) (*catalog.Catalog, error)
	List(ctx context.Context, m query.Moment, f query.Filter, lang string) ([]query.SeriesInfo, error)
	Suggest(ctx context.Context, m query.Moment, f query.Filter, lang string) ([]query.Suggestion, error)
	One(ctx context.Context, m query.Moment, code, lang string) (*query.SeriesInfo, error)
	Explain(ctx context.Context, m query.Moment, code string, p period.Period, v query.View) (*query.Explanation, error)
	Targets(context.Context, query.Moment, query.TargetsAsk) ([]query.TargetInfo, error)
	Rates(ctx context.Context, m query.Moment, f query.RatesFilter, lang string) (*query.RateList, error)
	Feeds(context.Context, query.Moment) ([]query.FeedInfo, error)
	Checks(ctx context.Context, m query.Moment, f query.CheckFilter, lang string) ([]query.CheckInfo, error)
	Convert(context.Context, query.Moment, query.ConvertAsk) (*query.Converted, error)
	Revisions(ctx context.Context, m query.Moment, after string, limit int) (*query.RevisionList, error)
	Revision(ctx context.Context, m query.Moment, id, lang string, page query.Page) (*query.RevisionDetail, error)
	Since(ctx context.Context, m query.Moment, token, after string, limit int) (*query.RevisionList, error)
	FirstRevision(context.Context, query.Moment) (query.RevisionInfo, error)
	MayUndo(ctx context.Context, id, by string) error
	Undoing(ctx context.Context, id, lang string) (*query.UndoReport, error)
	Undone(ctx context.Context, undo obs.Revision, lang string) (*query.UndoReport, error)
	Template(context.Context, query.Moment, query.TemplateAsk) (*query.Template, error)
	Export(ctx context.Context, m query.Moment, f query.Filter, each func(*obs.Version) error) error
}

// Store is what the API needs of the database itself; *store.Store gives it.
// Faults are as the store says them: Unavailable where it is busy or lost,
// NotFound with unknown_key or unknown_import for an id that is not there.
type Store interface {
	Head(context.Context) (obs.Head, error) // a look into memory
	Ping(context.Context) error
	Imports(ctx context.Context, limit int, before string) ([]obs.Import, error)
	Import(ctx context.Context, id string) (obs.Import, error)
	Original(ctx context.Context, id string, w io.Writer) error
	Cancel(ctx context.Context, importID, by string) error
	UndoOnce(context.Context, obs.UndoRequest) (obs.Revision, error)

	Profiles(context.Context) ([]obs.Profile, error)
	Profile(ctx context.Context, name string, version int) (obs.Profile, error)
	PutProfile(context.Context, obs.ProfileChange) (obs.Profile, error)

	KeyByID(ctx context.Context, id string) (obs.Key, []byte, error)
	Keys(context.Context) ([]obs.Key, error)
	CreateKey(ctx context.Context, key obs.Key, hash []byte) error
	RevokeKey(ctx context.Context, id string, at time.Time) error
	NoteKeyUse(context.Context, map[string]time.Time) error
	Audit(context.Context, obs.AuditEntry) error
	AuditLog(context.Context, obs.AuditAsk) ([]obs.AuditEntry, error)
}

// Ingest is what the API needs of importing; *ingest.Service gives it.
type Ingest interface {
	Import(context.Context, ingest.Request) (*ingest.Result, error)
	Publish(ctx context.Context, importID string, p ingest.Publish, by string) (*ingest.Result, error)
	MarkImport(ctx context.Context, importID, by string) (*ingest.Marked, error)
}

// Feed is what the API needs of taking rates from their publishers;
// *feed.Service gives it.
type Feed interface {
	Fetch(context.Context, feed.Request) (*feed.Result, error)
	Standings(context.Context) ([]feed.Standing, error)
}
