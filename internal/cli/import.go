package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/obs"
	"bellwether/internal/term"
)

// importOptions are the words of one import.
type importOptions struct {
	publish string // now, an RFC 3339 instant, or empty
	message string
	dataset string
	money   string // the currency that shared signs are of
	profile string // a kept one by name, perhaps with @VERSION, or a file
	set     []string
	propose bool
	accept  bool
	confirm []string
	marked  string // where the file goes with what is wrong in it
	server  string
}

const importHelp = `Read a file of figures or of rates, say what was understood, what is wrong and
what would change, and publish it: whole or not at all. On a terminal it asks
before it publishes; elsewhere --publish says so. Several files are several
imports, in order, and the first refusal ends them. - is standard input: a
header and its rows, such as one corrected figure.

Columns: indicator area period value unit multiplier decimals status measure
price_basis adjustment scenario dataset growth_reported growth_comparison
growth_basis growth_text published published_at source source_url note, or their
Chinese names, or series alone for what identifies a series. A file with the
columns base, quote and rate holds rates.

A file is CSV or an .xlsx workbook, told by its bytes; of a workbook one sheet is
read, which --set sheet=NAME names where several have something in them.
`

// settingsHelp lists what --set takes, a line for each key.
func settingsHelp() string {
	var b strings.Builder
	b.WriteString("\nHow a file is to be read, with --set KEY=VALUE, as often as needed; number. and\nperiod. may be left out:\n")
	for _, k := range ingest.SettingKeys() {
		fmt.Fprintf(&b, "  %-29s %s\n", k.Key, k.Usage)
	}
	return b.String()
}

func (s *session) importCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Read a file of figures, say what would change, and publish it",
		Long: importHelp + settingsHelp() + `
Exit codes: 0 published (or there already), 3 refused, 4 read but not published.`,
		Example: `  bellwether import bulletin.csv
  bellwether import bulletin.csv --publish now
  head -n 2 corrected.csv | bellwether import - --publish now
  bellwether import bulletin.csv --publish 2026-12-01T10:00:00+08:00
  bellwether import other.csv --set delimiter=';' --set constants.area=cn-cq --json
  bellwether import other.csv --marked other-marked.csv
  bellwether import other.csv --propose >other.yaml
  bellwether import other.csv --accept --publish now
  bellwether import 2015-q1.csv --profile nbs-quarterly --publish now
  BELLWETHER_KEY=bw_… bellwether import bulletin.csv --publish now --server https://data.example.org`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage(fmt.Errorf("FILE is missing"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return s.importFiles(cmd, args, o) },
	}
	o.addFlags(cmd)
	s.addJSON(cmd)
	return cmd
}

func (o *importOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&o.publish, "publish", "", "now, or the instant (RFC 3339) until which it stays hidden")
	flags.StringVar(&o.message, "message", "", "a line for the public record")
	flags.StringVar(&o.money, "currency", "", "the currency of 亿元, $ and other signs that several share, such as CNY (the same as --set currency=)")
	flags.StringVar(&o.dataset, "dataset", "", "the dataset of rows that name none (default main)")
	flags.StringVar(&o.profile, "profile", "", "what the file is read with: a kept profile, as NAME or NAME@VERSION, or a YAML file; --set is on top of it")
	flags.StringArrayVar(&o.set, "set", nil, "how the file is to be read, as KEY=VALUE; may be repeated")
	flags.StringArrayVar(&o.confirm, "confirm", nil, "rates that are right although they were refused, as CODE:CURRENCY or CODE:CURRENCY/PERIOD; may be repeated")
	flags.BoolVar(&o.propose, "propose", false, "print how the file is to be read, as far as that can be found out, as a profile")
	flags.BoolVar(&o.accept, "accept", false, "confirm what is proposed for a file, as far as it leaves nothing open")
	flags.StringVar(&o.marked, "marked", "", "write the file to this one, - for standard output, with what is wrong beside each row: CSV, and of a workbook .xlsx")
	addServer(cmd, &o.server)
}

// importer reads one file and publishes it when told to.
type importer interface {
	run(ctx context.Context, path string, publish ingest.Publish) (*ingest.Result, error)
}

