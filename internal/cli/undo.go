package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"bellwether/internal/app"
	"bellwether/internal/encode"
	"bellwether/internal/obs"
)

// undoOptions are the words of one undo.
type undoOptions struct {
	message string
	server  string
	dryRun  bool
	yes     bool
}

func (s *session) undoCommand() *cobra.Command {
	var o undoOptions
	cmd := &cobra.Command{
		Use:   "undo REVISION",
		Short: "Take a revision back and say what stands without it",
		Long: `Take a revision back: from now on what it states counts in no state. Nothing is
deleted, and what earlier and later revisions say stays by itself; the report
says which of the figures a later revision keeps, which fall back to an earlier
version, and which vanish. A revision that is still hidden is cancelled without
a trace. An undo is not undone: import the file again.

On a terminal it shows the report and asks; elsewhere --yes says so. Exit codes:
0 undone (or shown, with --dry-run), 3 refused, 4 shown but not undone.`,
		Example: `  bellwether undo 5f0c9a1be24d --dry-run
  bellwether undo 5f0c9a1be24d --message "wrong table" --yes
  BELLWETHER_KEY=bw_… bellwether undo 5f0c9a1be24d --server https://data.example.org`,
		Args: exactly("REVISION"),
		RunE: func(cmd *cobra.Command, args []string) error { return s.undo(cmd, args[0], o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.message, "message", "", "a line for the public record")
	flags.BoolVar(&o.dryRun, "dry-run", false, "only say what would happen")
	flags.BoolVar(&o.yes, "yes", false, "undo without asking")
	cmd.MarkFlagsMutuallyExclusive("dry-run", "yes")
	addServer(cmd, &o.server)
	s.addJSON(cmd)
	return cmd
}

// undoer takes a revision back, or says what that would do; both give the
// report as the service answers it.
type undoer interface {
	io.Closer
	look(ctx context.Context, revision string) ([]byte, error)
	undo(ctx context.Context, revision, message string) ([]byte, error)
}

func (s *session) undo(cmd *cobra.Command, revision string, o undoOptions) error {
	by, err := s.undoer(cmd, o.server)
	if err != nil {
		return err
	}
	defer by.Close()
	revision = strings.ToLower(revision)
	if !o.yes {
		report, err := by.look(cmd.Context(), revision)
		if err != nil {
			return err
		}
		if err := s.showUndo(report); err != nil || o.dryRun {
			return err
		}
		if !s.confirm("take this back?") {
			s.say("nothing was undone; add --yes to undo")
			return errNotPublished
		}
	}
	report, err := by.undo(cmd.Context(), revision, o.message)
	if err != nil {
		return err
	}
	return s.concludeUndo(report, o.yes)
}

func (s *session) undoer(cmd *cobra.Command, server string) (undoer, error) {
	if server != "" {
		r, err := newRemote(server)
		return remoteUndoer{r}, err
	}
	a, err := s.open(cmd, app.Open)
	return localUndoer{s, a}, err
}

// localUndoer works on the database.
type localUndoer struct {
	session *session
	app     *app.App
}

func (l localUndoer) look(ctx context.Context, revision string) ([]byte, error) {
	report, err := l.app.Query.Undoing(ctx, revision, "en")
	if err != nil {
		return nil, err
	}
	return encode.Marshal(report)
}

func (l localUndoer) undo(ctx context.Context, revision, message string) ([]byte, error) {
	undo, err := l.app.Store.UndoOnce(ctx, obs.UndoRequest{Revision: revision, By: obs.CommandLine, Message: message})
	if err != nil {
		return nil, err
	}
	if err := l.session.audit(ctx, l.app, "revision.undo", revision); err != nil {
		return nil, err
	}
	report, err := l.app.Query.Undone(ctx, undo, "en")
	if err != nil {
		return nil, err
	}
	return encode.Marshal(report)
}

// Close ends the use of the database.
func (l localUndoer) Close() error { return l.app.Close() }

// remoteUndoer works against a service elsewhere.
type remoteUndoer struct{ *remote }

func (r remoteUndoer) look(ctx context.Context, revision string) ([]byte, error) {
	return r.post(ctx, revision, url.Values{"dry_run": {"true"}})
}

func (r remoteUndoer) undo(ctx context.Context, revision, message string) ([]byte, error) {
	query := url.Values{}
	if message != "" {
		query.Set("message", message)
	}
	return r.post(ctx, revision, query)
}

func (r remoteUndoer) post(ctx context.Context, revision string, query url.Values) ([]byte, error) {
	response, err := r.do(ctx, http.MethodPost, "/v1/revisions/"+url.PathEscape(revision)+"/undo", query, nil, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	report, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, unreadable(err)
	}
	return report, nil
}

// concludeUndo says what became of the revision, and shows the report where it
// was not shown before.
func (s *session) concludeUndo(report []byte, show bool) error {
	answer, err := readUndo(report)
	if err != nil {
		return err
	}
	if show {
		if err := s.showUndo(report); err != nil {
			return err
		}
	}
	if answer.Revision == nil {
		s.say("revision %s is cancelled; nobody ever sees it", answer.Target.ID)
		return nil
	}
	s.say("revision %s is undone by revision %s", answer.Target.ID, answer.Revision.ID)
	return nil
}

// showUndo writes a report: as JSON to standard output, as text to standard
// error.
func (s *session) showUndo(report []byte) error {
	if s.json {
		var indented bytes.Buffer
		if err := json.Indent(&indented, bytes.TrimSpace(report), "", "  "); err != nil {
			return unreadable(err)
		}
		_, err := fmt.Fprintln(s.Out, indented.String())
		return err
	}
	answer, err := readUndo(report)
	if err != nil {
		return err
	}
	answer.write(s.Err)
	return nil
}
