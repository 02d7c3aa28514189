package cli

import (
	"io"
	"os"
	"path/filepath"

	"bellwether/internal/fault"
)

// output is where an answer is written: a stream, or a file that is there
// whole in the end or not at all.
type output struct {
	io.Writer
	file *os.File // nil for a stream
	path string   // the file's own name, behind any link
	mode os.FileMode
	err  error // of the first write that failed
}

// newFileMode is that of a file that was not there, less what the umask takes.
const newFileMode = 0o666

// openOutput opens a file beside the one that is named, or takes the stream
// when none is. What is no regular file, such as a device or a pipe, is
// written as it is.
func openOutput(path string, stream io.Writer) (*output, error) {
	if path == "" {
		return &output{Writer: stream, path: "standard output"}, nil
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, fault.New(fault.Invalid, fault.FileUnwritable, "%s is a folder", path).Expect("the name of a file")
	case err == nil && !info.Mode().IsRegular():
		return openDevice(path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, fault.FileUnwritable, "%s cannot be written", path).
			Expect("a file in a folder that is there and may be written")
	}
	o := &output{Writer: f, file: f, path: path, mode: newFileMode &^ umask()}
	if info != nil {
		o.mode = info.Mode().Perm()
	}
	return o, nil
}

func openDevice(path string) (*output, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, fault.FileUnwritable, "%s cannot be written", path)
	}
	return &output{Writer: f, path: path}, nil
}

// Write writes and remembers what went wrong.
func (o *output) Write(piece []byte) (int, error) {
	n, err := o.Writer.Write(piece)
	if err != nil {
		o.err = err
	}
	return n, err
}

// keep gives a file its name.
func (o *output) keep() error {
	if o.file == nil {
		return nil
	}
	if err := o.file.Chmod(o.mode); err != nil {
		return o.unwritable(err)
	}
	if err := o.file.Sync(); err != nil {
		return o.unwritable(err)
	}
	if err := o.file.Close(); err != nil {
		return o.unwritable(err)
	}
	if err := os.Rename(o.file.Name(), o.path); err != nil {
		return o.unwritable(err)
	}
	o.file = nil
	return nil
}

// discard removes a file that was not kept.
func (o *output) discard() {
	if o.file != nil {
		o.file.Close()
		os.Remove(o.file.Name())
	}
}

func (o *output) unwritable(err error) error {
	return fault.Wrap(err, fault.Unavailable, fault.FileUnwritable, "%s cannot be written: the disk is full or the reader is gone", o.path)
}

// copyAnswer writes an answer and tells a target that cannot be written from
// an answer that cannot be read.
func copyAnswer(to *output, from io.Reader) error {
	_, err := io.Copy(to, from)
	switch {
	case err == nil:
		return nil
	case to.err != nil:
		return to.unwritable(to.err)
	}
	return unreadable(err)
}
