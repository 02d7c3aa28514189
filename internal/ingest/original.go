package ingest

import (
	"context"
	"io"

	"bellwether/internal/obs"
)

// original copies the kept bytes of an import to where they can be read more
// than once while the store is being written to.
func (s *Service) original(ctx context.Context, kept obs.Import) (*Spool, error) {
	return NewSpool("", func(w io.Writer) error { return s.store.Original(ctx, kept.ID, w) })
}
