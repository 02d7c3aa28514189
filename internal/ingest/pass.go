package ingest

import (
	"context"
	"io"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
)

// everyRows is how many rows are read between two looks at the context and two
// reports of progress.
const everyRows = 1 << 12

// visit takes one statement; its ordinal counts the statements of the file.
type visit func(ordinal uint32, s *statement) error

// pass reads the whole file once and calls each with every statement. The
// table keeps what it found of rows that cannot be read in t, which may be
// nil. It is file_changed when the bytes are not those that were inspected.
func (j *job) pass(ctx context.Context, t *tally, each visit) (*table, error) {
	text, err := j.text.Open()
	if err != nil {
		return nil, err
	}
	defer text.Close()
	digest := sheet.NewDigest(text, j.options.Limits.WithDefaults().Bytes)
	options := j.options
	options.Header = j.layout.headRows
	rows, done, err := rowsOf(digest, options)
	defer done()
	if changed := j.changed(digest); changed != nil && options.Book != nil { // it was read to its end
		err = changed
	}
	if err != nil {
		return nil, err
	}
	table, err := newTable(rows, j.layout, j.settings, t)
	if err != nil {
		return nil, err
	}
	j.reader.layout, j.reader.below = j.layout, &table.below
	var ordinal uint32
	for n := 1; ; n++ {
		row, err := table.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return table, err
		}
		if n%everyRows == 0 {
			if err := ctx.Err(); err != nil {
				return table, err
			}
			if t != nil {
				j.progress(CheckStage, digest.Bytes(), j.inside.Bytes)
			}
		}
		if ordinal, err = j.statements(row, ordinal, each); err != nil {
			return table, err
		}
	}
	return table, j.changed(digest)
}

// changed refuses bytes that are not those that were inspected.
func (j *job) changed(read *sheet.Digest) error {
	if read.Sum() == j.inside.SHA256 {
		return nil
	}
	return fault.New(fault.Conflict, fault.FileChanged, "the file changed while it was read").
		Expect("a file that nothing writes to")
}

// statements reads one row under every plan.
func (j *job) statements(row *sheet.Row, ordinal uint32, each visit) (uint32, error) {
	silent := 0
	for i := range j.layout.plans {
		var found []statement
		if j.layout.kind == Rates {
			if j.layout.plans[i].silent(row) {
				silent++
				continue
			}
			found = j.reader.readRate(row, &j.layout.plans[i])
		} else {
			found = j.reader.read(row, &j.layout.plans[i])
		}
		for k := range found {
			if err := each(ordinal, &found[k]); err != nil {
				return ordinal, err
			}
			ordinal++
		}
	}
	if j.layout.areas != nil && silent == len(j.layout.plans) {
		j.reader.silentArea(row, &j.layout.plans[0])
	}
	return ordinal, nil
}

// readRows is the reading that checks everything.
func (j *job) readRows(ctx context.Context) error {
	j.reader.errors, j.reader.warnings = j.errors, j.warnings
	var seen, figures repeats
	defer seen.close()
	defer figures.close()
	sums := newTotals(j.settings)
	change := newDiffer(j.store, j.labels, later(j.moment.Now, j.moment.Release))
	held := j.newTruth(change.until)
	defer held.close()
	if err := j.guardRates(ctx, change); err != nil {
		return err
	}
	table, err := j.pass(ctx, j.errors, func(ordinal uint32, s *statement) error {
		j.count(s)
		sums.add(s)
		if err := held.add(ordinal, s); err != nil {
			return err
		}
		if err := change.add(ctx, s); err != nil {
			return err
		}
		if err := figures.add(s.figurePrint()); err != nil {
			return err
		}
		return seen.add(s.print())
	})
	j.table = table
	guard := j.reader.guard
	j.unguard()
	j.reader.compareAreas(j.report)
	j.reader.noteLeft(j.report)
	j.noteUnfilled(table)
	j.reader.errors, j.reader.warnings = nil, nil
	if err != nil {
		return j.blameRead(err)
	}
	j.blameUnmatched(guard)
	if table.given == 0 && !table.faced {
		j.errors.add(Finding{Code: fault.CSVNoRows, Expected: "rows below the header"})
	}
	if q, asked := table.question(); asked {
		j.ask(q)
	}
	if q, asked := j.reader.days.question(); asked {
		j.ask(q)
	}
	if table.shown != nil {
		j.ask(*table.shown)
	}
	if j.layout.trailing && j.options.Book == nil {
		j.warnings.add(Finding{Code: fault.TrailingDelimiter, Line: 1, Column: sheet.Letters(j.layout.width - 1), Expected: "no delimiter at the end of the lines"})
	}
	if err := j.checkRepeats(ctx, &seen); err != nil {
		return err
	}
	j.reader.mixed(j.warnings)
	sums.check(j.warnings)
	if change, err = j.differ(ctx, change, &figures); err != nil {
		return err
	}
	return j.holdTogether(ctx, held, change)
}

// blameRead keeps a fault of the file that ends the reading, and returns any
// other error. What stands behind it is not known, so nothing is said of the
// file as a whole.
func (j *job) blameRead(err error) error {
	if slices.Contains(endsReading, fault.CodeOf(err)) {
		j.errors.add(findingOf(fault.From(err).Items[0]))
		return nil
	}
	return err
}

func (j *job) count(s *statement) {
	j.show(s)
	switch {
	case s.rate != nil:
		j.rates++
	case s.level:
		j.levels++
		s.id.counts.count(s, 1)
	default:
		j.claims++
	}
}

// differ finishes the difference. Where the file states figures more than once
// it is made anew, release by release, and it is returned.
func (j *job) differ(ctx context.Context, change *differ, figures *repeats) (*differ, error) {
	if j.store == nil {
		return change, nil
	}
	several, err := figures.after(0, false, 1)
	if err != nil {
		return change, err
	}
	if len(several) > 0 {
		change = newDiffer(j.store, j.labels, change.until)
		taken, err := j.releases(ctx, figures, change)
		if err != nil {
			return change, err
		}
		if _, err := j.pass(ctx, nil, func(ordinal uint32, s *statement) error {
			if j.repeated.has(ordinal) || taken.has(ordinal) {
				return nil
			}
			return change.add(ctx, s)
		}); err != nil {
			return change, err
		}
	}
	d, err := change.finish(ctx)
	if err != nil {
		return change, err
	}
	j.report.Difference = d
	j.warnWithdrawals(change)
	j.warnCoarser(change)
	return change, nil
}

// put reads the file again and hands over every statement that does not repeat
// another.
func (j *job) put(ctx context.Context, total int64, each func(*statement) error) error {
	done := int64(0)
	_, err := j.pass(ctx, nil, func(ordinal uint32, s *statement) error {
		if done++; done%everyRows == 0 {
			j.progress(StoreStage, done, total)
		}
		if j.repeated.has(ordinal) {
			return nil
		}
		return each(s)
	})
	if err == nil {
		j.progress(StoreStage, total, total)
	}
	return err
}
