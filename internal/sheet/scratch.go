package sheet

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
)

// scratch is a file without a name: when the process ends, however it ends,
// nothing is left.
type scratch struct {
	*os.File
	buffered *bufio.Writer
	size     int64
}

func newScratch() (*scratch, error) {
	file, err := os.CreateTemp("", "bellwether-sheet-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name()) // where that does not go while it is open, Close does it
	return &scratch{File: file, buffered: bufio.NewWriter(file)}, nil
}

// scratchOf keeps what src gives.
func scratchOf(src io.Reader) (*scratch, error) {
	s, err := newScratch()
	if err != nil {
		return nil, err
	}
	if s.size, err = io.Copy(s.File, src); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// Write appends to the file; what was written is read after a flush only.
func (s *scratch) Write(p []byte) (int, error) {
	n, err := s.buffered.Write(p)
	s.size += int64(n)
	return n, err
}

// Close forgets the file.
func (s *scratch) Close() error {
	err := s.File.Close()
	if removed := os.Remove(s.Name()); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}
