package ingest

import (
	"cmp"
	"context"
	"io"
	"os"

	"bellwether/internal/obs"
)

// original copies the kept bytes of an import to a file that can be read more
// than once while the store is being written to. done removes it.
func (s *Service) original(ctx context.Context, kept obs.Import) (file File, done func() error, err error) {
	spool, err := os.CreateTemp("", "bellwether-original-*")
	if err != nil {
		return File{}, nil, err
	}
	name := spool.Name()
	done = func() error { return os.Remove(name) }
	err = s.store.Original(ctx, kept.ID, spool)
	if err = cmp.Or(err, spool.Close()); err != nil {
		return File{}, nil, cmp.Or(err, done())
	}
	return File{Name: kept.Name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}, done, nil
}