func (s *session) importFiles(cmd *cobra.Command, paths []string, o importOptions) error {
	if o.propose && (o.server != "" || o.publish != "" || len(paths) > 1) {
		return usage(errors.New("--propose looks at one file here and publishes nothing: leave out --server and --publish"))
	}
	if err := o.checkMarked(paths); err != nil {
		return err
	}
	for _, name := range o.confirm {
		o.set = append(o.set, "confirm="+name)
	}
	publish, err := parsePublish(o.publish)
	if err != nil {
		return err
	}
	with, err := o.readWith()
	if err != nil {
		return err
	}
	paths, forget, err := s.spoolStdin(paths)
	if err != nil {
		return err
	}
	defer forget()
	by, err := s.importer(cmd, o, with)
	if err != nil {
		return err
	}
	if closer, ok := by.(io.Closer); ok {
		defer closer.Close()
	}
	s.lines = len(paths) > 1
	for _, path := range paths {
		if local, ok := by.(*localImporter); ok && o.propose {
			if err := s.proposeFile(cmd.Context(), local, path); err != nil {
				return err
			}
			continue
		}
		run := func() error { return s.importFile(cmd.Context(), by, path, publish) }
		if o.marked != "" {
			err = s.marking(cmd.Context(), by, path, o.marked, run)
		} else {
			err = run()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// parsePublish reads --publish.
func parsePublish(text string) (ingest.Publish, error) {
	publish, ok := ingest.ParsePublish(text)
	if !ok {
		return publish, usage(fmt.Errorf("--publish is %q; it is now or an instant such as 2026-12-01T10:00:00+08:00", text))
	}
	return publish, nil
}

// settings puts --dataset and --set on top of settings.
func (o importOptions) settings(settings ingest.Settings) (ingest.Settings, error) {
	if o.dataset != "" {
		settings.Dataset = o.dataset
	}
	if o.money != "" {
		var err error
		if settings, err = settings.With("currency", o.money); err != nil {
			return settings, err
		}
	}
	for _, pair := range o.set {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			return settings, usage(fmt.Errorf("--set %q has no =", pair))
		}
		var err error
		if settings, err = settings.With(key, value); err != nil {
			return settings, err
		}
	}
	return settings, nil
}

func (s *session) importer(cmd *cobra.Command, o importOptions, with readWith) (importer, error) {
	if o.server != "" {
		r, err := newRemote(o.server)
		return &remoteImporter{remote: r, importOptions: o, with: with}, err
	}
	return &localImporter{session: s, cmd: cmd, message: o.message, accept: o.accept, with: with}, nil
}

// importFile imports one file; on a terminal without --publish it shows the
// report of a reading and asks.
func (s *session) importFile(ctx context.Context, by importer, path string, publish ingest.Publish) error {
	result, err := by.run(ctx, path, publish)
	if local, ok := by.(*localImporter); ok && err == nil && publish.IsZero() && s.talks() {
		result, err = s.talk(ctx, local, path, result)
	}
	if err = s.showReport(result, err); err != nil {
		return err
	}
	if !publish.IsZero() || result.NoOp {
		return s.conclude(result)
	}
	if refused := result.Report.Fault(); refused != nil {
		return errors.Join(errShown, refused)
	}
	if !s.confirm("publish this now?") {
		s.say("nothing was published; add --publish now to publish")
		return errNotPublished
	}
	if result, err = by.run(ctx, path, ingest.Publish{Now: true}); err != nil {
		return err
	}
	return s.conclude(result)
}

// conclude says what became of the file.
func (s *session) conclude(result *ingest.Result) error {
	switch {
	case result.NoOp:
		s.say("the same file was imported before as %s and still stands; nothing to do", result.Import.ID)
	case result.Import.State == obs.Scheduled:
		s.say("import %s: revision %s, hidden until %s", result.Import.ID, result.Import.Revision, result.Import.Embargo.UTC().Format(time.RFC3339))
	default:
		s.say("import %s: published as revision %s", result.Import.ID, result.Import.Revision)
	}
	return nil
}

// localImporter imports into the database, which it opens when it needs it.
type localImporter struct {
	session *session
	cmd     *cobra.Command
	message string
	accept  bool
	with    readWith
	app     *app.App
	scratch string // the folder of a database that is only looked at
}

func (l *localImporter) run(ctx context.Context, path string, publish ingest.Publish) (*ingest.Result, error) {
	request, err := l.request(ctx, path, publish)
	if err != nil {
		return nil, err
	}
	bar := term.NewProgress(l.session.Err, "read").InBytes(ingest.InspectStage, ingest.CheckStage)
	defer bar.Done()
	request.Progress = bar.Stage
	if publish.IsZero() {
		report, err := l.app.Ingest.Review(ctx, request)
		return &ingest.Result{Report: report}, err
	}
	result, err := l.app.Ingest.Import(ctx, request)
	if err != nil || result.NoOp {
		return result, err
	}
	return result, l.session.audit(ctx, l.app, "import.publish", result.Import.ID)
}

// request opens the database and says what is to be read, and with what.
func (l *localImporter) request(ctx context.Context, path string, publish ingest.Publish) (ingest.Request, error) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return ingest.Request{}, cannotRead(path, err)
	}
	if err := l.open(publish); err != nil {
		return ingest.Request{}, err
	}
	settings, from, err := l.with.settings(ctx, l.app.Store)
	if err != nil {
		return ingest.Request{}, err
	}
	l.with = l.with.pinned(from)
	return ingest.Request{
		File:     ingest.File{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) { return os.Open(path) }},
		Settings: settings, ReadWith: from, By: obs.CommandLine, Message: l.message, Publish: publish, Accept: l.accept,
	}, nil
}

// open opens the database: to publish, the one that is configured, which is
// made when it is not there; to look, that one too when it is there, and else
// an empty one that is gone afterwards, so that looking binds nobody's
// database to a time zone.
func (l *localImporter) open(publish ingest.Publish) error {
	if l.app != nil && (publish.IsZero() || l.scratch == "") {
		return nil
	}
	if !publish.IsZero() {
		return l.use(l.session.open(l.cmd, app.Create))
	}
	err := l.use(l.session.open(l.cmd, app.Open))
	if fault.CodeOf(err) != fault.DatabaseNotCreated {
		return err
	}
	if l.scratch, err = os.MkdirTemp("", "bellwether-look-"); err != nil {
		return err
	}
	return l.use(l.session.open(l.cmd, func(ctx context.Context, config app.Config, tools app.Tools) (*app.App, error) {
		config.Database = "sqlite:" + filepath.Join(l.scratch, "empty.db")
		return app.Create(ctx, config, tools)
	}))
}

// use takes another database in place of the one that is open.
func (l *localImporter) use(a *app.App, err error) error {
	if err != nil {
		return err
	}
	closing := l.Close()
	l.app = a
	return closing
}

// Close ends the use of the database.
func (l *localImporter) Close() error {
	if l.app == nil {
		return nil
	}
	err := l.app.Close()
	l.app = nil
	if l.scratch != "" {
		err = errors.Join(err, os.RemoveAll(l.scratch))
		l.scratch = ""
	}
	return err
}
