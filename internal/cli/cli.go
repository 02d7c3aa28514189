// Package cli is the command line: it reads words and flags, calls one use
// case and prints the answer. Data goes to standard output and everything
// else to standard error; it holds no rule of the domain and no SQL.
//
// Exit codes: 0 done, 1 failed, 2 usage, 3 refused input, 4 read but not
// published.
package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/query"
	"bellwether/internal/term"
)

// Streams are where a command reads and writes.
type Streams struct {
	In  io.Reader
	Out io.Writer // data
	Err io.Writer // everything else
}

// session is what every command shares: its streams, the clock, and the flags
// that all of them take.
type session struct {
	Streams
	clock  func() time.Time
	config string // the configuration file's path
	json   bool
	lines  bool          // JSON is printed as a line for each document
	ran    bool          // the command's words were right and it began
	typed  *bufio.Reader // what a person typed and nobody has read yet
}

// Main runs one command and returns its exit code. SIGINT and SIGTERM end the
// command's context.
func Main(args []string, streams Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &session{Streams: streams, clock: time.Now}
	root := s.root()
	root.SetArgs(withAmounts(args))
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	err := root.ExecuteContext(ctx)
	if err != nil && !s.ran && fault.CodeOf(err) == fault.InternalError {
		err = usage(err)
	}
	s.report(err)
	return exitCode(err)
}

func (s *session) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "bellwether",
		Short: "Publish economic indicators exactly as they were stated",
		Long: `Bellwether keeps the figures of a statistics office and serves them over HTTP.
Every number that comes out is the number that went in, or says how it was derived.

Exit codes: 0 done, 1 failed, 2 usage, 3 refused input, 4 read but not published.
Every setting is a flag, a variable BELLWETHER_… or a key of bellwether.yaml;
"bellwether config" shows them all with where each value comes from.`,
		Example: `  bellwether sample && bellwether serve
  bellwether import bulletin.csv --publish now
  bellwether show gdp.cn-cq-lj.cny --currency USD`,
		Version:       app.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	flags := root.PersistentFlags()
	flags.StringVar(&s.config, "config", "", "configuration file (default bellwether.yaml when there is one)")
	app.AddFlags(flags, "database", "log.level", "log.format")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		s.serveCommand(), s.sampleCommand(), s.importCommand(), s.undoCommand(), s.ratesCommand(), s.exportCommand(), s.templateCommand(),
		s.showCommand(), s.checkCommand(), s.targetsCommand(), s.convertCommand(), s.catalogCommand(), s.profilesCommand(), s.keysCommand(),
		s.migrateCommand(), s.verifyCommand(), s.backupCommand(), s.restoreCommand(),
		s.copyCommand(), s.configCommand(), s.versionCommand(),
	)
	root.SetHelpCommand(helpCommand())
	s.prepare(root)
	return root
}

// prepare notes of each command when it begins, and lets one that only holds
// others refuse a word that is none of them.
func (s *session) prepare(cmd *cobra.Command) {
	for _, child := range cmd.Commands() {
		s.prepare(child)
	}
	run := cmd.RunE
	if run == nil {
		cmd.Args = onlyCommands
		run = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s.ran = true
		return run(cmd, args)
	}
}

// load reads the configuration that a command runs with.
func (s *session) load(cmd *cobra.Command) (app.Config, app.Origins, error) {
	path := s.config
	if path == "" {
		path = app.DefaultFile()
	}
	return app.Load(app.Inputs{File: path, Environ: os.Environ(), Flags: cmd.Flags()})
}

// loadWithLog is load with the log that the configuration describes.
func (s *session) loadWithLog(cmd *cobra.Command) (app.Config, *slog.Logger, error) {
	config, _, err := s.load(cmd)
	if err != nil {
		return config, nil, err
	}
	log, err := config.Log.Logger(s.Err)
	return config, log, err
}

// opening makes or opens what a configuration names.
type opening func(context.Context, app.Config, app.Tools) (*app.App, error)

// open loads the configuration and opens the database that it names, without a
// deadline for reading: whoever waits for a command may end it.
func (s *session) open(cmd *cobra.Command, how opening) (*app.App, error) {
	return s.openWithin(cmd, func(ctx context.Context, config app.Config, tools app.Tools) (*app.App, error) {
		config.QueryTimeout = 0
		return how(ctx, config, tools)
	})
}

// openWithin is open with the deadline that the configuration has for reading,
// for a service that many ask.
func (s *session) openWithin(cmd *cobra.Command, how opening) (*app.App, error) {
	config, log, err := s.loadWithLog(cmd)
	if err != nil {
		return nil, err
	}
	a, err := how(cmd.Context(), config, app.Tools{Log: log, Clock: s.clock})
	if fault.CodeOf(err) == fault.DatabaseNotCreated {
		return nil, fault.New(fault.NotFound, fault.DatabaseNotCreated, "there is no database of this service at %s", withoutPassword(config.Database)).
			Expect("name another with --database, or make it: bellwether migrate, sample, import or serve")
	}
	return a, err
}

// addJSON offers --json.
func (s *session) addJSON(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.json, "json", false, "print JSON instead of text")
}

// printJSON writes a value as JSON to standard output: indented, or in a line
// where there are several.
func (s *session) printJSON(v any) error {
	encoder := json.NewEncoder(s.Out)
	if !s.lines {
		encoder.SetIndent("", "  ")
	}
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// say writes a line for people to standard error.
func (s *session) say(format string, args ...any) {
	fmt.Fprintf(s.Err, format+"\n", args...)
}

// report prints an error as a person would want to read it.
func (s *session) report(err error) {
	if err == nil || errors.Is(err, errNotPublished) {
		return
	}
	f := fault.From(err)
	line := f.Detail
	if f.Code == fault.InternalError && f.Err != nil {
		line = f.Err.Error()
	}
	if f.Expected != "" {
		line += "; " + f.Expected
	}
	s.say("bellwether: %s (%s)", line, f.Code)
	if !errors.Is(err, errShown) {
		term.Items(s.Err, f.Items)
	}
	if w := (*query.Warned)(nil); errors.As(err, &w) {
		for _, known := range w.Warnings {
			s.say("note: %s (%s)", known.Message, known.Code)
		}
	}
}

// usage turns a complaint about a command's words into a fault.
func usage(err error) error {
	return fault.New(fault.Invalid, fault.UsageError, "%s", strings.TrimSpace(err.Error())).
		Expect("see --help")
}

// exactly returns an argument check that says what is missing or too much.
func exactly(names ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		if len(args) < len(names) {
			return usage(fmt.Errorf("%s is missing", strings.Join(names[len(args):], " and ")))
		}
		return usage(fmt.Errorf("%q is one word too many", args[len(names)]))
	}
}
