package ingest

import (
	"context"

	"bellwether/internal/obs"
)

// Reading says how a file is read without a store.
type Reading struct {
	Settings Settings
	Labels   Labels
	Moment   Moment
	Limits   Limits
}

// Statement is one observation that a file states, with the series' code, the
// physical line, and whether its label is declared to be that of a total.
type Statement struct {
	obs.Entry
	Code  string
	Line  int
	Total bool
}

// Read checks a whole file and then calls each, in the order of the file, with
// what it states; not at all when the report does not accept it. Rates are
// checked and not given out. There is no difference in the report. The error
// is what each returns, or what is not the file's doing.
func Read(ctx context.Context, file File, r Reading, each func(Statement) error) (*Report, error) {
	j, err := newJob(file, r.Settings, r.Labels, r.Moment, r.Limits)
	if err != nil {
		return nil, err
	}
	report, err := j.check(ctx)
	if err != nil || report.Verdict != Accept {
		return report, err
	}
	return report, j.put(ctx, int64(j.levels+j.claims+j.rates), func(s *statement) error {
		if s.rate != nil {
			return nil
		}
		return each(Statement{Entry: s.Entry, Code: s.named.code, Line: s.line, Total: s.id.total})
	})
}
