package ingest

import (
	"time"

	"bellwether/internal/fault"
	"bellwether/internal/fx"
	"bellwether/internal/sheet"
	"bellwether/internal/vintage"
)

// publication returns the effective instant of publication of a row: the later
// of its own and the embargo; zero is the instant of recording.
func (r *reader) publication(row *sheet.Row, p *plan, c *calendar) time.Time {
	m := publishedAtColumn
	if len(p.cell(row, m)) == 0 {
		m = publishedColumn
	}
	cell := p.cell(row, m)
	if len(cell) == 0 {
		r.assumePublication(row, p)
		return r.effective(time.Time{})
	}
	found := c.publication(cell, r.moment.Now)
	if found.err != nil {
		r.blame(row, p, problemOf(m, string(cell), found.err))
		return time.Time{}
	}
	if m == publishedAtColumn {
		r.compareDays(row, p, c, found.at)
	}
	r.checkRelease(row, p, m, found.at)
	return r.effective(found.at)
}

// ratePublication is publication for a rate. Where the row does not say when,
// a feed that states its hour published the rate on the last day of its
// period at that hour.
func (r *reader) ratePublication(row *sheet.Row, p *plan, rate *fx.Rate) time.Time {
	c := r.calendarOf(rate.Feed)
	silent := len(p.cell(row, publishedAtColumn)) == 0 && len(p.cell(row, publishedColumn)) == 0
	if !silent || c.hour == 0 || rate.Period.IsZero() {
		return r.publication(row, p, c)
	}
	at := c.on(rate.Period.Last())
	m := periodColumn
	if !p.slots[m].stated {
		m = dateColumn
	}
	r.checkRelease(row, p, m, at)
	return r.effective(at)
}

// assumePublication notes that a row does not say when it was published.
func (r *reader) assumePublication(row *sheet.Row, p *plan) {
	if r.warnings == nil {
		return
	}
	r.assumed.published.add(row)
	f := r.place(row, &p.slots[publishedColumn], publishedColumn)
	f.Code, f.Expected = fault.PublishedAtAssumed, "the date or instant of publication; without one the instant of recording is taken"
	r.warnings.addFirst(f)
}

// compareDays refuses a row whose date and instant of publication differ.
func (r *reader) compareDays(row *sheet.Row, p *plan, c *calendar, at time.Time) {
	cell := p.cell(row, publishedColumn)
	if len(cell) == 0 {
		return
	}
	day := c.publication(cell, r.moment.Now)
	if day.err != nil && fault.CodeOf(day.err) != fault.PublicationTimeMissing {
		r.blame(row, p, problemOf(publishedColumn, string(cell), day.err))
		return
	}
	if stated := vintage.DayOf(at, c.zone).String(); stated != string(cell) {
		r.blame(row, p, problem{meaning: publishedColumn, code: fault.PublicationConflict, value: fault.Clip(string(cell)),
			expected: stated + ", the day of published_at, or an empty cell"})
	}
}

// checkRelease refuses a publication that is later than the release of the
// import. While the release is open it is worth a warning.
func (r *reader) checkRelease(row *sheet.Row, p *plan, m meaning, at time.Time) {
	if !at.After(r.moment.Now) || !at.After(r.moment.Release) {
		return
	}
	if r.moment.Open {
		r.warn(row, p, m, fault.EmbargoNeeded, string(p.cell(row, m)), "publication of the import at "+at.Format(time.RFC3339)+" or later")
		return
	}
	r.blame(row, p, problem{meaning: m, code: fault.PublishedAfterRelease, value: fault.Clip(string(p.cell(row, m))),
		expected: "a publication that has come, or an import that is published at " + at.Format(time.RFC3339) + " or later"})
}

// effective is the later of a publication and the embargo.
func (r *reader) effective(at time.Time) time.Time { return later(at, r.moment.Release) }

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
