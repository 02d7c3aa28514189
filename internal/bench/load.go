package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// largeBy is how many times as many rows the large import has.
const largeBy = 10

// load measures the import of all figures by the service's program, in a
// process of its own and into a new database, against the engine's load of the
// same rows, and how much memory the importing process takes.
func (b *bench) load(ctx context.Context, e *engine) ([]ratio, []peak, error) {
	var peaks []memory
	once := func(name string, load func(context.Context, *database) (time.Duration, error)) contender {
		return contender{name: name, operations: 1, once: func(ctx context.Context) (time.Duration, error) {
			return b.intoNew(ctx, e, load)
		}}
	}
	took, err := race(ctx, b.loads(), 0, []contender{
		once("import", func(ctx context.Context, d *database) (time.Duration, error) {
			run, err := b.importInto(ctx, d, figuresFile(b.dir), b.figures.rows())
			peaks = append(peaks, run.Peak)
			return run.Took, err
		}),
		once("observations", b.intoObservations),
		once("bare table", b.intoBareTable),
	})
	if err != nil {
		return nil, nil, err
	}
	imported := ratio{Name: "import", Engine: string(e.name), Way: "own process", Subject: "bellwether import --publish now"}
	ruled, bare := imported, imported
	ruled.Baseline, ruled.Goal = e.fastest()+" into the same table", "0.5"
	bare.Name, bare.Baseline = "import, no rules", e.fastest()+" into a table without rules"
	ratios := []ratio{
		newRatio(ruled, took["import"], took["observations"]),
		newRatio(bare, took["import"], took["bare table"]),
	}
	return ratios, []peak{{
		Engine: string(e.name), Rows: b.figures.rows(), Bytes: spreadOf(peaks), Took: spreadOf(took["import"]).Median,
	}}, nil
}

// loads is how many rounds of loads there are: a load takes seconds.
func (b *bench) loads() int { return min(b.rounds, 3) }

// loadLarge measures the memory of one import of many times the rows.
func (b *bench) loadLarge(ctx context.Context, e *engine) (peak, error) {
	large, err := newFigures(shape{series: b.figures.series, months: largeBy * b.figures.months})
	if err != nil {
		return peak{}, err
	}
	path := filepath.Join(b.dir, "large.csv")
	if err := writeFile(path, large.writeCSV); err != nil {
		return peak{}, err
	}
	var run childRun
	_, err = b.intoNew(ctx, e, func(ctx context.Context, d *database) (time.Duration, error) {
		run, err = b.importInto(ctx, d, path, large.rows())
		return run.Took, err
	})
	return peak{Engine: string(e.name), Rows: large.rows(), Bytes: spreadOf([]memory{run.Peak}), Took: run.Took}, err
}

// intoNew loads into a new place for a database, which it drops again.
func (b *bench) intoNew(ctx context.Context, e *engine, load func(context.Context, *database) (time.Duration, error)) (time.Duration, error) {
	d, err := e.blank(ctx)
	if err != nil {
		return 0, err
	}
	took, err := load(ctx, d)
	return took, errors.Join(err, d.drop(ctx))
}

// importInto makes the database of the service, lets the program import into
// it and counts.
func (b *bench) importInto(ctx context.Context, d *database, path string, rows int) (childRun, error) {
	if err := create(ctx, d); err != nil {
		return childRun{}, err
	}
	run, err := b.importFile(ctx, d, path)
	if err != nil {
		return childRun{}, err
	}
	db, err := d.raw()
	if err != nil {
		return childRun{}, err
	}
	defer db.Close()
	var stored int
	if err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM observation").Scan(&stored); err != nil {
		return childRun{}, err
	}
	if stored != rows {
		return childRun{}, fmt.Errorf("%d rows were imported, expected %d", stored, rows)
	}
	return run, nil
}

// oneMonthFile is where a file with one month of every series is.
func oneMonthFile(dir string) string { return filepath.Join(dir, "one-month.csv") }
