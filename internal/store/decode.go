package store

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"bellwether/internal/figure"
	"bellwether/internal/obs"
	"bellwether/internal/period"
)

// The columns of a version, in the order in which every statement gives them.
const (
	columnSeries = iota
	columnEnd
	columnStart
	columnPublished
	columnRevision
	columnState
	columnValue
	columnDecimals
	columnMultiplier
	columnStatus
	columnReason
	columnWords
	columnWithdrawn
	columnIndexed
	columnNote
	columnSource
	columnSheet
	columnLine
	columnColumn
	columnCell
	versionColumns
)

// versionReader turns rows into versions. It takes each value as the driver
// made it, without a detour over reflection, and reuses its room.
type versionReader struct {
	known   *knowledge
	cells   []any // what the driver returned
	targets []any // pointers to cells
}

// newVersionReader reads rows of before columns, a version, and after columns.
func newVersionReader(known *knowledge, before, after int) *versionReader {
	r := &versionReader{known: known, cells: make([]any, before+versionColumns+after)}
	r.targets = make([]any, len(r.cells))
	for i := range r.cells {
		r.targets[i] = &r.cells[i]
	}
	return r
}

func (r *versionReader) scan(rows *sqlx.Rows) error { return rows.Scan(r.targets...) }

// read fills v from the version that starts at the column first.
func (r *versionReader) read(first int, v *obs.Version) error {
	c := r.cells[first : first+versionColumns]
	end, err := asDate(c[columnEnd])
	if err != nil {
		return err
	}
	start, err := asDate(c[columnStart])
	if err != nil {
		return err
	}
	if v.Period, err = period.Between(start, end); err != nil {
		return err
	}
	v.Published = asInstant(c[columnPublished])
	v.State = obs.State(asInt(c[columnState]))
	v.Status, v.Reason, v.Text = asText(c[columnStatus]), asText(c[columnReason]), asText(c[columnWords])
	v.Withdrawn, v.Indexed = asBool(c[columnWithdrawn]), asBool(c[columnIndexed])
	v.Note = asText(c[columnNote])
	v.Origin = obs.Origin{
		Sheet: asText(c[columnSheet]), Line: int(asInt(c[columnLine])),
		Column: int(asInt(c[columnColumn])), Cell: asText(c[columnCell]),
	}
	v.Value, err = readValue(v.State, c[columnValue], int(asInt(c[columnDecimals])), int(asInt(c[columnMultiplier])))
	if err != nil {
		return err
	}
	return r.refer(asInt(c[columnSeries]), asInt(c[columnRevision]), asInt(c[columnSource]), v)
}

// refer fills in what the numbers of a row stand for.
func (r *versionReader) refer(seriesID, revision, source int64, v *obs.Version) error {
	k := r.known
	if seriesID > int64(len(k.series)) || revision > int64(len(k.revisions)) || source > int64(len(k.sources)) {
		return errUnknownNumber
	}
	v.Series = k.series[seriesID-1]
	v.Revision, v.RecordedAt = k.revisions[revision-1].publicID, k.revisions[revision-1].recorded
	v.Source = obs.Source{}
	if source > 0 {
		v.Source = k.sources[source-1]
	}
	return nil
}

var (
	// errUnknownNumber is a defect: statements ask only for rows that refer to
	// what is known.
	errUnknownNumber = errors.New("a row refers to what is not known")

	// errMovedOn says that superseded_at may speak of a later state than the
	// one that is known.
	errMovedOn = errors.New("the database has moved on")
)

// readValue builds the value of a row. Where decimals are negative the text
// ends in as many zeros that are not significant.
func readValue(state obs.State, stored any, decimals, multiplier int) (figure.Value, error) {
	text := asText(stored)
	switch {
	case text == "":
		return figure.New(0, decimals, multiplier), nil
	case state == obs.Nil:
		return figure.New(0, decimals, multiplier).Exact(), nil
	case decimals >= 0:
		return figure.Parse(text, multiplier)
	case text == "0":
		return figure.New(0, decimals, multiplier), nil
	}
	v, err := figure.Parse(text[:max(len(text)+decimals, 0)], multiplier-decimals)
	return v.At(multiplier), err
}

// asking answers a read of what was recorded until an instant with what is
// known, brought forward first where the instant lies after it.
func (s *Store) asking(ctx context.Context, recorded time.Time, ask func(*knowledge) error) error {
	k, err := s.current(ctx)
	if err != nil {
		return err
	}
	if recorded.After(k.recorded) && !recorded.Equal(k.head.Instant) {
		if err := s.learn(ctx); err != nil {
			return err
		}
		k = s.known.Load()
	}
	return failure(ctx, ask(k))
}
