package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"bellwether/internal/fault"
	"bellwether/internal/ingest"
	"bellwether/internal/workbook"
)

// checkMarked refuses words that do not go with --marked.
func (o importOptions) checkMarked(paths []string) error {
	switch {
	case o.marked == "":
		return nil
	case len(paths) > 1 || o.propose:
		return usage(errors.New("--marked gives one file back: name one, and leave out --propose"))
	case o.server != "" && o.publish != "":
		return usage(errors.New("--marked with --server gives back what the service keeps: leave out --publish, and publish when it is good"))
	}
	return nil
}

// marking imports one file and writes it with what is wrong in it: here before
// it is imported, as the report is of the state before; elsewhere once the
// service has it.
func (s *session) marking(ctx context.Context, by importer, path, marked string, run func() error) error {
	if local, ok := by.(*localImporter); ok {
		err := s.writeMarked(marked, func(to io.Writer) error { return local.mark(ctx, path, marked, to) })
		if err != nil && fault.KindOf(err) == fault.Refused { // the report says why
			s.say("%s is not written: there are no cells to mark in these bytes", marked)
			err = nil
		}
		if err != nil {
			return err
		}
		return run()
	}
	err := run()
	if remote, ok := by.(*remoteImporter); ok && remote.kept != "" {
		return errors.Join(err, s.writeMarked(marked, func(to io.Writer) error { return remote.mark(ctx, marked, to) }))
	}
	return err
}

// writeMarked writes a file that is there whole or not at all.
func (s *session) writeMarked(path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(s.Out)
	}
	out, err := openOutput(path, nil)
	if err != nil {
		return err
	}
	defer out.discard()
	if err := write(out); err != nil {
		return err
	}
	return out.keep()
}

// checkEnding refuses to call a workbook CSV.
func checkEnding(name string, isWorkbook bool) error {
	if !isWorkbook || !strings.EqualFold(filepath.Ext(name), ".csv") {
		return nil
	}
	return fault.New(fault.Invalid, fault.FileUnwritable, "%s would be called CSV, and a workbook comes back as a workbook", name).
		Expect("a name that ends in .xlsx")
}

func (l *localImporter) mark(ctx context.Context, path, name string, to io.Writer) error {
	request, err := l.request(ctx, path, ingest.Publish{})
	if err != nil {
		return err
	}
	marked, err := l.app.Ingest.Mark(ctx, request)
	if err != nil {
		return err
	}
	defer marked.Close()
	if err := checkEnding(name, marked.IsWorkbook()); err != nil {
		return err
	}
	return marked.Write(ctx, to)
}

func (r *remoteImporter) mark(ctx context.Context, name string, to io.Writer) error {
	response, err := r.do(ctx, http.MethodGet, "/v1/imports/"+r.kept+"/marked", nil, nil, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if err := checkEnding(name, response.Header.Get("Content-Type") == workbook.MediaType); err != nil {
		return err
	}
	if out, ok := to.(*output); ok {
		return copyAnswer(out, response.Body)
	}
	_, err = io.Copy(to, response.Body)
	return err
}
