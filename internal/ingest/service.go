package ingest

import (
	"context"
	"io"
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/obs"
	"bellwether/internal/series"
	"bellwether/internal/vintage"
)

// Service is the one way of files into the store, for every door.
type Service struct {
	store  Store
	clock  func() time.Time
	limits Limits
	feeds  []fx.Feed
}

// New returns a service that writes to store. The clock says what is still to
// come; limits bound what is read; feeds say in which zone and at what hour
// their rates are published.
func New(store Store, clock func() time.Time, limits Limits, feeds ...fx.Feed) *Service {
	return &Service{store: store, clock: clock, limits: limits, feeds: feeds}
}

// Publish says when an import becomes visible. The zero value does not
// publish.
type Publish struct {
	Now bool
	At  time.Time // the embargo of the whole import
}

// IsZero reports whether nothing is to be published.
func (p Publish) IsZero() bool { return !p.Now && p.At.IsZero() }

// ParsePublish reads now, or an instant such as 2026-12-01T10:00:00+08:00. An
// empty text publishes nothing; ok is false for any other.
func ParsePublish(text string) (p Publish, ok bool) {
	switch text {
	case "":
		return Publish{}, true
	case "now":
		return Publish{Now: true}, true
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return Publish{}, false
	}
	return Publish{At: at.UTC()}, true
}

// Request is a file on its way in.
type Request struct {
	File           File
	Settings       Settings
	ReadWith       string // what the settings come from: a profile such as nbs@3, or a file; empty for nothing
	By             string // the name of the key or command; a dataset may say which may write to it
	Message        string // for the public record
	Publish        Publish
	IdempotencyKey string // of the client; empty when it sent none
	Accept         bool   // whether proposals that leave nothing open are confirmed
	Progress       Progress
}

// Result is what became of a request.
type Result struct {
	Import   obs.Import
	Revision *obs.Revision // nil when nothing was published
	Report   *Report
	NoOp     bool // the same file stands already; Import is the earlier one
}

// Review reads a file and reports what an import of it would do. It stores
// nothing. Faults: setting_unknown, setting_invalid, release_in_past, and what
// the store returns; everything that is wrong with the file is in the report.
func (s *Service) Review(ctx context.Context, req Request) (*Report, error) {
	req, taken, err := s.accepted(ctx, req)
	if err != nil {
		return nil, err
	}
	report, err := s.review(ctx, req)
	if report != nil {
		report.Accepted = taken
	}
	return report, err
}

// review is Review under the settings of the request alone.
func (s *Service) review(ctx context.Context, req Request) (*Report, error) {
	j, err := s.job(ctx, req)
	if err != nil {
		return nil, err
	}
	return j.check(ctx)
}

// Import reads a file, and keeps it with its report or publishes it. A file
// that has errors or open questions is kept when it is not to be published,
// and refused when it is: the fault is of kind Refused with code
// import_refused or import_has_questions and the report's findings, or of kind
// Forbidden with code dataset_forbidden, and nothing is stored. The same file again is no new import while the earlier
// one stands: the report is then of this reading, and the import the earlier
// one.
func (s *Service) Import(ctx context.Context, req Request) (*Result, error) {
	req, taken, err := s.accepted(ctx, req)
	if err != nil {
		return nil, err
	}
	j, err := s.job(ctx, req)
	if err != nil {
		return nil, err
	}
	j.report.Accepted = taken
	if _, err := j.check(ctx); err != nil {
		return nil, err
	}
	upload := j.upload(req.By)
	if req.Publish.IsZero() {
		return s.keep(ctx, j, upload)
	}
	return s.settle(ctx, j, obs.Release{Upload: upload, Embargo: j.moment.Release, By: req.By, Message: withConfirmed(req.Message, req.Settings), Key: req.IdempotencyKey})
}

// settle publishes what was read, unless it is refused or stands already.
func (s *Service) settle(ctx context.Context, j *job, release obs.Release) (*Result, error) {
	refused := j.report.Fault()
	if fault.CodeOf(refused) != fault.DatasetForbidden {
		earlier, found, err := s.store.Same(ctx, release.Upload, release.Embargo)
		if err != nil || found && earlier.ID != release.ID {
			return noOp(earlier, j.report, err)
		}
	}
	if refused != nil {
		return &Result{Report: j.report}, refused
	}
	return s.publish(ctx, j, release)
}

// noOp is the result where an earlier import of the same file stands: that
// import, and the report of the reading now.
func noOp(earlier obs.Import, report *Report, err error) (*Result, error) {
	if err != nil {
		return nil, err
	}
	report.State = earlier.State
	return &Result{Import: earlier, Report: report, NoOp: true}, nil
}

// Publish publishes an import that was kept. It is read and checked anew, so
// that the report is that of the state as it is now. Faults: unknown_import,
// those of Import, and a Conflict where it is published already.
func (s *Service) Publish(ctx context.Context, importID string, p Publish, by string) (*Result, error) {
	if p.IsZero() {
		return nil, fault.New(fault.Invalid, fault.SettingInvalid, "publishing needs an instant").Expect("now, or an instant")
	}
	kept, err := s.store.Import(ctx, importID)
	if err != nil {
		return nil, err
	}
	settings, err := ParseSettings(kept.Profile)
	if err != nil {
		return nil, err
	}
	spool, err := s.original(ctx, kept)
	if err != nil {
		return nil, err
	}
	defer spool.Close()
	j, err := s.job(ctx, Request{File: File{Name: kept.Name, Open: spool.Open}, Settings: settings, ReadWith: kept.ReadWith, Publish: p, By: by})
	if err != nil {
		return nil, err
	}
	if _, err := j.check(ctx); err != nil {
		return nil, err
	}
	return s.settle(ctx, j, obs.Release{ID: kept.ID, Upload: kept.Upload, Embargo: j.moment.Release, By: by, Message: withConfirmed("", settings)})
}

