package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"bellwether/internal/fault"
	"bellwether/internal/sheet"
	"bellwether/internal/term"
)

// standardInput is the name of a file that stands for standard input, and
// stdinName what it is called in reports and imports.
const (
	standardInput = "-"
	stdinName     = "stdin"
)

// spoolStdin keeps standard input in a file, where a path stands for it, since a
// file is read more than once. It returns the paths to read and what forgets
// the file.
func (s *session) spoolStdin(paths []string) (read []string, forget func(), err error) {
	forget = func() {}
	at := slices.Index(paths, standardInput)
	if at < 0 {
		return paths, forget, nil
	}
	if slices.Contains(paths[at+1:], standardInput) {
		return nil, forget, usage(errors.New("standard input is one file: - stands there twice"))
	}
	folder, err := os.MkdirTemp("", "bellwether-stdin-")
	if err != nil {
		return nil, forget, err
	}
	forget = func() { _ = os.RemoveAll(folder) }
	path := filepath.Join(folder, stdinName)
	if term.IsTerminal(s.In) {
		s.say("reading standard input: a header and rows, then the end of input (Ctrl-D)")
	}
	if err := keepInput(path, s.In); err != nil {
		forget()
		return nil, func() {}, err
	}
	read = slices.Clone(paths)
	read[at] = path
	return read, forget, nil
}

// keepInput writes as much to a file as an import reads at most.
func keepInput(path string, in io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	limit := sheet.Limits{}.WithDefaults().Bytes
	n, err := io.Copy(f, io.LimitReader(in, limit+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if n > limit {
		return fault.New(fault.TooLarge, fault.FileTooLarge, "standard input has more than %d bytes", limit).Expect("a file, or several")
	}
	return nil
}
