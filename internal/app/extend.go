package app

import (
	"context"

	"bellwether/internal/catalog"
)

// ExtendCatalog merges a catalogue file of an office's own into the catalogue
// of the database and records what changed as one revision; a file that
// changes nothing records none.
func (a *App) ExtendCatalog(ctx context.Context, file catalog.File) ([]catalog.Change, error) {
	now, err := a.Store.Newest(ctx)
	if err != nil {
		return nil, err
	}
	next, changes, err := now.Merge(file)
	if err != nil {
		return nil, err
	}
	entries := catalog.Diff(now, next)
	if len(entries) == 0 {
		return changes, nil
	}
	_, err = a.Store.ExtendCatalog(ctx, entries, "catalogue", file.Name)
	return changes, err
}