// job prepares the reading of a file at the state and instant of now.
func (s *Service) job(ctx context.Context, req Request) (*job, error) {
	labels, err := s.store.Newest(ctx)
	if err != nil {
		return nil, err
	}
	moment, err := s.moment(ctx, req.Publish)
	if err != nil {
		return nil, err
	}
	moment.By = req.By
	j, err := newJob(req.File, req.Settings, labels, moment, s.limits)
	if err != nil {
		return nil, err
	}
	j.store, j.words, j.readWith = s.store, labels, req.ReadWith
	if req.Progress != nil {
		j.progress = req.Progress
	}
	return j, nil
}

func (s *Service) moment(ctx context.Context, p Publish) (Moment, error) {
	office, err := s.store.Office(ctx)
	if err != nil {
		return Moment{}, err
	}
	zone, err := time.LoadLocation(office.Zone)
	if err != nil {
		return Moment{}, fault.Wrap(err, fault.Internal, fault.InternalError, "the office's time zone %q is not known here", office.Zone)
	}
	now, err := s.store.Now(ctx)
	if err != nil {
		return Moment{}, err
	}
	m := Moment{Now: later(now, s.clock().UTC()), Open: p.IsZero(), Zone: zone, Currency: office.Currency, Feeds: s.feeds}
	if p.At.IsZero() {
		return m, nil
	}
	m.Release = vintage.Micros(p.At)
	if !m.Release.After(m.Now) {
		return Moment{}, fault.New(fault.Invalid, fault.ReleaseInPast, "%s has gone by", p.At.UTC().Format(time.RFC3339)).
			Expect("an instant that is still to come, or now")
	}
	return m, nil
}

// upload says what was handed in, and how it was read.
func (j *job) upload(by string) obs.Upload {
	dataset := j.settings.Dataset
	if dataset == "" {
		dataset = series.Main
	}
	return obs.Upload{Name: j.file.Name, By: by, SHA256: j.facts.SHA256, Size: j.facts.Bytes,
		Profile: j.settings.Canonical(), Dataset: series.Fold(dataset), ReadWith: j.readWith}
}

// keep stores the file and its report and publishes nothing.
func (s *Service) keep(ctx context.Context, j *job, upload obs.Upload) (*Result, error) {
	text, err := j.report.JSON()
	if err != nil {
		return nil, err
	}
	original, err := j.file.Open()
	if err != nil {
		return nil, err
	}
	defer original.Close()
	kept, err := s.store.Keep(ctx, upload, text, original)
	if err != nil {
		return nil, err
	}
	return &Result{Import: kept, Report: j.report}, nil
}

// publish stores everything that the file states as one revision.
func (s *Service) publish(ctx context.Context, j *job, release obs.Release) (*Result, error) {
	j.report.State = obs.Published
	if !release.Embargo.IsZero() {
		j.report.State = obs.Scheduled
	}
	text, err := j.report.JSON()
	if err != nil {
		return nil, err
	}
	release.Report = text
	var original io.Reader
	if release.ID == "" {
		file, err := j.file.Open()
		if err != nil {
			return nil, err
		}
		defer file.Close()
		original = file
	}
	revision, err := s.hand(ctx, j, release, original)
	if fault.CodeOf(err) == fault.ImportStands {
		return s.overtaken(ctx, j, release, err)
	}
	if err != nil {
		return nil, err
	}
	published, err := s.store.Import(ctx, revision.Import)
	if err != nil {
		return nil, err
	}
	return &Result{Import: published, Revision: &revision, Report: j.report}, nil
}

// overtaken is the result where the same file was published while this one was
// read. It is read anew, so that the report is that of the state as it is now.
func (s *Service) overtaken(ctx context.Context, j *job, release obs.Release, stands error) (*Result, error) {
	earlier, found, err := s.store.Same(ctx, release.Upload, release.Embargo)
	if err != nil {
		return nil, err
	}
	if !found || earlier.ID == release.ID {
		return nil, stands
	}
	again, err := s.job(ctx, Request{File: j.file, Settings: j.settings, ReadWith: j.readWith, By: release.By,
		Publish: Publish{Now: release.Embargo.IsZero(), At: release.Embargo}})
	if err != nil {
		return nil, err
	}
	report, err := again.check(ctx)
	return noOp(earlier, report, err)
}

// hand gives the store every statement of the second reading.
func (s *Service) hand(ctx context.Context, j *job, release obs.Release, original io.Reader) (obs.Revision, error) {
	total := int64(j.levels + j.claims + j.rates)
	if j.layout.kind == Rates {
		return s.store.PublishRates(ctx, release, original, func(put func(fx.Rate) error) error {
			return j.put(ctx, total, func(st *statement) error { return put(*st.rate) })
		})
	}
	return s.store.Publish(ctx, release, original, func(put func(obs.Entry) error) error {
		return j.put(ctx, total, func(st *statement) error { return put(st.Entry) })
	})
}
