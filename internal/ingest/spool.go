package ingest

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
)

// Spool is bytes on the disk that can be read any number of times, also at the
// same time. Where the system allows it the file has no name any more: when
// the process ends, however it ends, nothing is left.
type Spool struct {
	file *os.File
	size int64
}

// NewSpool keeps what fill writes in a file of the directory, the system's one
// for temporary files where dir is empty. An error of fill is returned as it
// is, and nothing is kept.
func NewSpool(dir string, fill func(io.Writer) error) (*Spool, error) {
	file, err := os.CreateTemp(dir, "bellwether-spool-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where that does not go while it is open, Close does it
	s := &Spool{file: file}
	if err = fill(file); err == nil {
		s.size, err = file.Seek(0, io.SeekCurrent)
	}
	if err != nil {
		return nil, cmp.Or(err, s.Close())
	}
	return s, nil
}

// Open reads the bytes from their beginning, until Close.
func (s *Spool) Open() (io.ReadCloser, error) {
	return io.NopCloser(io.NewSectionReader(s.file, 0, s.size)), nil
}

// Close forgets the bytes.
func (s *Spool) Close() error {
	err := s.file.Close()
	if removed := os.Remove(s.file.Name()); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}
