// Command bench measures the service beside what could be done at best, and
// prints ratios: answers that are kept, compressed and unchanged against Echo
// with constant bytes, answers made anew against a bare loop over the same
// statement, a conversion and what else may be asked against none, an import
// against the engine's load.
//
// Both sides of a ratio are measured in one run and in turns, so that what
// slows down the machine cancels; a time alone says little and is shown for
// orientation. Before anything is measured, both sides are made sure to give
// the same. The command asserts nothing about time.
//
//	go run ./internal/bench                     every engine that is there
//	go run ./internal/bench -engines sqlite -rounds 3 -seconds 0.1
//	go run ./internal/bench -only import        the imports alone
//	go run ./internal/bench -large              also an import of ten times the rows
//
// It owns how things are measured. What is measured is the service as the
// other packages make it, and nothing imports this one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// bench is one run.
type bench struct {
	engines string
	rounds  int
	slice   time.Duration // that each contender runs for in a round
	large   bool
	only    legs
	figures *figures
	euro    history
	program []string // the service's program and the words before its own
	dir     string
	log     io.Writer
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == measureWord {
		os.Exit(measure(os.Args[2:], os.Stdout, os.Stderr))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		stop()
		os.Exit(1)
	}
}

// command reads its words, measures, and writes the result.
func command(ctx context.Context, words []string, out, log io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(log)
	b := &bench{log: log, euro: euroHistory}
	flags.StringVar(&b.engines, "engines", "", "sqlite, postgres or both, with a comma; empty: those that are there")
	flags.IntVar(&b.rounds, "rounds", 25, "`rounds` of reads, and of imports if fewer than three")
	seconds := flags.Float64("seconds", 0.1, "`seconds` that each side runs for in a round")
	flags.BoolVar(&b.large, "large", false, "also import ten times the rows, for the memory that takes")
	flags.TextVar(&b.only, "only", legs{}, "`legs` to measure, with commas: "+strings.Join(legNames(), ", ")+"; empty: all of them")
	program := flags.String("program", "bin/bellwether", "the program that imports")
	file := flags.String("o", "bench.json", "the `file` that the result is written to as JSON")
	if err := flags.Parse(words); err != nil {
		return err
	}
	if b.rounds < 1 || flags.NArg() > 0 {
		return errors.New("at least one round is needed, and no further words")
	}
	b.slice = time.Duration(*seconds * float64(time.Second))
	path, err := filepath.Abs(*program)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("the program is not there; make build makes it: %w", err)
	}
	b.program = []string{path}
	if b.figures, err = newFigures(shape{series: 2_000, months: 200}); err != nil {
		return err
	}
	found, err := b.measure(ctx)
	if err != nil {
		return err
	}
	if err := found.writeText(out); err != nil {
		return err
	}
	return writeFile(*file, found.writeJSON)
}

// measure takes every ratio on every engine.
func (b *bench) measure(ctx context.Context) (found *result, err error) {
	if b.dir, err = os.MkdirTemp("", "bellwether-bench-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(b.dir)
	list, missing, err := newEngines(b.engines, b.dir)
	defer list.close()
	if err != nil {
		return nil, err
	}
	found = b.newResult(list)
	if missing != "" {
		found.Notes = append(found.Notes, "PostgreSQL was not measured: "+missing+".")
	}
	if err := b.writeFiles(); err != nil {
		return nil, err
	}
	for _, e := range list {
		if err := b.measureEngine(ctx, e, found); err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return found, nil
}

func (b *bench) measureEngine(ctx context.Context, e *engine, found *result) error {
	var ratios []ratio
	if b.only.include(legImport) {
		fmt.Fprintf(b.log, "%s: imports\n", e.name)
		loads, peaks, err := b.load(ctx, e)
		if err != nil {
			return err
		}
		ratios, found.Peaks = loads, append(found.Peaks, peaks...)
	}
	if b.large {
		fmt.Fprintf(b.log, "%s: a large import\n", e.name)
		large, err := b.loadLarge(ctx, e)
		if err != nil {
			return err
		}
		found.Peaks = append(found.Peaks, large)
	}
	reads, err := b.reads(ctx, e)
	found.Ratios = append(append(found.Ratios, reads...), ratios...)
	return err
}

// reads takes the ratios of reading.
func (b *bench) reads(ctx context.Context, e *engine) (ratios []ratio, err error) {
	wanted := b.readLegs()
	if len(wanted) == 0 {
		return nil, nil
	}
	fmt.Fprintf(b.log, "%s: reads\n", e.name)
	s, err := b.newShelf(ctx, e)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close(ctx)) }()
	for _, measure := range wanted {
		some, err := measure(ctx, s)
		if err != nil {
			return nil, err
		}
		ratios = append(ratios, some...)
	}
	return ratios, nil
}

func (b *bench) writeFiles() error {
	if err := writeFile(figuresFile(b.dir), b.figures.writeCSV); err != nil {
		return err
	}
	month, err := newFigures(shape{series: b.figures.series, months: 1})
	if err != nil {
		return err
	}
	return writeFile(oneMonthFile(b.dir), month.writeCSV)
}

func (b *bench) newResult(list engines) *result {
	return &result{
		Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(),
		Began: time.Now().UTC().Truncate(time.Second), Engines: list.names(),
		Series: b.figures.series, PerSeries: b.figures.months, Rounds: b.rounds, Slice: b.slice.String(),
		Notes: []string{
			fmt.Sprintf("Speed is the baseline's time through the subject's, round by round: the median of %d rounds (of loads, %d), then the least and the most.", b.rounds, b.loads()),
			fmt.Sprintf("There are %d series of %d observations. Reads ask for one series; the service writes no log of requests.", b.figures.series, b.figures.months),
			fmt.Sprintf("Rates of the euro are there of %d days in %d currencies, some of which end; yuan per dollar also as monthly averages.", b.euro.days, len(euroQuotes)),
			"In process: the handler is called by itself, with a response writer that is used again and copies the body once; there is no network.",
			"Loopback: one kept connection to a server in this process, which the client shares the processor with.",
			"An import is a whole run of the program, from its start to its end; peak memory is that process's alone, without PostgreSQL's.",
		},
	}
}
